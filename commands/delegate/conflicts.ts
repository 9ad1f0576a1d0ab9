import type { Command } from "commander";
import { type Conflict, listConflicts } from "../../src/delegation/conflicts.ts";
import { readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { formatDate } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso } from "../../src/platform/time.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { conflictWords, severityWords, conflictTexts as texts } from "./conflicts-words.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatTypes } from "./type-names.ts";
import { delegateWords as words } from "./words.ts";

export function declareConflicts(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "conflicts", about: words.conflicts, example: "wardctl delegate conflicts --unit 27004" }))
    .option("--unit <unit>", cli.say(words.unit), collect)
    .option("--from <instant>", cli.say(words.gapsFrom))
    .action((options: ConflictsOptions, command: Command) => cli.run(command, (context) => showConflicts(options, context)));
}

interface ConflictsOptions {
  readonly unit?: readonly string[];
  readonly from?: string;
  readonly format: ListFormat;
}

async function showConflicts(
  options: ConflictsOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids">,
): Promise<Outcome> {
  const workspace = await context.workspace();
  const { zone } = workspace;
  const desk = await openDesk(context);
  const now = context.clock.now();
  const from = options.from === undefined ? now : needInstant(options.from, "--from", workspace);
  const units = (await chooseUnits(workspace, options.unit)).map(({ code }) => code);
  const register = createRegister(await readFacts(desk, { at: from, asOf: now }), from, now);
  const items = listConflicts(register, units, from);
  const iso = (at: number | undefined): string | undefined =>
    at === undefined || at === Number.POSITIVE_INFINITY ? undefined : toIso(at, zone);
  await context.out.list({
    schema: "wardctl.delegate-conflicts/1",
    name: "conflicts",
    extra: { from: toIso(from, zone) },
    items,
    format: options.format,
    empty: texts.none,
    columns: [
      { key: "code", title: texts.codeTitle, value: ({ code }) => code },
      {
        key: "severity",
        title: texts.severityTitle,
        value: ({ severity }) => severity,
        text: ({ severity }, lang) => severityWords[severity][lang],
      },
      { key: "unit", title: words.unitTitle, value: ({ unit }) => unit },
      { key: "grants", title: texts.grantsTitle, value: ({ grants }) => grants, text: ({ grants }) => grants.join(" ") || "–" },
      { key: "staffId", title: words.toTitle, value: ({ staffId }) => staffId, machineOnly: true },
      {
        key: "what",
        title: texts.whatTitle,
        value: ({ code }) => conflictWords[code].en,
        json: ({ code }) => conflictWords[code][context.out.lang],
        text: (item, lang) => describe(item, lang, zone),
      },
      { key: "docTypes", title: words.typesTitle, value: ({ docTypes }) => docTypes, machineOnly: true },
      { key: "from", title: words.fromTitle, value: ({ span }) => iso(span?.from), machineOnly: true },
      { key: "to", title: words.untilTitle, value: ({ span }) => iso(span?.to), machineOnly: true },
    ],
  });
  return items.length > 0 ? "attention" : "ok";
}

function describe(
  { code, staffId, docTypes, span }: Conflict,
  lang: "vi" | "en",
  zone: Parameters<typeof formatDate>[1],
): string {
  const who = staffId === undefined ? "" : ` · ${staffId}`;
  const types = docTypes.length === 0 ? "" : ` · ${formatTypes(toMask(docTypes), lang, 2)}`;
  const end = span && span.to !== Number.POSITIVE_INFINITY ? formatDate(span.to - 1, zone, lang) : "…";
  const when = span ? ` · ${formatDate(span.from, zone, lang)} → ${end}` : "";
  return `${conflictWords[code][lang]}${who}${types}${when}`;
}
