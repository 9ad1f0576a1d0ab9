import type { ProbeState } from "../../src/health/probe-result.ts";
import { formatCount } from "../../src/platform/format.ts";
import { findNearest } from "../../src/platform/text.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

const states = {
  pass: { vi: "chạy tốt", en: "well" },
  fail: { vi: "hỏng", en: "failing" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  untested: { vi: "chưa thử", en: "not tried" },
} satisfies Record<ProbeState, Words>;

/** Seven to one, and four hundred to one. */
const closeNats = 2;
const clearNats = 6;

export const checkWords = {
  run: {
    vi: "kiểm tra mọi điểm của các đơn vị và tìm nguyên nhân chung",
    en: "probe every unit's endpoints and find what failures share",
  },
  explain: { vi: "giải thích lần kiểm tra gần nhất, hoặc một lần đã ghi lại", en: "explain the last check, or a recorded one" },
  inventory: {
    vi: "tệp CSV hoặc XLSX các điểm (mặc định: check.inventory)",
    en: "CSV or XLSX of the endpoints (default: check.inventory)",
  },
  ca: { vi: "tệp PEM chứng thư gốc được tin thêm", en: "PEM file of further roots to trust" },
  concurrency: { vi: "số điểm kiểm tra cùng lúc khi bắt đầu", en: "probes at a time to start with" },
  deadline: { vi: "thời hạn của một lần thử, mili giây", en: "limit of one probe in milliseconds" },
  layers: { vi: "chỉ các tầng này, cách nhau bằng dấu phẩy", en: "only these layers, separated by commas" },
  unit: { vi: "chỉ đơn vị này (dùng được nhiều lần)", en: "only this unit (may be repeated)" },
  system: { vi: "chỉ hệ thống này (dùng được nhiều lần)", en: "only this system (may be repeated)" },
  province: { vi: "chỉ các đơn vị có nhãn tỉnh này", en: "only units with this province label" },
  carrier: { vi: "chỉ các đơn vị của nhà mạng này", en: "only units of this carrier" },
  sweep: {
    vi: "full: thử mọi điểm; adaptive: mỗi đơn vị một hệ thống, thử hết nơi đáng ngờ (mặc định từ 1.000 đơn vị)",
    en: "full: try every endpoint; adaptive: one system a unit, then all of what looks suspicious (default from 1,000 units up)",
  },
  leftOut: (n: number) =>
    both((lang) => (lang === "vi" ? `chủ ý không thử ${formatCount(n, lang)}` : `left out on purpose ${formatCount(n, lang)}`)),
  /** Nobody at a desk reckons in nats; `marginNats` has them for programs. */
  margin: (nats: number) => {
    if (nats >= clearNats) return { vi: "vượt xa khả năng kế tiếp", en: "far ahead of the next answer" };
    if (nats >= closeNats) return { vi: "hơn khả năng kế tiếp", en: "ahead of the next answer" };
    return { vi: "sát với khả năng kế tiếp", en: "hardly ahead of the next answer" };
  },
  subject: {
    vi: "mã đơn vị, hệ thống, nguyên nhân dạng loại:mã (carprov:VNPT/46), hay số sự cố (#12)",
    en: "a unit code, a system, a cause as kind:id (carprov:VNPT/46), or an incident (#12)",
  },
  strangeSubject: (subject: string) => ({
    vi: `lần kiểm tra không có đơn vị, hệ thống hay nguyên nhân '${subject}'`,
    en: `the check has no unit, system or cause '${subject}'`,
  }),
  causesAre: (known: readonly string[], near?: string) => ({
    vi: `${near === undefined ? "" : `có phải ${near}? `}${known.length > 0 ? `các nguyên nhân: ${known.join(", ")}` : "không có nguyên nhân chung nào"}`,
    en: `${near === undefined ? "" : `did you mean ${near}? `}${known.length > 0 ? `the causes are: ${known.join(", ")}` : "there are no shared causes"}`,
  }),
  whatIfAlone: {
    vi: "--what-if giải thích lại một lần kiểm tra, nên cần --replay TỆP",
    en: "--what-if explains a check once more, so it needs --replay FILE",
  },
  howWhatIf: {
    vi: "lần kiểm tra gần nhất: wardctl check explain --what-if TỆP",
    en: "for the last check: wardctl check explain --what-if FILE",
  },
  out: { vi: "ghi từng kết quả vào tệp JSONL này", en: "write each result to this JSONL file" },
  replay: { vi: "giải thích kết quả đã ghi, không gửi gì", en: "explain recorded results; sends nothing" },
  whatIf: { vi: "danh mục dùng khi giải thích lại", en: "inventory to explain them against" },
  needInventory: {
    vi: "chưa có danh mục các điểm cần kiểm tra",
    en: "there is no inventory of endpoints to check",
  },
  howInventory: {
    vi: "thêm --inventory TỆP.csv, hoặc check.inventory trong wardctl.yaml",
    en: "give --inventory FILE.csv, or check.inventory in wardctl.yaml",
  },
  notListed: (attribute: string, strange: readonly string[]) => ({
    vi: `--${attribute}: danh mục không có ${strange.map((one) => `'${one}'`).join(", ")}`,
    en: `--${attribute}: the inventory has no ${strange.map((one) => `'${one}'`).join(", ")}`,
  }),
  /** What of it could have been meant, then some of what there is. */
  listed: (known: readonly string[], strange: readonly string[] = []) => {
    const some = known.slice(0, 8).join(", ") + (known.length > 8 ? ", …" : "");
    const near = strange.flatMap((one) => findNearest(one, known) ?? []).join(", ");
    return {
      vi: `${near === "" ? "" : `có phải ${near}? `}danh mục có: ${some}`,
      en: `${near === "" ? "" : `did you mean ${near}? `}it has: ${some}`,
    };
  },
  nothingChosen: { vi: "danh mục không có điểm nào như vậy", en: "the inventory has no such endpoint" },
  badLayers: (known: string) => ({ vi: `--layers: các tầng là ${known}`, en: `--layers: the layers are ${known}` }),
  noRun: {
    vi: "chưa có lần kiểm tra nào để giải thích",
    en: "there is no check to explain yet",
  },
  howRun: {
    vi: "chạy 'wardctl check' trước, hoặc thêm --replay TỆP.jsonl",
    en: "run 'wardctl check' first, or give --replay FILE.jsonl",
  },
  damaged: (count: number) => ({
    vi: `bỏ qua ${count} dòng hỏng`,
    en: `${count} damaged line${count === 1 ? "" : "s"} left out`,
  }),
  noLines: (file: string) => ({ vi: `${file}: không có dòng nào đọc được`, en: `${file}: no readable line` }),
  fewFiles: (limit: number, enough: number) => ({
    vi: `Máy chỉ cho mở ${limit} tệp một lúc: kiểm tra sẽ chậm hơn. Nâng lên ${enough}: ulimit -n ${enough}`,
    en: `Only ${limit} files may be open at a time: the check will be slower. Raise it to ${enough}: ulimit -n ${enough}`,
  }),
  progress: { vi: "Kiểm tra", en: "Checking" },
  kept: (count: number) => ({
    vi: `Tiếp tục lần kiểm tra bị ngắt: giữ ${count} kết quả tốt, thử lại phần còn lại.`,
    en: `Going on with the interrupted check: ${count} good results kept, the rest is tried again.`,
  }),
  stopped: (done: number, total: number) => ({
    vi: `Đã dừng: có kết quả của ${done}/${total} điểm; chạy lại để kiểm tra tiếp.`,
    en: `Stopped: results for ${done} of ${total} endpoints; run it again to go on.`,
  }),
  head: (at: string, units: number, systems: number) =>
    both((lang) =>
      lang === "vi"
        ? `Kiểm tra lúc ${at} · ${formatCount(units, lang)} đơn vị × ${systems} hệ thống`
        : `Check at ${at} · ${formatCount(units, lang)} units × ${systems} systems`,
    ),
  count: (state: ProbeState, n: number) => both((lang) => `${states[state][lang]} ${formatCount(n, lang)}`),
  slowCount: (n: number) => both((lang) => `${lang === "vi" ? "chậm" : "slow"} ${formatCount(n, lang)}`),
  causes: { vi: "Nguyên nhân chung", en: "Shared causes" },
  noCauses: { vi: "Không có nguyên nhân chung cho các điểm hỏng.", en: "The failures share no cause." },
  allWell: { vi: "Mọi điểm đã thử đều chạy tốt.", en: "Everything that was tried works." },
  odds: (text: string) => ({ vi: `chắc ${text}`, en: `odds ${text}` }),
  owner: { vi: "Việc của", en: "For" },
  suspects: { vi: "Danh mục có thể sai", en: "The inventory may be wrong" },
  single: { vi: "Riêng lẻ", en: "On their own" },
  alsoSeen: { vi: "Ghi nhận thêm", en: "Also seen" },
  next: { vi: "Nên thử tiếp", en: "Try next" },
  local: { vi: "Máy này", en: "This machine" },
  soft: { vi: "lần kiểm tra sau mới xác nhận", en: "soft: the next check confirms it" },
  firstByte: (seconds: string) => ({ vi: `trả lời đầu tiên sau ${seconds} s`, en: `first byte after ${seconds} s` }),
  unitTitle: { vi: "Đơn vị", en: "Unit" },
  legend: {
    vi: "✓ chạy tốt · ✗ hỏng ở tầng nêu tên · ~ chậm, chưa hẳn hỏng · ? chưa rõ",
    en: "✓ well · ✗ fails at the layer named · ~ slow, not down · ? unknown",
  },
  others: (n: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(n, lang)} đơn vị khác: ✓ mọi hệ thống`
        : `${formatCount(n, lang)} other units: ✓ every system`,
    ),
  empty: { vi: "Không có kết quả.", en: "No results." },
} satisfies Catalogue;

export const cellWords = {
  pass: { vi: "✓", en: "✓" },
  slow: { vi: "~ chậm", en: "~ slow" },
  unknown: { vi: "? chưa rõ", en: "? unknown" },
  untested: { vi: "· chưa thử", en: "· not tried" },
  maintenance: { vi: "m bảo trì", en: "m planned work" },
} satisfies Catalogue;

export const columnWords = {
  endpoint: { vi: "Điểm", en: "Endpoint" },
  unit: { vi: "Đơn vị", en: "Unit" },
  system: { vi: "Hệ thống", en: "System" },
  state: { vi: "Trạng thái", en: "State" },
  layer: { vi: "Tầng", en: "Layer" },
  reason: { vi: "Lý do", en: "Reason" },
  hard: { vi: "Đã xác nhận", en: "Confirmed" },
  attempts: { vi: "Lần thử", en: "Tries" },
  totalMs: { vi: "Mili giây", en: "Milliseconds" },
  at: { vi: "Lúc", en: "At" },
} satisfies Catalogue;
