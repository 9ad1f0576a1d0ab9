/**
 * The search of the handbook, in one file without imports: the exported page carries these very functions (`listSearchFunctions`), so that it
 * finds what the command finds. Everything is compared without diacritics; words that nobody wrote are taken for slips.
 */

export interface SearchPage {
  readonly title: string;
  /** Codes, systems and the id: what is looked for letter by letter. */
  readonly keys: readonly string[];
  /** Plain text. */
  readonly text: string;
}

export interface SearchIndex {
  readonly pages: readonly SearchPage[];
  /** By word: page and weight, page and weight, … */
  readonly postings: ReadonlyMap<string, readonly number[]>;
  readonly lengths: readonly number[];
  readonly averageLength: number;
  /** Every word, in order of the alphabet. */
  readonly words: readonly string[];
  /** Words by length, each with the set of its letters. */
  readonly byLength: readonly { readonly words: readonly string[]; readonly masks: readonly number[] }[];
  /** Title and text of each page without diacritics, one space between words and at both ends. */
  readonly folded: readonly { readonly title: string; readonly text: string }[];
}

export interface SearchHit {
  /** Place in `pages`. */
  readonly page: number;
  readonly score: number;
  /** The page holds every word that was asked for, a slip counted as the word it stands for. */
  readonly whole: boolean;
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** What was looked for, without diacritics and with slips mended: for marking it in a text. */
  readonly words: readonly string[];
}

/** Lower case without diacritics, letter for letter: a place in the result is the same place in the NFC text. */
export function foldLetters(text: string): string {
  const whole = text.normalize("NFC").toLowerCase();
  const bare = whole.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
  if (bare.length === whole.length) return bare;
  // A letter of another script came apart, or a mark stood alone.
  let folded = "";
  for (const letter of whole) {
    const one = letter.normalize("NFD").replace(/\p{M}/gu, "").replace("đ", "d");
    folded += one.length === letter.length ? one : letter;
  }
  return folded;
}

export function listWords(text: string): string[] {
  return foldLetters(text).match(/[a-z0-9]+/g) ?? [];
}

export function createSearchIndex(pages: readonly SearchPage[]): SearchIndex {
  const postings = new Map<string, number[]>();
  const folded: { title: string; text: string }[] = [];
  const lengths: number[] = [];
  let total = 0;
  for (const [at, page] of pages.entries()) {
    const weights = new Map<string, number>();
    const fields: [readonly string[], number][] = [
      [listWords(page.title), 6],
      [page.keys.flatMap(listWords), 3],
      [listWords(page.text), 1],
    ];
    let length = 0;
    for (const [words, weight] of fields) {
      for (const word of words) weights.set(word, (weights.get(word) ?? 0) + weight);
      length += words.length;
    }
    for (const [word, weight] of weights) {
      const posting = postings.get(word);
      if (posting) posting.push(at, weight);
      else postings.set(word, [at, weight]);
    }
    const [title, , text] = fields.map(([words]) => ` ${words.join(" ")} `);
    folded.push({ title: title as string, text: text as string });
    lengths.push(length);
    total += length;
  }
  const words = [...postings.keys()].sort();
  const byLength: { words: string[]; masks: number[] }[] = [];
  for (const word of words) {
    while (byLength.length <= word.length) byLength.push({ words: [], masks: [] });
    byLength[word.length]?.words.push(word);
    byLength[word.length]?.masks.push(toLetterMask(word));
  }
  return { pages, postings, lengths, averageLength: total / Math.max(1, pages.length), words, byLength, folded };
}

/** One bit a letter, four for the digits, so that it stays a small integer: two words one edit apart differ in two bits at most. */
export function toLetterMask(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    mask |= 1 << (code >= 97 ? code - 97 : 26 + (code % 4));
  }
  return mask;
}

/** Insertions, deletions, substitutions and swaps of neighbours between two words, up to `atMost`; one more than that where there are more. */
export function countEdits(a: string, b: string, atMost: number): number {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let cut = 0;
  while (cut < a.length - from && cut < b.length - from && a[a.length - 1 - cut] === b[b.length - 1 - cut]) cut++;
  const [left, right] = [a.slice(from, a.length - cut), b.slice(from, b.length - cut)];
  if (left.length === 0 || right.length === 0) return Math.min(left.length + right.length, atMost + 1);
  if (atMost === 1) {
    const isSwap = left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
    return isSwap || (left.length === 1 && right.length === 1) ? 1 : 2;
  }
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + same);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (before[j - 2] as number) + 1);
      }
      row.push(best);
      if (best < least) least = best;
    }
    if (least > atMost) return atMost + 1;
    before = above;
    above = row;
  }
  return Math.min(above[right.length] as number, atMost + 1);
}

