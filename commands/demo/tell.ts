import { createDirectory } from "../../src/directory/directory.ts";
import { formatEnglishUnitName, formatUnitName } from "../../src/directory/unit.ts";
import { formatCount, formatPercent } from "../../src/platform/format.ts";
import { both, type Lang, type Words } from "../../src/platform/words.ts";

/**
 * What the demo tells of a command's JSON document: only what stands in the document. The shapes are the public ones of docs/json.md, here cut down
 * to the members that are told.
 */
const count = formatCount;

function nameUnit(code: string, lang: Lang): string {
  const unit = createDirectory("2025-07-03")?.findUnit(code);
  if (!unit) return code;
  return lang === "vi" ? formatUnitName(unit) : formatEnglishUnitName(unit);
}

export function ofCoverage({
  findings,
}: {
  readonly findings: readonly { readonly code: string; readonly unit: string }[];
}): readonly Words[] {
  const missing = Map.groupBy(
    findings.filter((finding) => finding.code === "ACC-UNIT-MISSING"),
    (finding) => finding.unit,
  );
  // Wards that lack the same number stand on one line.
  const alike = Map.groupBy([...missing], ([, gaps]) => gaps.length);
  return [...alike].map(([gaps, wards]) =>
    both((lang) => {
      const names = wards.map(([unit]) => nameUnit(unit, lang)).join(", ");
      return lang === "vi"
        ? `${gaps} phòng ban thiếu tài khoản văn bản: ${names}`
        : `${gaps} departments without document account: ${names}`;
    }),
  );
}

export function ofPlan({
  totals,
}: {
  readonly totals: Readonly<Record<"create" | "update" | "disable" | "assign" | "none" | "question", number>>;
}): readonly Words[] {
  return [
    both((lang) =>
      lang === "vi"
        ? `kế hoạch: tạo ${count(totals.create, lang)}, sửa ${totals.update}, khóa ${totals.disable}, phân quyền ${totals.assign}, giữ nguyên ${count(totals.none, lang)}, hỏi ${totals.question}`
        : `plan: create ${count(totals.create, lang)}, update ${totals.update}, disable ${totals.disable}, assign ${totals.assign}, unchanged ${count(totals.none, lang)}, questions ${totals.question}`,
    ),
  ];
}

interface Outcome {
  readonly writesSent: number;
  readonly totals: { readonly done: number; readonly failed: number; readonly unknown: number; readonly skipped: number };
}

export function ofApply({ writesSent, totals }: Outcome): readonly Words[] {
  const all = totals.done + totals.failed + totals.unknown + totals.skipped;
  return [
    both((lang) =>
      lang === "vi"
        ? `đã làm ${totals.done}/${all}, gửi ${writesSent} lệnh ghi, tất cả đã đọc lại`
        : `${totals.done} of ${all} done with ${writesSent} writes, all of them read back`,
    ),
  ];
}

export function ofSecondApply({ writesSent, totals }: Outcome): readonly Words[] {
  return [
    both((lang) =>
      lang === "vi"
        ? `chạy lại: ${writesSent} lệnh ghi, ${totals.done} đúng như kế hoạch`
        : `again: ${writesSent} writes, ${totals.done} as planned`,
    ),
  ];
}

export function ofGrants({ recorded }: { readonly recorded: readonly unknown[] }): readonly Words[] {
  return [
    both((lang) =>
      lang === "vi"
        ? `ghi nhận ${count(recorded.length, lang)} quyền ký từ quy chế, phân công`
        : `${count(recorded.length, lang)} right${recorded.length === 1 ? "" : "s"} to sign recorded from regulations and assignments`,
    ),
  ];
}

interface ReadBack {
  readonly rights: number;
  readonly differences: readonly { readonly kind: "missing" | "excess" }[];
}

function tellDifferences({ rights, differences }: ReadBack): Words {
  const missing = differences.filter(({ kind }) => kind === "missing").length;
  return both((lang) =>
    lang === "vi"
      ? `đọc lại phần mềm văn bản: ${count(rights, lang)} quyền, thiếu ${missing}, thừa ${differences.length - missing}`
      : `document system read back: ${count(rights, lang)} rights, ${missing} missing, ${differences.length - missing} in excess`,
  );
}

export function ofPush({
  systems,
}: {
  readonly systems: readonly { readonly create: readonly unknown[]; readonly readBack: ReadBack }[];
}): readonly Words[] {
  return systems.map(({ create, readBack }) => {
    const told = tellDifferences(readBack);
    return both((lang) => (lang === "vi" ? `thêm ${create.length} quyền; ${told.vi}` : `${create.length} added; ${told.en}`));
  });
}

/** What a meeting decided and whom it gave something to do. */
export function ofMeeting({
  decisions,
  actions,
  report,
}: {
  readonly decisions: readonly unknown[];
  readonly actions: readonly { readonly owner: string }[];
  readonly report: string;
}): readonly Words[] {
  const owners = [...new Set(actions.map(({ owner }) => owner))].join(", ");
  return [
    both((lang) =>
      lang === "vi"
        ? `biên bản trong ${report}: ${decisions.length} kết luận, ${actions.length} việc giao ${owners}`
        : `minutes in ${report}: ${decisions.length} decision, ${actions.length} action for ${owners}`,
    ),
  ];
}

type Side = "ok" | "missing" | "unknown";

