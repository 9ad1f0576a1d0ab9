import type { Command } from "commander";
import { listShippedScripts } from "../../src/city/read-script.ts";
import type { RehearsalScript } from "../../src/city/script.ts";
import { formatTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { rehearseWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.listAbout, example: "wardctl rehearse list" }))
    .action((options: { readonly format: ListFormat }, command: Command) =>
      cli.run(command, (context) => listScripts(options, context)),
    );
}

async function listScripts({ format }: { readonly format: ListFormat }, { out }: Pick<Context, "out">): Promise<Outcome> {
  const iso = (at: number): string => toIso(at, vietnamZone);
  const time = (at: number): string => formatTime(at, vietnamZone);
  await out.list<RehearsalScript>({
    schema: "wardctl.rehearsal-scripts/1",
    name: "scripts",
    format,
    items: await listShippedScripts(),
    empty: words.noScripts,
    columns: [
      { key: "name", title: words.scriptName, value: ({ name }) => name },
      { key: "title", title: words.scriptTitle, value: ({ title }) => title[out.lang] },
      {
        key: "from",
        title: words.scriptDay,
        value: ({ clock }) => iso(clock),
        text: ({ clock, ends }) => `${time(clock)}–${time(ends)}`,
      },
      { key: "to", title: words.scriptDay, machineOnly: true, value: ({ ends }) => iso(ends) },
      { key: "speed", title: words.scriptSpeed, align: "right", value: ({ speed }) => speed },
      { key: "units", title: words.scriptUnits, align: "right", value: ({ city }) => city.units.length },
      { key: "systems", title: words.scriptSystems, align: "right", value: ({ city }) => city.systems.length },
      { key: "faults", title: words.scriptFaults, align: "right", value: ({ steps }) => steps.length },
    ],
  });
  return "ok";
}
