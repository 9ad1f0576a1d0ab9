import type { Instant } from "../platform/clock.ts";
import { always, never } from "./interval.ts";
import type { Observed } from "./readiness.ts";

export type PremiseName =
  | "scope"
  | "lawful"
  | "grantor"
  | "office"
  | "window"
  | "lapse"
  | "revoked"
  | "suspended"
  | "approved"
  | "parent"
  | "carried"
  | "present"
  | "account"
  | "certificate";

/** The order in which premises are looked at; the one that fails later is the nearer miss. */
export const premiseOrder: readonly PremiseName[] = [
  "scope",
  "lawful",
  "grantor",
  "office",
  "window",
  "lapse",
  "parent",
  "revoked",
  "suspended",
  "approved",
  "carried",
  "present",
  "account",
  "certificate",
];

export interface Premise extends Observed {
  readonly name: PremiseName;
  /** Its bit in a set of premises, by the place of its name in the order. */
  readonly bit: number;
}

const bits = new Map(premiseOrder.map((name, place) => [name, 1 << place]));

/** All of one shape: such objects are compared several times as fast, and a country of questions looks at millions. */
export function toPremise(name: PremiseName, { holds, missingEvidence, codesAt }: Observed): Premise {
  return { name, bit: bits.get(name) as number, holds, missingEvidence, codesAt };
}

/**
 * Premises as numbers, to see what fails at an instant without a look at the premises themselves: sets of those that fail always, and one row
 * for the others, read from front to back: bit, number of stretches, their ends.
 */
export interface Checks {
  /** Fails at any instant, and is known to. */
  readonly failing: number;
  /** Nobody knows. */
  readonly missing: number;
  readonly row: Float64Array;
}

export function toChecks(premises: readonly Premise[]): Checks {
  let failing = 0;
  let missing = 0;
  const row: number[] = [];
  for (const { bit, holds, missingEvidence } of premises) {
    if (missingEvidence !== undefined) missing |= bit;
    else if (holds === never || holds.length === 0) failing |= bit;
    else if (holds !== always) {
      row.push(bit, holds.length);
      for (const { from, to } of holds) row.push(from, to);
    }
  }
  return { failing, missing, row: Float64Array.from(row) };
}

/** The premises that are known to fail at an instant, as a set. */
export function findFailing({ failing, row }: Checks, at: Instant): number {
  let fails = failing;
  for (let next = 0; next < row.length; ) {
    const end = next + 2 + 2 * (row[next + 1] as number);
    let holds = false;
    for (let span = next + 2; span < end; span += 2) {
      if ((row[span] as number) <= at && at < (row[span + 1] as number)) {
        holds = true;
        break;
      }
    }
    if (!holds) fails |= row[next] as number;
    next = end;
  }
  return fails;
}
