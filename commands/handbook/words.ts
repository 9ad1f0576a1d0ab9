import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const handbookWords = {
  search: {
    vi: "tìm bài theo từ, gõ không dấu hay gõ sai vẫn ra; không có từ nào thì liệt kê hết",
    en: "find articles by words, without diacritics and with slips; all of them without words",
  },
  words: { vi: "từ cần tìm, ví dụ chua ky duoc", en: "what to look for, such as chua ky duoc" },
  system: { vi: "chỉ bài về hệ thống này, ví dụ documents", en: "only about this system, such as documents" },
  code: { vi: "chỉ bài trả lời mã này, ví dụ ACC-UNIT-MISSING", en: "only for this code, such as ACC-UNIT-MISSING" },
  validAt: { vi: "chỉ bài còn hiệu lực vào ngày này (2025-07-01)", en: "only what holds on this day (2025-07-01)" },
  limit: { vi: "nhiều nhất bao nhiêu bài", en: "how many articles at most" },
  badDate: (text: string) => ({
    vi: `--valid-at cần ngày dạng 2025-07-01, không phải '${text}'`,
    en: `--valid-at needs a day such as 2025-07-01, not '${text}'`,
  }),
  idTitle: { vi: "Mã bài", en: "Id" },
  titleTitle: { vi: "Tên bài", en: "Title" },
  codesTitle: { vi: "Mã lỗi", en: "Codes" },
  systemsTitle: { vi: "Hệ thống", en: "Systems" },
  snippetTitle: { vi: "Trích", en: "Text" },
  originTitle: { vi: "Của ai", en: "Origin" },
  nothing: { vi: "Không có bài nào.", en: "No article." },
  tryOther: {
    vi: "Thử ít từ hơn, hoặc bỏ --system, --code, --valid-at.",
    en: "Try fewer words, or leave --system, --code, --valid-at out.",
  },
  more: (shown: number, found: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(shown, lang)} trong ${formatCount(found, lang)} bài; xem thêm bằng --limit`
        : `${formatCount(shown, lang)} of ${formatCount(found, lang)} articles; more with --limit`,
    ),
  leftOut: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `Bỏ qua ${formatCount(count, lang)} bài có lỗi; xem: wardctl handbook check`
        : `${formatCount(count, lang)} ${count === 1 ? "article has" : "articles have"} faults and ${count === 1 ? "is" : "are"} left out; see: wardctl handbook check`,
    ),
  show: { vi: "đọc một bài", en: "read an article" },
  id: { vi: "mã bài, ví dụ token-khoa-pin", en: "the article's id, such as token-khoa-pin" },
  noSuch: (id: string) => ({ vi: `sổ tay không có bài '${id}'`, en: `the handbook has no article '${id}'` }),
  didYouMean: (id: string) => ({ vi: `ý bạn là ${id}?`, en: `did you mean ${id}?` }),
  searchFirst: { vi: "tìm bằng: wardctl handbook search", en: "look with: wardctl handbook search" },
  otherLang: { vi: "bài này chưa có bằng tiếng Việt", en: "this article is not written in English yet" },
  sources: { vi: "Nguồn", en: "Sources" },
  related: { vi: "Xem thêm", en: "See also" },
  holds: (from: string | undefined, until: string | undefined) => ({
    vi: ["Hiệu lực", ...(from ? [`từ ${from}`] : []), ...(until ? [`đến hết ${until}`] : [])].join(" "),
    en: ["Holds", ...(from ? [`from ${from}`] : []), ...(until ? [`to the end of ${until}`] : [])].join(" "),
  }),
  check: { vi: "kiểm tra các bài: mọi lỗi với tệp và dòng", en: "check the articles: every fault with file and line" },
  sound: (articles: number, own: number) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(articles, lang)} bài không có lỗi, trong đó ${formatCount(own, lang)} bài riêng của đơn vị`
        : `${formatCount(articles, lang)} articles without faults, ${formatCount(own, lang)} of them one's own`,
    ),
  oneLanguage: (ids: readonly string[]) => ({
    vi: `Mới có một thứ tiếng: ${ids.join(", ")}`,
    en: `In one language only: ${ids.join(", ")}`,
  }),
} satisfies Catalogue;
