import type { Lang } from "../src/platform/words.ts";

export const cliWords = {
  purpose: {
    vi: "Tài khoản, thẩm quyền ký, tình trạng hệ thống và báo cáo hằng ngày cho các Trung tâm Phục vụ hành chính công phường, xã, đặc khu",
    en: "Accounts, signing authority, health and daily reports for Vietnam's ward and commune Public Administration Service Centers",
  },
  json: { vi: "kết quả là một tài liệu JSON", en: "the result as one JSON document" },
  lang: { vi: "ngôn ngữ (mặc định theo workspace rồi theo máy)", en: "language (default: the workspace's, then the locale's)" },
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
  seeHelp: { vi: "xem wardctl --help", en: "see wardctl --help" },
  noWorkspace: {
    vi: "không thấy wardctl.yaml ở thư mục này hay các thư mục trên",
    en: "no wardctl.yaml in this folder or above it",
  },
  makeWorkspace: {
    vi: "tạo bằng 'wardctl init', hoặc chỉ ra bằng --workspace",
    en: "make one with 'wardctl init', or point to one with --workspace",
  },
  badNow: { vi: "WARDCTL_NOW không phải là một thời điểm", en: "WARDCTL_NOW is not an instant" },
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
  /** Vietnamese for commander's error codes. */
  usage: {
    "commander.unknownOption": (given) => `không có tùy chọn '${given}'`,
    "commander.unknownCommand": (given) => `không có lệnh '${given}'`,
    "commander.missingArgument": (given) => `thiếu tham số '${given}'`,
    "commander.optionMissingArgument": (given) => `tùy chọn '${given}' thiếu giá trị`,
    "commander.missingMandatoryOptionValue": (given) => `thiếu tùy chọn bắt buộc '${given}'`,
    "commander.excessArguments": () => "thừa tham số",
    "commander.invalidArgument": (given) => `giá trị của '${given}' không hợp lệ`,
    "commander.conflictingOption": (given) => `tùy chọn '${given}' không dùng chung được`,
  } satisfies Record<string, (given: string) => string> as Record<string, ((given: string) => string) | undefined>,
};
