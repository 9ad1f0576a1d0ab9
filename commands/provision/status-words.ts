import { formatCount } from "../../src/platform/format.ts";
import { both, type Catalogue, type Words } from "../../src/platform/words.ts";
import type { OperationState } from "../../src/provision/outcome.ts";

/** For somebody who asks how far one person is: what was not sent waits. */
export const progressWords: Readonly<Record<OperationState, Words>> = {
  done: { vi: "xong", en: "done" },
  failed: { vi: "LỖI", en: "FAILED" },
  unknown: { vi: "chưa rõ", en: "unknown" },
  skipped: { vi: "đang đợi", en: "waiting" },
};

export const statusWords = {
  compensate: {
    vi: "lập kế hoạch khóa những gì một kế hoạch dở dang đã tạo cho người chưa xong",
    en: "plan to disable what an unfinished plan made for people it did not finish",
  },
  planToUndo: { vi: "mã kế hoạch, xem 'provision status'", en: "the plan's id, see 'provision status'" },
  onlySubject: {
    vi: "chỉ mã NV hoặc mã tài khoản này; dùng được nhiều lần",
    en: "only this staff id or key; may be given several times",
  },
  overtaken: { vi: "Đã thay", en: "Overtaken" },
  plan: (id: string, file: string) => ({ vi: `Kế hoạch ${id} · ${file}`, en: `Plan ${id} · ${file}` }),
  more: (count: number, id: string) =>
    both((lang) =>
      lang === "vi"
        ? `… và ${formatCount(count, lang)} người, phòng ban nữa: wardctl provision status ${id}`
        : `… and ${formatCount(count, lang)} more people and departments: wardctl provision status ${id}`,
    ),
  goOn: (command: string) => ({ vi: `Làm tiếp: ${command}`, en: `To go on: ${command}` }),
  mendFirst: (command: string) => ({
    vi: `Sửa nguyên nhân lỗi rồi làm tiếp: ${command}`,
    en: `Mend what made it fail, then go on: ${command}`,
  }),
  undo: (command: string) => ({
    vi: `Hoặc khóa những gì đã tạo cho người chưa xong: ${command}`,
    en: `Or disable what was made for whoever is half done: ${command}`,
  }),
} satisfies Catalogue;
