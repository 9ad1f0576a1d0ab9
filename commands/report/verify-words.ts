import { both, type Catalogue } from "../../src/platform/words.ts";
import type { Difference } from "../../src/reports/difference.ts";

const told = ({ where, said, found, saidFound, expected }: Difference, lang: "vi" | "en"): string => {
  const [place, is] = [said?.[lang] ?? where, saidFound?.[lang] ?? found];
  // Nothing that can be shown differs.
  if (is === expected) return `${place.slice(0, 1).toLocaleUpperCase(lang)}${place.slice(1)}.`;
  return lang === "vi"
    ? `${place}: trong tệp ‘${is}’, báo cáo đã lưu ‘${expected}’`
    : `${place}: the file has ‘${is}’, the kept report ‘${expected}’`;
};

export const verifyWords = {
  noHash: (file: string) =>
    both((lang) => (lang === "vi" ? `${file} không mang mã kiểm của báo cáo nào` : `${file} carries no hash of a report`)),
  whatIsRead: {
    vi: "kiểm được mọi tệp do 'wardctl report' ghi ra: HTML, Markdown, JSON, CSV, XLSX, DOCX, PDF, PNG, TXT",
    en: "any document that 'wardctl report' wrote can be verified: HTML, Markdown, JSON, CSV, XLSX, DOCX, PDF, PNG, TXT",
  },
  unknownHash: (sha: string) =>
    both((lang) => (lang === "vi" ? `không có báo cáo nào đã lưu với mã kiểm ${sha}` : `no kept report has the hash ${sha}`)),
  keptOnly: {
    vi: "chỉ báo cáo của cuộc họp được lưu; bản xem thử, báo cáo đơn vị, báo cáo kỳ và bản công bố thì không",
    en: "only meetings are kept; looks, unit reports, periods and public versions are not",
  },
  meeting: (id: string, sha: string) =>
    both((lang) => (lang === "vi" ? `Cuộc họp ${id}, mã kiểm ${sha}` : `Meeting ${id}, model ${sha}`)),
  documentMatches: { vi: "✓ Tệp đúng là báo cáo đã lưu.", en: "✓ The file is what the kept report prints." },
  documentDiffers: (difference: Difference) =>
    both((lang) =>
      lang === "vi" ? `✕ Tệp khác báo cáo đã lưu. ${told(difference, lang)}` : `✕ The file differs. ${told(difference, lang)}`,
    ),
  figuresMatch: (seq: number) =>
    both((lang) =>
      lang === "vi"
        ? `✓ Tính lại từ những gì đã biết đến lần nhập ${seq}: mọi số vẫn vậy.`
        : `✓ Counted again from what was known up to import ${seq}: every figure is the same.`,
    ),
  figuresNotCheckable: {
    vi: "– Không tính lại được nữa: ngày đó nay chỉ giữ số liệu theo cả ngày, không còn theo giờ.",
    en: "– Not checkable by counting again: that day is kept as a whole by now, its hours are not.",
  },
  figuresDiffer: ({ where, found, expected }: Difference) =>
    both((lang) =>
      lang === "vi"
        ? `✕ Tính lại thì khác. ${where}: nay ${found}, báo cáo đã lưu ${expected}`
        : `✕ Counted again it differs. ${where}: ${found} now, ${expected} in the kept report`,
    ),
} satisfies Catalogue;
