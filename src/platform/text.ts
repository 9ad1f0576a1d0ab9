/**
 * Vietnamese text: one spelling, three keys. Normal form for storing, tone key for matching, fold for searching.
 * Never match on a fold: different names fold to the same letters.
 */

/** NFC, no-break and zero-width spaces gone, runs of white space single, trimmed. Icelandic Ð/ð, which some keyboards and legacy fonts leave, become Đ/đ. */
export function toNormalText(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/\s+/gu, " ")
    .trim()
    .replaceAll("\u00D0", "\u0110")
    .replaceAll("\u00F0", "\u0111");
}

const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A table says the same few departments, positions and units on thousands of lines. */
const rememberedAtMost = 4_096;

function remember(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= rememberedAtMost) known.clear();
    const key = compute(text);
    known.set(text, key);
    return key;
  };
}

/**
 * Equal for the two placements of a tone mark (`Hòa`, `Hoà`) and for any letter case, and for nothing else: per syllable the
 * tone is taken off its vowel and put at the end. Letters keep their order, so `Hào` and `Hoà` stay apart.
 */
export const toToneKey = remember((text) =>
  toPlainMarks(toNormalText(text))
    .toLowerCase()
    .split(/(\s+|-|')/)
    .map((syllable) => {
      let tone = "";
      const letters = syllable.normalize("NFD").replace(tones, (mark) => {
        tone ||= mark;
        return "";
      });
      return letters.normalize("NFC") + tone;
    })
    .join(""),
);

/** Lower case without any diacritic: what a person types who has no Vietnamese keyboard. */
export const toFold = remember((text) =>
  toPlainMarks(toNormalText(text)).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d"),
);

/** Whether any letter carries a Vietnamese mark, `đ` included. */
export function carriesMarks(text: string): boolean {
  return /[\p{M}đ]/u.test(toNormalText(text).toLowerCase().normalize("NFD"));
}

/** The apostrophes and dashes that word processors put in by themselves (`M’Drắk`, `Lâm Viên – Đà Lạt`), as on a keyboard; one for one. */
function toPlainMarks(text: string): string {
  return text.replace(/[\u2018\u2019\u02BC\u00B4\u0060\u2032]/g, "'").replace(/[\u2010-\u2015\u2212]/g, "-");
}

/**
 * The fewest insertions, deletions, substitutions and neighbour swaps between two short texts; for "did you mean". Infinity as soon as
 * it is sure to be above `atMost`.
 */
export function editDistance(a: string, b: string, atMost = Number.POSITIVE_INFINITY): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] as number) + 1);
      row.push(best);
      if (best < least) least = best;
    }
    // No cell of a later row is less than the least of this one.
    if (least > atMost) return Number.POSITIVE_INFINITY;
    before = above;
    above = row;
  }
  const distance = above[b.length] as number;
  return distance > atMost ? Number.POSITIVE_INFINITY : distance;
}

/** The nearest of the known words when it is near enough to be a slip. */
export function findNearest(word: string, known: Iterable<string>, atMost = 2): string | undefined {
  let best: string | undefined;
  let bestDistance = atMost + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A path as one word of a command line that people copy, for POSIX shells and PowerShell alike. */
export function toShellWord(text: string): string {
  return /^[\p{L}\p{M}\p{N}._/:\\~-]+$/u.test(text) ? text : `"${text}"`;
}
