import { formatCount } from "../../../src/platform/format.ts";
import { both, type Catalogue, type Lang, type Words } from "../../../src/platform/words.ts";
import type { SignedIn } from "../../../src/provision/claims.ts";

export const signedInWords: Readonly<Record<SignedIn, Words>> = {
  yes: { vi: "có", en: "yes" },
  no: { vi: "chưa", en: "not yet" },
  unknown: { vi: "không biết", en: "unknown" },
};

const some = (count: number, lang: Lang): string =>
  lang === "vi" ? `${formatCount(count, lang)} phiếu` : `${formatCount(count, lang)} slip${count === 1 ? "" : "s"}`;

/** Who came for a first password, and what is done about those who did not. */
export const claimWords = {
  check: {
    vi: "hỏi các hệ thống xem ai đã đăng nhập bằng phiếu, ghi vào sổ",
    en: "ask the systems who signed in with their slip, and note it in the ledger",
  },
  unclaimed: {
    vi: "lập kế hoạch khóa tài khoản quá hạn mà chưa ai đăng nhập",
    en: "plan to disable accounts that nobody came for in time",
  },
  reissue: {
    vi: "lập kế hoạch cấp lại mật khẩu lần đầu: mất phiếu, hết hạn, chưa rõ",
    en: "plan a new first password: slip lost, run out, or in doubt",
  },
  shred: {
    vi: "ghi đè rồi xóa tệp phiếu sau khi đã giao",
    en: "overwrite and delete files of slips once they are handed over",
  },
  days: { vi: "số ngày được phép (mặc định theo wardctl.yaml: 7)", en: "days that are allowed (default: wardctl.yaml's, 7)" },
  includeUnknown: {
    vi: "cả tài khoản trên hệ thống không cho biết ai đã đăng nhập",
    en: "accounts too on systems that cannot tell who signed in",
  },
  expiredSlips: { vi: "mọi phiếu hết hạn hoặc chưa rõ", en: "every slip that ran out or is in doubt" },
  slips: { vi: "mã phiếu", en: "slip ids" },
  files: { vi: "tệp PDF, tệp .age hoặc thư mục tệp .age", en: "PDF files, .age files, or folders of .age files" },
  signedIn: { vi: "Đăng nhập", en: "Signed in" },
  overdue: { vi: "Quá hạn", en: "Overdue" },
  late: { vi: "QUÁ HẠN", en: "OVERDUE" },
  nobodyWaits: { vi: "Không phiếu nào đang chờ.", en: "No slip is waiting." },
  planThem: (count: number, days: number) =>
    both((lang) =>
      lang === "vi"
        ? `${some(count, lang)} hết hạn hoặc quá ${days} ngày chưa thấy đăng nhập. Xem ai: wardctl provision handout check · khóa: wardctl provision handout unclaimed --save plan.json`
        : `${some(count, lang)} run out or older than ${days} days without a sign-in. Whose: wardctl provision handout check · to disable: wardctl provision handout unclaimed --save plan.json`,
    ),
  willIssue: (slips: number, units: number, links: number) =>
    both((lang) => {
      const n = (count: number): string => formatCount(count, lang);
      const parts =
        lang === "vi"
          ? [
              slips > 0 ? `${n(slips)} phiếu mật khẩu lần đầu cho ${n(units)} đơn vị` : "",
              links > 0 ? `${n(links)} thư có liên kết` : "",
            ]
          : [
              slips > 0 ? `${some(slips, lang)} for ${n(units)} unit${units === 1 ? "" : "s"}` : "",
              links > 0 ? `${n(links)} mail${links === 1 ? "" : "s"} with a link` : "",
            ];
      return `${lang === "vi" ? "Khi thực hiện sẽ cấp" : "Applied, it will give out"}: ${parts.filter(Boolean).join(", ")}`;
    }),
  notTold: (count: number) =>
    both((lang) =>
      lang === "vi"
        ? `${some(count, lang)} quá hạn trên hệ thống không cho biết ai đã đăng nhập: để nguyên. Hỏi người nhận rồi ghi 'handout mark <phiếu> seen', hoặc thêm --include-unknown`
        : `${some(count, lang)} overdue on systems that cannot tell who signed in: left alone. Ask their owners and say 'handout mark <slip> seen', or add --include-unknown`,
    ),
  noneOverdue: (days: number) => ({
    vi: `Không có phiếu nào hết hạn hoặc quá ${days} ngày mà chưa ai đăng nhập.`,
    en: `No slip has run out or is older than ${days} days without a sign-in.`,
  }),
  slipsOrExpired: { vi: "nêu mã phiếu hoặc --expired", en: "name slips, or give --expired" },
  notSlips: (file: string) => ({
    vi: `${file} không phải tệp phiếu (.pdf của wardctl, .age): không đụng đến`,
    en: `${file} is no file of slips (a PDF of wardctl's, .age): it is left alone`,
  }),
  confirmShred: (files: number) =>
    both((lang) =>
      lang === "vi"
        ? `Ghi đè và xóa ${formatCount(files, lang)} tệp? Không lấy lại được.`
        : `Overwrite and delete ${formatCount(files, lang)} file${files === 1 ? "" : "s"}? They cannot be had back.`,
    ),
  notShredded: { vi: "Chưa xóa gì.", en: "Nothing was deleted." },
  shredded: (files: number) =>
    both((lang) =>
      lang === "vi"
        ? `Đã ghi đè và xóa ${formatCount(files, lang)} tệp.`
        : `${formatCount(files, lang)} file${files === 1 ? "" : "s"} overwritten and deleted.`,
    ),
  honest: {
    vi: "Ổ SSD, hệ thống tệp có ảnh chụp và bản sao lưu vẫn có thể giữ nội dung cũ: mật khẩu chỉ hết giá trị khi chủ tài khoản đã đổi.",
    en: "An SSD, a file system with snapshots and backups may still hold the former content: a password is only worthless once its owner has changed it.",
  },
} satisfies Catalogue;
