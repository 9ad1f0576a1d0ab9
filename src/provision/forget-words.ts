import type { Catalogue } from "../platform/words.ts";

export const forgetFaults = {
  stillHere: (staffId: string) => ({
    vi: `${staffId} còn chức vụ hoặc tài khoản đang dùng: chưa xóa được dữ liệu`,
    en: `${staffId} still has a post or an account in use: their data cannot be removed yet`,
  }),
  leaveFirst: (staffId: string) => ({
    vi: `báo nghỉ và thực hiện trước: wardctl provision leave ${staffId} --save leave.json`,
    en: `let them leave first: wardctl provision leave ${staffId} --save leave.json, then apply`,
  }),
  planHalfDone: { vi: "một kế hoạch đang dở", en: "a plan is half done" },
  resumeFirst: {
    vi: "làm xong trước: wardctl provision apply --resume",
    en: "finish it first: wardctl provision apply --resume",
  },
} satisfies Catalogue;
