import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue } from "../../src/platform/words.ts";
import type { OperationState } from "../../src/provision/outcome.ts";
import { stateWords } from "./operation-words.ts";

export const applyWords = {
  halfDone: { vi: "Mới xong một phần", en: "Half done" },
  confirm: (operations: number, systems: readonly string[]) =>
    both((lang) =>
      lang === "vi"
        ? `Thực hiện ${formatCount(operations, lang)} thay đổi trên ${systems.join(", ")}?`
        : `Carry out ${formatCount(operations, lang)} change${operations === 1 ? "" : "s"} on ${systems.join(", ")}?`,
    ),
  notConfirmed: { vi: "Chưa làm gì.", en: "Nothing was done." },
  applying: { vi: "Thực hiện", en: "Applying" },
  applied: (done: number, total: number, sent: number) =>
    both((lang) =>
      lang === "vi"
        ? `Xong ${formatCount(done, lang)}/${formatCount(total, lang)}, đã gửi ${formatCount(sent, lang)} lệnh ghi, tất cả đã đọc lại.`
        : `Done ${formatCount(done, lang)} of ${formatCount(total, lang)}, ${formatCount(sent, lang)} write${sent === 1 ? "" : "s"} sent, all read back.`,
    ),
  appliedPartly: (counts: Readonly<Record<OperationState, number>>) =>
    both((lang) => {
      const n = (state: OperationState): string => `${formatCount(counts[state], lang)} ${stateWords[state][lang]}`;
      return (["done", "failed", "unknown", "skipped"] as const)
        .filter((state) => counts[state] > 0)
        .map(n)
        .join(" · ");
    }),
  doubted: (systems: readonly string[]) => ({
    vi: `${systems.join(", ")}: câu trả lời khi tạo tài khoản không đúng với điều đã lưu. Mọi tài khoản đã được đọc lại. Hãy chạy lại wardctl provision probe --allow-writes.`,
    en: `${systems.join(", ")}: what it answered to creates is not what it stored. Every account was read back. Run wardctl provision probe --allow-writes again.`,
  }),
  goOn: (file: string | undefined) => {
    const command = file === undefined ? "wardctl provision apply --resume" : `wardctl provision apply ${file}`;
    return { vi: `Không mất gì. Làm tiếp: ${command}`, en: `Nothing is lost. To go on: ${command}` };
  },
  resumed: { vi: "Kế hoạch này đã bắt đầu từ trước: làm tiếp.", en: "This plan was begun before: going on." },
  finishedBefore: {
    vi: "Kế hoạch này đã thực hiện xong từ trước: chỉ đọc lại.",
    en: "This plan was carried out before: it is only read back.",
  },
  outcomeSaved: (file: string) => ({ vi: `Kết quả từng việc: ${file}`, en: `Each operation's outcome: ${file}` }),
  nothingToResume: { vi: "không có kế hoạch nào đang dở", en: "no plan is waiting to go on" },
  planOrRoster: {
    vi: "tệp kế hoạch (.json), hoặc danh sách: lập kế hoạch, hỏi rồi thực hiện",
    en: "plan file (.json), or a roster: it is planned, shown, asked about and carried out",
  },
  planOrResume: {
    vi: "chỉ ra tệp kế hoạch hoặc danh sách, hoặc --resume [mã kế hoạch]",
    en: "name a plan file or a roster, or give --resume [plan id]",
  },
} satisfies Catalogue;
