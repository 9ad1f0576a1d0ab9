import type { StaffClass } from "../directory/person.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import { type RosterColumn, rosterColumns } from "./roster-columns.ts";

export const classNames: Readonly<Record<StaffClass, Words>> = {
  can_bo: { vi: "cán bộ", en: "elected official" },
  cong_chuc: { vi: "công chức", en: "civil servant" },
  vien_chuc: { vi: "viên chức", en: "public employee" },
  hop_dong: { vi: "hợp đồng", en: "contract" },
  khong_chuyen_trach: { vi: "không chuyên trách", en: "non-specialist" },
  biet_phai: { vi: "biệt phái", en: "seconded" },
  buu_chinh: { vi: "bưu chính", en: "postal" },
  ky_thuat_ngoai: { vi: "kỹ thuật ngoài", en: "outside technician" },
};

const list = (keys: readonly string[] | undefined): string => (keys ?? []).join(", ");

export const rosterFaults = {
  missing: (column: RosterColumn) => ({
    vi: `thiếu ${column} (${rosterColumns[column].heading})`,
    en: `${column} (${rosterColumns[column].heading}) is missing`,
  }),
  missingColumn: (column: RosterColumn) => ({
    vi: `thiếu cột ${column} ('${rosterColumns[column].heading}'); thêm cột hoặc khai trong provision.roster.columns`,
    en: `column ${column} ('${rosterColumns[column].heading}') is missing; add it or map it in provision.roster.columns`,
  }),
  twiceColumn: (heading: string, column: string) => ({
    vi: `cột '${heading}' trùng với một cột ${column} khác; bỏ một cột`,
    en: `column '${heading}' is ${column} a second time; remove one`,
  }),
  lostDigits: {
    vi: "Excel đã làm mất chữ số; định dạng cột là Văn bản rồi nhập lại mã từ nguồn",
    en: "Excel lost its digits; format the column as text and enter the code again from its source",
  },
  badStaffId: {
    vi: "mã NV chỉ gồm chữ, số và . _ / -",
    en: "a staff id is made of letters, digits and . _ / - only",
  },
  badName: {
    vi: "họ tên có ký tự lạ; có thể là phông TCVN3 hoặc VNI: chuyển sang Unicode",
    en: "the name has characters no name has; probably a TCVN3 or VNI font: convert it to Unicode",
  },
  moreThanName: {
    vi: "ô họ tên còn ghi thêm số hoặc chú thích; chỉ để họ tên, chú thích ghi ở cột khác",
    en: "beside the name there are digits or a note; leave the name alone, notes have a column of their own",
  },
  oneWordName: {
    vi: "họ tên chỉ có một chữ; ghi đủ họ và tên, hoặc ghi lại chữ đó ở cột Tên gọi nếu họ chỉ có một tên",
    en: "the name is one word; write family and given name, or the same word as given_name too if they have but one",
  },
  citizenIdAsStaffId: {
    vi: "đây là số CCCD, không được dùng làm mã NV; ghi mã của phần mềm quản lý cán bộ",
    en: "this is a citizen's number and no staff id; write the id of the personnel system",
  },
  nearStaffId: (line: number, other: string) => ({
    vi: `dòng ${line} ghi '${other}': cùng một mã viết hai cách (số 0 ở đầu, chữ hoa); ghi một cách`,
    en: `line ${line} has '${other}': one id written in two ways (leading zeros, letter case); write it one way`,
  }),
  badPhone: {
    vi: "không phải số điện thoại; ghi một số, đủ chữ số",
    en: "not a phone number; write one number with all its digits",
  },
  eatenPhoneZero: (text: string) => ({
    vi: `số điện thoại '${text}' mất số 0 ở đầu`,
    en: `phone number '${text}' lost its leading zero`,
  }),
  eatenZeros: (text: string, code: string, name: string) => ({
    vi: `mã đơn vị '${text}' mất số 0 ở đầu: ghi ${code} (${name}), định dạng cột là Văn bản`,
    en: `unit code '${text}' lost its leading zeros: write ${code} (${name}) and format the column as text`,
  }),
  otherUnitSpelling: (text: string, code: string, name: string) => ({
    vi: `'${text}' viết khác mã đơn vị; là ${code} ${name}`,
    en: `'${text}' is no plain unit code; it is ${code} ${name}`,
  }),
  otherName: (text: string, key: string) => ({
    vi: `'${text}' viết khác danh mục; là ${key}`,
    en: `'${text}' is written otherwise than in the directory; it is ${key}`,
  }),
  unknownUnit: (text: string, near: { readonly code: string; readonly name: string } | undefined) => ({
    vi: `mã đơn vị '${text}' không có${near ? ` (có phải ${near.code} ${near.name}?)` : "; tra bằng wardctl wards find"}`,
    en: `unit code '${text}' is not a unit${near ? ` (did you mean ${near.code} ${near.name}?)` : "; look it up with wardctl wards find"}`,
  }),
  foreignUnit: (code: string, name: string) => ({
    vi: `${code} ${name} không thuộc thư mục làm việc này; sửa mã hoặc thêm vào units/alsoUnits trong wardctl.yaml`,
    en: `${code} ${name} is not a unit of this workspace; mend the code or add it to units/alsoUnits in wardctl.yaml`,
  }),
  unknownDepartment: (text: string, near: string | undefined, own: readonly string[] | undefined) => ({
    vi: `không có phòng ban '${text}'${near ? ` (có phải ${near}?)` : ""}${own ? `; đơn vị này có: ${list(own)}` : ""}`,
    en: `department '${text}' is not known${near ? ` (did you mean ${near}?)` : ""}${own ? `; this unit has: ${list(own)}` : ""}`,
  }),
  foreignDepartment: (department: string, unit: string, own: readonly string[]) => ({
    vi: `${unit} không có ${department}; đơn vị này có: ${list(own)}`,
    en: `${unit} has no ${department}; it has: ${list(own)}`,
  }),
  departmentNeeded: (position: Words, departments: readonly string[]) =>
    both((lang) =>
      lang === "vi"
        ? `chức vụ ${position.vi} cần phòng ban: ${list(departments)}`
        : `position ${position.en} needs a department: ${list(departments)}`,
    ),
  noDepartment: (position: Words) => ({
    vi: `${position.vi} lãnh đạo cả đơn vị: để trống phòng ban, chức vụ thứ hai ghi dòng riêng`,
    en: `${position.en} leads the whole unit: leave the department empty and give a second post its own row`,
  }),
  unknownPosition: (text: string, near: string | undefined) => ({
    vi: `không có chức vụ '${text}'${near ? ` (có phải ${near}?)` : ""}`,
    en: `position '${text}' is not known${near ? ` (did you mean ${near}?)` : ""}`,
  }),
  foreignPosition: (position: string, department: string, departments: readonly string[]) => ({
    vi: `${department} không có chức vụ ${position}; chức vụ này thuộc: ${list(departments)}`,
    en: `${department} has no ${position}; that position belongs to: ${list(departments)}`,
  }),
  unknownClass: (text: string, near: string | undefined, known: readonly string[]) => ({
    vi: `không có loại '${text}'${near ? ` (có phải ${near}?)` : ""}; các loại: ${list(known)}`,
    en: `staff class '${text}' is not known${near ? ` (did you mean ${near}?)` : ""}; classes: ${list(known)}`,
  }),
  endBeforeStart: (from: string) => ({ vi: `kết thúc trước ngày bắt đầu ${from}`, en: `ends before it starts on ${from}` }),
  endNeeded: (staffClass: StaffClass) => ({
    vi: `loại ${classNames[staffClass].vi} phải có ngày kết thúc`,
    en: `class ${staffClass} needs an end date`,
  }),
  nonSpecialistsOver: {
    vi: "không chuyên trách đã kết thúc trước 31/5/2026 (CV 12/CV-BCĐ); ghi ngày kết thúc hoặc sửa loại",
    en: "the non-specialist class ended before 31 May 2026 (CV 12/CV-BCĐ); give the end date or mend the class",
  },
  badEmail: { vi: "không phải địa chỉ thư", en: "not a mail address" },
  badUsername: {
    vi: "tài khoản gồm 2–20 chữ a–z, số và . _ -",
    en: "a username is 2 to 20 of a–z, digits and . _ -",
  },
  deniedUsername: { vi: "tên này dành riêng; chọn tên khác", en: "this name is kept back; choose another" },
  samePost: (line: number) => ({
    vi: `trùng chức vụ đã ghi ở dòng ${line}; xóa một dòng`,
    en: `the same post as on line ${line}; remove one`,
  }),
  contradiction: (what: RosterColumn, line: number, value: string) => ({
    vi: `mã NV này ở dòng ${line} có ${rosterColumns[what].heading} là '${value}'; một mã là một người: sửa mã hoặc ${rosterColumns[what].heading}`,
    en: `on line ${line} this staff id has ${what} '${value}'; one id is one person: mend the id or the ${what}`,
  }),
  usernameTwice: (line: number) => ({
    vi: `tài khoản này đã ghi cho người khác ở dòng ${line}`,
    en: `line ${line} gives this username to somebody else`,
  }),
  manySheets: (names: readonly string[]) => ({
    vi: `có ${names.length} trang tính giống danh sách (${list(names)}); để lại một, ẩn các trang kia`,
    en: `${names.length} sheets look like a roster (${list(names)}); keep one and hide the others`,
  }),
  mergedCells: (range: string) => ({
    vi: `các ô ${range} bị trộn: bỏ trộn và điền từng dòng`,
    en: `the cells ${range} are merged: split them and fill in every row`,
  }),
  emptyFormula: (cell: string) => ({
    vi: `ô ${cell} là công thức chưa có kết quả: mở bằng Excel rồi lưu lại, hoặc dán giá trị`,
    en: `cell ${cell} is a formula without a result: open it in Excel and save it, or paste the value`,
  }),
  errorCell: (cell: string, text: string) => ({
    vi: `ô ${cell} báo lỗi ${text}: nhập giá trị`,
    en: `cell ${cell} shows the error ${text}: enter the value`,
  }),
  secondHeading: {
    vi: "dòng tiêu đề lặp lại giữa danh sách: xóa dòng này",
    en: "the headings stand here again: delete this row",
  },
  totalRow: { vi: "dòng tổng cộng, không phải người: xóa dòng này", en: "a row of totals, not a person: delete it" },
  numberRow: { vi: "dòng đánh số cột: xóa dòng này", en: "a row of column numbers: delete it" },
  hiddenRows: (count: number) => ({
    vi: `${count} dòng bị ẩn trong bảng tính cũng được đọc`,
    en: `${count} hidden row${count === 1 ? " was" : "s were"} read too`,
  }),
  formerUnit: (text: string, code: string, name: string) => ({
    vi: `'${text}' là đơn vị cũ, nay thuộc ${code} ${name}`,
    en: `'${text}' is a former unit, now ${code} ${name}`,
  }),
  formerUnitSplit: (text: string, successors: readonly string[]) => ({
    vi: `'${text}' là đơn vị cũ, nay thuộc một trong: ${list(successors)}; chọn theo từng người`,
    en: `'${text}' is a former unit, now one of: ${list(successors)}; choose person by person`,
  }),
  noRows: { vi: "tệp không có dòng nào", en: "the file has no rows" },
  faults: (file: string, count: number) => ({
    vi: `${file}: ${count} lỗi, chưa làm gì`,
    en: `${file}: ${count} fault${count === 1 ? "" : "s"}, nothing was done`,
  }),
  mend: {
    vi: "sửa các dòng trên, hoặc --skip-invalid để tách chúng ra tệp riêng và làm tiếp",
    en: "mend the lines above, or use --skip-invalid to set them aside in a file of their own and go on",
  },
  citizenIdDropped: (heading: string) => ({
    vi: `cột '${heading}' (số định danh) không được đọc và không được lưu`,
    en: `column '${heading}' (citizen id) is not read and not kept`,
  }),
  unknownHeading: (heading: string, near: string | undefined) => ({
    vi: `cột '${heading}' không dùng đến${near ? ` (có phải ${near}?)` : ""}`,
    en: `column '${heading}' is not used${near ? ` (did you mean ${near}?)` : ""}`,
  }),
} satisfies Catalogue;