/** What keys of Telex or VNI may have been meant for, when they stayed in the text: `chuwa`, `dduoc`, `ky1`, `d9uoc`. */
export function listKeyings(word: string): string[] {
  const telex = word
    .replace(/dd/g, "d")
    .replace(/([aeiouy])w|w([aeiouy])/g, "$1$2")
    .replace(/([aeo])\1/g, "$1")
    .replace(/([aeiouy][a-z]*)[sfrxj](?=[a-z]?[a-z]?[a-z]?$)/, "$1");
  const doubled = word
    .replace(/dd/g, "d")
    .replace(/([aeo])\1/g, "$1")
    .replace(/w/g, "");
  const vni = word.replace(/([a-z])[0-9]+/g, "$1");
  return [...new Set([telex, doubled, vni])].filter((one) => one !== word && one.length > 0);
}

/** `taikhoan` as `tai khoan`: the fewest known words that it consists of, three at most. */
export function splitJoined(word: string, isKnown: (part: string) => boolean, atMost = 3): string[] | undefined {
  if (word.length > 40) return undefined;
  for (let pieces = 2; pieces <= atMost; pieces++) {
    for (let at = 2; at <= word.length - 2; at++) {
      const head = word.slice(0, at);
      if (!isKnown(head)) continue;
      const tail = word.slice(at);
      if (pieces === 2 && isKnown(tail)) return [head, tail];
      const rest = pieces === 3 ? splitJoined(tail, isKnown, 2) : undefined;
      if (rest) return [head, ...rest];
    }
  }
  return undefined;
}

/** Known words that one typed word may stand for, each with how much it is believed. */
export function listMeanings(index: SearchIndex, typed: string): { readonly word: string; readonly share: number }[] {
  const isKnown = (word: string): boolean => index.postings.has(word);
  if (isKnown(typed)) return [{ word: typed, share: 1 }];
  const keyed = listKeyings(typed);
  const known = keyed.filter(isKnown);
  if (known.length > 0) return known.map((word) => ({ word, share: 0.95 }));
  const meanings = new Map<string, number>();
  const believe = (word: string, share: number): void => {
    if ((meanings.get(word) ?? 0) < share) meanings.set(word, share);
  };
  if (typed.length >= 3) {
    let low = 0;
    let high = index.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((index.words[middle] as string) < typed) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < index.words.length && at < low + 24 && index.words[at]?.startsWith(typed); at++) {
      believe(index.words[at] as string, 0.7);
    }
  }
  const seek = (word: string, reach: number, share: number): void => {
    const mask = toLetterMask(word);
    for (let length = Math.max(1, word.length - reach); length <= word.length + reach; length++) {
      const bucket = index.byLength[length];
      if (!bucket) continue;
      for (let at = 0; at < bucket.words.length; at++) {
        let bits = mask ^ (bucket.masks[at] as number);
        // How many are set (Hacker's Delight, 5-1).
        bits -= (bits >>> 1) & 0x55555555;
        bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
        bits = Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
        if (bits <= 2 * reach && countEdits(word, bucket.words[at] as string, reach) <= reach) {
          believe(bucket.words[at] as string, share);
        }
      }
    }
  };
  // Who joins a whole sentence made no slip of one letter.
  if (typed.length <= 16) {
    for (const word of [typed, ...keyed]) if (word.length >= 3) seek(word, 1, 0.6);
    if (meanings.size === 0 && typed.length >= 8) seek(typed, 2, 0.35);
  }
  return [...meanings]
    .map(([word, share]) => ({ word, share }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 24);
}

/**
 * Pages with the words, best first: BM25 over title, keys and text, and more where neighbours of the question are neighbours in the page
 * (a Vietnamese word is two syllables more often than one) and where the diacritics that were typed are the page's. `accept` leaves pages out.
 */
