import type { Rank } from "../directory/position.ts";
import type { Instant } from "../platform/clock.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { BasisKind, Capacity } from "./capacity.ts";
import { capacityRules, nativeRules, type RuleCode } from "./rules.ts";

/** One row of the law as a reader holds it against the decree. */
export interface ShownRule {
  readonly code: RuleCode;
  readonly capacity: Capacity;
  /** Empty: nobody gives it, it comes with the office. */
  readonly fromRanks: readonly Rank[];
  readonly toRanks: readonly Rank[];
  readonly basis: readonly BasisKind[];
  readonly from: Instant;
  readonly to?: Instant;
  readonly needsClause: boolean;
  readonly needsEnd: boolean;
  readonly needsLegalBasis: boolean;
  readonly certification: boolean;
  /** once: to the holder's own deputy · never · child: this is the passing on. */
  readonly onward: "once" | "never" | "child";
  readonly text: Words;
}

/** Every row, or those in force at one instant, in the order of the articles. */
export function listRules(zone: Zone, at?: Instant): ShownRule[] {
  const rows: ShownRule[] = [
    ...nativeRules.map(
      (rule): ShownRule => ({
        ...rule,
        fromRanks: [],
        basis: [],
        from: readInstant(rule.effectiveFrom, zone) as Instant,
        needsClause: false,
        needsEnd: false,
        needsLegalBasis: false,
        certification: true,
        onward: "never",
      }),
    ),
    ...capacityRules.map((rule): ShownRule => {
      const { code, capacity, fromRanks, toRanks, basis, certification, text, effectiveTo } = rule;
      return {
        code,
        capacity,
        fromRanks,
        toRanks,
        basis,
        certification,
        text,
        from: readInstant(rule.effectiveFrom, zone) as Instant,
        to: effectiveTo === undefined ? undefined : readInstant(effectiveTo, zone),
        needsClause: rule.needsClause === true,
        needsEnd: rule.needsEnd === true,
        needsLegalBasis: rule.needsLegalBasis === true,
        onward: rule.passedOn ? "child" : capacity === "TL" ? "once" : "never",
      };
    }),
  ];
  return rows.filter(({ from, to }) => at === undefined || (from <= at && (to === undefined || at < to)));
}
