import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

export const exportWords = {
  export: {
    vi: "xuất lần kiểm tra gần nhất cho phần mềm khác: JSONL, Prometheus, JUnit, Nagios",
    en: "hand the last check to other programs: JSONL, Prometheus, JUnit, Nagios",
  },
  format: { vi: "dạng xuất", en: "what to write" },
  out: {
    vi: "ghi vào tệp này (thay thế trọn vẹn) thay vì in ra",
    en: "write to this file (replaced as a whole) instead of printing",
  },
  replay: { vi: "xuất một lần kiểm tra đã ghi lại (JSONL)", en: "a recorded check (JSONL) instead of the last one" },
  written: (file: string, format: string, endpoints: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đã ghi ${file}: ${format}, ${formatCount(endpoints, lang)} điểm.`
        : `Wrote ${file}: ${format}, ${formatCount(endpoints, lang)} endpoints.`,
    ),
  tooOld: (at: string) => ({
    vi: `lần kiểm tra gần nhất lúc ${at}, quá cũ để kết luận`,
    en: `the last check was at ${at}, too old to say anything`,
  }),
} satisfies Catalogue;
