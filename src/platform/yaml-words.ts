import type { Catalogue, Words } from "./words.ts";

/** What the parser's codes mean to a person; it names code and column in English only. */
const breaks: Readonly<Record<string, Words>> = {
  BAD_INDENT: {
    vi: "thụt đầu dòng không khớp với các dòng cùng cấp",
    en: "the indentation does not match the lines of its level",
  },
  TAB_AS_INDENT: { vi: "dùng dấu tab; thay bằng dấu cách", en: "a tab where spaces are needed" },
  BAD_DQ_ESCAPE: {
    vi: "dấu \\ trong nháy kép mở một ký hiệu không có; ghi \\\\ hoặc dùng nháy đơn",
    en: "a backslash in double quotes starts an unknown escape; write \\\\ or use single quotes",
  },
  BAD_SCALAR_START: {
    vi: "giá trị bắt đầu bằng ký tự dành riêng (@ ` % …); đặt giá trị trong nháy",
    en: "a value starts with a reserved character (@ ` % …); put it in quotes",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    vi: "hai dấu ':' trên một dòng; đặt giá trị trong nháy hoặc xuống dòng",
    en: "two ':' on one line; put the value in quotes or start a new line",
  },
  BLOCK_IN_FLOW: { vi: "danh sách bằng gạch đầu dòng bên trong [ ] hay { }", en: "a dashed list inside [ ] or { }" },
  MISSING_CHAR: {
    vi: "thiếu một ký tự: dấu nháy, ngoặc hoặc ':' chưa đóng hay chưa ghi",
    en: "a character is missing: an open quote or bracket, or the ':' after a key",
  },
  MULTILINE_IMPLICIT_KEY: {
    vi: "thiếu ':' sau tên khóa, hoặc dòng trước chưa kết thúc",
    en: "the ':' after a key is missing, or the line above is not finished",
  },
  MULTIPLE_DOCS: {
    vi: "tệp có hai phần ngăn bởi '---'; chỉ giữ một",
    en: "the file holds two documents divided by '---'; keep one",
  },
  UNEXPECTED_TOKEN: { vi: "có ký tự không thể đứng ở đây", en: "something that cannot stand here" },
  BAD_ALIAS: {
    vi: "dấu * mở một bí danh không có; đặt giá trị trong nháy",
    en: "* opens an alias that does not exist; put the value in quotes",
  },
  BAD_COLLECTION_TYPE: { vi: "nhãn ! không hợp với giá trị", en: "the ! tag does not fit its value" },
  TAG_RESOLVE_FAILED: {
    vi: "nhãn ! không dùng được; đặt giá trị trong nháy",
    en: "the ! tag is not usable; put the value in quotes",
  },
};

export function describeBreak(code: string, message: string): Words {
  const known = breaks[code] ?? { vi: message, en: message };
  return { vi: `không phải YAML: ${known.vi}`, en: `not YAML: ${known.en}` };
}

export const yamlWords = {
  badAlias: describeBreak("BAD_ALIAS", ""),
  empty: { vi: "tệp rỗng", en: "the file is empty" },
  notMapping: {
    vi: "tệp phải gồm các dòng 'khóa: giá trị'",
    en: "the file must hold lines of 'key: value'",
  },
  tabs: (from: number, to: number) =>
    from === to
      ? { vi: "đầu dòng có dấu tab; thay bằng dấu cách", en: "the line is indented with a tab; use spaces" }
      : {
          vi: `đầu dòng ${from} đến ${to} có dấu tab; thay bằng dấu cách`,
          en: `lines ${from} to ${to} are indented with tabs; use spaces`,
        },
  twice: (name: string, first: number) => ({
    vi: `khóa '${name}' ghi hai lần (lần đầu ở dòng ${first}); bỏ một`,
    en: `key '${name}' stands twice (first on line ${first}); remove one`,
  }),
  count: (file: string, count: number) => ({
    vi: `${file}: ${count} lỗi`,
    en: `${file}: ${count} fault${count === 1 ? "" : "s"}`,
  }),
} satisfies Catalogue;
