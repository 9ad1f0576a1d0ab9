import { formatUnitName, type Unit } from "../directory/unit.ts";
import type { Catalogue, Words } from "../platform/words.ts";

const fields = {
  channel: { vi: "kênh", en: "channel", mapVi: "bảng kênh", mapEn: "channel map" },
  status: { vi: "trạng thái", en: "status", mapVi: "bảng trạng thái", mapEn: "status map" },
};

const separators: Readonly<Record<string, Words>> = {
  "\t": { vi: "TAB", en: "TAB" },
  ";": { vi: "dấu chấm phẩy", en: "semicolons" },
  ",": { vi: "dấu phẩy", en: "commas" },
  "|": { vi: "gạch đứng", en: "bars" },
};

function guess(units: readonly Unit[], lang: "vi" | "en"): string {
  if (units.length === 0) return "";
  const names = units.map((unit) => `${unit.code} ${formatUnitName(unit)}`).join(lang === "vi" ? " hay " : " or ");
  return lang === "vi" ? ` (có phải ${names}?)` : ` (did you mean ${names}?)`;
}

/** As it is typed. */
function quoteFile(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file}'`;
}

/** What is wrong with a row, said to whoever must mend the file or the profile. */
export const rowWords = {
  missing: (column: string): Words => ({ vi: `cột '${column}' để trống`, en: `column '${column}' is empty` }),
  badDate: (column: string, value: string, patterns: readonly string[]): Words => ({
    vi: `cột '${column}': '${value}' không phải ngày có thật theo mẫu ${patterns.join(" | ")}`,
    en: `column '${column}': '${value}' is no real date by the pattern ${patterns.join(" | ")}`,
  }),
  badCode: (value: string): Words => ({
    vi: `'${value}' không phải mã hồ sơ (dạng H57.19753-250703-0012)`,
    en: `'${value}' is not a dossier code (such as H57.19753-250703-0012)`,
  }),
  badProcedure: (value: string): Words => ({
    vi: `'${value}' không phải mã thủ tục (dạng 2.000815)`,
    en: `'${value}' is not a procedure code (such as 2.000815)`,
  }),
  unknownCode: (field: "channel" | "status", value: string, source: string, known: readonly string[]): Words => ({
    vi: `${fields[field].vi} '${value}' không có trong ${fields[field].mapVi} của nguồn '${source}' (đã biết: ${known.join(", ")})`,
    en: `${fields[field].en} '${value}' is not in the ${fields[field].mapEn} of source '${source}' (known: ${known.join(", ")})`,
  }),
  noReceipt: (column: string, status: string): Words => ({
    vi: `trạng thái '${status}' là đã tiếp nhận nhưng cột '${column}' để trống`,
    en: `status '${status}' means accepted, but column '${column}' is empty`,
  }),
  noUpdate: (source: string): Words => ({
    vi: `không biết dòng này đúng vào lúc nào: thêm cột updated hoặc exportedAt cho nguồn '${source}', hoặc dùng --exported-at`,
    en: `nothing says when this row was true: map a column updated or exportedAt in source '${source}', or give --exported-at`,
  }),
  badUnit: (value: string): Words => ({
    vi: `'${value}' không phải mã đơn vị (5 chữ số)`,
    en: `'${value}' is not a unit code (5 digits)`,
  }),
  shortUnit: (value: string, near: readonly Unit[]): Words => ({
    vi: `mã đơn vị '${value}' có ${value.length} chữ số, cần 5${guess(near, "vi")}`,
    en: `unit code '${value}' has ${value.length} digit${value.length === 1 ? "" : "s"}, need 5${guess(near, "en")}`,
  }),
  noUnit: (value: string): Words => ({
    vi: `mã '${value}' không phải là đơn vị nào`,
    en: `unit code '${value}' is not a unit`,
  }),
  cellCount: (has: number, wants: number): Words => ({
    vi: `dòng có ${has} ô, dòng tiêu đề có ${wants}: có thể thiếu dấu nháy quanh dấu phân cách`,
    en: `the row has ${has} cells, the header has ${wants}: perhaps a separator without quotes around it`,
  }),
  noColumn: (column: string, near: string | undefined): Words => ({
    vi: `không có cột '${column}'${near ? ` (có phải '${near}'?)` : ""}`,
    en: `there is no column '${column}'${near ? ` (did you mean '${near}'?)` : ""}`,
  }),
  twoColumns: (column: string): Words => ({ vi: `có hai cột '${column}'`, en: `there are two columns '${column}'` }),
  otherSeparator: (found: string, declared: string | undefined): Words => {
    const said = declared === undefined ? undefined : JSON.stringify(declared);
    const mend = `delimiter: ${JSON.stringify(found)}`;
    return {
      vi: `dòng tiêu đề phân cách bằng ${separators[found]?.vi ?? found}, ${said ? `nguồn khai báo delimiter: ${said}` : `nguồn cần khai báo ${mend}`}`,
      en: `the header is separated by ${separators[found]?.en ?? found}, ${said ? `the source says delimiter: ${said}` : `the source must say ${mend}`}`,
    };
  },
  quotesNone: {
    vi: 'ô có dấu " phải nằm trong dấu nháy, dấu " bên trong viết đôi (""); nếu phần mềm xuất không bao giờ đặt dấu nháy thì khai quotes: none',
    en: 'a cell that holds a " must stand in quotation marks, the ones inside it doubled (""); if the program that exports never quotes, say quotes: none',
  },
  skipOrMend: {
    vi: "sửa ở nơi xuất dữ liệu hoặc trong khai báo nguồn; hay nhập các dòng đúng trước bằng --skip-invalid",
    en: "mend the data where they come from, or the source's profile; or take the good rows first with --skip-invalid",
  },
  inspect: (file: string): Words => ({
    vi: `xem tệp có gì: wardctl import --inspect ${quoteFile(file)}`,
    en: `see what the file holds: wardctl import --inspect ${quoteFile(file)}`,
  }),
  noHeader: { vi: "tệp không có dòng tiêu đề", en: "the file has no header row" },
  badCell: (column: string, value: string): Words => ({
    vi: `cột '${column}': '${value}' không phải là số liệu (dạng 151, >11600, ~30, 96,3%)`,
    en: `column '${column}': '${value}' is not a figure (such as 151, >11600, ~30, 96.3%)`,
  }),
  wrongName: (name: string, unit: Unit): Words => ({
    vi: `'${name}' không phải tên của ${unit.code} (${formatUnitName(unit)})`,
    en: `'${name}' is not the name of ${unit.code} (${formatUnitName(unit)})`,
  }),
  notAnItem: { vi: "mục này không phải một bản ghi", en: "this item is not a record" },
} satisfies Catalogue;
