import { toIso, type Zone } from "../../platform/time.ts";
import type { Lang } from "../../platform/words.ts";
import type { ExplainedCause } from "../explain-results.ts";
import type { ProbeResult } from "../probe-result.ts";
import { layerWords, reasons } from "../reason.ts";
import type { GroupKind } from "../risk-groups.ts";
import type { ExportedRun } from "./exported-run.ts";

/** Causes that are the endpoint's own system: it is not blocked by them, it is what is broken. */
const ownKinds: ReadonlySet<GroupKind> = new Set(["system", "provsys"]);

type Verdict = "failure" | "error" | "skipped" | "passed";

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly seconds: number;
  readonly verdict: Verdict;
  /** Stable name of what is wrong. */
  readonly type?: string;
  readonly message?: string;
  readonly text?: string;
}

/**
 * A suite a system, a case a unit, and one suite of the shared causes. failure: the target is bad, or a cause. error: could not check. skipped: blocked by
 * a cause above it (which fails itself), in planned work, or left out. Pure.
 */
export function formatJunit(run: ExportedRun, { lang, zone }: { readonly lang: Lang; readonly zone: Zone }): string {
  const parents = run.explained.causes.filter(({ cause }) => !ownKinds.has(cause.kind));
  const blockedBy = new Map(parents.flatMap((cause) => cause.affected.map((endpoint) => [endpoint, cause] as const)));
  const suites: (readonly [name: string, cases: readonly Case[]])[] = [
    ...(parents.length > 0 ? [["wardctl.causes", parents.map((cause) => toCauseCase(cause, lang))] as const] : []),
    ...[...Map.groupBy(run.results, ({ system }) => system)].map(
      ([system, results]) =>
        [system, results.map((result) => toCase(result, run, { lang, blockedBy: blockedBy.get(result.endpoint) }))] as const,
    ),
  ];
  const at = toIso(run.at, zone);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="wardctl check"${formatCounts(suites.flatMap(([, cases]) => cases))}>`,
    ...suites.flatMap(([name, cases]) => [
      `  <testsuite name="${escapeXml(name)}" timestamp="${at}"${formatCounts(cases)}>`,
      ...cases.map(formatCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function toCauseCase({ cause, title, inWords, owner, evidence, affected }: ExplainedCause, lang: Lang): Case {
  const percent = Math.min(99, Math.round(cause.odds * 100));
  return {
    name: title[lang],
    classname: "wardctl.causes",
    seconds: 0,
    verdict: "failure",
    type: evidence.reason,
    message: inWords[lang],
    text: [`${cause.kind} ${cause.id} · ${percent} % · ${owner[lang]}`, ...affected].join("\n"),
  };
}

function toCase(
  result: ProbeResult,
  { names }: ExportedRun,
  { lang, blockedBy }: { readonly lang: Lang; readonly blockedBy: ExplainedCause | undefined },
): Case {
  const { unit, system, state, layer, reason, totalMs, maintenance, attempts, seen } = result;
  const own = { name: `${unit} ${names.unit(unit)[lang]}`, classname: system, seconds: totalMs / 1000 };
  const why = reason === undefined ? undefined : reasons[reason].words[lang];
  const where = layer === undefined ? "" : `${layerWords[layer][lang]}: `;
  if (state === "pass") return { ...own, verdict: "passed" };
  if (state === "unknown") return { ...own, verdict: "error", type: reason, message: why ?? said.unknown[lang] };
  if (state === "untested") return { ...own, verdict: "skipped", message: said.untested[lang] };
  if (maintenance) return { ...own, verdict: "skipped", message: `${said.maintenance[lang]}: ${why ?? ""}` };
  if (blockedBy) return { ...own, verdict: "skipped", message: `${said.blocked[lang]}: ${blockedBy.title[lang]} (${why ?? ""})` };
  const facts = [
    seen?.address && `address ${seen.address}`,
    seen?.status !== undefined && `status ${seen.status}`,
    `attempts ${attempts}`,
  ];
  return {
    ...own,
    verdict: "failure",
    type: reason,
    message: `${where}${why ?? ""}`,
    text: facts.filter(Boolean).join("\n"),
  };
}

const said = {
  unknown: { vi: "không kiểm tra được", en: "could not be checked" },
  untested: { vi: "chưa thử", en: "not tried" },
  maintenance: { vi: "đang bảo trì", en: "planned work" },
  blocked: { vi: "bị chặn bởi", en: "blocked by" },
};

function formatCounts(cases: readonly Case[]): string {
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  const seconds = cases.reduce((sum, one) => sum + one.seconds, 0);
  return ` tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}" time="${seconds.toFixed(3)}"`;
}

function formatCase({ name, classname, seconds, verdict, type, message, text }: Case): string {
  const open = `    <testcase name="${escapeXml(name)}" classname="${escapeXml(classname)}" time="${seconds.toFixed(3)}"`;
  if (verdict === "passed") return `${open}/>`;
  const attributes = [message === undefined ? "" : ` message="${escapeXml(message)}"`];
  if (verdict !== "skipped" && type !== undefined) attributes.push(` type="${escapeXml(type)}"`);
  const inner = text ? `>${escapeXml(text)}</${verdict}>` : "/>";
  return `${open}><${verdict}${attributes.join("")}${inner}</testcase>`;
}

// XML 1.0 §2.2: no control characters but tab and line ends, in no form of escape.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Good between tags and in double quotes. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}
