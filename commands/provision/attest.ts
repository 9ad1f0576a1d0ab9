import type { Command } from "commander";
import { formatDate } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { readInstant } from "../../src/platform/time.ts";
import type { AttestationStanding } from "../../src/provision/attestation.ts";
import { openAttestations } from "../../src/provision/open-attestations.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { attestWords as own } from "./attest-words.ts";
import { planWords } from "./plan-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareAttest(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "attest", about: own.attest, example: "wardctl provision attest --unit 27004" }))
    .argument("[key...]", cli.say(own.keys))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--all", cli.say(own.all))
    .option("--note <text>", cli.say(own.note))
    .action((keys: readonly string[], options: AttestOptions, command: Command) =>
      cli.run(command, (context) => attest(keys, options, context)),
    );
}

interface AttestOptions {
  readonly unit?: readonly string[];
  readonly all?: boolean;
  readonly note?: string;
  readonly format: ListFormat;
}

async function attest(
  keys: readonly string[],
  { unit, all = false, note, format }: AttestOptions,
  context: Pick<Context, "workspace" | "clock" | "out">,
): Promise<Outcome> {
  const { out, clock } = context;
  const home = await context.workspace();
  const { zone, actor } = home;
  const room = openAttestations({ database: await home.database(), audit: await home.audit(), clock, zone, actor });
  const found = keys.length > 0 ? await room.attest(keys, note) : await room.list();
  const inUnits = found.filter((standing) => !unit || unit.includes(standing.unit));
  const due = inUnits.filter((standing) => standing.due);
  const items = keys.length > 0 || all ? inUnits : due;
  const show = (day: string, lang: "vi" | "en"): string => formatDate(readInstant(day, zone) ?? 0, zone, lang);
  await out.list<AttestationStanding>({
    schema: "wardctl.provision-attest/1",
    name: "accounts",
    items,
    extra: { due: due.length, kept: inUnits.length },
    columns: [
      { key: "unit", title: words.unitColumn, value: (standing) => standing.unit, machineOnly: true },
      { key: "key", title: own.key, value: ({ key }) => key },
      { key: "name", title: own.name, value: ({ name }) => name, machineOnly: true },
      { key: "systems", title: words.systemColumn, value: ({ systems }) => systems, machineOnly: true },
      {
        key: "owner",
        title: own.owner,
        value: ({ owner }) => owner ?? undefined,
        text: ({ owner }, lang) => owner ?? planWords.vacant[lang],
      },
      {
        key: "attestedAt",
        title: own.last,
        value: ({ last }) => last?.at,
        machineOnly: true,
      },
      { key: "attestedBy", title: own.by, value: ({ last }) => last?.actor, machineOnly: true },
      {
        key: "reattestBy",
        title: own.until,
        value: ({ reattestBy }) => reattestBy,
        text: ({ reattestBy, due: isDue, why }, lang) =>
          `${show(reattestBy, lang)}${isDue ? ` ${own.due[lang]}` : ""}${why === "merged" ? ` (${own.merged[lang]})` : ""}`,
      },
      { key: "why", title: own.until, value: ({ why }) => why, machineOnly: true },
      { key: "due", title: own.due, value: (standing) => standing.due, machineOnly: true },
      { key: "note", title: own.noteColumn, value: ({ last }) => last?.note, machineOnly: true },
    ],
    format,
    empty: inUnits.length === 0 ? own.noneKept : own.noneDue(inUnits.length),
  });
  if (keys.length > 0) return "ok";
  if (due.length > 0) out.note(own.attestThem(due.length));
  return due.length > 0 ? "attention" : "ok";
}
