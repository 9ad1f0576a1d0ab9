import type { Instant } from "../platform/clock.ts";
import { always } from "./interval.ts";
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
 * Sets of premises as numbers, to see what fails at an instant without a look at the premises themselves. One row, read from front to back; for
 * each set: what fails always, what is not known, the end of the set, and of every other premise its bit, its number of stretches and their ends.
 */
export type Checks = Float64Array;

export function toChecks(sets: readonly (readonly Premise[])[]): Checks {
  const row: number[] = [];
  for (const premises of sets) {
    const start = row.length;
    row.push(0, 0, 0);
    let failing = 0;
    let missing = 0;
    for (const { bit, holds, missingEvidence } of premises) {
      if (missingEvidence !== undefined) missing |= bit;
      else if (holds.length === 0) failing |= bit;
      else if (holds !== always) {
        row.push(bit, holds.length);
        for (const { from, to } of holds) row.push(from, to);
      }
    }
    row[start] = failing;
    row[start + 1] = missing;
    row[start + 2] = row.length;
  }
  return Float64Array.from(row);
}

/** Of the set that begins at `start`, the premises that are known to fail at an instant. */
export function findFailing(row: Checks, start: number, at: Instant): number {
  let fails = row[start] as number;
  const last = row[start + 2] as number;
  for (let next = start + 3; next < last; ) {
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

export function findMissing(row: Checks, start: number): number {
  return row[start + 1] as number;
}

/** Where the next set begins. */
export function findNext(row: Checks, start: number): number {
  return row[start + 2] as number;
}
