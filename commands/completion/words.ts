import type { Catalogue } from "../../src/platform/words.ts";

export const completionWords = {
  about: {
    vi: "in đoạn lệnh để phím Tab điền nốt lệnh, tùy chọn và giá trị",
    en: "print the script with which Tab completes commands, options and values",
  },
  shell: { vi: "chương trình dòng lệnh", en: "the shell" },
} satisfies Catalogue;
