import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";

const count = (n: number, lang: "vi" | "en"): string => formatCount(n, lang);

export const readyWords = {
  units: { vi: "mã hoặc tên đơn vị; không ghi: mọi đơn vị", en: "codes or names of units; all of them without it" },
  verdict: { vi: "chỉ các đơn vị có kết luận này", en: "only units with this verdict" },
  dimension: { vi: "chỉ các đơn vị vướng ở mặt này", en: "only units that are not go here" },
  code: { vi: "chỉ các đơn vị có mã lỗi này; HTTP- là cả nhóm", en: "only units with this failure code; HTTP- is the family" },
  sort: { vi: "xếp theo", en: "order of the units" },
  refresh: {
    vi: "xem lại các hệ thống trước: tài khoản, phần mềm văn bản, điểm truy cập, hồ sơ",
    en: "look at the systems first: accounts, document system, endpoints, dossiers",
  },
  curve: {
    vi: "mỗi ngày có bao nhiêu đơn vị sẵn sàng, tới ngày ready.opening",
    en: "how many units were ready each day, towards ready.opening",
  },
  history: { vi: "các lần thay đổi của một đơn vị", en: "what changed of one unit, and when" },
  unitTitle: { vi: "Đơn vị", en: "Unit" },
  nameTitle: { vi: "Tên", en: "Name" },
  verdictTitle: { vi: "Kết luận", en: "Verdict" },
  sinceTitle: { vi: "Từ", en: "Since" },
  sixTitle: { vi: "Sáu mặt", en: "Six" },
  six: (names: readonly string[]) => ({
    vi: `Sáu mặt theo thứ tự: ${names.join(" · ")} (✓ sẵn sàng, ✗ chưa, ? chưa rõ)`,
    en: `The six in order: ${names.join(" · ")} (✓ go, ✗ no-go, ? unknown)`,
  }),
  openTitle: { vi: "Vướng", en: "Not go" },
  firstTitle: { vi: "Việc cần sửa trước", en: "Mend first" },
  ownerTitle: { vi: "Ai sửa", en: "Owner" },
  codeTitle: { vi: "Mã", en: "Code" },
  atTitle: { vi: "Lúc", en: "At" },
  codesTitle: { vi: "Các mã", en: "Codes" },
  dateTitle: { vi: "Ngày", en: "Day" },
  totals: (go: number, noGo: number, unknown: number) =>
    both((lang) =>
      lang === "vi"
        ? `${count(go, lang)} sẵn sàng, ${count(noGo, lang)} chưa sẵn sàng, ${count(unknown, lang)} chưa rõ`
        : `${count(go, lang)} go, ${count(noGo, lang)} no-go, ${count(unknown, lang)} unknown`,
    ),
  more: (unit: string) => ({ vi: `Xem từng mặt: wardctl ready ${unit}`, en: `All about one: wardctl ready ${unit}` }),
  common: (codes: readonly { readonly code: string; readonly units: number }[], first: string) =>
    both((lang) => {
      const named = codes.map(({ code, units }) => `${code} (${count(units, lang)})`).join(", ");
      return lang === "vi"
        ? `Vướng nhiều nhất: ${named}. Xem: wardctl ready --code ${first}`
        : `Most often to mend first: ${named}. See: wardctl ready --code ${first}`;
    }),
  none: { vi: "không có đơn vị nào như vậy", en: "no such unit" },
  since: (when: string) => ({ vi: `từ ${when}`, en: `since ${when}` }),
  turned: { vi: "vừa chuyển", en: "just turned" },
  seenAt: (when: string) => ({ vi: `xem lúc ${when}`, en: `seen ${when}` }),
  mendFirst: { vi: "Sửa trước", en: "Mend first" },
  nothingToMend: { vi: "Không có gì phải sửa.", en: "Nothing to mend." },
  notCounted: { vi: "không tính", en: "does not count" },
  thenLook: (unit: string) => ({
    vi: `Sửa xong, xem lại: wardctl ready ${unit}`,
    en: `When it is mended, look again: wardctl ready ${unit}`,
  }),
  refreshing: { vi: "Xem lại", en: "Looking" },
  lookFailed: (what: Words, why: Words) => both((lang) => `${what[lang]}: ${why[lang]}`),
  oneUnit: { vi: "--history cần đúng một đơn vị", en: "--history needs exactly one unit" },
  noCurve: {
    vi: "chưa có lịch sử: 'wardctl ready' ghi lại mỗi lần có thay đổi",
    en: "no history yet: 'wardctl ready' keeps what changes each time it runs",
  },
  daysLeft: (days: number, date: string) => {
    if (days === 0) return { vi: `Hôm nay là ngày khai trương (${date})`, en: `The opening is today (${date})` };
    if (days < 0) {
      return both((lang) =>
        lang === "vi"
          ? `Khai trương ${date}, ${count(-days, lang)} ngày trước`
          : `The opening was ${date}, ${count(-days, lang)} days ago`,
      );
    }
    return both((lang) =>
      lang === "vi"
        ? `Còn ${count(days, lang)} ngày tới khai trương ${date}`
        : `${count(days, lang)} days to the opening on ${date}`,
    );
  },
  legend: { vi: "# sẵn sàng   x chưa sẵn sàng   . chưa rõ", en: "# go   x no-go   . unknown" },
} satisfies Catalogue;

/** What a refresh looks at, one after the other. */
export const lookWords = {
  accounts: { vi: "tài khoản trên các hệ thống", en: "accounts on the systems" },
  carriage: { vi: "quyền ký trên phần mềm văn bản", en: "rights in the document system" },
  certificates: { vi: "chứng thư số", en: "certificates" },
  endpoints: { vi: "các điểm truy cập", en: "endpoints" },
  records: { vi: "hồ sơ", en: "dossiers" },
} satisfies Catalogue;
