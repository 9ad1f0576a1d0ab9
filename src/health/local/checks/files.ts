import { enoughFiles } from "../../file-limit.ts";
import { type LocalCheck, notLookedAt, pass } from "../finding.ts";

/** Can enough probes be under way? Each holds a file descriptor; 947 were open at the peak of a national sweep (check.md §3). */
export const filesCheck: LocalCheck = {
  id: "files",
  title: { vi: "Số tệp mở cùng lúc", en: "Open files" },
  short: true,
  async check({ machine }) {
    const limit = machine.findFileLimit();
    if (limit === undefined)
      return notLookedAt({ vi: "hệ điều hành này không đặt hạn mức", en: "this system sets no limit that it tells" });
    if (limit >= enoughFiles) return pass({ vi: `hạn mức ${limit}`, en: `limit ${limit}` });
    return {
      state: "warn",
      words: { vi: `hạn mức ${limit}, nên có ${enoughFiles}`, en: `limit ${limit}, ${enoughFiles} are advised` },
      remedy: {
        vi: `chạy 'ulimit -n ${enoughFiles}' trước khi kiểm tra cả nước`,
        en: `run 'ulimit -n ${enoughFiles}' before a national sweep`,
      },
    };
  },
};
