import type { Command } from "commander";
import { formatUnitName } from "../../src/directory/unit.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Coverage, CoverageRow } from "../../src/provision/coverage.ts";
import { describeFailed } from "../../src/provision/failed-words.ts";
import { provisionFaults } from "../../src/provision/words.ts";
import { noteArticles, toArticleMember } from "../article-link.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect } from "../options.ts";
import { openRoom } from "./open.ts";
import { cellWords } from "./operation-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareCoverage(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "coverage", about: words.coverage, example: "wardctl provision coverage --gaps" }))
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--system <name...>", cli.say(words.system))
    .option("--gaps", cli.say(words.onlyGaps))
    .action((options: CoverageOptions, command: Command) => cli.run(command, (context) => showCoverage(options, context)));
}

interface CoverageOptions {
  readonly unit?: readonly string[];
  readonly system?: readonly string[];
  readonly gaps?: boolean;
  readonly format: ListFormat;
}

export async function showCoverage(
  { unit, system, gaps, format }: CoverageOptions,
  context: Pick<Context, "workspace" | "clock" | "ids" | "out" | "signal">,
): Promise<Outcome> {
  const { out, signal } = context;
  const room = await openRoom(context);
  const coverage = await room.coverage({ units: unit, systems: system, signal });
  const { systems, findings, failed } = coverage;
  if (failed.length === systems.length) throw new Failure(failed[0]?.kind ?? "unavailable", provisionFaults.noSystemRead(failed));
  const items = gaps ? coverage.rows.filter(hasGap) : coverage.rows;
  await out.list({
    schema: "wardctl.coverage/1",
    name: "departments",
    items,
    extra: {
      systems,
      findings: findings.map((finding) => ({ ...finding, article: toArticleMember(finding.code, out) })),
      unreadable: failed.map(({ system: name, message }) => ({ system: name, reason: out.say(message) })),
    },
    columns: [
      {
        key: "unit",
        title: words.unitColumn,
        value: (row) => row.unit.code,
        text: (row) => `${row.unit.code} ${formatUnitName(row.unit)}`,
      },
      { key: "department", title: words.department, value: (row) => row.department.key, text: (row) => row.department.name },
      ...systems.map((name) => ({
        key: name,
        title: { vi: name, en: name },
        value: (row: CoverageRow) => row.cells[name],
        text: (row: CoverageRow, lang: "vi" | "en") => cellWords[row.cells[name] ?? "unknown"][lang],
      })),
    ],
    format,
    empty: words.fullCoverage,
  });
  for (const said of describeFailed(failed)) out.warn(said);
  if (findings.length > 0) out.note(words.gaps(findings.length, countUnits(coverage)));
  noteArticles(
    findings.map(({ code }) => code),
    out,
  );
  if (failed.length > 0) return "partial";
  return findings.length > 0 ? "attention" : "ok";
}

function hasGap({ cells }: CoverageRow): boolean {
  return Object.values(cells).some((state) => state === "missing" || state === "disabled" || state === "unknown");
}

function countUnits({ findings }: Coverage): number {
  return new Set(findings.map(({ unit }) => unit)).size;
}
