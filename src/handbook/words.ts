import type { Catalogue } from "../platform/words.ts";

/** What can be wrong with an article. */
export const articleFaults = {
  noHead: {
    vi: "thiếu phần đầu: dòng một là ---, rồi id, title, lang, sources, rồi một dòng ---",
    en: "the head is missing: line one is ---, then id, title, lang, sources, then a line ---",
  },
  notAPair: { vi: "cần một dòng dạng `khóa: giá trị`", en: "a line `key: value` is needed" },
  unknownKey: (key: string, known: readonly string[]) => ({
    vi: `không có khóa '${key}' (các khóa: ${known.join(", ")})`,
    en: `there is no key '${key}' (the keys are ${known.join(", ")})`,
  }),
  twice: (key: string) => ({ vi: `khóa '${key}' ghi hai lần`, en: `the key '${key}' stands twice` }),
  needsList: (key: string) => ({ vi: `'${key}' là một danh sách: [a, b]`, en: `'${key}' is a list: [a, b]` }),
  needsOne: (key: string) => ({ vi: `'${key}' chỉ nhận một giá trị`, en: `'${key}' takes one value` }),
  needsQuotes: {
    vi: 'có dấu hai chấm hoặc ký hiệu riêng của YAML: đặt trong "…"',
    en: 'holds a colon or a sign of YAML\'s own: put it into "…"',
  },
  strayItem: { vi: "dòng '-' này không thuộc khóa nào", en: "this line '-' belongs to no key" },
  missing: (key: string) => ({ vi: `thiếu '${key}'`, en: `'${key}' is missing` }),
  badId: {
    vi: "mã bài gồm chữ thường không dấu, số và gạch nối, ví dụ mat-pin-token",
    en: "an id is lower-case letters, digits and hyphens, such as token-pin-locked",
  },
  otherName: (id: string, name: string) => ({
    vi: `mã bài '${id}' khác tên tệp '${name}.md'`,
    en: `the id '${id}' differs from the file's name '${name}.md'`,
  }),
  otherLang: (lang: string) => ({
    vi: `lang phải là ${lang}, như thư mục chứa bài`,
    en: `lang must be ${lang}, as the folder it stands in`,
  }),
  badDate: (key: string) => ({ vi: `'${key}' cần ngày dạng 2025-07-01`, en: `'${key}' needs a day such as 2025-07-01` }),
  ended: { vi: "hết hiệu lực trước khi có hiệu lực", en: "it ends before it begins" },
  badCode: {
    vi: "mã lỗi dạng ACC-UNIT-MISSING, tls.expired hoặc proxy.*",
    en: "a code looks like ACC-UNIT-MISSING, tls.expired or proxy.*",
  },
  badProcedure: { vi: "mã thủ tục dạng 2.000815", en: "a procedure's code looks like 2.000815" },
  noSource: {
    vi: "thiếu nguồn: điều khoản, công văn hoặc bài báo mà bài này dựa vào",
    en: "no source: the article of a decree, the dispatch or the report it rests on",
  },
  empty: { vi: "bài chưa có nội dung", en: "the article has no text" },
  noSuchRelated: (id: string) => ({ vi: `không có bài liên quan '${id}'`, en: `there is no related article '${id}'` }),
  sameId: (id: string, other: string) => ({
    vi: `mã bài '${id}' đã có ở ${other}`,
    en: `the id '${id}' is taken by ${other}`,
  }),
  faulty: (count: number) => ({
    vi: `${count} lỗi trong các bài của sổ tay`,
    en: `${count} ${count === 1 ? "fault" : "faults"} in the articles of the handbook`,
  }),
} satisfies Catalogue;