export function searchPages(index: SearchIndex, query: string, accept: (page: number) => boolean = () => true): SearchAnswer {
  const typed = [...new Set(listWords(query))];
  const isKnown = (word: string): boolean => index.postings.has(word);
  const asked = typed.flatMap((word) => {
    if (isKnown(word) || listKeyings(word).some(isKnown)) return [word];
    return splitJoined(word, isKnown) ?? [word];
  });
  const order = listWords(query).flatMap((word) => (asked.includes(word) ? [word] : (splitJoined(word, isKnown) ?? [])));
  const meanings = new Map(asked.map((word) => [word, listMeanings(index, word)]));
  const count = index.pages.length;
  const scores = new Float64Array(count);
  const matched = new Uint16Array(count);
  const best = new Float64Array(count);
  const rarity = (word: string): number => {
    const pages = (index.postings.get(word)?.length ?? 0) / 2;
    return Math.log(1 + (count - pages + 0.5) / (pages + 0.5));
  };
  for (const word of meanings.keys()) {
    const touched: number[] = [];
    for (const { word: meant, share } of meanings.get(word) ?? []) {
      const worth = share * rarity(meant);
      const posting = index.postings.get(meant) ?? [];
      for (let at = 0; at < posting.length; at += 2) {
        const page = posting[at] as number;
        const weight = posting[at + 1] as number;
        const length = (index.lengths[page] as number) / index.averageLength;
        const gain = (worth * weight * 2.2) / (weight + 1.2 * (0.4 + 0.6 * length));
        if (best[page] === 0) touched.push(page);
        if (gain > (best[page] as number)) best[page] = gain;
      }
    }
    for (const page of touched) {
      scores[page] = (scores[page] as number) + (best[page] as number);
      matched[page] = (matched[page] as number) + 1;
      best[page] = 0;
    }
  }
  const wanted = [...meanings.values()].filter((each) => each.length > 0).length;
  let highest = 0;
  for (let page = 0; page < count; page++) {
    if (matched[page] === 0) continue;
    const share = (matched[page] as number) / wanted;
    scores[page] = accept(page) ? (scores[page] as number) * share * share : 0;
    if ((scores[page] as number) > highest) highest = scores[page] as number;
  }
  // Far below the best is what shares a common syllable with the question and nothing else.
  const found: { page: number; score: number; whole: boolean }[] = [];
  for (let page = 0; page < count; page++) {
    const score = scores[page] as number;
    const whole = matched[page] === wanted;
    if (score > 0 && (whole || score >= 0.2 * highest)) found.push({ page, score, whole });
  }
  const titleOf = (page: number): string => index.pages[page]?.title ?? "";
  // Equal pages by their titles: the same order whatever order they came in.
  const compare = (a: SearchHit, b: SearchHit): number =>
    b.score - a.score || (titleOf(a.page) < titleOf(b.page) ? -1 : titleOf(a.page) > titleOf(b.page) ? 1 : a.page - b.page);
  found.sort(compare);

  const meant = order.map((word) => meanings.get(word)?.[0]?.word ?? "");
  const marked = (
    query
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => foldLetters(word) !== word);
  const asCode = query.trim().toLowerCase();
  // What is added only lifts: nobody below these comes to stand among them.
  const first = found.slice(0, 300);
  for (const hit of first) {
    const { title, text } = index.folded[hit.page] as { title: string; text: string };
    const page = index.pages[hit.page] as SearchPage;
    for (let at = 1; at < meant.length; at++) {
      const [left, right] = [meant[at - 1] as string, meant[at] as string];
      if (left === "" || right === "") continue;
      const worth = rarity(left) + rarity(right);
      if (title.includes(` ${left} ${right} `)) hit.score += worth;
      else if (text.includes(` ${left} ${right} `)) hit.score += 0.4 * worth;
    }
    if (marked.length > 0) {
      const own = `${page.title}\n${page.text}`.toLowerCase();
      for (const word of marked) if (own.includes(word)) hit.score += 0.25 * rarity(foldLetters(word));
    }
    if (page.keys.some((key) => key.toLowerCase() === asCode)) hit.score += 1000;
  }
  first.sort(compare);
  const hits = [...first, ...found.slice(300)];
  const least = 0.2 * (hits[0]?.score ?? 0);
  const words = [...new Set([...meanings.values()].flatMap((each) => each.map(({ word }) => word)))];
  return { hits: hits.filter(({ whole, score }) => whole || score >= least), words };
}

/** The stretch of a text that holds most of the words, with where they stand in it. */
export function cutSnippet(
  text: string,
  words: readonly string[],
  atMost = 180,
): { readonly text: string; readonly marks: readonly (readonly [from: number, to: number])[] } {
  const whole = text.normalize("NFC");
  const places = [...foldLetters(whole).matchAll(/[a-z0-9]+/g)]
    .filter(([word]) => words.includes(word))
    .map((match) => ({ word: match[0], from: match.index, to: match.index + match[0].length }));
  let start = 0;
  let most = 0;
  for (const [at, place] of places.entries()) {
    const inside = new Set<string>();
    for (let next = at; next < places.length && (places[next]?.to ?? 0) <= place.from + atMost - 20; next++) {
      inside.add(places[next]?.word as string);
    }
    if (inside.size > most) {
      most = inside.size;
      start = place.from;
    }
  }
  const cutAt = (place: number): number => {
    const space = whole.lastIndexOf(" ", place);
    return place <= 0 ? 0 : space < 0 ? 0 : space + 1;
  };
  const from = start < atMost / 3 ? 0 : cutAt(start - 30);
  const to = from + atMost >= whole.length ? whole.length : Math.max(cutAt(from + atMost), from + 1);
  const head = from > 0 ? "… " : "";
  const shown = whole.slice(from, to).replace(/\s/g, " ").trimEnd();
  const marks = places
    .filter((place) => place.from >= from && place.to <= from + shown.length)
    .map((place) => [place.from - from + head.length, place.to - from + head.length] as const);
  return { text: `${head}${shown}${to < whole.length ? " …" : ""}`, marks };
}

/** Every function that `searchPages` and `cutSnippet` are made of, for a page that carries them. */
export function listSearchFunctions(): readonly ((...values: never[]) => unknown)[] {
  return [
    foldLetters,
    listWords,
    createSearchIndex,
    toLetterMask,
    countEdits,
    listKeyings,
    splitJoined,
    listMeanings,
    searchPages,
    cutSnippet,
  ];
}