const answers = {
  ALLOW: { vi: "KÝ ĐƯỢC", en: "MAY SIGN" },
  DENY: { vi: "CHƯA KÝ ĐƯỢC", en: "MAY NOT SIGN" },
  UNKNOWN: { vi: "CHƯA XÁC ĐỊNH", en: "NOT KNOWN" },
};

const sideNames = {
  legal: { vi: "luật", en: "law" },
  configuration: { vi: "phần mềm", en: "system" },
  readiness: { vi: "người", en: "person" },
};

export function ofCanSign(document: {
  readonly answer: keyof typeof answers;
  readonly codes: readonly string[];
  readonly signatureBlock: readonly string[];
  readonly sides: Readonly<Record<keyof typeof sideNames, Side>>;
}): readonly Words[] {
  const sides = (Object.keys(sideNames) as (keyof typeof sideNames)[]).map((side) =>
    both((lang) => `${sideNames[side][lang]} ${{ ok: "✓", missing: "✗", unknown: "?" }[document.sides[side]]}`),
  );
  const reason = document.answer === "ALLOW" ? document.signatureBlock.join(" / ") : (document.codes[0] ?? "");
  return [both((lang) => `${answers[document.answer][lang]}: ${sides.map((side) => side[lang]).join(" · ")} · ${reason}`)];
}

export function ofCheck({
  causes,
  unexplained,
  results,
}: {
  readonly causes: readonly { readonly inWords: string; readonly owner: string; readonly odds: number }[];
  readonly unexplained: readonly string[];
  readonly results: readonly ProbeLine[];
}): readonly Words[] {
  const found = new Map(results.map((result) => [result.endpoint, result]));
  return [
    ...causes.slice(0, 3).map(({ inWords, owner, odds }) => {
      const share = formatPercent(Math.round(odds * 100), 100, "vi", 0);
      return { vi: `${inWords} → ${owner} (${share})`, en: `${inWords} → ${owner} (${share})` };
    }),
    ...unexplained.slice(0, 3).flatMap((endpoint) => {
      const line = found.get(endpoint);
      return line ? [tellSingle(line)] : [];
    }),
  ];
}

interface ProbeLine {
  readonly endpoint: string;
  readonly unit: string;
  readonly system: string;
  readonly reason?: string;
  readonly phases?: { readonly connectMs?: number; readonly tlsMs?: number; readonly firstByteMs?: number };
}

function tellSingle({ unit, system, reason, phases }: ProbeLine): Words {
  const line = Math.round((phases?.connectMs ?? 0) + (phases?.tlsMs ?? 0));
  const answer = Math.round(phases?.firstByteMs ?? 0);
  return both((lang) => {
    if (reason !== "http.slow") return `${nameUnit(unit, lang)}: ${system}, ${reason}`;
    return lang === "vi"
      ? `${nameUnit(unit, lang)}: hệ thống ${system} chậm: nối ${line} ms, trang ${count(answer, lang)} ms → không do đường truyền`
      : `${nameUnit(unit, lang)}: ${system} slow: line ${line} ms, page ${count(answer, lang)} ms → not the line`;
  });
}

export function ofSync({
  sources,
}: {
  readonly sources: readonly { readonly source: string; readonly rows?: { readonly read: number } }[];
}): readonly Words[] {
  return sources.map(({ source, rows }) =>
    both((lang) =>
      lang === "vi"
        ? `${source}: ${count(rows?.read ?? 0, lang)} hồ sơ, không lưu gì về người nộp`
        : `${source}: ${count(rows?.read ?? 0, lang)} dossiers, nothing of the applicants is kept`,
    ),
  );
}

export function ofPress({
  rows,
  warnings,
}: {
  readonly rows: { readonly read: number };
  readonly warnings: readonly { readonly code: string; readonly note?: string }[];
}): readonly Words[] {
  const notes = warnings.map(({ code, note }) => `${code} ${note ?? ""}`.trim()).join("; ");
  return [
    both((lang) =>
      lang === "vi" ? `báo chí: ${rows.read} dòng, để riêng; ${notes}` : `press: ${rows.read} rows, kept apart; ${notes}`,
    ),
  ];
}

export function ofReport({
  asOf,
  total,
}: {
  readonly asOf: string;
  readonly total: {
    readonly reporting: number;
    readonly expected: number;
    readonly figures: { readonly received: { readonly total: number }; readonly resolved: { readonly total: number } };
  };
}): readonly Words[] {
  const { reporting, expected, figures } = total;
  const received = figures.received.total;
  const resolved = figures.resolved.total;
  return [
    both((lang) => {
      const rate = received === 0 ? "–" : formatPercent(resolved, received, lang);
      return lang === "vi"
        ? `tính đến ${asOf.slice(11, 16)}: ${reporting}/${expected} đơn vị, tiếp nhận ${count(received, lang)}, giải quyết ${count(resolved, lang)} (${rate})`
        : `as of ${asOf.slice(11, 16)}: ${reporting} of ${expected} units, ${count(received, lang)} received, ${count(resolved, lang)} resolved (${rate})`;
    }),
  ];
}

export function ofBoard({
  units,
}: {
  readonly units: Readonly<Record<"all" | "go" | "noGo" | "unknown", number>>;
}): readonly Words[] {
  const { all, go, noGo, unknown } = units;
  return [
    both((lang) =>
      lang === "vi"
        ? `${go}/${all} đơn vị sẵn sàng, ${noGo} chưa, ${unknown} chưa rõ: vì sao, xử lý thế nào`
        : `${go} of ${all} units ready, ${noGo} not, ${unknown} not known: why, and what mends it`,
    ),
  ];
}
