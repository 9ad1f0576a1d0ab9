import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const summaryWords = {
  person: { vi: "người", en: "person" },
  department: { vi: "phòng ban", en: "department" },
  name: { vi: "Họ tên", en: "Name" },
  changes: { vi: "Thay đổi", en: "Changes" },
  bySystem: { vi: "Theo hệ thống", en: "By system" },
  byUnit: { vi: "Theo đơn vị, nhiều thay đổi nhất trước", en: "By unit, most changes first" },
  closed: (count: number) =>
    both((lang) => (lang === "vi" ? `Sẽ bị khóa (${formatCount(count, lang)})` : `To be disabled (${formatCount(count, lang)})`)),
  subjects: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} người, phòng ban`
        : `${formatCount(count, lang)} ${count === 1 ? "person or department" : "people and departments"}`,
    ),
  moreSubjects: (count: number) =>
    both((lang) =>
      lang === "vi" ? `… và ${formatCount(count, lang)} người, phòng ban nữa` : `… and ${formatCount(count, lang)} more`,
    ),
  moreUnits: (count: number) =>
    both((lang) =>
      lang === "vi" ? `… và ${formatCount(count, lang)} đơn vị nữa` : `… and ${formatCount(count, lang)} more units`,
    ),
  seeAll: {
    vi: "Xem từng người: thêm --all, hoặc --only unit=<mã> cho một đơn vị.",
    en: "Person by person: add --all, or --only unit=<code> for one unit.",
  },
} satisfies Catalogue;
