import { listAlsoSeen } from "../../src/health/also-seen.ts";
import { describeRivals, type Names, nameEndpoint } from "../../src/health/cause-words.ts";
import type { ExplainedSweep } from "../../src/health/explain-results.ts";
import type { LocalFinding } from "../../src/health/local/finding.ts";
import { withoutPlannedWork } from "../../src/health/maintenance.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import { reasons } from "../../src/health/reason.ts";
import { formatDateTime, formatPercent } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import type { Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { listArticleLines } from "../article-link.ts";
import { describeAlsoSeen } from "./also-seen-words.ts";
import { stageWords } from "./canary-words.ts";
import { localWords } from "./local-words.ts";
import { formatMatrix } from "./matrix.ts";
import { formatFinding } from "./render-local.ts";
import { checkWords as words } from "./words.ts";

export interface CheckView {
  readonly at: number;
  readonly zone: Zone;
  readonly results: readonly ProbeResult[];
  readonly explained: ExplainedSweep;
  readonly localFindings: readonly LocalFinding[];
  readonly names: Names;
  /** Endpoints that an adaptive sweep had no need to try. */
  readonly leftOut?: ReadonlySet<string>;
}

export interface Totals {
  readonly endpoints: number;
  readonly pass: number;
  /** Without the slow ones. */
  readonly fail: number;
  readonly slow: number;
  readonly unknown: number;
  readonly untested: number;
  /** Not tried on purpose. */
  readonly leftOut: number;
}

export function countResults(results: readonly ProbeResult[], leftOut: ReadonlySet<string> = new Set()): Totals {
  const judged = withoutPlannedWork(results);
  const count = (test: (result: ProbeResult) => boolean): number => judged.filter(test).length;
  const slow = count(({ state, reason }) => state === "fail" && reason === "http.slow");
  return {
    endpoints: results.length,
    pass: count(({ state }) => state === "pass"),
    fail: count(({ state }) => state === "fail") - slow,
    slow,
    unknown: count(({ state }) => state === "unknown"),
    untested: count(({ state, endpoint }) => state === "untested" && !leftOut.has(endpoint)),
    leftOut: leftOut.size,
  };
}

/** What goes on from the line before lies under its text. */
const hanging = "   ";

/** Causes first, then what fails on its own, then the matrix. */
export async function renderCheck(view: CheckView, out: Output): Promise<string> {
  const findings = renderFindings(view, out).map((block) =>
    block
      .split("\n")
      .map((line) => wrapWords(line, out.width, hanging))
      .join("\n"),
  );
  return [renderHead(view, out), ...findings, await formatMatrix(view.results, view.names, out)].join("\n\n");
}

function renderHead({ at, zone, results, leftOut }: CheckView, out: Output): string {
  const units = new Set(results.map(({ unit }) => unit)).size;
  const systems = new Set(results.map(({ system }) => system)).size;
  const { pass, fail, slow, unknown, untested, leftOut: spared } = countResults(results, leftOut);
  const counts = [
    words.count("pass", pass),
    words.count("fail", fail),
    words.slowCount(slow),
    ...(unknown > 0 ? [words.count("unknown", unknown)] : []),
    ...(untested > 0 ? [words.count("untested", untested)] : []),
    ...(spared > 0 ? [words.leftOut(spared)] : []),
  ];
  const head = out.say(words.head(formatDateTime(at, zone, out.lang), units, systems));
  return `${out.paint.bold(head)}\n${counts.map(out.say).join(" · ")}`;
}

/** One block a heading; none at all where there is nothing to tell. */
export function renderFindings(
  { explained, localFindings, results, names }: Omit<CheckView, "at" | "zone">,
  out: Output,
): string[] {
  const { say, paint } = out;
  const block = (title: string, lines: readonly string[]): string[] =>
    lines.length > 0 ? [[paint.bold(title), ...lines].join("\n")] : [];
  const fails = results.some(({ state }) => state === "fail");
  return [
    ...block(
      say(words.local),
      localFindings.flatMap((finding) => formatFinding(finding, out)),
    ),
    ...block(
      say(words.causes),
      explained.causes.flatMap((cause, at) => formatCause(cause, at + 1, names, out)),
    ),
    ...(fails && explained.causes.length === 0 ? [say(words.noCauses)] : []),
    ...(results.length > 0 && isQuiet(explained) && results.every(({ state }) => state === "pass") ? [say(words.allWell)] : []),
    ...block(
      say(words.suspects),
      explained.suspects.map(({ inWords }) => `- ${say(inWords)}`),
    ),
    ...block(say(words.single), [
      ...explained.unexplained.map((result) => `- ${formatSingle(result, names, out)}`),
      ...listArticleLines(explained.unexplained.flatMap(({ reason }) => reason ?? [])).map((line) => `  ${say(line)}`),
    ]),
    ...block(
      say(words.alsoSeen),
      listAlsoSeen(results).map((one) => `- ${say(describeAlsoSeen(one))}`),
    ),
    ...(explained.nextProbe
      ? [`${say(words.next)}: ${say(explained.nextProbe.inWords)}\n   ${paint.bold(explained.nextProbe.command)}`]
      : []),
  ];
}

/** Nothing fails, from any place that was tried from. */
function isQuiet({ causes, unexplained }: ExplainedSweep): boolean {
  return causes.length === 0 && unexplained.length === 0;
}

/** `96%`, `hơn 99%`: odds are never certainty. */
export function formatOdds(odds: number, lang: Lang): string {
  if (odds > 0.99) return `${lang === "vi" ? "hơn" : "over"} ${formatPercent(99, 100, lang, 0)}`;
  return formatPercent(Math.round(odds * 100), 100, lang, 0);
}

function formatCause(
  { cause, title, inWords, owner, evidence, askNext }: ExplainedSweep["causes"][number],
  number: number,
  names: Names,
  { say, paint, lang }: Output,
): string[] {
  const odds = formatOdds(cause.odds, lang);
  const rivals = describeRivals(cause, names).map(say);
  return [
    `${number}. ${paint.red(say(title))} (${say(words.odds(odds))}; ${say(words.margin(cause.marginNats))})`,
    `   ${say(inWords)}`,
    ...(rivals.length > 0 ? [`   ${rivals.join("; ")}`] : []),
    `   ${say(words.owner)}: ${say(owner)}`,
    ...(askNext ? [`   → ${say(askNext.inWords)} (${askNext.command})`] : []),
    ...listArticleLines([evidence.reason]).map((line) => `   ${say(line)}`),
  ];
}

function formatSingle(result: ProbeResult, names: Names, { say, lang }: Output): string {
  const { reason, phases, hard, seen } = result;
  const notes = [
    reason ? say(reasons[reason].words) : "",
    reason === "http.slow" && phases?.firstByteMs !== undefined
      ? say(words.firstByte((phases.firstByteMs / 1000).toFixed(1).replace(".", lang === "vi" ? "," : ".")))
      : "",
    seen?.canary?.failedAt ? say(stageWords[seen.canary.failedAt]) : "",
    reason === "rt.service" ? (seen?.service ?? "") : "",
    hard ? "" : say(words.soft),
    result.endpoint.includes("@") ? say(localWords.fromUnit) : "",
  ];
  return `${say(nameEndpoint(result, names))}: ${notes.filter(Boolean).join(", ")}`;
}
