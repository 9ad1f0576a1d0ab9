import { joinWords, type Words } from "../platform/words.ts";
import type { Metric } from "../records/figures.ts";
import { formatWordsCount } from "./words.ts";

/** The sums that must agree (domain.md §6, identities 1 to 3). */
interface Identity {
  readonly code: "W-CHANNEL" | "W-BALANCE" | "W-PARTS";
  readonly whole: readonly Metric[];
  readonly parts: readonly Metric[];
  /** Without these stated, what is open is unknown and a difference says nothing. */
  readonly needs: readonly Metric[];
}

const identities: readonly Identity[] = [
  { code: "W-CHANNEL", whole: ["received.total"], parts: ["received.online", "received.direct", "received.post"], needs: [] },
  {
    code: "W-BALANCE",
    whole: ["carriedOver", "received.total", "reopened"],
    parts: ["resolved.total", "inProgress.total", "paused.total", "returned.total"],
    needs: ["received.total", "inProgress.total"],
  },
  // Form II.06a states both together: (3) = (7) + (11).
  {
    code: "W-BALANCE",
    whole: ["base"],
    parts: ["resolved.total", "inProgress.total", "paused.total", "returned.total"],
    needs: ["base", "resolved.total", "inProgress.total"],
  },
  {
    code: "W-BALANCE",
    whole: ["base"],
    parts: ["carriedOver", "received.total"],
    needs: ["base", "carriedOver", "received.total"],
  },
  { code: "W-PARTS", whole: ["resolved.total"], parts: ["resolved.early", "resolved.onTime", "resolved.late"], needs: [] },
  { code: "W-PARTS", whole: ["inProgress.total"], parts: ["inProgress.within", "inProgress.overdue"], needs: [] },
  { code: "W-PARTS", whole: ["paused.total"], parts: ["paused.supplement", "paused.fee", "paused.stopped"], needs: [] },
  { code: "W-PARTS", whole: ["returned.total"], parts: ["returned.withdrawn", "returned.rejectedInBase"], needs: [] },
];

export interface IdentityCheck {
  readonly code: Identity["code"];
  readonly whole: readonly Metric[];
  /** What the source says the whole is. */
  readonly expected: number;
  /** The sum of the parts that are stated. */
  readonly found: number;
  readonly delta: number;
  readonly notGiven: readonly Metric[];
  /** `52 = 45 + 5 + 2`, with `≠` where it does not tie. */
  readonly sum: Words;
}

/**
 * Every identity that the given figures are enough for. An unstated column is left out of its sum and named; a total that is not stated
 * is the sum of its stated parts. Two parts at least must be known, or there is nothing to check.
 */
export function checkIdentities(read: (metric: Metric) => number | undefined): IdentityCheck[] {
  const known = (metric: Metric): number | undefined => findTotalIn(read, metric);
  return identities.flatMap(({ code, whole, parts, needs }): IdentityCheck[] => {
    // A total derived from its own parts always agrees with them: only a stated one is checked.
    const value = code === "W-BALANCE" ? known : read;
    const wholes = whole.filter((metric) => value(metric) !== undefined);
    const given = parts.filter((metric) => value(metric) !== undefined);
    if (wholes.length === 0 || given.length < 2 || needs.some((metric) => value(metric) === undefined)) return [];
    const values = (list: readonly Metric[]): number[] => list.map((metric) => value(metric) as number);
    const expected = values(wholes).reduce((a, b) => a + b, 0);
    const found = values(given).reduce((a, b) => a + b, 0);
    const notGiven = [...whole, ...parts].filter((metric) => value(metric) === undefined);
    const sign = expected === found ? " = " : " ≠ ";
    const side = (list: readonly Metric[]): Words =>
      joinWords(
        values(list)
          .filter((n) => n !== 0 || list.length === 1)
          .map(formatWordsCount),
        " + ",
      );
    return [
      { code, whole, expected, found, delta: found - expected, notGiven, sum: joinWords([side(wholes), side(given)], sign) },
    ];
  });
}

/** What is stated of a total: itself, or the sum of its stated parts. */
export function findTotalIn(read: (metric: Metric) => number | undefined, metric: Metric): number | undefined {
  const stated = read(metric);
  if (stated !== undefined) return stated;
  const own = identities.find(({ code, whole }) => code === "W-PARTS" && whole[0] === metric);
  const given = (own?.parts ?? []).flatMap((part) => read(part) ?? []);
  return given.length === 0 ? undefined : given.reduce((a, b) => a + b, 0);
}
