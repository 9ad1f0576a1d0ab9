import { formatCount } from "../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../src/platform/words.ts";
import type { ProposedField } from "../src/records/inspect/propose-profile.ts";
import type { FileSample } from "../src/records/inspect/sample.ts";
import type { Channel, DossierState } from "../src/records/observation.ts";

export const stateNames: Readonly<Record<DossierState, Words>> = {
  pending: { vi: "mới đăng ký, chưa tiếp nhận", en: "submitted, not accepted yet" },
  refused: { vi: "không được tiếp nhận", en: "refused at intake" },
  in_progress: { vi: "đang xử lý", en: "in progress" },
  supplement: { vi: "chờ bổ sung giấy tờ", en: "waiting for papers" },
  fee: { vi: "chờ nghĩa vụ tài chính", en: "waiting for a tax or fee" },
  stopped: { vi: "dừng xử lý", en: "stopped" },
  resolved: { vi: "đã xử lý xong", en: "resolved" },
  handed_over: { vi: "đã trả kết quả", en: "result handed over" },
  withdrawn: { vi: "công dân rút hồ sơ", en: "withdrawn" },
  rejected: { vi: "trả lại, không giải quyết", en: "rejected after acceptance" },
};

export const channelNames: Readonly<Record<Channel, Words>> = {
  online: { vi: "trực tuyến", en: "online" },
  direct: { vi: "trực tiếp", en: "at the desk" },
  post: { vi: "bưu chính công ích", en: "public post" },
};

const fieldNames: Readonly<Record<ProposedField, Words>> = {
  code: { vi: "mã hồ sơ", en: "the dossier's code" },
  unit: { vi: "mã đơn vị tiếp nhận", en: "the receiving unit's code" },
  procedure: { vi: "mã thủ tục", en: "the procedure's code" },
  channel: { vi: "kênh tiếp nhận", en: "the channel" },
  status: { vi: "trạng thái", en: "the status" },
  received: { vi: "ngày tiếp nhận", en: "the day of receipt" },
  due: { vi: "ngày hẹn trả", en: "the day it is due" },
  finished: { vi: "ngày có kết quả", en: "the day of the result" },
  updated: { vi: "lúc cập nhật", en: "the time of update" },
  submitted: { vi: "lúc nộp", en: "the time of submission" },
  handedOver: { vi: "ngày trả kết quả", en: "the day of the hand-over" },
  competentUnit: { vi: "mã đơn vị giải quyết", en: "the competent unit's code" },
  pausedFrom: { vi: "tạm dừng từ", en: "the start of a pause" },
  pausedTo: { vi: "tạm dừng đến", en: "the end of a pause" },
  exportedAt: { vi: "lúc xuất", en: "the time of the export" },
  name: { vi: "tên đơn vị", en: "the unit's name" },
  start: { vi: "ngày đầu kỳ", en: "the first day of the period" },
  asOf: { vi: "thời điểm của số liệu", en: "the instant the totals are of" },
};

const signs: Readonly<Record<string, Words>> = {
  "\t": { vi: "TAB", en: "TAB" },
  ";": { vi: "dấu chấm phẩy (;)", en: "semicolons (;)" },
  ",": { vi: "dấu phẩy (,)", en: "commas (,)" },
  "|": { vi: "gạch đứng (|)", en: "bars (|)" },
};

