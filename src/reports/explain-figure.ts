import { toToneKey } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import type { DossierShare } from "../records/dossier-lives.ts";
import type { Counts, Figures, Window } from "../records/figures.ts";
import { findMetric, metrics, toMetricTitle } from "./metrics.ts";
import { type RateName, toRate } from "./rate.ts";

/** A figure as a sum over dossiers; of a rate the base, and the part of it that the rate is about. */
export interface Explainable {
  readonly key: string;
  readonly title: Words;
  readonly read: (figures: Figures) => number;
  readonly readPart: ((figures: Figures) => number) | undefined;
}

const rates: Readonly<Record<string, RateName>> = {
  "rate.onTimeResolved": "on_time_resolved",
  "rate.onTimeDue": "on_time_due",
  "rate.resolution": "resolution",
  "rate.online": "online",
};

export const explainableNames: readonly string[] = [...metrics.map(({ key }) => key), ...Object.keys(rates)];

/** By its key, or by what a report calls it in either language. Undefined for what no dossier stands behind: visitors are people, and a stated rate is its source's word. */
export function findExplainable(name: string): Explainable | undefined {
  const asked = toToneKey(name);
  const key =
    explainableNames.find((known) => {
      const { vi, en } = toMetricTitle(known);
      return [vi, en].some((title) => toToneKey(title) === asked);
    }) ?? name;
  const metric = findMetric(key);
  if (metric) return { key, title: metric.title, read: metric.read, readPart: undefined };
  const rate = Object.hasOwn(rates, key) ? (rates[key] as RateName) : undefined;
  if (!rate) return undefined;
  return {
    key,
    title: toMetricTitle(key),
    read: (figures) => toRate(rate, figures).denominator,
    readPart: (figures) => toRate(rate, figures).numerator,
  };
}

export interface ExplainedDossier extends DossierShare {
  /** How often it counts in the figure, in the base of a rate: twice received again is 2. */
  readonly counts: number;
  /** In the part of a rate. */
  readonly part: number | undefined;
}

export interface Explanation {
  /** As the report prints it; undefined for a silent unit. */
  readonly figure: number | undefined;
  readonly part: number | undefined;
  readonly dossiers: readonly ExplainedDossier[];
  /** The same counted from the dossiers, one by one. */
  readonly counted: number;
  readonly countedPart: number | undefined;
  /** False where the cache no longer holds every dossier behind the figure. */
  readonly matches: boolean;
}

/** The dossiers behind a figure, counted each by itself, beside the figure that the ledger gives. */
export async function explainFigure(
  counts: Counts,
  unit: string,
  window: Window,
  knownSeq: number,
  { read, readPart }: Explainable,
): Promise<Explanation> {
  const [answer] = await counts.countUnits(window, knownSeq, [unit]);
  const figures = answer?.figures;
  const shares = await counts.listShares(unit, window, knownSeq, (own) => read(own) !== 0 || (readPart?.(own) ?? 0) !== 0);
  const dossiers = shares.map((share) => ({ ...share, counts: read(share.figures), part: readPart?.(share.figures) }));
  const counted = dossiers.reduce((sum, own) => sum + own.counts, 0);
  const countedPart = readPart && dossiers.reduce((sum, own) => sum + (own.part ?? 0), 0);
  const [figure, part] = [figures && read(figures), figures && readPart?.(figures)];
  return { figure, part, dossiers, counted, countedPart, matches: figure === counted && part === countedPart };
}
