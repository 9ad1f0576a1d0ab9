import { both, type Catalogue } from "../../src/platform/words.ts";

export const summaryWords = {
  summary: {
    vi: "bảng ai ký gì của từng đơn vị, để in cho buổi họp (HTML hoặc DOCX)",
    en: "who signs what in each unit, to print for a meeting (HTML or DOCX)",
  },
  out: { vi: "ghi ra tệp .html hoặc .docx này", en: "write this .html or .docx file" },
  needEnding: (file: string) => ({
    vi: `--out: '${file}' phải có đuôi .html hoặc .docx`,
    en: `--out: '${file}' must end in .html or .docx`,
  }),
  title: { vi: "Thẩm quyền ký văn bản", en: "Signing authority" },
  asOf: (when: string) => ({ vi: `Tính đến ${when}`, en: `As of ${when}` }),
  who: { vi: "Người ký", en: "Who signs" },
  block: { vi: "Thể thức", en: "Signature block" },
  types: { vi: "Loại văn bản", en: "Document types" },
  window: { vi: "Thời hạn", en: "Window" },
  basis: { vi: "Căn cứ", en: "Basis" },
  state: { vi: "Tình trạng", en: "State" },
  own: { vi: "thẩm quyền của người đứng đầu", en: "the head's own authority" },
  vacant: { vi: "chưa có người", en: "vacant" },
  written: (file: string, units: number) =>
    both((lang) =>
      lang === "vi" ? `Đã ghi ${units} đơn vị ra ${file}` : `Wrote ${units} unit${units === 1 ? "" : "s"} to ${file}`,
    ),
} satisfies Catalogue;
