import type { Figures } from "../records/figures.ts";

/** The rates that the press mixes up (domain.md §5); a printed rate always names its definition and denominator. */
export type RateName = "online" | "resolution" | "on_time_resolved" | "on_time_due";

export const rateNames: readonly RateName[] = ["resolution", "on_time_resolved", "on_time_due", "online"];

/** Whole numbers, never a quotient: text is made from the two at the very end. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  readonly definition: RateName;
}

export function toRate(definition: RateName, figures: Figures): Rate {
  const { received, resolved } = figures;
  switch (definition) {
    case "online":
      return { numerator: received.online, denominator: received.total, definition };
    case "resolution":
      return { numerator: resolved.total, denominator: received.total, definition };
    case "on_time_resolved":
      return { numerator: resolved.early + resolved.onTime, denominator: resolved.total, definition };
    case "on_time_due":
      return {
        numerator: resolved.early + resolved.onTime,
        denominator: resolved.total + figures.inProgress.overdue,
        definition,
      };
  }
}

/** Negative when `a` is the lower rate, by cross-multiplication: 61/151 and 122/302 are equal, whatever their text says. */
export function compareRates(a: Pick<Rate, "numerator" | "denominator">, b: Pick<Rate, "numerator" | "denominator">): number {
  const left = BigInt(a.numerator) * BigInt(b.denominator);
  const right = BigInt(b.numerator) * BigInt(a.denominator);
  return left < right ? -1 : left > right ? 1 : 0;
}

const z95 = 1.959963984540054;

/**
 * Lower bound of the 95% interval of Wilson (1927): 9 of 10 ranks below 95 of 100, so a small base cannot lead a table by luck. A rate above
 * one (dossiers of earlier days resolved today) counts as one here.
 */
export function toWilsonLowerBound({ numerator, denominator }: Pick<Rate, "numerator" | "denominator">): number {
  const n = denominator;
  // Exactly, so that units without any share their place whatever their base.
  if (numerator === 0) return 0;
  const p = Math.min(numerator, n) / n;
  const square = z95 * z95;
  return (p + square / (2 * n) - z95 * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))) / (1 + square / n);
}
