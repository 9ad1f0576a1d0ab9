import { formatCount } from "../../platform/format.ts";
import type { Lang } from "../../platform/words.ts";
import type { ProbeResult } from "../probe-result.ts";
import { type ExportedRun, readEarliestExpiry } from "./exported-run.ts";

/** 0 ok, 1 warning, 2 critical, 3 unknown. */
export type NagiosCode = 0 | 1 | 2 | 3;

const names = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;
const soonDays = 14;
const dayMs = 86_400_000;
/** Plugins' output is cut at 8 KB; a line is read by people. */
const causesShown = 3;

/** One line of a monitoring plugin, and how it ends: 0 well; 1 soft, slow or soon to expire; 2 a confirmed finding; 3 could not check. Pure. */
export function formatNagios(run: ExportedRun, lang: Lang): { readonly line: string; readonly code: NagiosCode } {
  const { results, explained, at } = run;
  const failing = results.filter(({ state, maintenance }) => state === "fail" && !maintenance);
  const slow = failing.filter(({ reason }) => reason === "http.slow");
  const hard = failing.filter((result) => result.hard && result.reason !== "http.slow");
  const unjudged = results.filter(({ state }) => state === "unknown" || state === "untested");
  const expiring = results.filter((result) => result.state === "pass" && isSoon(result, at));
  const code = decideCode({ failing, hard, unjudged, expiring, results });
  const counts = [
    [said.pass, results.filter(({ state }) => state === "pass").length],
    [said.fail, failing.length - slow.length],
    [said.slow, slow.length],
    [said.expiring, expiring.length],
    [said.unjudged, unjudged.length],
  ] as const;
  const told = counts.filter(([, count], place) => place === 0 || count > 0);
  const causes = explained.causes
    .slice(0, causesShown)
    .map(({ title, affected }) => `${title[lang]} (${formatCount(affected.length, lang)})`);
  const text = [told.map(([words, count]) => `${words[lang]} ${formatCount(count, lang)}`).join(", "), ...causes].join("; ");
  const figures = [
    ...counts.map(([words, count], place) => {
      // How many pass is no fault at any number.
      const bounds = place === 0 ? ";;" : place === 1 ? ";0;0" : ";0;";
      return `'${words.en}'=${count}${bounds};0;${results.length}`;
    }),
    ...toTimes(run),
  ];
  return { line: `WARDCTL ${names[code]} - ${toOneLine(text)}|${figures.join(" ")}\n`, code };
}

/** The line of a run that could not be read at all. */
export function formatNagiosUnknown(message: string): { readonly line: string; readonly code: NagiosCode } {
  return { line: `WARDCTL UNKNOWN - ${toOneLine(message)}\n`, code: 3 };
}

function decideCode({
  failing,
  hard,
  unjudged,
  expiring,
  results,
}: Readonly<Record<"failing" | "hard" | "unjudged" | "expiring" | "results", readonly ProbeResult[]>>): NagiosCode {
  if (hard.length > 0) return 2;
  // Whoever judged nothing knows nothing; a few that could not be judged must not hide in an OK either.
  if (unjudged.length > 0 && unjudged.length === results.length) return 3;
  if (failing.length > 0 || expiring.length > 0) return 1;
  return unjudged.some(({ state }) => state === "unknown") || results.length === 0 ? 3 : 0;
}

function isSoon(result: ProbeResult, at: number): boolean {
  const expiry = readEarliestExpiry(result);
  return expiry !== undefined && expiry - at < soonDays * dayMs;
}

/** The slowest of each system: one figure a system, however many units there are. */
function toTimes({ results, slowMs, deadlineMs }: ExportedRun): string[] {
  const judged = results.filter(({ state }) => state === "pass" || state === "fail");
  return [...Map.groupBy(judged, ({ system }) => system)].map(([system, own]) => {
    const slowest = Math.max(...own.map(({ totalMs }) => totalMs));
    return `'${toLabel(system)} max'=${seconds(slowest)}s;${seconds(slowMs)};${seconds(deadlineMs)};0;`;
  });
}

/** Always a point, whatever the language. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** A label may hold anything but an equals sign; quotes are doubled. */
function toLabel(name: string): string {
  return toOneLine(name).replaceAll("=", "-").replaceAll("'", "''");
}

/** A bar begins the figures, and a line end the long text. */
function toOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll("|", "/");
}

const said = {
  pass: { vi: "chạy tốt", en: "well" },
  fail: { vi: "hỏng", en: "failing" },
  slow: { vi: "chậm", en: "slow" },
  expiring: { vi: "chứng thư sắp hết hạn", en: "expiring" },
  unjudged: { vi: "không kiểm tra được", en: "not judged" },
};
