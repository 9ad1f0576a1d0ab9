import { both, type Catalogue } from "../src/platform/words.ts";

export const doctorStates = {
  ok: { vi: "ổn", en: "ok" },
  note: { vi: "lưu ý", en: "note" },
  problem: { vi: "CẦN SỬA", en: "PROBLEM" },
} satisfies Catalogue;

export const doctorWords = {
  rebuild: {
    vi: "tính lại sổ cái và các tổng của nó từ những gì đã nhập, sửa ô nào sai",
    en: "derive the ledger and its sums again from what was imported, and mend the cells that differ",
  },
  compare: {
    vi: "tính lại sổ cái nhưng chỉ so, không sửa; có ô sai thì kết thúc với mã 8",
    en: "derive the ledger again, only compare and mend nothing; exit 8 where a cell differs",
  },
  machine: { vi: "Máy này", en: "This machine" },
  workspace: (root: string) => ({ vi: `Thư mục làm việc ${root}`, en: `Workspace ${root}` }),
  noWorkspace: {
    vi: "Không có thư mục làm việc ở đây; tạo bằng: wardctl init",
    en: "There is no workspace here; make one with: wardctl init",
  },
  whole: { vi: "Mọi thứ đều ổn.", en: "Everything is in order." },
  problems: (count: number) =>
    both((lang) => (lang === "vi" ? `${count} chỗ cần xử lý.` : `${count} ${count === 1 ? "thing" : "things"} to be mended.`)),
} satisfies Catalogue;
