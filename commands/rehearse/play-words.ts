import type { Catalogue, Words } from "../../src/platform/words.ts";

export const playWords = {
  otherCity: (folder: string) => ({
    vi: `${folder} đã có một thành phố khác; kịch bản cần thư mục mới: --workspace`,
    en: `${folder} holds another city; a script needs a new folder: --workspace`,
  }),
  otherScript: (folder: string, name: string) => ({
    vi: `${folder} đang dở kịch bản ${name}; bỏ --script để làm tiếp, hoặc chọn thư mục mới bằng --workspace`,
    en: `${folder} is in the middle of script ${name}: leave out --script to go on, or name a new folder with --workspace`,
  }),
  isOver: (folder: string, name: string) => ({
    vi: `buổi tập dượt ${name} ở ${folder} đã kết thúc`,
    en: `the rehearsal of ${name} in ${folder} is over`,
  }),
  seeScore: {
    vi: "xem bảng điểm: wardctl rehearse score; tập lại trong thư mục mới: --workspace",
    en: "see the scoreboard: wardctl rehearse score; rehearse again in a new folder: --workspace",
  },
  commands: {
    vi: "Gõ: score (bảng điểm) · hint (gợi ý) · mend <sự-cố> · clock <giờ> · on/off <sự-cố>=<phạm-vi> · list · stop (nghỉ, lần sau chạy tiếp)",
    en: "Type: score · hint · mend <fault> · clock <time> · on/off <fault>=<scope> · list · stop (a break: the next run goes on)",
  },
  trainer: {
    vi: "Cửa sổ này là của người hướng dẫn: nó cho biết sự cố. Nhóm làm ở cửa sổ khác.",
    en: "This window is the trainer's: it tells the faults. The team works in another one.",
  },
  planted: (at: string, title: Words, scope: string) => ({
    vi: `${at} xảy ra: ${title.vi} (${scope})`,
    en: `${at} came: ${title.en} (${scope})`,
  }),
  found: (at: string, title: Words, scope: string, by: string) => ({
    vi: `${at} nhóm tìm ra: ${title.vi} (${scope}), nhờ ${by}`,
    en: `${at} found: ${title.en} (${scope}), by ${by}`,
  }),
  reported: (at: string, title: Words, scope: string, incident: string, owner: string) => ({
    vi: `${at} báo đúng bên: ${title.vi} (${scope}), ${incident} → ${owner}`,
    en: `${at} told to the right owner: ${title.en} (${scope}), ${incident} → ${owner}`,
  }),
  mended: (at: string, title: Words, scope: string, by: Words) => ({
    vi: `${at} đã khắc phục: ${title.vi} (${scope}), ${by.vi}`,
    en: `${at} mended: ${title.en} (${scope}), ${by.en}`,
  }),
  over: (at: string, title: Words, scope: string) => ({
    vi: `${at} tự hết: ${title.vi} (${scope})`,
    en: `${at} over by itself: ${title.en} (${scope})`,
  }),
  ended: (at: string) => ({ vi: `${at} hết giờ`, en: `${at} the day is over` }),
  byWardctl: { vi: "bằng wardctl", en: "with wardctl" },
  byTrainer: { vi: "do người hướng dẫn", en: "by the trainer" },
  byOwner: (owner: string) => ({ vi: `do ${owner}`, en: `by ${owner}` }),
  noHint: { vi: "Không có sự cố nào đang chờ tìm ra.", en: "Nothing is waiting to be found." },
  hint: (at: string, hint: Words) => ({ vi: `${at}: ${hint.vi}`, en: `${at}: ${hint.en}` }),
  hintless: (at: string) => ({
    vi: `${at}: có một sự cố chưa tìm ra, kịch bản không có gợi ý`,
    en: `${at}: something is not found yet; the script has no hint`,
  }),
  notThere: (name: string, open: readonly string[]) => ({
    vi: `không có gì để khắc phục ở '${name}'${open.length > 0 ? `; đang có: ${open.join(", ")}` : ""} (tài khoản và quyền ký thì nhóm khắc phục bằng wardctl)`,
    en: `nothing to mend by hand at '${name}'${open.length > 0 ? `; there are: ${open.join(", ")}` : ""} (accounts and rights are the team's, with wardctl)`,
  }),
  badClock: (text: string, now: string) => ({
    vi: `'${text}' không phải giờ sau ${now}; ghi như 08:30`,
    en: `'${text}' is not a time after ${now}; write it like 08:30`,
  }),
  clockIs: (at: string) => ({ vi: `Đồng hồ của thành phố: ${at}`, en: `The city's clock: ${at}` }),
} satisfies Catalogue;
