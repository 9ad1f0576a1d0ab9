import { formatCount } from "../../platform/format.ts";
import { both, type Catalogue } from "../../platform/words.ts";

export const bookWords = {
  title: { vi: "Sổ tay hành chính công", en: "Public Administration Handbook" },
  search: { vi: "Tìm trong sổ tay", en: "Search the handbook" },
  hint: { vi: "Gõ không dấu hay gõ sai vẫn tìm được", en: "Works without diacritics and with slips" },
  contents: { vi: "Mục lục", en: "Contents" },
  found: { vi: "Kết quả", en: "Found" },
  back: { vi: "Về mục lục", en: "Back to the contents" },
  sources: { vi: "Nguồn", en: "Sources" },
  related: { vi: "Xem thêm", en: "See also" },
  caution: { vi: "Lưu ý", en: "Mind" },
  skip: { vi: "Đến nội dung", en: "Skip to the content" },
  none: { vi: "Không có bài nào. Thử ít từ hơn.", en: "No article. Try fewer words." },
  countOf: { vi: "{n} bài", en: "{n} articles" },
  madeOn: (count: number, date: string) =>
    both((lang) =>
      lang === "vi"
        ? `${formatCount(count, lang)} bài · lập ngày ${date}`
        : `${formatCount(count, lang)} articles · made on ${date}`,
    ),
  pageOf: (page: number, of: number) => ({ vi: `Trang ${page}/${of}`, en: `Page ${page} of ${of}` }),
} satisfies Catalogue;
