import type { Lang } from "../src/platform/words.ts";

/** What stands for a value in help: `--province <tỉnh>`. */
const placeholders: Readonly<Record<string, string>> = {
  action: "việc",
  carrier: "hệ thống",
  class: "loại",
  code: "mã",
  date: "ngày",
  doctype: "loại-văn-bản",
  file: "tệp",
  folder: "thư-mục",
  format: "dạng",
  id: "mã",
  instant: "thời-điểm",
  kind: "loại",
  label: "nhãn",
  lang: "ngôn-ngữ",
  meeting: "cuộc-họp",
  name: "tên",
  names: "tên",
  person: "người",
  plan: "kế-hoạch",
  "plan-id": "mã-kế-hoạch",
  prefix: "đầu-tên",
  province: "tỉnh",
  roster: "danh-sách",
  scope: "phạm-vi",
  source: "nguồn",
  "staff-id": "mã-cán-bộ",
  term: "điều-kiện",
  text: "chữ",
  type: "loại",
  unit: "đơn-vị",
  units: "đơn-vị",
};

export const cliWords = {
  placeholders,
  purpose: {
    vi: "Tài khoản, thẩm quyền ký, tình trạng hệ thống và báo cáo hằng ngày cho các Trung tâm Phục vụ hành chính công phường, xã, đặc khu",
    en: "Accounts, signing authority, health and daily reports for Vietnam's ward and commune Public Administration Service Centers",
  },
  json: { vi: "kết quả là một tài liệu JSON", en: "the result as one JSON document" },
  lang: {
    vi: "ngôn ngữ (mặc định: theo wardctl.yaml, rồi theo máy)",
    en: "language (default: the workspace's, then the locale's)",
  },
  workspace: {
    vi: "thư mục làm việc (mặc định: tìm wardctl.yaml ngược lên trên)",
    en: "workspace folder (default: wardctl.yaml found upwards)",
  },
  quiet: { vi: "chỉ in kết quả và cảnh báo", en: "print only the result and warnings" },
  noColor: { vi: "không tô màu", en: "no colour" },
  version: { vi: "in phiên bản", en: "print the version" },
  help: { vi: "in trợ giúp", en: "print help" },
  choices: { vi: "chọn", en: "choices" },
  default: { vi: "mặc định", en: "default" },
  options: { vi: "[tùy chọn]", en: "[options]" },
  example: { vi: "Ví dụ", en: "Example" },
  format: { vi: "dạng danh sách", en: "form of the list" },
  yes: { vi: "không hỏi lại", en: "do not ask" },
  more: { vi: "còn nữa; xem đủ bằng --json", en: "more; --json lists all" },
  hint: { vi: "Cách xử lý", en: "What to do" },
  bug: {
    vi: "lỗi của chính wardctl, xin báo lại kèm dòng dưới đây",
    en: "this is a bug in wardctl; please report it with the lines below",
  },
  noWorkspace: {
    vi: "không thấy wardctl.yaml ở thư mục này hay các thư mục trên",
    en: "no wardctl.yaml in this folder or above it",
  },
  makeWorkspace: {
    vi: "tạo bằng 'wardctl init', hoặc chỉ ra bằng --workspace",
    en: "make one with 'wardctl init', or point to one with --workspace",
  },
  badNow: (text: string) => ({
    vi: `WARDCTL_NOW: '${text}' không phải là một thời điểm`,
    en: `WARDCTL_NOW: '${text}' is not an instant`,
  }),
  instantShape: {
    vi: "ghi như 2025-07-03T16:30:00+07:00 hoặc 2025-07-03T16:30",
    en: "write it like 2025-07-03T16:30:00+07:00 or 2025-07-03T16:30",
  },
  helpTitles: {
    vi: {
      "Usage:": "Cách dùng:",
      "Options:": "Tùy chọn:",
      "Global Options:": "Tùy chọn chung:",
      "Commands:": "Lệnh:",
      "Arguments:": "Tham số:",
    },
    en: {},
  } satisfies Record<Lang, Record<string, string>> as Record<Lang, Record<string, string>>,
  needVerb: (noun: string) => ({ vi: `'wardctl ${noun}' cần một lệnh con`, en: `'wardctl ${noun}' needs a verb` }),
  /** Vietnamese for commander's complaints by their code; `given` and `other` are the words in quotes. */
  usage: {
    "commander.unknownOption": (given) => `không có tùy chọn '${given}'`,
    "commander.unknownCommand": (given) => `không có lệnh '${given}'`,
    "commander.missingArgument": (given) => `thiếu tham số <${placeholders[given] ?? given}>`,
    "commander.optionMissingArgument": (given) => `tùy chọn '${given}' thiếu giá trị`,
    "commander.missingMandatoryOptionValue": (given) => `thiếu tùy chọn bắt buộc '${given}'`,
    "commander.excessArguments": () => "thừa tham số",
    "commander.invalidArgument": (given, other) => `giá trị '${other}' của '${given}' không hợp lệ`,
    "commander.conflictingOption": (given, other) => `tùy chọn '${given}' không dùng chung với '${other}'`,
  } as Readonly<Record<string, ((given: string, other: string) => string) | undefined>>,
  /** Vietnamese for what a value must be, said by commander or by a reader of a flag. */
  valueRules: [
    [/Allowed choices are (.+)\./, "chọn một trong: $1"],
    [/a whole number is needed/, "cần một số nguyên không âm"],
    [/a number from (\d+) to (\d+) is needed/, "cần một số từ $1 đến $2"],
    [/an instant is needed/, "cần một thời điểm, ví dụ 2025-07-03T10:00"],
  ] as readonly (readonly [RegExp, string])[],
};
