import type { CanaryStage } from "../../src/health/duties/memory.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

export const canaryWords = {
  flag: {
    vi: "gửi ngay một văn bản thử tới từng đơn vị đã chọn (hệ thống phải cho phép)",
    en: "send a test document to each chosen unit now (its system must allow it)",
  },
  canary: { vi: "văn bản thử chưa thu hồi được", en: "test documents that could not be recalled" },
  list: { vi: "liệt kê văn bản thử còn nằm lại", en: "list test documents that are still out there" },
  clean: { vi: "thu hồi văn bản thử còn nằm lại", en: "take back test documents that are still out there" },
  empty: { vi: "Không có văn bản thử nào còn nằm lại.", en: "No test document is still out there." },
  id: { vi: "Mã", en: "Id" },
  system: { vi: "Hệ thống", en: "System" },
  unit: { vi: "Đơn vị", en: "Unit" },
  sentAt: { vi: "Gửi lúc", en: "Sent at" },
  stage: { vi: "Khâu", en: "Stage" },
  working: { vi: "Đang thử", en: "Under way" },
  ask: (count: number) => ({
    vi: `Thu hồi ${count} văn bản thử khỏi hệ thống?`,
    en: `Take ${count} test document${count === 1 ? "" : "s"} back from the system?`,
  }),
  cleaned: (count: number) => ({
    vi: `Đã thu hồi ${count} văn bản thử.`,
    en: `${count} test document${count === 1 ? "" : "s"} taken back.`,
  }),
  left: (count: number) => ({
    vi: `Còn ${count} văn bản thử chưa thu hồi được; xem 'wardctl check canary list'.`,
    en: `${count} test document${count === 1 ? " is" : "s are"} still out there; see 'wardctl check canary list'.`,
  }),
  needUnit: {
    vi: "--canary cần --unit: không gửi văn bản thử tới mọi đơn vị cùng lúc",
    en: "--canary needs --unit: test documents never go to all units at once",
  },
  notAllowed: (systems: readonly string[]) => ({
    vi: `${systems.join(", ")}: không cho phép văn bản thử`,
    en: `${systems.join(", ")}: test documents are not allowed`,
  }),
  howAllowed: {
    vi: "mô tả check.systems.<tên>.canary trong wardctl.yaml thì mới được gửi",
    en: "check.systems.<name>.canary in wardctl.yaml describes it, and so allows it",
  },
  tooMany: (units: number, most: number) => ({
    vi: `${units} đơn vị là quá nhiều cho một lần; nhiều nhất ${most}`,
    en: `${units} units are too many at once; at most ${most}`,
  }),
  guarded: (system: string, at: string) => ({
    vi: `${system}: tài khoản kiểm tra bị từ chối hai lần trong một giờ, chưa đăng nhập lại để tránh khóa; tiếp tục được từ ${at}`,
    en: `${system}: the probe account was refused twice within the hour; to keep it from being locked nothing was sent. It may go on from ${at}`,
  }),
  noSecret: (system: string, why: Words) =>
    both((lang) => (lang === "vi" ? `${system}: tài khoản kiểm tra: ${why.vi}` : `${system}: probe account: ${why.en}`)),
  pinned: (system: string) => ({
    vi: `WARDCTL_NOW đang đặt giờ giả, không gửi văn bản thử vào ${system}`,
    en: `WARDCTL_NOW sets the clock, so no test document is sent into ${system}`,
  }),
} satisfies Catalogue;

export const stageWords: Readonly<Record<CanaryStage, Words>> = {
  send: { vi: "gửi đi từ trung tâm", en: "sending from the centre" },
  arrive: { vi: "tới đơn vị", en: "arriving at the unit" },
  receipt: { vi: "xác nhận đã nhận", en: "receipt" },
  recall: { vi: "thu hồi", en: "recall" },
};
