import type { Metric } from "../records/figures.ts";
import { type DeclaredSet, findExact, findRange, findTotal } from "./declared-set.ts";
import type { Rate, RateName } from "./rate.ts";

interface RateParts {
  readonly numerator: readonly Metric[];
  readonly base: Metric;
}

/** Rates whose base is one stated figure. */
const parts: Readonly<Record<Exclude<RateName, "on_time_due">, RateParts>> = {
  online: { numerator: ["received.online"], base: "received.total" },
  resolution: { numerator: ["resolved.total"], base: "received.total" },
  on_time_resolved: { numerator: ["resolved.early", "resolved.onTime"], base: "resolved.total" },
};

const definitions: Readonly<Record<Metric, keyof typeof parts>> = {
  "rate.online": "online",
  "rate.resolution": "resolution",
  "rate.onTimeResolved": "on_time_resolved",
};

/** The counts behind a published rate; undefined where its definition is not stated. */
export function findRateParts(metric: Metric): RateParts | undefined {
  return Object.hasOwn(definitions, metric) ? parts[definitions[metric] as keyof typeof parts] : undefined;
}

/**
 * rate: both counts are stated · at-most: the base is a lower bound, so the true rate is this or less · no-base: a count without what it is
 * a part of. Undefined when the source states nothing of it.
 */
export type DeclaredRate =
  | { readonly kind: "rate" | "at-most"; readonly rate: Rate }
  | { readonly kind: "no-base"; readonly numerator: number };

export function findDeclaredRate(set: DeclaredSet, definition: "online" | "resolution"): DeclaredRate | undefined {
  const { numerator: metrics, base } = parts[definition];
  const numerator = findTotal(set, metrics[0] as Metric);
  if (numerator === undefined) return undefined;
  const range = findRange(set, base);
  if (range?.low === undefined || range.low === 0) return { kind: "no-base", numerator };
  const rate = { numerator, denominator: range.low, definition };
  return { kind: range.low === range.high ? "rate" : "at-most", rate };
}

/** Resolved and returned together over received: what left the unit's hands. Undefined where nothing returned is stated. */
export function findClosedRate(set: DeclaredSet): { numerator: number; denominator: number; definition: "closed" } | undefined {
  const [received, resolved, returned] = [
    findExact(set, "received.total"),
    findTotal(set, "resolved.total"),
    findTotal(set, "returned.total"),
  ];
  if (!received || resolved === undefined || returned === undefined) return undefined;
  return { numerator: resolved + returned, denominator: received, definition: "closed" };
}

/** Hundredths of a percent after rounding half up to a number of decimals: 382 of 1283 to two is 2977. */
export function roundPercent(numerator: number, denominator: number, decimals: number): number {
  const scale = 10 ** (decimals + 2);
  return Math.floor((2 * numerator * scale + denominator) / (2 * denominator)) * 10 ** (2 - decimals);
}
