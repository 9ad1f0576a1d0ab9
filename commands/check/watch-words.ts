import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";
import type { CellKind } from "./look-signs.ts";

export const kindWords = {
  pass: { vi: "tốt", en: "well" },
  slow: { vi: "chậm", en: "slow" },
  soft: { vi: "mới hỏng", en: "soft" },
  fail: { vi: "hỏng", en: "down" },
  flapping: { vi: "chập chờn", en: "flapping" },
  recovering: { vi: "đang lại", en: "coming back" },
  unknown: { vi: "không rõ", en: "unknown" },
  untested: { vi: "chưa thử", en: "not tried" },
  maintenance: { vi: "bảo trì", en: "planned work" },
} satisfies Record<CellKind, Words>;

export const watchWords = {
  about: {
    vi: "kiểm tra lại liên tục và hiện bản đồ đơn vị × hệ thống",
    en: "check again and again, with a map of units × systems",
  },
  every: {
    vi: "khoảng cách giữa hai lần bắt đầu: 60s, 5m (mặc định: 60s)",
    en: "from one start to the next: 60s, 5m (default: 60s)",
  },
  sweeps: { vi: "dừng sau chừng này lần", en: "stop after so many checks" },
  badEvery: {
    vi: "--every: cần một khoảng như 30s, 5m, 1h; ít nhất 1s",
    en: "--every: a span such as 30s, 5m, 1h is needed; at least 1s",
  },
  head: (units: number, systems: number, when: string) =>
    both((lang) =>
      lang === "vi"
        ? `wardctl check watch · ${formatCount(units, lang)} đơn vị × ${systems} hệ thống · ${when}`
        : `wardctl check watch · ${formatCount(units, lang)} units × ${systems} systems · ${when}`,
    ),
  first: { vi: "lần đầu", en: "first check" },
  noCauses: { vi: "Không có nguyên nhân nào đã xác nhận.", en: "No confirmed cause." },
  moreCauses: (n: number) => ({ vi: `… và ${n} nguyên nhân khác`, en: `… and ${n} more causes` }),
  nothingFails: { vi: "Không có đơn vị nào hỏng (f: hiện tất cả).", en: "Nothing fails (f: show all)." },
  chooseUnit: { vi: "chọn một đơn vị bằng các phím mũi tên", en: "choose a unit with the arrow keys" },
  unitWell: { vi: "Mọi hệ thống đều tốt.", en: "Every system is well." },
  onItsOwn: { vi: "→ chưa có nguyên nhân chung đã xác nhận", en: "→ no confirmed shared cause" },
  probing: (done: number, of: number) =>
    both((lang) => `${lang === "vi" ? "đang kiểm tra" : "checking"} ${formatCount(done, lang)}/${formatCount(of, lang)}`),
  waiting: (left: string) => ({ vi: `lần sau ${left}`, en: `next in ${left}` }),
  page: (page: number, pages: number) => ({ vi: `trang ${page}/${pages}`, en: `page ${page}/${pages}` }),
  keys: {
    vi: "q thoát · ↑↓←→ PgUp PgDn · f chỉ lỗi · e giải thích",
    en: "q quit · arrows PgUp PgDn · f only failing · e explain",
  },
  swept: (time: string, pass: number, of: number) => ({
    vi: `${time} · ${pass}/${of} điểm chạy tốt`,
    en: `${time} · ${pass} of ${of} endpoints well`,
  }),
  ended: (sweeps: number) => ({
    vi: `Đã dừng sau ${sweeps} lần kiểm tra; lịch sử đã lưu.`,
    en: `Stopped after ${sweeps} check${sweeps === 1 ? "" : "s"}; the history is saved.`,
  }),
} satisfies Catalogue;
