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

/** One answer: what it and its rivals gained, the odds it was given, and whether it was right. */
export interface Judged {
  readonly gains: readonly number[];
  readonly odds: number;
  readonly right: boolean;
}

/** Brier score, and the expected calibration error over ten bins of equal width. */
export function measureCalibration(judged: readonly Judged[]): { readonly brier: number; readonly ece: number } {
  const brier = judged.reduce((sum, { odds, right }) => sum + (odds - (right ? 1 : 0)) ** 2, 0) / judged.length;
  const bins = [...Map.groupBy(judged, ({ odds }) => Math.min(9, Math.floor(odds * 10))).values()];
  const ece = bins.reduce((sum, bin) => {
    const odds = bin.reduce((total, one) => total + one.odds, 0);
    return sum + Math.abs(odds - bin.filter(({ right }) => right).length);
  }, 0);
  return { brier, ece: ece / judged.length };
}

/** The temperature whose odds have the smallest Brier score. */
export function fitTemperature(judged: readonly Judged[]): number {
  const brierAt = (temperature: number): number =>
    measureCalibration(
      judged.map(({ gains, right }) => {
        const weights = [...gains, 0].map((gain) => Math.exp((gain - (gains[0] as number)) / temperature));
        return { gains, right, odds: 1 / weights.reduce((a, b) => a + b, 0) };
      }),
    ).brier;
  const tried = Array.from({ length: 40 }, (_, at) => 0.5 + at * 0.5);
  return tried.reduce((best, one) => (brierAt(one) < brierAt(best) ? one : best));
}
