import type { Catalogue } from "../platform/words.ts";

export const rosterFileFaults = {
  notRead: (file: string) => ({ vi: `${file}: không đọc được danh sách`, en: `${file}: not readable as a roster` }),
  locked: {
    vi: "bảng tính có mật khẩu: mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ), lưu lại dạng .xlsx",
    en: "the spreadsheet has a password: open it in Excel, take the password off (File > Info > Protect), save it as .xlsx",
  },
  oldExcel: {
    vi: "bảng tính kiểu cũ (.xls): mở bằng Excel rồi lưu lại dạng .xlsx",
    en: "a spreadsheet of the old kind (.xls): open it in Excel and save it as .xlsx",
  },
  openDocument: {
    vi: "bảng tính OpenDocument (.ods): lưu lại dạng .xlsx hoặc CSV",
    en: "an OpenDocument spreadsheet (.ods): save it as .xlsx or CSV",
  },
  pdf: { vi: "tệp PDF: xin bản Excel của danh sách", en: "a PDF: ask for the list as a spreadsheet" },
  web: {
    vi: "trang web mang tên bảng tính: mở bằng Excel rồi lưu lại dạng .xlsx",
    en: "a web page under a spreadsheet's name: open it in Excel and save it as .xlsx",
  },
  readAsUtf16: {
    vi: "tệp là UTF-16 không có dấu đầu tệp, đã đọc như vậy",
    en: "the file is UTF-16 without its mark and was read so",
  },
  readAsWindows1258: {
    vi: "tệp không phải UTF-8, đọc theo Windows-1258; nếu tên sai dấu, nêu rõ bằng --encoding",
    en: "the file is not UTF-8 and was read as Windows-1258; if names look wrong, say so with --encoding",
  },
  oldFont: (readings: readonly string[]) => ({
    vi: `tệp gõ bằng phông TCVN3 hoặc VNI (có lẽ là: ${readings.join(", ")}): chuyển mã sang Unicode (UniKey: Ctrl+Shift+F6) rồi lưu lại`,
    en: `the file is typed in a TCVN3 or VNI font (probably: ${readings.join(", ")}): convert it to Unicode (UniKey: Ctrl+Shift+F6) and save it again`,
  }),
  oldFontName: (reading: string) => ({
    vi: `gõ bằng phông TCVN3 hoặc VNI, có lẽ là '${reading}': chuyển mã sang Unicode`,
    en: `typed in a TCVN3 or VNI font, probably '${reading}': convert it to Unicode`,
  }),
  noHeadings: {
    vi: "không thấy dòng tiêu đề trong 30 dòng đầu: cần Mã NV, Họ và tên, Mã đơn vị, Phòng ban, Chức vụ, Loại, Ngày bắt đầu",
    en: "no row of headings in the first 30 rows: it needs Mã NV, Họ và tên, Mã đơn vị, Phòng ban, Chức vụ, Loại, Ngày bắt đầu",
  },
  partOfRoster: {
    vi: "là phần đã tách ra của một danh sách: không nói gì về người không có trong tệp",
    en: "these are rows set aside from a roster: it says nothing of whom it does not name",
  },
  nobody: { vi: "dưới dòng tiêu đề không có người nào", en: "nobody stands below the headings" },
  tooFewCells: (cells: number, headings: number) => ({
    vi: `dòng có ${cells} ô, tiêu đề có ${headings}: thiếu dấu phân cách, hoặc dòng bị xuống hàng giữa chừng`,
    en: `the row has ${cells} cell${cells === 1 ? "" : "s"}, the headings ${headings}: a separator is missing, or the row was broken in two`,
  }),
  tooManyCells: (cells: number, headings: number) => ({
    vi: `dòng có ${cells} ô, tiêu đề có ${headings}: dấu phân cách nằm trong một ô; đặt ô đó trong dấu nháy kép`,
    en: `the row has ${cells} cells, the headings ${headings}: a separator stands inside a cell; put that cell in double quotes`,
  }),
  noPerson: {
    vi: "tiêu đề nhóm hoặc chữ ký, không phải người: bỏ dòng này",
    en: "a group's title or a signature, not a person: left out",
  },
  sameRow: (line: number) => ({ vi: `giống hệt dòng ${line}: bỏ dòng này`, en: `exactly as line ${line}: left out` }),
  hiddenColumns: (columns: readonly string[]) => ({
    vi: `cột bị ẩn cũng được đọc: ${columns.join(", ")}`,
    en: `hidden columns were read too: ${columns.join(", ")}`,
  }),
  otherSheets: (read: string, others: readonly string[]) => ({
    vi: `đọc trang tính '${read}'; không đọc: ${others.join(", ")}`,
    en: `sheet '${read}' was read; not read: ${others.join(", ")}`,
  }),
  icelandic: (count: number) => ({
    vi: `${count} ô có Ð (U+00D0), đọc là Đ`,
    en: `${count} cell${count === 1 ? " has" : "s have"} Icelandic Ð (U+00D0), read as Đ`,
  }),
  capitals: (count: number) => ({
    vi: `${count} họ tên viết hoa hoặc viết thường cả chữ, đọc theo cách viết tên`,
    en: `${count} name${count === 1 ? " is" : "s are"} in capitals or small letters only, read as names are written`,
  }),
  invisible: (count: number) => ({
    vi: `${count} ô có ký tự ẩn, dấu cách thừa hoặc dấu rời (NFD), đọc không kèm chúng`,
    en: `${count} cell${count === 1 ? " has" : "s have"} hidden characters, spare spaces or loose marks (NFD), read without them`,
  }),
} satisfies Catalogue;
