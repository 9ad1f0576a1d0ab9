import type { ChainBreak } from "../../src/audit/audit-log.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";

const reasons = {
  order: { vi: "số thứ tự bị đứt", en: "the numbering is broken" },
  prev: { vi: "không nối vào dòng trước", en: "it does not follow the record before it" },
  hash: { vi: "nội dung đã bị sửa", en: "its content was altered" },
} satisfies Record<ChainBreak["kind"], { vi: string; en: string }>;

export const auditWords = {
  show: { vi: "các việc đã làm, mới nhất ở cuối", en: "what was done, newest last" },
  verify: {
    vi: "kiểm tra nhật ký còn nguyên vẹn và đúng người ký không; hoặc một gói đã xuất",
    en: "check that the log, or an exported bundle, is whole and signed by whom it should be",
  },
  limit: { vi: "số dòng mới nhất", en: "how many of the newest" },
  action: {
    vi: "chỉ các việc bắt đầu bằng chữ này, ví dụ provision",
    en: "only actions that begin with this, such as provision",
  },
  empty: { vi: "Chưa có việc nào được ghi.", en: "Nothing has been recorded." },
  seq: { vi: "Số", en: "No." },
  at: { vi: "Lúc", en: "At" },
  actor: { vi: "Người làm", en: "Who" },
  actionTitle: { vi: "Việc", en: "What" },
  subject: { vi: "Đối tượng", en: "To" },
  detail: { vi: "Chi tiết", en: "Detail" },
  whole: (count: number, head: string) =>
    both((lang) =>
      lang === "vi"
        ? `Nguyên vẹn: ${formatCount(count, lang)} dòng, mã cuối ${head}`
        : `Unaltered: ${formatCount(count, lang)} records, head ${head}`,
    ),
  broken: (at: ChainBreak) =>
    both((lang) =>
      lang === "vi"
        ? `Nhật ký hỏng từ dòng ${at.seq}: ${reasons[at.kind].vi}`
        : `The log is broken from record ${at.seq}: ${reasons[at.kind].en}`,
    ),
} satisfies Catalogue;
