import { formatPercent } from "../platform/format.ts";
import { both, type Words } from "../platform/words.ts";
import type { Declared } from "../records/figures.ts";
import { checkRate as checkPublishedRate } from "../records/published-rate.ts";
import { findDeclaredRate, findRateParts, roundPercent } from "./declared-rate.ts";
import { type DeclaredSet, findExact, findRange } from "./declared-set.ts";
import type { Finding } from "./finding.ts";
import { reconcileWords as words } from "./reconcile-words.ts";

/** Published rates against the counts stated beside them; a rate is never turned into a count. */
export function checkRates(set: DeclaredSet, name: Words): Finding[] {
  const published = set.figures.flatMap((figure) => checkRate(figure, set, name));
  const resolution = findDeclaredRate(set, "resolution");
  if (resolution?.kind !== "no-base") return published;
  const message = words.countWithoutBase(name, set.source, resolution.numerator);
  return [...published, { code: "W-BASE", level: "note", unit: set.unit, message }];
}

export function listRateTies(set: DeclaredSet, name: Words): Words[] {
  return set.figures.flatMap(({ percent, metric, stated }) => {
    const counts = percent && findRateCounts(set, metric);
    if (!counts || roundPercent(counts.numerator, counts.base, percent.decimals) !== percent.hundredths) return [];
    return [words.rateTies(name, set.source, stated, counts.numerator, counts.base)];
  });
}

/** Both counts behind a published percentage, where both are stated as one number. */
function findRateCounts(set: DeclaredSet, metric: string): { readonly numerator: number; readonly base: number } | undefined {
  const parts = findRateParts(metric);
  if (!parts) return undefined;
  const base = findExact(set, parts.base);
  const stated = parts.numerator.map((own) => findExact(set, own));
  if (!base || stated.some((own) => own === undefined)) return undefined;
  return { numerator: stated.reduce((sum: number, own) => sum + (own ?? 0), 0), base };
}

function checkRate({ percent, metric, stated }: Declared, set: DeclaredSet, name: Words): Finding[] {
  if (!percent) return [];
  const parts = findRateParts(metric);
  const base = parts && findRange(set, parts.base) ? parts.base : "received.total";
  const range = findRange(set, base) ?? { low: undefined, high: undefined };
  const common = { unit: set.unit, level: "note" as const };
  const counts = findRateCounts(set, metric);
  if (counts) {
    if (roundPercent(counts.numerator, counts.base, percent.decimals) === percent.hundredths) return [];
    return [{ ...common, code: "W-RATE", message: words.otherRate(name, set.source, stated, counts.numerator, counts.base) }];
  }
  const { verdict, bases } = checkPublishedRate(range, percent);
  if (verdict === "consistent") return [];
  if (verdict === "not-checkable") {
    return [{ ...common, code: "W-BASE", message: words.rateWithoutBase(name, set.source, stated, range.low) }];
  }
  const statedBase = set.figures.find((own) => own.metric === base)?.stated ?? "–";
  const possible = bases.map((own) => own.base);
  return [{ ...common, code: "W-RATE", message: words.impossibleRate(name, set.source, stated, statedBase, possible) }];
}

/** A bare percentage beside a rate counted from numbers: nothing says they mean the same, so they are never ranked together. */
export function checkDefinitions(sets: readonly DeclaredSet[], nameOf: (unit: string | undefined) => Words): Finding[] {
  const bare = sets.flatMap((set) =>
    set.figures
      .filter(({ metric, percent }) => metric === "rate.online" && percent && !findDeclaredRate(set, "online"))
      .map((figure) => ({ set, figure })),
  );
  const counted = sets.flatMap((set) => {
    const rate = findDeclaredRate(set, "online");
    return rate && rate.kind !== "no-base" ? [{ set, ...rate }] : [];
  });
  return bare.flatMap(({ set, figure }) =>
    counted.map(({ set: other, kind, rate }): Finding => {
      const printed = both((lang) => formatPercent(rate.numerator, rate.denominator, lang));
      const message = words.definitionsDiffer(
        nameOf(set.unit),
        figure.stated,
        nameOf(other.unit),
        kind === "at-most" ? words.atMost(printed) : printed,
      );
      return { code: "W-DEFINITION", level: "note", unit: set.unit, message };
    }),
  );
}
