import { formatCount } from "../platform/format.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";

const named = (column: string | Words, lang: "vi" | "en"): string => (typeof column === "string" ? column : column[lang]);
const shown = (n: number | undefined, lang: "vi" | "en"): string => (n === undefined ? "–" : formatCount(n, lang));

export const layoutWords = {
  ii06a: {
    vi: "Tình hình, kết quả giải quyết TTHC (theo Biểu II.06a/VPCP/KSTT)",
    en: "Handling of administrative procedures (columns of form II.06a/VPCP/KSTT)",
  },
  qd766: {
    vi: "Tiến độ giải quyết hồ sơ (theo Quyết định 766/QĐ-TTg)",
    en: "Progress of dossiers (columns of Decision 766/QĐ-TTg)",
  },
  c1: { vi: "(1) STT", en: "(1) No." },
  c2: { vi: "(2) Đơn vị", en: "(2) Unit" },
  c3: { vi: "Tiếp nhận, tổng số", en: "Received, total" },
  c4: { vi: "Trong kỳ: trực tuyến", en: "In the period: online" },
  c5: { vi: "Trong kỳ: trực tiếp, bưu chính", en: "In the period: desk and post" },
  c6: { vi: "Từ kỳ trước", en: "From before" },
  c7: { vi: "Đã giải quyết, tổng số", en: "Resolved, total" },
  c8: { vi: "Đã giải quyết: trước hạn", en: "Resolved: early" },
  c9: { vi: "Đã giải quyết: đúng hạn", en: "Resolved: on time" },
  c10: { vi: "Đã giải quyết: quá hạn", en: "Resolved: late" },
  c11: { vi: "Đang giải quyết, tổng số", en: "Open, total" },
  c12: { vi: "Đang giải quyết: trong hạn", en: "Open: within time" },
  c13: { vi: "Đang giải quyết: quá hạn", en: "Open: overdue" },
  receivedAll: { vi: "Tiếp nhận: tổng số", en: "Received: total" },
  receivedBefore: { vi: "Tiếp nhận: kỳ trước chuyển sang", en: "Received: from before" },
  receivedIn: { vi: "Trong kỳ: tổng số", en: "In the period: total" },
  receivedOnline: { vi: "Trong kỳ: trực tuyến", en: "In the period: online" },
  receivedDirect: { vi: "Trong kỳ: trực tiếp", en: "In the period: at the desk" },
  receivedPost: { vi: "Trong kỳ: bưu chính", en: "In the period: by post" },
  processed: { vi: "Đã xử lý: tổng số", en: "Processed: total" },
  processedEarly: { vi: "Đã xử lý: trước hạn", en: "Processed: early" },
  processedOnTime: { vi: "Đã xử lý: đúng hạn", en: "Processed: on time" },
  processedLate: { vi: "Đã xử lý: quá hạn", en: "Processed: late" },
  inProcess: { vi: "Đang xử lý: tổng số", en: "In process: total" },
  inProcessWithin: { vi: "Đang xử lý: trong hạn", en: "In process: within time" },
  inProcessOverdue: { vi: "Đang xử lý: quá hạn", en: "In process: overdue" },
  paused: { vi: "Tạm dừng: tổng số", en: "Paused: total" },
  pausedWithin: { vi: "Tạm dừng: trong hạn", en: "Paused: within time" },
  pausedOverdue: { vi: "Tạm dừng: quá hạn", en: "Paused: overdue" },
  number: (n: number) => both(() => `(${n})`),
  numbered: (n: number, title: Words) => both((lang) => `(${n}) ${title[lang]}`),
  sum: (reporting: number, expected: number) =>
    both((lang) => (lang === "vi" ? `Tổng ${reporting}/${expected} đơn vị` : `Sum of ${reporting} of ${expected} units`)),
  reopenedIn: (column: string | Words, n: number | undefined) =>
    both((lang) =>
      lang === "vi"
        ? `${named(column, lang)} gồm cả ${shown(n, lang)} hồ sơ mở lại trong kỳ.`
        : `${named(column, lang)} includes ${shown(n, lang)} dossiers reopened in the period.`,
    ),
  returnedIn: (column: string | Words, n: number | undefined) =>
    both((lang) =>
      lang === "vi"
        ? `${named(column, lang)} gồm cả ${shown(n, lang)} hồ sơ trả lại hoặc rút; biểu không có cột riêng.`
        : `${named(column, lang)} includes ${shown(n, lang)} dossiers returned or withdrawn, for which the form has no column.`,
    ),
  pausedIn: (column: string, n: number | undefined) =>
    both((lang) =>
      lang === "vi"
        ? `${column} gồm cả ${shown(n, lang)} hồ sơ tạm dừng; hồ sơ tạm dừng chỉ quá hạn nếu đã quá hạn lúc tạm dừng.`
        : `${column} includes ${shown(n, lang)} paused dossiers; one is overdue only if it was when it was paused.`,
    ),
  notStated: { vi: "không có", en: "n/a" },
  declaredRows: {
    vi: "Dòng ghi (tự báo) là số của chính đơn vị, không có hồ sơ để tính; không cộng vào tổng. Cột nào đơn vị không nêu đủ thì ghi “không có”.",
    en: "Rows marked (declared) are the unit's own figures, without dossiers behind them; they are in no sum. A column it does not state enough for is n/a.",
  },
  unverified: {
    vi: "Tên cột và công thức theo phần mềm một tỉnh; chưa đối chiếu với văn bản chính thức.",
    en: "Column names and formulas are those of one province's system; not compared with the official text.",
  },
} satisfies Catalogue;
