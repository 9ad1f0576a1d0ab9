import type { Dimension, UnitReadiness, Verdict } from "../../src/readiness/readiness.ts";
import { dimensions } from "../../src/readiness/readiness.ts";

export const sortKeys = ["verdict", "unit", "since", "code"] as const;
export type SortKey = (typeof sortKeys)[number];

export interface Choice {
  readonly verdict?: readonly Verdict[];
  readonly dimension?: readonly Dimension[];
  readonly code?: readonly string[];
  readonly sort: SortKey;
}

/** With dimensions, the verdict asked for is theirs: `--dimension signing --verdict unknown`. */
export function chooseReadiness(readiness: readonly UnitReadiness[], choice: Choice): readonly UnitReadiness[] {
  return readiness.filter((own) => isAsked(own, choice)).sort((a, b) => compare(a, b, choice.sort));
}

function isAsked(own: UnitReadiness, { verdict, dimension, code }: Choice): boolean {
  const fits = (one: Verdict): boolean => verdict?.includes(one) ?? one !== "go";
  const byVerdict = dimension
    ? dimension.some((key) => fits(own.dimensions[key].verdict))
    : (verdict?.includes(own.verdict) ?? true);
  if (!code || !byVerdict) return byVerdict;
  const looked = dimension ?? dimensions;
  const codes = looked.flatMap((key) => own.dimensions[key].reasons.map((reason) => reason.code));
  return code.some((asked) => {
    const wanted = asked.toUpperCase();
    return codes.some((found) => (wanted.endsWith("-") ? found.startsWith(wanted) : found === wanted));
  });
}

const worstFirst: readonly Verdict[] = ["no-go", "unknown", "go"];

/** The longest in trouble first by `since`; whatever is equal stands in order of unit code. */
function compare(a: UnitReadiness, b: UnitReadiness, sort: SortKey): number {
  const byVerdict = worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict);
  const bySince = (a.since ?? Number.POSITIVE_INFINITY) - (b.since ?? Number.POSITIVE_INFINITY) || 0;
  const byCode = order(a.first?.code ?? "~", b.first?.code ?? "~");
  const first = { verdict: byVerdict, unit: 0, since: Number.isNaN(bySince) ? 0 : bySince, code: byCode }[sort];
  return first || order(a.code, b.code);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
