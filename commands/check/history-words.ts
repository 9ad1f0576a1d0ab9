import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const historyWords = {
  about: {
    vi: "mỗi điểm đã chạy được bao nhiêu thời gian, hỏng khi nào, vì sao",
    en: "how long each endpoint was up, when it failed, and why",
  },
  choice: {
    vi: "mã đơn vị, tên hệ thống hay điểm; không có thì mọi điểm",
    en: "unit codes, system names or endpoints; all without",
  },
  from: { vi: "từ lúc này (mặc định: đầu ngày, 7 ngày gần nhất)", en: "from this instant (default: seven days)" },
  to: { vi: "đến lúc này (mặc định: bây giờ)", en: "until this instant (default: now)" },
  officeHours: { vi: "chỉ tính giờ làm việc, không tính ngày lễ", en: "count opening hours only, without holidays" },
  inventory: { vi: "tệp CSV các điểm (mặc định: check.inventory)", en: "CSV of the endpoints (default: check.inventory)" },
  emptyWindow: { vi: "--from phải trước --to", en: "--from must be before --to" },
  badInstant: (flag: string, text: string) => ({
    vi: `${flag}: '${text}' không phải thời điểm`,
    en: `${flag}: '${text}' is no instant`,
  }),
  notListed: (chosen: readonly string[]) => ({
    vi: `danh mục không có ${chosen.map((one) => `'${one}'`).join(", ")}`,
    en: `the inventory has no ${chosen.map((one) => `'${one}'`).join(", ")}`,
  }),
  nothing: { vi: "không có lần kiểm tra nào trong khoảng này", en: "there is no check in this window" },
  howRun: {
    vi: "chạy 'wardctl check' hay 'wardctl check watch' trước",
    en: "run 'wardctl check' or 'wardctl check watch' first",
  },
  head: (from: string, to: string, runs: number, days: number) =>
    both((lang) => {
      const totals =
        days === 0
          ? ""
          : lang === "vi"
            ? `, ${formatCount(days, lang)} ngày chỉ còn tổng`
            : `, ${formatCount(days, lang)} days of totals`;
      return lang === "vi"
        ? `Từ ${from} đến ${to}: ${formatCount(runs, lang)} lần kiểm tra${totals}`
        : `From ${from} to ${to}: ${formatCount(runs, lang)} checks${totals}`;
    }),
  endpoint: { vi: "Điểm", en: "Endpoint" },
  last: { vi: "Gần nhất →", en: "Latest →" },
  up: { vi: "Chạy", en: "Up" },
  upOffice: { vi: "Chạy trong giờ làm việc", en: "Up in opening hours" },
  interval: { vi: "Khoảng 95%", en: "95 % range" },
  down: { vi: "Hỏng", en: "Down" },
  unknown: { vi: "Không rõ", en: "Unknown" },
  maintenance: { vi: "Bảo trì", en: "Planned" },
  burn: { vi: "Tiêu hao 1 · 6 giờ", en: "Burn 1 · 6 h" },
  flapping: { vi: "chập chờn", en: "flapping" },
  lasts: { vi: "đến nay", en: "now" },
  incidents: { vi: "Nguyên nhân", en: "Causes" },
  changes: { vi: "Thay đổi", en: "Changes" },
  latencies: { vi: "Thời gian trả lời theo nhà mạng", en: "Time to answer by carrier" },
  noLatencies: {
    vi: "Không có thời gian trả lời nào so sánh được: máy kiểm tra quá bận lúc đo.",
    en: "No time to answer can be compared: the probing machine was too busy.",
  },
  noCarrier: { vi: "chưa rõ nhà mạng", en: "carrier not known" },
  wentUp: { vi: "chạy lại", en: "up again" },
  wentDown: { vi: "hỏng", en: "down" },
  looks: (n: number) => both((lang) => `${formatCount(n, lang)} ${lang === "vi" ? "lần" : "looks"}`),
  others: (n: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(n, lang)} điểm khác: chạy tốt suốt`
        : `${formatCount(n, lang)} other endpoints: well all the time`,
    ),
  legend: {
    vi: "▁ chạy · ▃ chậm · ▅ hỏng một lần · █ hỏng · ? không rõ · m bảo trì",
    en: "▁ up · ▃ slow · ▅ failed once · █ down · ? unknown · m planned work",
  },
  legendAscii: {
    vi: ". chạy · ~ chậm · x hỏng một lần · X hỏng · ? không rõ · m bảo trì",
    en: ". up · ~ slow · x failed once · X down · ? unknown · m planned work",
  },
  burnLegend: (target: number) =>
    both((lang) => {
      const text = lang === "vi" ? String(target).replace(".", ",") : String(target);
      return lang === "vi"
        ? `Tiêu hao: nhanh gấp mấy lần mức cho phép của mục tiêu ${text}%, trong 1 giờ và 6 giờ cuối`
        : `Burn: times faster than a target of ${text}% allows, in the last 1 and 6 hours`;
    }),
} satisfies Catalogue;
