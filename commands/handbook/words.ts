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
  add: { vi: "thêm một bài riêng của đơn vị", en: "add an article of one's own" },
  fromIncident: {
    vi: "viết từ một vướng mắc đã đóng, ví dụ VM-1: đã thử gì, xử lý thế nào, rút ra gì",
    en: "from a difficulty that is over, such as VM-1: what was tried, what mended it, what was learned",
  },
  noIncident: (name: string) => ({ vi: `không có vướng mắc ${name}`, en: `there is no difficulty ${name}` }),
  listIncidents: { vi: "xem: wardctl incident list --all", en: "see: wardctl incident list --all" },
  stillOpen: (name: string) => ({ vi: `${name} chưa xong`, en: `${name} is not over` }),
  closeFirst: (name: string) => ({
    vi: `đóng trước đã: wardctl incident close ${name} --how '…' --lesson '…'`,
    en: `close it first: wardctl incident close ${name} --how '…' --lesson '…'`,
  }),
  title: { vi: "tên bài, như người ta hỏi", en: "the title, as people would ask" },
  text: { vi: "nội dung (Markdown)", en: "the text (Markdown)" },
  file: { vi: "tệp Markdown chứa nội dung", en: "a Markdown file with the text" },
  source: { vi: "nguồn: điều khoản, số văn bản, ai cho biết", en: "the source: an article, a document's number, who said it" },
  addCode: { vi: "mã lỗi mà bài này trả lời", en: "a failure code that it answers" },
  addSystem: { vi: "hệ thống mà bài này nói tới", en: "a system that it is about" },
  addRelated: { vi: "mã bài liên quan", en: "a related article's id" },
  ownId: { vi: "mã bài (không có thì lấy từ tên)", en: "its id (made from the title without it)" },
  from: { vi: "hiệu lực từ ngày (mặc định: hôm nay)", en: "holds from this day (today without it)" },
  askTitle: { vi: "Tên bài, như người ta sẽ hỏi", en: "Title, as people would ask" },
  askText: { vi: "Cách làm, viết ngắn", en: "What to do, in short" },
  askSource: { vi: "Nguồn: điều khoản, số văn bản, ai cho biết", en: "Source: an article, a document's number, who said it" },
  needed: { vi: "Cần có phần này.", en: "This is needed." },
  refused: { vi: "bài chưa thêm được", en: "the article was not added" },
  noPersonalData: {
    vi: "sổ tay không giữ tên, số, hồ sơ của người nộp; viết lại cho chung",
    en: "the handbook holds no applicant's name, number or dossier; write it in general",
  },
  taken: (id: string) => ({ vi: `đã có bài riêng '${id}'`, en: `there is an own article '${id}' already` }),
  chooseId: { vi: "chọn mã khác bằng --id, hoặc sửa tệp đã có", en: "choose another with --id, or edit that file" },
  confirm: (file: string) => ({ vi: `Ghi bài này vào ${file}?`, en: `Write this article to ${file}?` }),
  added: (id: string, file: string) => ({ vi: `Đã thêm bài ${id}: ${file}`, en: `Added ${id}: ${file}` }),
  export: { vi: "cả sổ tay thành một tệp HTML hoặc PDF", en: "the whole handbook as one HTML or PDF file" },
  format: { vi: "html (mặc định) hoặc pdf", en: "html (default) or pdf" },
  out: { vi: "tệp sẽ ghi; đuôi .pdf cho PDF", en: "the file to write; .pdf makes a PDF" },
  needsOut: (format: string) => ({
    vi: `cần --out để ghi tệp ${format}`,
    en: `--out is needed to write the ${format} file`,
  }),
  written: (file: string, count: number) =>
    both((lang) =>
      lang === "vi" ? `Đã ghi ${file}: ${formatCount(count, lang)} bài` : `Wrote ${file}: ${formatCount(count, lang)} articles`,
    ),
} satisfies Catalogue;
