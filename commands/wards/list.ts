import { type Command, Option } from "commander";
import { createDirectory } from "../../src/directory/directory.ts";
import { formatProvinceName, formatUnitName, type UnitKind } from "../../src/directory/unit.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIsoDate, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { wardsWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.list, example: "wardctl wards list --province 46" }))
    .option("--province <code>", cli.say(words.province))
    .addOption(new Option("--kind <kind>", cli.say(words.kind)).choices(["phuong", "xa", "dac-khu"]))
    .option("--at <date>", cli.say(words.at))
    .action((options: ListOptions, command: Command) => cli.run(command, (context) => listWards(options, context)));
}

interface ListOptions {
  readonly province?: string;
  readonly kind?: UnitKind;
  readonly at?: string;
  readonly format: ListFormat;
}

async function listWards(options: ListOptions, { out, clock }: Pick<Context, "out" | "clock">): Promise<Outcome> {
  const directory = createDirectory(options.at ?? toIsoDate(clock.now(), vietnamZone))!;
  await out.list({
    schema: "wardctl.wards/1",
    name: "units",
    items: directory.listUnits(options),
    columns: [
      { key: "code", title: words.code, value: (unit) => unit.code },
      { key: "name", title: words.name, value: formatUnitName },
      {
        key: "province",
        title: words.provinceTitle,
        value: (unit) => unit.province,
        text: (unit) => formatProvinceName(directory.findProvince(unit.province)!),
      },
    ],
    format: options.format,
    empty: words.empty,
  });
  return "ok";
}
