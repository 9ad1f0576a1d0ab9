import { formatCount } from "../platform/format.ts";
import { both, type Catalogue, type Words } from "../platform/words.ts";
import type { Quality, UnitState } from "../records/figures.ts";
import type { ReportKind } from "./model.ts";
import type { RateName } from "./rate.ts";

export function formatWordsCount(n: number): Words {
  return both((lang) => formatCount(n, lang));
}

export const kindTitles = {
  morning: { vi: "Báo cáo đầu ngày", en: "Morning report" },
  evening: { vi: "Báo cáo cuối ngày", en: "Evening report" },
  unit: { vi: "Báo cáo của một đơn vị", en: "Report of one unit" },
  range: { vi: "Báo cáo theo kỳ", en: "Report of a period" },
} satisfies Record<ReportKind, Words>;

export const stateTitles = {
  reporting: { vi: "có số liệu", en: "reporting" },
  zero: { vi: "không phát sinh", en: "zero" },
  stale: { vi: "số liệu cũ", en: "stale" },
  silent: { vi: "chưa có số liệu", en: "no figures" },
  declared: { vi: "tự báo", en: "declared" },
} satisfies Record<UnitState | "declared", Words>;

export const qualityTitles = {
  exact: { vi: "chính xác", en: "exact" },
  approx: { vi: "ước chừng", en: "approximate" },
  press: { vi: "theo báo chí", en: "from the press" },
} satisfies Record<Quality, Words>;

export const rateTitles = {
  online: { vi: "Tỷ lệ trực tuyến", en: "Online rate" },
  resolution: { vi: "Tỷ lệ giải quyết", en: "Resolution rate" },
  on_time_resolved: { vi: "Tỷ lệ đúng hạn", en: "On-time rate" },
  on_time_due: { vi: "Tỷ lệ đúng hạn trên số đến hạn", en: "On-time rate of those due" },
} satisfies Record<RateName, Words>;

export const rateDefinitions = {
  online: { vi: "tiếp nhận trực tuyến / tiếp nhận", en: "received online / received" },
  resolution: {
    vi: "đã giải quyết / tiếp nhận trong kỳ; có thể quá 100% khi giải quyết cả hồ sơ kỳ trước; không phải là tỷ lệ đúng hạn",
    en: "resolved / received in the window; above 100% when dossiers of before are resolved too; not an on-time rate",
  },
  on_time_resolved: {
    vi: "(trước hạn + đúng hạn) / đã giải quyết; so theo ngày, giờ Việt Nam",
    en: "(early + on time) / resolved; days are compared, Vietnam time",
  },
  on_time_due: {
    vi: "(trước hạn + đúng hạn) / (đã giải quyết + đang giải quyết quá hạn)",
    en: "(early + on time) / (resolved + overdue and still in progress)",
  },
} satisfies Record<RateName, Words>;

export const reportWords = {
  notAvailable: (reason: Words) => both((lang) => (lang === "vi" ? `Chưa có: ${reason.vi}` : `Not available: ${reason.en}`)),
  baseNotGiven: { vi: "không có số gốc", en: "base not given" },
  /** A unit whose figures in the row are its own word. */
  markDeclared: (name: Words) => both((lang) => (lang === "vi" ? `${name.vi} (tự báo)` : `${name.en} (declared)`)),
  wholeCity: { vi: "Toàn địa bàn", en: "The whole area" },
} satisfies Catalogue;
