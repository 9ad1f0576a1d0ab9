import type { ImportReceipt } from "../../src/directory/import-file.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Lang, type Words } from "../../src/platform/words.ts";
import { formatDay, wardsWords as words } from "./words.ts";

/** One sentence: what was taken in, in figures. */
export function describeImport({ kind, file, counts, effective, alreadyImportedAt }: ImportReceipt): Words {
  if (alreadyImportedAt !== undefined) return words.alreadyImported(file, alreadyImportedAt);
  return both((lang) => {
    const n = (key: string): string => formatCount(counts[key] ?? 0, lang);
    const day = effective === undefined ? "" : formatDay(effective, lang);
    return sentences[kind]?.[lang](file, n, day) ?? `${file}: ${n("rows")}`;
  });
}

type Sentence = (file: string, n: (key: string) => string, day: string) => string;

const sentences: Readonly<Record<string, Readonly<Record<Lang, Sentence>>>> = {
  merges: {
    vi: (file, n, day) =>
      `Đã nhập ${file}: ${n("rows")} dòng, ${n("partial")} dòng một phần; ${n("formerUnits")} đơn vị cũ có mã và ${n("withoutCode")} không có mã, của ${n("formerProvinces")} tỉnh cũ → ${n("units")} đơn vị, từ ${day}.`,
    en: (file, n, day) =>
      `Imported ${file}: ${n("rows")} lines, ${n("partial")} of them partial; ${n("formerUnits")} former units with a code and ${n("withoutCode")} without, of ${n("formerProvinces")} former provinces → ${n("units")} units, from ${day}.`,
  },
  changes: {
    vi: (file, n) => `Đã nhập ${file}: ${n("rows")} thay đổi (${n("units")} đơn vị, ${n("provinces")} tỉnh, thành phố).`,
    en: (file, n) => `Imported ${file}: ${n("rows")} changes (${n("units")} units, ${n("provinces")} provinces).`,
  },
  "former-names": {
    vi: (file, n) => `Đã nhập ${file}: ${n("rows")} tên đã bỏ trước 01/7/2025.`,
    en: (file, n) => `Imported ${file}: ${n("rows")} names given up before 1 July 2025.`,
  },
  contacts: {
    vi: (file, n) => `Đã nhập ${file}: liên hệ của ${n("units")} đơn vị, ${n("carriers")} nhà mạng, ${n("duties")} lượt trực.`,
    en: (file, n) =>
      `Imported ${file}: contacts of ${n("units")} units, ${n("carriers")} carriers, ${n("duties")} turns of duty.`,
  },
};
