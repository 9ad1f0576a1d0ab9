import type { Catalogue, Words } from "../../platform/words.ts";

/** What is wrong with a sheet or one of its cells. */
export const sheetWords = {
  emptyFormula: {
    vi: "ô công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại",
    en: "a formula without a result: open the file in Excel and save it",
  },
  errorCell: (text: string): Words => ({ vi: `ô báo lỗi ${text}`, en: `the cell holds the error ${text}` }),
  noSheetFilled: {
    vi: "bảng tính không có trang nào đang hiện mà có dữ liệu",
    en: "the spreadsheet has no visible sheet with anything in it",
  },
  whichSheet: (names: readonly string[]): Words => ({
    vi: `chưa rõ đọc trang nào, khai báo sheet: ở nguồn (có: ${names.join(", ")})`,
    en: `which sheet is meant is not clear; say sheet: in the source (there are: ${names.join(", ")})`,
  }),
  noSheet: (name: string, names: readonly string[], near: string | undefined): Words => ({
    vi: `không có trang '${name}'${near ? ` (có phải '${near}'?)` : ` (có: ${names.join(", ")})`}`,
    en: `there is no sheet '${name}'${near ? ` (did you mean '${near}'?)` : ` (there are: ${names.join(", ")})`}`,
  }),
  noAsOf: {
    vi: "nguồn không khai báo cột asOf: cho biết số liệu tính đến lúc nào bằng --exported-at",
    en: "the source maps no column asOf: say with --exported-at what instant the figures are of",
  },
} satisfies Catalogue;
