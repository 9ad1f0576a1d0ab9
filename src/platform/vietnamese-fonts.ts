/**
 * Text typed for the fonts of before Unicode (TCVN3 `.VnTime`, VNI), where a letter looks right in its own font only: `NguyÔn V¨n`, `Nguyeãn
 * Vaên`. No table tells such text for sure, so a reading is offered and never taken: TCVN 5712:1993 and the VNI double-byte set.
 */

const tcvn3Codes = "¸µ¶·¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00ADõö÷øùúûüýþ¡¢£¤¥¦§";
const tcvn3Letters = "áàảãạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵăâêôơưđ";
const tcvn3 = new Map([...tcvn3Codes].map((code, at) => [code, tcvn3Letters[at] as string]));
// Whoever read the bytes as text may have made the Vietnamese letter of the Icelandic one.
tcvn3.set("\u0110", "é");

/** What follows a vowel in VNI, as combining marks: circumflex or breve, and the tone. */
const vniMarks: Readonly<Record<string, string>> = {
  ù: "\u0301",
  ø: "\u0300",
  û: "\u0309",
  õ: "\u0303",
  ï: "\u0323",
  â: "\u0302",
  á: "\u0302\u0301",
  à: "\u0302\u0300",
  å: "\u0302\u0309",
  ã: "\u0302\u0303",
  ä: "\u0302\u0323",
  ê: "\u0306",
  é: "\u0306\u0301",
  è: "\u0306\u0300",
  ú: "\u0306\u0309",
  ü: "\u0306\u0303",
  ë: "\u0306\u0323",
};
const vniLetters: Readonly<Record<string, string>> = { ô: "ơ", ö: "ư", ñ: "đ", æ: "ỉ", ó: "ĩ", ò: "ị", î: "ỵ" };

/** The probable reading of a text in such a font, in lower case but for the first letter of each word; undefined where the text is nothing of the kind. */
export function findFontReading(text: string): string | undefined {
  const words = splitWords(text);
  const readings = [readVni, readTcvn3].map((read) => {
    const told = words.filter((word) => !isSyllable(word) && read(word) !== word.toLowerCase() && isSyllable(read(word), true));
    return { read, told: told.length };
  });
  const [best] = readings.sort((a, b) => b.told - a.told);
  if (!best || best.told === 0) return undefined;
  return text
    .split(/([\s'’-]+)/)
    .map((part) => toCapitalised(best.read(part)))
    .join("");
}

function splitWords(text: string): string[] {
  return text.split(/[\s'’-]+/).filter((word) => word !== "");
}

function toCapitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function readTcvn3(word: string): string {
  return [...word].map((letter) => tcvn3.get(letter) ?? letter.toLowerCase()).join("");
}

function readVni(word: string): string {
  let read = "";
  for (const letter of word.toLowerCase()) {
    const before = read.normalize("NFD").at(-1) ?? "";
    const mark = vniMarks[letter];
    const takesMark = "aeouy\u0306\u0302\u031B".includes(before) && before !== "";
    read = (mark !== undefined && takesMark ? read + mark : read + (vniLetters[letter] ?? letter)).normalize("NFC");
  }
  return read;
}

const onsets = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|[bcdđghklmnpqrstvx]";
const rimes = [
  "a(?:ch|c|i|m|nh|ng|n|o|p|t|u|y)?|ă(?:c|m|ng|n|p|t)|â(?:c|m|ng|n|p|t|u|y)",
  "e(?:c|m|ng|n|o|p|t)?|ê(?:ch|m|nh|n|p|t|u)?",
  "i(?:ch|m|nh|n|p|t|u|a)?|(?:i|y)ê(?:c|m|ng|n|p|t|u)|ya",
  "o(?:c|i|m|ong|ng|n|p|t)?|oa(?:ch|c|i|m|nh|ng|n|o|p|t|y)?|oă(?:c|m|ng|n|t)|oe(?:n|o|t)?",
  "ô(?:c|i|m|ng|n|p|t)?|ơ(?:i|m|n|p|t)?",
  "u(?:c|i|m|ng|n|p|t|a)?|uâ(?:ng|n|t|y)|uê(?:ch|nh|n)?|uô(?:c|i|m|ng|n|t)|uơ|ua(?:c|i|ng|n|t|y|nh|ch|o)|uă(?:c|m|ng|n|t)|ue(?:n|o|t)?",
  "uy(?:ch|nh|n|p|t|u|a)?|uyê(?:n|t)",
  "ư(?:a|c|i|m|ng|n|t|u)?|ươ(?:c|i|m|ng|n|p|t|u)",
  "y",
].join("|");
const shape = new RegExp(`^(?:${onsets})?(?:${rimes})$`);
const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Whether Vietnamese could be written so. `strict`: with a tone that its last letters allow. */
export function isSyllable(word: string, strict = false): boolean {
  const parts = word.toLowerCase().normalize("NFD");
  const marks = parts.match(tones) ?? [];
  const plain = parts.replace(tones, "").normalize("NFC");
  if (marks.length > 1 || !shape.test(plain)) return false;
  return !strict || !/[cpt]$|ch$/.test(plain) || marks[0] === "\u0301" || marks[0] === "\u0323";
}
