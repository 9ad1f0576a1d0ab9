import type { Instant } from "../platform/clock.ts";
import { formatCount, formatDate, formatTime } from "../platform/format.ts";
import { toLocalDay, type Zone } from "../platform/time.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import type { Dimension, Verdict } from "../readiness/readiness.ts";
import { type Board, countVerdicts, type Turn } from "./board.ts";

export const dimensionWords: Readonly<Record<Dimension, Words>> = {
  accounts: { vi: "Tài khoản", en: "Accounts" },
  departments: { vi: "Phòng ban", en: "Departments" },
  signing: { vi: "Ký", en: "Signing" },
  endpoints: { vi: "Hệ thống", en: "Systems" },
  records: { vi: "Hồ sơ", en: "Records" },
  contacts: { vi: "Liên hệ", en: "Contacts" },
};

/** Where a heading has room for one short word. */
export const dimensionHeads: Readonly<Record<Dimension, Words>> = {
  ...dimensionWords,
  departments: { vi: "Phòng ban", en: "Depts" },
};

/** What each one asks, for the panel of a unit. */
export const dimensionQuestions: Readonly<Record<Dimension, Words>> = {
  accounts: { vi: "Cán bộ có đủ tài khoản theo vị trí", en: "People have the accounts their posts need" },
  departments: { vi: "Phòng ban có tài khoản riêng", en: "Departments have their own accounts" },
  signing: { vi: "Loại văn bản nào cũng có người ký được", en: "Every document type has someone who can sign" },
  endpoints: { vi: "Các hệ thống trả lời từ đơn vị", en: "The systems answer from the unit" },
  records: { vi: "Số liệu hồ sơ về đều và khớp", en: "Dossier records arrive and tie" },
  contacts: { vi: "Biết gọi ai", en: "It is known whom to call" },
};

export const verdictWords: Readonly<Record<Verdict, Words>> = {
  go: { vi: "sẵn sàng", en: "ready" },
  "no-go": { vi: "chưa sẵn sàng", en: "not ready" },
  unknown: { vi: "chưa rõ", en: "not known" },
};

export const cellWords: Readonly<Record<Verdict, Words>> = {
  go: { vi: "đạt", en: "in order" },
  "no-go": { vi: "chưa đạt", en: "to mend" },
  unknown: { vi: "chưa rõ", en: "not known" },
};

/** `16:30`, with the day where it is another one than `today`. */
export function formatMoment(at: Instant, today: Instant, zone: Zone, lang: "vi" | "en"): string {
  const time = formatTime(at, zone);
  return toLocalDay(at, zone) === toLocalDay(today, zone) ? time : `${time} ${formatDate(at, zone, lang)}`;
}

/** How the city stands, in one sentence of two or three parts. */
export function describeStanding({ units, counts, difficulties }: Board): Words {
  const { go, unknown, "no-go": notReady } = countVerdicts(units);
  const silent = counts.state === "known" ? counts.value.silent.length : 0;
  const late = difficulties.state === "known" ? difficulties.value.filter(({ isOverdue }) => isOverdue).length : 0;
  return both((lang) => {
    const n = (count: number): string => formatCount(count, lang);
    const [vi, plural] = [lang === "vi", (count: number) => (count === 1 ? "" : "s")];
    return [
      vi ? `${n(go)}/${n(units.length)} đơn vị sẵn sàng` : `${n(go)} of ${n(units.length)} units ready`,
      unknown > 0 && notReady > 0 && (vi ? `${n(notReady)} chưa sẵn sàng` : `${n(notReady)} not ready`),
      unknown > 0 && (vi ? `${n(unknown)} chưa rõ` : `${n(unknown)} not known`),
      silent > 0 && (vi ? `${n(silent)} đơn vị chưa gửi số liệu` : `${n(silent)} unit${plural(silent)} sent no figures`),
      late > 0 && (vi ? `${n(late)} việc quá hạn` : `${n(late)} action${plural(late)} overdue`),
    ]
      .filter(Boolean)
      .join(" · ");
  });
}

export function describeTurn({ name, to }: Turn): Words {
  return both((lang) => (lang === "vi" ? `${name.vi}: ${verdictWords[to].vi}` : `${name.en}: ${verdictWords[to].en}`));
}