/** Text of `import --inspect`. */
export const inspectWords = {
  format: ({
    format,
    encoding,
    delimiter = "",
    sheet,
    headerRows,
  }: Pick<FileSample, "format" | "encoding" | "delimiter" | "sheet" | "headerRows">): Words => {
    if (format === "csv") {
      return {
        vi: `CSV, ${encoding}, phân cách bằng ${signs[delimiter]?.vi ?? delimiter}`,
        en: `CSV, ${encoding}, separated by ${signs[delimiter]?.en ?? delimiter}`,
      };
    }
    const [first = 1, last = 1] = headerRows ?? [];
    const rows = first === last ? `${first}` : `${first}–${last}`;
    return {
      vi: `bảng tính, trang '${sheet}', tiêu đề ở dòng ${rows}`,
      en: `spreadsheet, sheet '${sheet}', headings in row ${rows}`,
    };
  },
  sampled: (rows: number, whole: boolean) =>
    both((lang) => {
      const n = formatCount(rows, lang);
      if (lang === "vi") return whole ? `đã xem cả tệp: ${n} dòng` : `tệp lớn: xem phần đầu và vài đoạn, ${n} dòng`;
      return whole ? `looked at the whole file: ${n} rows` : `a large file: looked at its beginning and samples, ${n} rows`;
    }),
  totalRows: (count: number): Words => ({
    vi: `${count} dòng tổng cộng, không phải của hồ sơ hay đơn vị nào: không tính ở đây`,
    en: `${count} row${count === 1 ? "" : "s"} of totals, of no dossier and no unit: not counted here`,
  }),
  unitNames: { vi: "ghi tên đơn vị (unitNames)", en: "units by name (unitNames)" },
  unknownUnits: (count: number): Words => ({
    vi: `${count} dòng ghi tên không khớp đúng một đơn vị: khi nhập sẽ báo từng dòng`,
    en: `${count} row${count === 1 ? "" : "s"} name what does not fit exactly one unit: an import tells each`,
  }),
  personal: { vi: "dữ liệu cá nhân: sẽ bị bỏ, không đọc vào", en: "holds personal data: will be dropped" },
  dropped: { vi: "không cần: sẽ bị bỏ", en: "not needed: will be dropped" },
  masked: { vi: "(tiêu đề giống dữ liệu cá nhân)", en: "(a heading that looks like personal data)" },
  noHeading: { vi: "(cột không tiêu đề)", en: "(a column without a heading)" },
  realDates: { vi: "ngày thật của bảng tính", en: "real dates of the sheet" },
  filled: (count: number) =>
    both((lang) => (lang === "vi" ? `${formatCount(count, lang)} ô` : `${formatCount(count, lang)} cells`)),
  distinct: (count: number) =>
    both((lang) => (lang === "vi" ? `${formatCount(count, lang)} giá trị khác nhau` : `${formatCount(count, lang)} distinct`)),
  missing: (field: ProposedField): Words => ({
    vi: `chưa tìm thấy cột ghi ${fieldNames[field].vi} (${field})`,
    en: `no column was found for ${fieldNames[field].en} (${field})`,
  }),
  namesNotCodes: (field: "unit" | "procedure"): Words => ({
    vi: `ghi tên, không phải ${fieldNames[field].vi}: sẽ bị bỏ; xuất thêm cột mã`,
    en: `names, not ${fieldNames[field].en}: will be dropped; have the codes exported too`,
  }),
  unknownDates: {
    vi: "tiêu đề là ngày nhưng có ô không viết theo mẫu ngày nào đã biết: sẽ bị bỏ",
    en: "headed as a date, but some cells are written as no date that is known: will be dropped",
  },
  unknownStatus: (value: string, count: number): Words => ({
    vi: `trạng thái '${value}' (${count} dòng) chưa biết nghĩa: thêm vào status`,
    en: `status '${value}' (${count} rows) means nothing known: add it to status`,
  }),
  unknownChannel: (value: string, count: number): Words => ({
    vi: `kênh '${value}' (${count} dòng) chưa biết nghĩa: thêm vào channels`,
    en: `channel '${value}' (${count} rows) means nothing known: add it to channels`,
  }),
  noHeadings: (file: string): Words => ({
    vi: `${file}: không nhận ra tiêu đề cột nào, nên không hiện gì của tệp`,
    en: `${file}: no heading is recognised, so nothing of the file is shown`,
  }),
  firstRow: {
    vi: "dòng đầu phải là tên các cột, ví dụ: Mã hồ sơ, Mã đơn vị, Trạng thái; nếu phía trên có dòng tiêu đề hay dòng sep=; thì bỏ đi",
    en: "the first row must name the columns, such as: Mã hồ sơ, Mã đơn vị, Trạng thái; take away title lines, or a line sep=;, that stand above it",
  },
  askColumn: (field: ProposedField): Words => ({
    vi: `Cột nào ghi ${fieldNames[field].vi} (${field})?`,
    en: `Which column holds ${fieldNames[field].en} (${field})?`,
  }),
  none: { vi: "không có cột này", en: "there is none" },
  askStatus: (value: string, count: number): Words => ({
    vi: `Trạng thái '${value}' (${count} dòng) nghĩa là gì?`,
    en: `What does status '${value}' (${count} rows) mean?`,
  }),
  askChannel: (value: string, count: number): Words => ({
    vi: `Kênh '${value}' (${count} dòng) là kênh nào?`,
    en: `Which channel is '${value}' (${count} rows)?`,
  }),
  leaveOut: { vi: "chưa biết (dòng có mã này sẽ bị từ chối)", en: "not known (rows with it will be refused)" },
  askName: { vi: "Tên nguồn (a-z 0-9 -)", en: "Name of the source (a-z 0-9 -)" },
  badName: { vi: "tên nguồn chỉ gồm a-z, 0-9 và -", en: "a source's name has only a-z, 0-9 and -" },
  taken: (name: string): Words => ({ vi: `đã có nguồn '${name}'`, en: `there is a source '${name}' already` }),
  confirm: (file: string, name: string): Words => ({
    vi: `Ghi nguồn '${name}' vào ${file}?`,
    en: `Write source '${name}' into ${file}?`,
  }),
  kept: (file: string, name: string): Words => ({
    vi: `đã ghi nguồn '${name}' vào ${file}; nhập bằng: wardctl import TỆP --source ${name}`,
    en: `source '${name}' is in ${file}; import with: wardctl import FILE --source ${name}`,
  }),
  howToKeep: (name: string): Words => ({
    vi: `chưa ghi gì; ghi vào wardctl.yaml: chạy lại với --yes --source ${name}`,
    en: `nothing was written; to write it into wardctl.yaml run this again with --yes --source ${name}`,
  }),
  notWhole: {
    vi: "còn thiếu cột bắt buộc, chưa ghi vào wardctl.yaml",
    en: "columns that are needed are missing; nothing was written to wardctl.yaml",
  },
  noWorkspace: {
    vi: "không có wardctl.yaml ở đây để ghi; tạo bằng: wardctl init",
    en: "there is no wardctl.yaml here to write to; make one with: wardctl init",
  },
} satisfies Catalogue;
