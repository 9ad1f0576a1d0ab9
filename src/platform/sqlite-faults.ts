import { Failure } from "./failure.ts";
import type { Words } from "./words.ts";

interface EngineFault {
  readonly words: Words;
  readonly hint: Words;
}

const tryAgain: Words = { vi: "chờ tiến trình kia xong rồi chạy lại", en: "wait for the other process, then run again" };
const makeRoom: Words = {
  vi: "dọn chỗ trên ổ đĩa rồi chạy lại; dữ liệu đã ghi vẫn còn",
  en: "free some space and run again; what was written before is intact",
};
const checkRights: Words = {
  vi: "kiểm tra quyền ghi của thư mục và của tệp",
  en: "check that the folder and the file may be written",
};
const setAside: Words = {
  vi: "đổi tên tệp này (đừng xóa: nhật ký và ủy quyền nằm trong đó), khôi phục từ bản sao lưu hoặc chạy lại để tạo tệp mới",
  en: "rename this file (do not delete it: the audit log and grants are in it), then restore a backup or run again to make a new one",
};

/** By the beginning of SQLite's code. */
const known: Readonly<Record<string, EngineFault>> = {
  SQLITE_BUSY: {
    words: { vi: "một tiến trình wardctl khác đang ghi vào tệp này", en: "another wardctl process is writing to this file" },
    hint: tryAgain,
  },
  SQLITE_LOCKED: {
    words: { vi: "một tiến trình wardctl khác đang giữ tệp này", en: "another wardctl process holds this file" },
    hint: tryAgain,
  },
  SQLITE_FULL: { words: { vi: "ổ đĩa đầy, chưa ghi gì thêm", en: "the disk is full; nothing more was written" }, hint: makeRoom },
  SQLITE_CANTOPEN: { words: { vi: "không mở được tệp", en: "the file cannot be opened" }, hint: checkRights },
  SQLITE_PERM: { words: { vi: "không có quyền với tệp", en: "no permission for the file" }, hint: checkRights },
  SQLITE_READONLY: { words: { vi: "tệp chỉ cho đọc", en: "the file is read-only" }, hint: checkRights },
  SQLITE_IOERR: { words: { vi: "ổ đĩa lỗi khi đọc hoặc ghi", en: "the disk failed while reading or writing" }, hint: makeRoom },
  SQLITE_CORRUPT: { words: { vi: "tệp bị hỏng", en: "the file is damaged" }, hint: setAside },
  SQLITE_NOTADB: { words: { vi: "tệp không phải là cơ sở dữ liệu", en: "the file is not a database" }, hint: setAside },
};

/** Turns what the engine throws into a Failure of kind unavailable where it is the world's fault; the rest are bugs and pass. */
export function createGuard(file: string): <T>(work: () => T) => T {
  return (work) => {
    try {
      return work();
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      const name = Object.keys(known).find((prefix) => code.startsWith(prefix));
      const fault = name === undefined ? undefined : known[name];
      if (!fault) throw error;
      const words = { vi: `${file}: ${fault.words.vi}`, en: `${file}: ${fault.words.en}` };
      throw new Failure("unavailable", words, { cause: error, hint: fault.hint });
    }
  };
}
