import { createRandom } from "../../src/platform/random.ts";
import type { Answer } from "./cause-rivals.ts";

/** Named and broken; named and not broken; broken and not named. */
export interface Hits {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/** "A or B" counts for either, where no probe could tell them apart. */
export function countHits(answers: readonly Answer[], broken: readonly string[]): Hits {
  const right = broken.filter((one) => answers.some((answer) => answer.includes(one))).length;
  return {
    right,
    missed: broken.length - right,
    wrong: answers.filter((answer) => !answer.some((one) => broken.includes(one))).length,
  };
}

export function toF1(all: readonly Hits[]): number {
  let right = 0;
  let failed = 0;
  for (const hits of all) {
    right += hits.right;
    failed += hits.wrong + hits.missed;
  }
  return (2 * right) / (2 * right + failed);
}

/** 95 % interval of a figure over scenarios, by drawing them again a thousand times. */
export function toInterval<T>(items: readonly T[], figure: (drawn: readonly T[]) => number): readonly [number, number] {
  const random = createRandom("bootstrap");
  const figures = Array.from({ length: 1000 }, () => figure(items.map(() => items[random.integer(items.length)] as T)));
  figures.sort((a, b) => a - b);
  return [figures[25] as number, figures[974] as number];
}
