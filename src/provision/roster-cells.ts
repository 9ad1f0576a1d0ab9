import { toNormalText } from "../platform/text.ts";

/** Marks that show nothing: soft hyphens and the direction marks that messengers and web pages paste along. */
const invisible = /[\u00AD\u180E\u200E\u200F\u202A-\u202E\u2061-\u2064\u2066-\u2069]/g;

/** A cell as it is meant to be read: NFC, one kind of space, nothing invisible, Vietnamese Đ. */
export function toCellText(text: string): string {
  return toNormalText(text.replace(invisible, ""));
}

/** A code, date or number: full-width signs as plain ones, and without the `'` with which a spreadsheet marks a number as text. */
export function toCodeText(text: string): string {
  return toCellText(text)
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/^['’](?=[\p{L}\p{N}])/u, "");
}

/**
 * A name in the letters it is written with elsewhere: ALL CAPS and all small are habits of printed lists, a backtick or an accent standing alone is an
 * apostrophe (`K'Sor`).
 */
export function toNameText(text: string): string {
  const plain = toCellText(text)
    .replace(/[\u0060\u00B4\u02BC\u2032\u2018]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, "-");
  const words = plain.split(" ");
  const isSmall = !/\p{Lu}/u.test(plain);
  return words.map((word) => (isSmall || isCapitals(word) ? toCapitalised(word) : word)).join(" ");
}

/** `TRẦN`, not the `Y` of `Y Moan`. */
function isCapitals(word: string): boolean {
  return (word.match(/\p{L}/gu) ?? []).length > 1 && !/\p{Ll}/u.test(word);
}

function toCapitalised(word: string): string {
  return word.toLowerCase().replace(/(^|['’-])\p{L}/gu, (start) => start.toUpperCase());
}

/** How many cells stand otherwise than they are read; the copy has them as they are read. */
export interface Untidy {
  readonly icelandic: number;
  readonly capitals: number;
  readonly invisible: number;
}

export function countUntidy(cells: Iterable<{ readonly text: string; readonly isName: boolean }>): Untidy {
  let [icelandic, capitals, hidden] = [0, 0, 0];
  for (const { text, isName } of cells) {
    if (text === "") continue;
    const read = toCellText(text);
    if (/[\u00D0\u00F0]/.test(text)) icelandic += 1;
    if (isName && !text.startsWith("#") && toNameText(text) !== read) capitals += 1;
    if (text.trim().replaceAll("\u00D0", "\u0110").replaceAll("\u00F0", "\u0111") !== read) hidden += 1;
  }
  return { icelandic, capitals, invisible: hidden };
}
