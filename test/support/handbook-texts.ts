import type { Article } from "../../src/handbook/article.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";

/** Articles made of the syllables of real ones: as many as wanted, each with a title, a code and some eighty words. */
export function makeArticles(from: readonly Article[], count: number, seed = 7): Article[] {
  const random = createRandom(seed);
  const words = from.flatMap(({ title, body }) => `${title} ${body}`.match(/[\p{L}\p{N}]+/gu) ?? []);
  return Array.from({ length: count }, (_, at) => {
    const title = stretch(words, random, 5 + Math.floor(random.next() * 5));
    return {
      id: `bai-${at}`,
      lang: "vi",
      title,
      codes: [`MADE-${at}`],
      systems: ["documents"],
      procedures: [],
      sources: [{ name: "made" }],
      related: [],
      relatedLine: 1,
      body: Array.from({ length: 10 }, () => `${stretch(words, random, 8)} ${chanceWord(random)}.`).join("\n"),
      file: `handbook/vi/bai-${at}.md`,
      bodyLine: 8,
      origin: "own",
    };
  });
}

/** Neighbours of a real text, so that pairs of syllables are as common as they are. */
function stretch(words: readonly string[], random: Random, length: number): string {
  const from = Math.floor(random.next() * (words.length - length));
  return words.slice(from, from + length).join(" ");
}

/** Names and numbers make a vocabulary long. */
function chanceWord(random: Random): string {
  return Array.from({ length: 4 + Math.floor(random.next() * 5) }, () =>
    String.fromCharCode(97 + Math.floor(random.next() * 26)),
  ).join("");
}

/** One chance edit of a word: a letter more, less, another one, or two neighbours swapped. */
export function slip(word: string, random: Random): string {
  const letters = [...word];
  const at = Math.floor(random.next() * letters.length);
  const letter = String.fromCharCode(97 + Math.floor(random.next() * 26));
  const kind = Math.floor(random.next() * 4);
  if (kind === 0) letters.splice(at, 0, letter);
  else if (kind === 1) letters.splice(at, 1);
  else if (kind === 2) letters[at] = letter;
  else {
    const next = Math.min(at + 1, letters.length - 1);
    [letters[at], letters[next]] = [letters[next] as string, letters[at] as string];
  }
  return letters.join("");
}
