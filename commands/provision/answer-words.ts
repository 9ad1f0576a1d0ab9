import type { Catalogue } from "../../src/platform/words.ts";

export const answerWords = {
  answer: {
    vi: "trả lời câu hỏi của một kế hoạch; kế hoạch sau làm theo",
    en: "answer a plan's question; later plans go by it",
  },
  key: {
    vi: "mã NV hay mã tài khoản phòng ban (bỏ trống: xem các trả lời đang có)",
    en: "staff id or functional key (none: the answers that stand)",
  },
  system: { vi: "trên hệ thống này", en: "on this system" },
  account: { vi: "tài khoản này là của họ", en: "this account is theirs" },
  not: { vi: "tài khoản này là của người khác", en: "this account is somebody else's" },
  recreate: { vi: "tạo lại tài khoản đã mất, cùng tên", en: "make the vanished account again, under the same name" },
  twoPeople: { vi: "cùng tên và ngày sinh nhưng là người khác", en: "the same name and birthday, yet other people" },
  stillHere: { vi: "báo nghỉ, chuyển hay nhập đơn vị là nhầm", en: "leaving, moving or merging was said by mistake" },
  keep: { vi: "không có trong danh sách nhưng giữ tài khoản", en: "not in the roster, but the accounts stay" },
  withdraw: { vi: "rút lại các trả lời", en: "take the answers back" },
  reason: { vi: "lý do", en: "the reason" },
  oneAnswer: {
    vi: "chọn một: --account, --not, --recreate, --two-people, --still-here, --keep hoặc --withdraw",
    en: "give one of --account, --not, --recreate, --two-people, --still-here, --keep, --withdraw",
  },
  recorded: (key: string, what: string) => ({ vi: `Đã ghi: ${key} – ${what}.`, en: `Recorded: ${key} – ${what}.` }),
  withdrawn: (key: string, what: string) => ({ vi: `Đã rút: ${key} – ${what}.`, en: `Taken back: ${key} – ${what}.` }),
  planAgain: {
    vi: "Chưa thay đổi tài khoản nào. Lập lại kế hoạch: wardctl provision plan <danh sách>",
    en: "No account was changed. Plan again: wardctl provision plan <roster>",
  },
  unknown: (key: string) => ({
    vi: `chưa biết ai có mã ${key}; trả lời có hiệu lực khi danh sách nêu họ`,
    en: `nobody of id ${key} is known yet; the answer holds once a roster names them`,
  }),
  subject: { vi: "Của", en: "Of" },
  decision: { vi: "Trả lời", en: "Answer" },
  systemColumn: { vi: "Hệ thống", en: "System" },
  about: { vi: "Về", en: "About" },
  by: { vi: "Người trả lời", en: "By" },
  at: { vi: "Lúc", en: "At" },
  why: { vi: "Lý do", en: "Reason" },
  none: { vi: "Chưa có trả lời nào.", en: "There are no answers." },
  decisions: { vi: "Đã quyết định", en: "Decided" },
} satisfies Catalogue;
