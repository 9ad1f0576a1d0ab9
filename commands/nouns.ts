import type { Words } from "../src/platform/words.ts";
import type { NounModule } from "./cli.ts";

interface Noun {
  readonly about: Words;
  readonly load: () => Promise<NounModule>;
}

/** Every command of the tool: one line a noun. Only the one that is used is loaded. */
export const nouns = {
  demo: {
    about: { vi: "một ngày làm việc trọn vẹn trên thành phố thu nhỏ", en: "a whole working day against the embedded city" },
    load: () => import("./demo/demo.ts"),
  },
  init: { about: { vi: "tạo thư mục làm việc", en: "make a workspace" }, load: () => import("./init.ts") },
  wards: {
    about: { vi: "danh bạ đơn vị: mã, tên cũ, phòng ban, liên hệ", en: "the directory: units, codes, former units, contacts" },
    load: () => import("./wards/wards.ts"),
  },
  provision: {
    about: { vi: "tài khoản của cán bộ và phòng ban", en: "accounts of staff and departments" },
    load: () => import("./provision/provision.ts"),
  },
  delegate: { about: { vi: "thẩm quyền ký", en: "signing authority" }, load: () => import("./delegate/delegate.ts") },
  check: {
    about: {
      vi: "tình trạng hệ thống, đường truyền và lỗi do đâu",
      en: "health of every unit's endpoints, and whose fault it is",
    },
    load: () => import("./check/check.ts"),
  },
  sync: {
    about: { vi: "lấy hồ sơ từ các nguồn vào bộ nhớ đệm", en: "fetch dossier records into the cache" },
    load: () => import("./sync.ts"),
  },
  import: {
    about: { vi: "nhập hồ sơ từ tệp vào bộ nhớ đệm", en: "read dossier records from a file into the cache" },
    load: () => import("./import.ts"),
  },
  records: {
    about: { vi: "hồ sơ đang lưu: xem, bỏ theo hạn hoặc theo yêu cầu", en: "what is stored of dossiers: look, let go, forget" },
    load: () => import("./records/records.ts"),
  },
  report: { about: { vi: "báo cáo cho các cuộc họp", en: "the meeting reports" }, load: () => import("./report/report.ts") },
  incident: {
    about: { vi: "vướng mắc: của ai, hạn nào, xong chưa", en: "difficulties: whose, by when, mended or not" },
    load: () => import("./incident/incident.ts"),
  },
  meeting: {
    about: {
      vi: "hai cuộc họp trong ngày: chương trình, kết luận, việc giao",
      en: "the two meetings a day: agenda, decisions, actions",
    },
    load: () => import("./meeting/meeting.ts"),
  },
  handbook: {
    about: {
      vi: "sổ tay: hỏi đáp tra được khi không có mạng, gõ không dấu",
      en: "the handbook: questions and answers, searched offline",
    },
    load: () => import("./handbook/handbook.ts"),
  },
  ready: {
    about: { vi: "đơn vị nào đã sẵn sàng, việc cần sửa trước", en: "which units are ready, and the first thing to mend" },
    load: () => import("./ready/ready.ts"),
  },
  board: {
    about: { vi: "bảng điều hành trực tiếp cho màn hình họp", en: "the live page for the meeting screen" },
    load: () => import("./board/board.ts"),
  },
  rehearse: {
    about: { vi: "chạy thành phố thu nhỏ để tập dượt", en: "run the embedded city for training" },
    load: () => import("./rehearse/rehearse.ts"),
  },
  audit: {
    about: { vi: "nhật ký việc đã làm, chứng minh được là nguyên vẹn", en: "what was done, by whom, provably unaltered" },
    load: () => import("./audit/audit.ts"),
  },
  auth: {
    about: { vi: "bí mật để vào các hệ thống: lấy từ đâu, có chưa", en: "the operator's secrets: where they are, and whether" },
    load: () => import("./auth/auth.ts"),
  },
  store: {
    about: {
      vi: "nơi giữ dữ liệu: máy này hay kho chung của nhóm",
      en: "where the data are: this machine or the team's shared store",
    },
    load: () => import("./store/store.ts"),
  },
  doctor: {
    about: { vi: "thư mục làm việc và máy này có ổn không", en: "is this workspace and this machine in order" },
    load: () => import("./doctor.ts"),
  },
  completion: {
    about: {
      vi: "phím Tab điền nốt lệnh: bash, zsh, fish, PowerShell",
      en: "Tab completes commands: bash, zsh, fish, PowerShell",
    },
    load: () => import("./completion/completion.ts"),
  },
} satisfies Readonly<Record<string, Noun>>;
