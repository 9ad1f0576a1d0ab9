import { resolve } from "node:path";
import type { Command } from "commander";
import { readFacts } from "../../src/delegation/desk.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { createScopeBook } from "../../src/delegation/scope-book.ts";
import { toUnitSummary } from "../../src/delegation/summary.ts";
import { sha256 } from "../../src/platform/canonical-json.ts";
import { formatDocx } from "../../src/platform/docx.ts";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import { toIso } from "../../src/platform/time.ts";
import { chooseUnits } from "../choose-units.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { needInstant, openDesk } from "./room.ts";
import { formatSummaryHtml, toSummaryPage, toSummaryWord } from "./summary-page.ts";
import { summaryWords as words } from "./summary-words.ts";
import { delegateWords } from "./words.ts";

export function declareSummary(noun: Command, cli: Cli): void {
  const example = "wardctl delegate summary --unit 27004 --out tham-quyen-ky.html";
  cli
    .verb(noun, { name: "summary", about: words.summary, example })
    .requiredOption("--out <file>", cli.say(words.out))
    .option("--unit <unit>", cli.say(delegateWords.unit), collect)
    .option("--at <instant>", cli.say(delegateWords.at))
    .action((options: SummaryOptions, command: Command) => cli.run(command, (context) => writeSummary(options, context)));
}

interface SummaryOptions {
  readonly out: string;
  readonly unit?: readonly string[];
  readonly at?: string;
}

async function writeSummary(
  options: SummaryOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids" | "cwd">,
): Promise<Outcome> {
  const ending = /\.(html|docx)$/i.exec(options.out)?.[1]?.toLowerCase();
  if (ending === undefined) throw new Failure("usage", words.needEnding(options.out));
  const { out } = context;
  const workspace = await context.workspace();
  const { zone } = workspace;
  const desk = await openDesk(context);
  const at = options.at === undefined ? context.clock.now() : needInstant(options.at, "--at", workspace);
  const units = await chooseUnits(workspace, options.unit);
  const asOf = context.clock.now();
  const register = createRegister(await readFacts(desk, { at, asOf }), at, asOf);
  const summaries = units.map((unit) => toUnitSummary(register, unit, at));
  const staffIds = summaries.flatMap(({ heads, rows }) => [...heads, ...rows.flatMap(({ holders }) => holders)]);
  const people = await Promise.all([...new Set(staffIds)].map((staffId) => desk.people.findPerson(staffId)));
  const names = new Map(people.flatMap((person) => (person ? [[person.staffId, person.fullName] as const] : [])));
  const page = toSummaryPage(summaries, names, {
    zone,
    lang: out.lang,
    when: formatDateTime(at, zone, out.lang),
    book: createScopeBook(workspace.settings.delegate.scope, zone),
  });
  const file = ending === "html" ? formatSummaryHtml(page, out.lang) : await formatDocx(toSummaryWord(page));
  await writeWhole(resolve(context.cwd, options.out), file);
  await out.emit({
    document: {
      schema: "wardctl.delegate-summary/1",
      at: toIso(at, zone),
      file: options.out,
      sha256: sha256(file),
      units: summaries.map(({ unit, rows }) => ({ unit: unit.code, grants: rows.map(({ grant }) => grant.id) })),
    },
    render: () => out.say(words.written(options.out, units.length)),
  });
  return "ok";
}
