import { formatCount } from "../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../src/platform/words.ts";
import type { Receipt, ReceiptWarning } from "../src/records/receipt.ts";
import type { Refusal } from "../src/records/refusals.ts";
import { warningMeanings } from "../src/records/warning-words.ts";

/** Text of import and sync. */
export const receiptWords = {
  file: { vi: "tệp CSV hoặc XLSX", en: "CSV or XLSX file" },
  source: { vi: "tên nguồn trong wardctl.yaml (records.sources)", en: "name of the source in wardctl.yaml (records.sources)" },
  sources: { vi: "tên các nguồn (mặc định: tất cả nguồn REST)", en: "names of sources (default: every REST source)" },
  skipInvalid: {
    vi: "nhập các dòng đúng; dòng sai ghi ra tệp .rejected.csv",
    en: "take the good rows; the others go into a .rejected.csv file",
  },
  notBegun: { vi: "đã dừng trước khi bắt đầu lấy", en: "cancelled before it was begun" },
  skipInvalidRows: { vi: "nhập các hồ sơ đúng; hồ sơ sai được nêu tên", en: "take the good rows; the others are named" },
  force: { vi: "đọc lại cả khi tệp này đã nhập", en: "read the file even if it was imported before" },
  exportedAt: {
    vi: "lúc xuất tệp, khi trong tệp không ghi",
    en: "when the file was exported, where nothing in it says so",
  },
  isOfGrants: (file: string): Words => ({
    vi: `tệp này ghi quyền ký; dùng: wardctl delegate grant --file ${file}`,
    en: `this file is of rights to sign: wardctl delegate grant --file ${file}`,
  }),
  inspect: {
    vi: "chỉ xem tệp và viết sẵn khai báo nguồn, không nhập gì",
    en: "only look at the file and draft a source for it; nothing is imported",
  },
  inspectOne: { vi: "--inspect xem một tệp mỗi lần", en: "--inspect looks at one file at a time" },
  sheet: { vi: "trang của bảng tính cần xem (với --inspect)", en: "sheet of the spreadsheet to look at (with --inspect)" },
  sheetToInspect: {
    vi: "--sheet chỉ dùng với --inspect; khi nhập thì trang ghi ở 'sheet' của nguồn trong wardctl.yaml",
    en: "--sheet goes with --inspect; an import takes the sheet that the source names in wardctl.yaml ('sheet')",
  },
  reading: (file: string): Words => ({ vi: `${file}: dòng`, en: `${file}: rows` }),
  done: (what: string, seq: number): Words => ({ vi: `Đã nhập ${what}: lần nhập ${seq}`, en: `Imported ${what}: seq ${seq}` }),
  partial: (what: string, seq: number): Words => ({
    vi: `Mới nhập được một phần của ${what}: lần nhập ${seq}`,
    en: `Imported a part of ${what}: seq ${seq}`,
  }),
  already: (what: string, seq: number, refused: number) =>
    both((lang) => {
      const n = formatCount(refused, lang);
      if (lang === "vi") {
        const left = refused === 0 ? "" : `, khi đó ${n} dòng không nhận`;
        return `${what} đã được nhập ở lần nhập ${seq}${left}; không làm gì thêm (đọc lại: --force)`;
      }
      const left = refused === 0 ? "" : `, without ${n} refused row${refused === 1 ? "" : "s"}`;
      return `${what}: already imported as seq ${seq}${left}; nothing to do (read again: --force)`;
    }),
  rows: ({ read, new: fresh, changed, same, stale, sealed, refused }: Receipt["rows"]) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      const gone = sealed === 0 ? "" : lang === "vi" ? `, ${n(sealed)} đã hết hạn lưu` : `, ${n(sealed)} sealed`;
      return lang === "vi"
        ? `${n(read)} dòng: ${n(fresh)} mới, ${n(changed)} thay đổi, ${n(same)} giữ nguyên, ${n(stale)} cũ hơn${gone}, ${n(refused)} không nhận`
        : `${n(read)} row${read === 1 ? "" : "s"}: ${n(fresh)} new, ${n(changed)} changed, ${n(same)} same, ${n(stale)} stale${gone}, ${n(refused)} refused`;
    }),
  rejected: (count: number, file: string) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} dòng không được tính nằm trong ${file}: sửa rồi nhập lại tệp đó`
        : `${formatCount(count, lang)} row${count === 1 ? "" : "s"} not counted, in ${file}: mend and import that file`,
    ),
  refusal: ({ reason, count }: Refusal) => both((lang) => `  ${formatCount(count, lang)} × ${reason[lang]}`),
  warning: (code: ReceiptWarning["code"], count: number) =>
    both((lang) => `${warningMeanings[code][lang]}: ${formatCount(count, lang)}`),
  resumed: (name: string, read: number) =>
    both((lang) =>
      lang === "vi"
        ? `${name}: đi tiếp sau ${formatCount(read, lang)} hồ sơ mà lần chạy trước đã lấy`
        : `${name}: went on after the ${formatCount(read, lang)} dossiers that a stopped run had fetched`,
    ),
  failed: { vi: "không lấy được gì", en: "nothing was fetched" },
  hint: (hint: Words): Words => ({ vi: `Cách xử lý: ${hint.vi}`, en: `What to do: ${hint.en}` }),
  noFileSource: { vi: "wardctl.yaml chưa có nguồn nào đọc từ tệp", en: "wardctl.yaml has no source that reads files" },
  noRestSource: { vi: "wardctl.yaml chưa có nguồn REST nào", en: "wardctl.yaml has no REST source" },
  whichSource: (names: readonly string[]): Words => ({
    vi: `có nhiều nguồn, hãy chọn bằng --source: ${names.join(", ")}`,
    en: `there are several sources; choose with --source: ${names.join(", ")}`,
  }),
  noSource: (name: string, known: readonly string[]): Words => ({
    vi: `không có nguồn '${name}'${known.length > 0 ? ` (có: ${known.join(", ")})` : ""}`,
    en: `there is no source '${name}'${known.length > 0 ? ` (there is: ${known.join(", ")})` : ""}`,
  }),
  restSource: (name: string): Words => ({
    vi: `nguồn '${name}' lấy qua mạng: dùng 'wardctl sync ${name}'`,
    en: `source '${name}' is fetched: use 'wardctl sync ${name}'`,
  }),
  fileSource: (name: string): Words => ({
    vi: `nguồn '${name}' đọc từ tệp: dùng 'wardctl import TỆP --source ${name}'`,
    en: `source '${name}' reads files: use 'wardctl import FILE --source ${name}'`,
  }),
  mendSources: {
    vi: "khai báo nguồn ở records.sources trong wardctl.yaml (mẫu: docs/records.md)",
    en: "sources stand under records.sources in wardctl.yaml (examples: docs/records.md)",
  },
  draftSource: {
    vi: "viết sẵn khai báo nguồn từ chính tệp ấy: wardctl import --inspect TỆP",
    en: "have a source drafted from the file itself: wardctl import --inspect FILE",
  },
} satisfies Catalogue;
