import { indexArticles, searchArticles } from "../../src/handbook/find-articles.ts";
import { readHandbook } from "../../src/handbook/read-handbook.ts";
import { createRandom } from "../../src/platform/random.ts";
import { makeArticles, slip } from "../support/handbook-texts.ts";
import { type Bench, median } from "./bench.ts";

/** What people type: some words of an article, one in three with a slip, one in five run together; first pages of what is found, cut and marked. */
export const bench: Bench = {
  name: "handbook: search in 5,000 articles, p99",
  unit: "ms",
  goal: 50,
  better: "lower",
  async run(quick) {
    const { articles } = await readHandbook();
    const made = makeArticles(articles, 5_000);
    const start = performance.now();
    const index = indexArticles(made);
    const builtMs = performance.now() - start;
    const random = createRandom(17);
    const queries = Array.from({ length: quick ? 300 : 3_000 }, (_, at) => {
      const { title, body } = random.pick(made);
      const words = `${title} ${body}`.match(/[\p{L}]+/gu) ?? [];
      const from = random.integer(Math.max(1, words.length - 6));
      const asked = words.slice(from, from + 2 + random.integer(4));
      if (at % 3 === 0) asked[0] = slip(asked[0] ?? "", random);
      return at % 5 === 0 ? asked.join("") : asked.join(" ");
    });
    const once = (words: string): number => {
      const began = performance.now();
      for (const found of searchArticles(index, { words, lang: "vi" }).slice(0, 8)) found.snippet;
      return performance.now() - began;
    };
    // The middle of three: what another process took away is nobody's search.
    const search = (words: string): number => median([once(words), once(words), once(words)]);
    for (const words of queries.slice(0, 50)) once(words);
    const times = queries.map(search).sort((a, b) => a - b);
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] as number;
    const show = (ms: number): string => `${ms.toFixed(1)} ms`;
    return {
      value: at(0.99),
      rows: [
        ["median", show(at(0.5))],
        ["p99", show(at(0.99))],
        ["slowest", show(times.at(-1) as number)],
        ["index of 5,000 built", show(builtMs)],
      ],
    };
  },
};
