import type { Instant } from "../../src/platform/clock.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Zone } from "../../src/platform/time.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const reportWords = {
  evening: {
    vi: "báo cáo cho cuộc họp cuối ngày: từ 0 giờ đến bây giờ",
    en: "the evening meeting's report: from midnight to now",
  },
  morning: {
    vi: "báo cáo cho cuộc họp đầu ngày: từ cuộc họp chiều hôm trước đến bây giờ",
    en: "the morning meeting's report: since the last evening meeting",
  },
  unit: {
    vi: "một đơn vị cho thật kỹ: hôm nay, lũy kế, thủ tục, quá hạn, điều cần xử lý",
    en: "one unit in depth: today, cumulative, procedures, overdue, what to act on",
  },
  unitArgument: { vi: "mã hoặc tên đơn vị", en: "code or name of the unit" },
  stranger: (unit: Words): Words => ({
    vi: `${unit.vi} không thuộc các đơn vị của thư mục làm việc này (province, units, alsoUnits trong wardctl.yaml)`,
    en: `${unit.en} is none of this workspace's units (province, units, alsoUnits in wardctl.yaml)`,
  }),
  noSuchUnit: (text: string) => both((lang) => (lang === "vi" ? `không có đơn vị '${text}'` : `there is no unit '${text}'`)),
  range: { vi: "một kỳ bất kỳ, cả theo biểu II.06a hay QĐ 766", en: "any period, also in the columns of II.06a or QĐ 766" },
  from: { vi: "ngày hoặc thời điểm đầu kỳ", en: "day or instant the period starts with" },
  to: {
    vi: "ngày (tính hết ngày) hoặc thời điểm cuối kỳ (mặc định: bây giờ)",
    en: "day (to its end) or instant the period ends with (default: now)",
  },
  layout: { vi: "theo cột của biểu nào", en: "the columns of which form" },
  twoEnds: { vi: "cuối kỳ chỉ ghi một lần: <cuối-kỳ> hoặc --as-of", en: "the end is given once: <to> or --as-of" },
  reversed: (start: Instant, end: Instant, zone: Zone) =>
    both((lang) => {
      const [from, to] = [formatDateTime(start, zone, lang), formatDateTime(end, zone, lang)];
      return lang === "vi"
        ? `kỳ bắt đầu ${from} không trước lúc kết thúc ${to}`
        : `the start ${from} is not before the end ${to}`;
    }),
  startFirst: { vi: "viết đầu kỳ trước, cuối kỳ sau", en: "the start comes first" },
  public: {
    vi: "bản để công bố: không in số dưới 5 của từng thủ tục và mã hồ sơ; không lưu cuộc họp",
    en: "for publication: no counts under 5 of a procedure, no codes; not kept as a meeting",
  },
  verify: {
    vi: "tệp báo cáo này có đúng là báo cáo đã lưu không, và số liệu tính lại có vẫn vậy không",
    en: "whether a document is the kept report, and whether its figures are counted the same again",
  },
  document: { vi: "tệp báo cáo", en: "the document" },
  show: { vi: "in lại một báo cáo đã lưu, nguyên như cuộc họp đã thấy", en: "print a kept report again, as the meeting saw it" },
  meeting: { vi: "mã cuộc họp (mặc định: mới nhất)", en: "the meeting's id (default: the newest)" },
  asOf: { vi: "số liệu đến thời điểm này (mặc định: bây giờ)", en: "figures as of this instant (default: now)" },
  knownAsOf: {
    vi: "chỉ dùng những gì đã biết đến lần nhập, thời điểm hay cuộc họp này",
    en: "use only what was known at this import number, instant or meeting",
  },
  noStore: { vi: "chỉ xem, không lưu cuộc họp", en: "for a look: do not keep it as a meeting" },
  format: {
    vi: "dạng báo cáo (mặc định theo đuôi tệp của --out, không có thì terminal)",
    en: "what to make (default by the ending of --out, else terminal)",
  },
  out: { vi: "ghi ra tệp thay vì in", en: "write a file instead of printing" },
  all: { vi: "in cả các bảng dài", en: "print the long tables too" },
  csvDialect: {
    vi: "csv cho chương trình (rfc4180, mặc định) hay cho Excel tiếng Việt (excel-vi)",
    en: "csv for programs (rfc4180, the default) or for a Vietnamese Excel (excel-vi)",
  },
  table: {
    vi: "csv: bảng nào (mặc định units, mọi chỉ tiêu của từng đơn vị)",
    en: "csv: which table (default units, all figures of each unit)",
  },
  binary: (format: string) =>
    both((lang) =>
      lang === "vi"
        ? `${format} không phải là chữ, không in ra màn hình được`
        : `${format} is no text and does not go to a terminal`,
    ),
  unknownEnding: (ending: string): Words => ({
    vi: `chưa biết ghi báo cáo thành tệp .${ending}`,
    en: `a report is not written as .${ending}`,
  }),
  knownEndings: (endings: readonly string[]): Words => ({
    vi: `các đuôi tệp: ${endings.join(", ")}; hoặc chọn bằng --format`,
    en: `file endings: ${endings.join(", ")}; or choose with --format`,
  }),
  otherEnding: (ending: string, format: string): Words => ({
    vi: `tệp .${ending} mà nội dung là ${format} thì không chương trình nào mở được`,
    en: `no program opens a .${ending} that holds ${format}`,
  }),
  otherEndingRemedy: { vi: "đổi đuôi tệp, hoặc bỏ --format", en: "give it another ending, or leave --format out" },
  binaryRemedy: (format: string) =>
    both((lang) =>
      lang === "vi"
        ? `ghi ra tệp: --out bao-cao.${format}, hoặc nối sang lệnh khác`
        : `write a file: --out report.${format}, or send it into a pipe`,
    ),
  csvOnly: { vi: "--csv-dialect và --table chỉ dùng với csv", en: "--csv-dialect and --table are for csv only" },
  csvRemedy: { vi: "thêm --format csv", en: "add --format csv" },
  kept: (id: string) => both((lang) => (lang === "vi" ? `đã lưu cuộc họp ${id}` : `kept as meeting ${id}`)),
  written: (file: string) => both((lang) => (lang === "vi" ? `Đã ghi ${file}` : `Written to ${file}`)),
  badAsOf: (text: string) =>
    both((lang) => (lang === "vi" ? `'${text}' không phải là một thời điểm` : `'${text}' is not an instant`)),
  asOfShape: { vi: "viết như 2025-07-03T10:00 hoặc '03/7/2025 10:00'", en: "write it as 2025-07-03T10:00 or '03/7/2025 10:00'" },
  futureAsOf: (text: string) =>
    both((lang) =>
      lang === "vi"
        ? `'${text}' còn ở tương lai: chưa ai biết số liệu lúc đó`
        : `'${text}' is in the future: nobody knows its figures yet`,
    ),
  badInventory: (file: string) =>
    both((lang) =>
      lang === "vi"
        ? `không đọc được danh mục ${file}; xem lỗi bằng 'wardctl check run'`
        : `${file} is not readable; 'wardctl check run' says why`,
    ),
  unknownUnits: (codes: readonly string[], date: string) =>
    both((lang) =>
      lang === "vi"
        ? `report.units: không có đơn vị ${codes.join(", ")} (ngày ${date})`
        : `report.units: no such unit ${codes.join(", ")} (on ${date})`,
    ),
  noMeetings: { vi: "chưa lưu cuộc họp nào", en: "no meeting is kept yet" },
  makeMeeting: { vi: "lập bằng 'wardctl report evening'", en: "make one with 'wardctl report evening'" },
  unknownMeeting: (id: string) => both((lang) => (lang === "vi" ? `không có cuộc họp '${id}'` : `there is no meeting '${id}'`)),
  recent: (ids: readonly string[]) =>
    both((lang) => (lang === "vi" ? `các cuộc họp gần đây: ${ids.join(", ")}` : `recent meetings: ${ids.join(", ")}`)),
} satisfies Catalogue;
