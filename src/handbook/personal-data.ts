import type { Fault } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";

/**
 * What may be an applicant's (Luật 91/2025/QH15; no article ever holds any): a citizen id of 9 or 12 digits, a telephone number, an address of electronic
 * mail, the code of a dossier, which is personal in combination.
 */
const traces: readonly { readonly shape: RegExp; readonly message: Words }[] = [
  {
    shape: /(?<![\w.])(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-\d{6}-\d{4,7}(?!\d)/,
    message: { vi: "có vẻ là mã một hồ sơ: bỏ đi", en: "this looks like a dossier's code: take it out" },
  },
  {
    shape: /(?<![\d/-])(?:\d{12}|\d{9}|\d{3}([ .])\d{3}\1\d{3}(?:\1\d{3})?)(?![\d/-])/,
    message: { vi: "có vẻ là số căn cước: bỏ đi", en: "this looks like a citizen id: take it out" },
  },
  {
    shape: /(?<![\d/.-])(?:\+84|0)[ .-]?[2-9](?:[ .-]?\d){8,9}(?![\d/])/,
    message: { vi: "có vẻ là số điện thoại: bỏ đi", en: "this looks like a telephone number: take it out" },
  },
  {
    shape: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
    message: { vi: "có vẻ là địa chỉ thư điện tử: bỏ đi", en: "this looks like a mail address: take it out" },
  },
];

/** Lines of a text that may hold somebody's data. The fault names the line and never the value. Pure. */
export function findPersonalData(text: string, file: string, firstLine = 1): Fault[] {
  return text
    .normalize("NFC")
    .split("\n")
    .flatMap((line, at) => {
      const found = traces.find(({ shape }) => shape.test(line));
      return found ? [{ file, line: firstLine + at, message: found.message }] : [];
    });
}