export const boardWords = {
  title: (city: string) => ({ vi: `Bảng điều hành · ${city}`, en: `Board · ${city}` }),
  board: { vi: "Bảng điều hành", en: "Board" },
  skip: { vi: "Đến bảng đơn vị", en: "To the units" },
  asOf: { vi: "số liệu đến", en: "as of" },
  live: { vi: "trực tiếp", en: "live" },
  still: { vi: "bản chụp", en: "still" },
  lost: { vi: "mất kết nối với wardctl, đang nối lại…", en: "connection to wardctl lost, trying again…" },
  store: (reason: Words) =>
    both((lang) => (lang === "vi" ? `không đọc được kho dữ liệu: ${reason.vi}` : `the store cannot be read: ${reason.en}`)),
  pinned: { vi: "đồng hồ đặt bằng WARDCTL_NOW", en: "clock set by WARDCTL_NOW" },
  matrix: { vi: "Sẵn sàng từng đơn vị", en: "Readiness of every unit" },
  matrixHelp: {
    vi: "mũi tên để đi, Enter xem vì sao và cách xử lý",
    en: "arrows to move, Enter for the reasons and the remedy",
  },
  unit: { vi: "Đơn vị", en: "Unit" },
  first: { vi: "Việc cần xử lý trước", en: "First thing to mend" },
  search: { vi: "Tìm đơn vị", en: "Find a unit" },
  noMatch: { vi: "không có đơn vị nào khớp", en: "no unit matches" },
  today: { vi: "Hồ sơ hôm nay", en: "Dossiers today" },
  received: { vi: "Tiếp nhận", en: "Received" },
  resolved: { vi: "Đã giải quyết", en: "Resolved" },
  open: { vi: "Đang giải quyết", en: "In progress" },
  overdue: { vi: "Quá hạn", en: "Overdue" },
  overUnits: (reporting: number, expected: number) =>
    both((lang) =>
      lang === "vi"
        ? `tổng của ${formatCount(reporting, lang)}/${formatCount(expected, lang)} đơn vị có số liệu`
        : `sum over ${formatCount(reporting, lang)} of ${formatCount(expected, lang)} units with figures`,
    ),
  noFigures: { vi: "Chưa đơn vị nào có số liệu hôm nay.", en: "No unit has figures for today yet." },
  noSources: { vi: "Chưa khai báo nguồn hồ sơ nào trong wardctl.yaml.", en: "wardctl.yaml names no source of dossiers." },
  curve: { vi: "Lũy kế trong ngày theo giờ", en: "The day so far, hour by hour" },
  hour: { vi: "Giờ", en: "Hour" },
  upTo: (from: string, to: string) => ({ vi: `đến ${to} (giờ ${from})`, en: `up to ${to} (hour ${from})` }),
  dataTable: { vi: "Số liệu của biểu đồ", en: "Figures of the chart" },
  silent: { vi: "Chưa gửi số liệu", en: "Silent units" },
  nobodySilent: { vi: "Đơn vị nào cũng đã gửi số liệu.", en: "Every unit has sent its figures." },
  never: { vi: "chưa lần nào", en: "never" },
  lastAt: (at: string) => ({ vi: `lần cuối ${at}`, en: `last at ${at}` }),
  difficulties: { vi: "Khó khăn, việc đang mở", en: "Open difficulties and actions" },
  noDifficulties: { vi: "Không có khó khăn nào đang mở.", en: "No difficulty is open." },
  owner: { vi: "phụ trách", en: "owner" },
  ownerNot: { vi: "chưa giao ai", en: "nobody yet" },
  due: (at: string) => ({ vi: `hạn ${at}`, en: `due ${at}` }),
  late: { vi: "quá hạn", en: "overdue" },
  noDeadline: { vi: "chưa đặt hạn", en: "no deadline" },
  causes: { vi: "Sự cố và nguyên nhân", en: "Faults and their causes" },
  noCauses: { vi: "Không có sự cố nào.", en: "Nothing is down." },
  down: (systems: readonly string[]) => ({
    vi: `hỏng hoặc chậm: ${systems.join(", ")}`,
    en: `down or slow: ${systems.join(", ")}`,
  }),
  neverChecked: { vi: "Chưa kiểm tra lần nào. Chạy: wardctl check", en: "Never checked. Run: wardctl check" },
  probed: (at: string, pass: number, all: number) =>
    both((lang) =>
      lang === "vi"
        ? `kiểm tra lúc ${at}: ${formatCount(pass, lang)}/${formatCount(all, lang)} điểm truy cập trả lời`
        : `checked at ${at}: ${formatCount(pass, lang)} of ${formatCount(all, lang)} endpoints answer`,
    ),
  affected: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} điểm truy cập`
        : `${formatCount(count, lang)} endpoint${count === 1 ? "" : "s"}`,
    ),
  trend: { vi: "Số đơn vị sẵn sàng theo ngày", en: "Units ready, day by day" },
  trendPoint: (day: string, ready: number, of: number) =>
    both((lang) => `${day}: ${formatCount(ready, lang)}/${formatCount(of, lang)}`),
  daysLeft: (days: number, date: string) =>
    both((lang) => {
      if (days === 0)
        return lang === "vi" ? `hôm nay (${date}) mọi đơn vị phải sẵn sàng` : `today (${date}) every unit is to be ready`;
      return lang === "vi" ? `còn ${days} ngày đến ngày ${date}` : `${days} day${days === 1 ? "" : "s"} to ${date}`;
    }),
  more: (count: number) =>
    both((lang) => (lang === "vi" ? `và ${formatCount(count, lang)} mục nữa` : `and ${formatCount(count, lang)} more`)),
  unavailable: (reason: Words) =>
    both((lang) => (lang === "vi" ? `Không có số liệu: ${reason.vi}` : `Not available: ${reason.en}`)),
  attention: { vi: "Chú ý", en: "Attention" },
  since: (at: string) => ({ vi: `từ ${at}`, en: `since ${at}` }),
  remedy: { vi: "Cách xử lý", en: "To mend it" },
  handbook: { vi: "Sổ tay", en: "Handbook" },
  copy: { vi: "Chép lệnh", en: "Copy" },
  copied: { vi: "đã chép", en: "copied" },
  close: { vi: "Đóng", en: "Close" },
  code: { vi: "mã", en: "code" },
  noReason: { vi: "Không còn gì phải xử lý.", en: "Nothing is left to mend." },
  help: { vi: "Phím tắt", en: "Keys" },
  fullScreen: { vi: "Toàn màn hình", en: "Full screen" },
  theme: { vi: "Sáng / tối", en: "Light / dark" },
  otherLang: { vi: "English", en: "Tiếng Việt" },
  madeBy: {
    vi: "Chỉ để xem: trang này không thay đổi gì, không có dữ liệu của người nộp hồ sơ. Lập bằng wardctl.",
    en: "For looking only: this page changes nothing and holds no applicant's data. Made with wardctl.",
  },
  enterTitle: { vi: "Vào bảng điều hành", en: "Enter the board" },
  enterOnce: { vi: "Liên kết này dùng được một lần.", en: "This link works once." },
  enterButton: { vi: "Vào xem", en: "Enter" },
  enterToken: { vi: "Mã truy cập", en: "Access token" },
  enterRefused: {
    vi: "Mã hoặc liên kết không đúng, hoặc đã dùng rồi. Xin liên kết mới ở máy đang chạy wardctl board.",
    en: "The token or link is wrong or was used before. Ask for a new link where wardctl board runs.",
  },
  needsToken: {
    vi: "Cần liên kết vào xem: lấy ở máy đang chạy wardctl board (nhấn Enter ở đó để có liên kết mới).",
    en: "A link is needed to enter: it is printed where wardctl board runs (press Enter there for a new one).",
  },
  badHost: { vi: "Tên máy chủ trong yêu cầu không phải của bảng này.", en: "The host named in the request is not this board's." },
  badOrigin: { vi: "Yêu cầu đến từ một trang khác.", en: "The request comes from another site." },
  notFound: { vi: "Không có trang này.", en: "There is no such page." },
  badMethod: { vi: "Bảng chỉ để xem.", en: "The board is for looking only." },
} satisfies Catalogue;

export const keyWords = {
  arrows: { vi: "đi trong bảng đơn vị", en: "move among the units" },
  enter: { vi: "xem một đơn vị: vì sao, cách xử lý", en: "open a unit: reasons and remedy" },
  slash: { vi: "tìm đơn vị, gõ không dấu cũng được", en: "find a unit, without diacritics too" },
  f: { vi: "toàn màn hình", en: "full screen" },
  l: { vi: "tiếng Việt / tiếng Anh", en: "Vietnamese / English" },
  t: { vi: "nền sáng / nền tối / theo máy", en: "light / dark / as the machine" },
  p: { vi: "dừng, chạy tiếp việc tự lật trang", en: "stop or go on turning pages" },
  help: { vi: "bảng phím này", en: "this list" },
  esc: { vi: "đóng", en: "close" },
} satisfies Catalogue;
