import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { ReadinessCurve } from "../readiness/curve.ts";
import type { Dimension, Verdict } from "../readiness/readiness.ts";
import type { Figures, UnitState } from "../records/figures.ts";

export interface BoardReason {
  /** `ACC-UNIT-MISSING` (docs/glossary.md); undefined where there is none. */
  readonly code: string | undefined;
  readonly inWords: Words;
  readonly owner: Words | undefined;
  /** note: worth knowing, and no obstacle. */
  readonly weight: "obstacle" | "unknown" | "note";
  /** Command lines that mend it or show the way, as they are typed. */
  readonly commands: readonly string[];
  /** The article of the handbook that helps. */
  readonly article: { readonly id: string; readonly title: Words } | undefined;
}

export interface BoardCell {
  readonly verdict: Verdict;
  readonly reasons: readonly BoardReason[];
}

export interface BoardUnit {
  readonly code: string;
  readonly name: Words;
  readonly verdict: Verdict;
  /** Since when it has this verdict, where that is known. */
  readonly since: Instant | undefined;
  readonly cells: Readonly<Record<Dimension, BoardCell>>;
  /** What to mend first. */
  readonly first: (BoardReason & { readonly dimension: Dimension }) | undefined;
}

/** The answer of a source that may fail without taking the board with it. */
export type Part<Value> =
  | { readonly state: "known"; readonly value: Value }
  | { readonly state: "failed"; readonly reason: Words };

export interface BoardCounts {
  /** Undefined: no unit has figures, which is not zero. */
  readonly total: Figures | undefined;
  readonly reporting: number;
  readonly expected: number;
  /** By the hours of the day that have begun: what came in and went out up to the hour's end, or up to now. */
  readonly hours: readonly { readonly start: Instant; readonly received: number; readonly resolved: number }[];
  /** Expected and not heard of, or not lately. */
  readonly silent: readonly SilentUnit[];
  /** Whether some source is to deliver dossiers: where none is, nobody is silent. */
  readonly expectsDossiers: boolean;
}

export interface SilentUnit {
  readonly code: string;
  readonly name: Words;
  readonly state: Extract<UnitState, "silent" | "stale">;
  readonly lastDeliveryAt: Instant | undefined;
}

export interface BoardHealth {
  readonly at: Instant;
  readonly endpoints: { readonly pass: number; readonly fail: number; readonly unknown: number; readonly untested: number };
  readonly causes: readonly { readonly inWords: Words; readonly affected: number; readonly owner: Words | undefined }[];
  /** Units with endpoints that fail, and the systems; told where no cause explains them. */
  readonly failing: readonly { readonly unit: Words; readonly systems: readonly string[] }[];
}

/** A difficulty, or an action that a meeting gave somebody. */
export interface BoardDifficulty {
  /** `VM-3`, `VC-1`. */
  readonly id: string;
  readonly title: Words;
  readonly units: readonly Words[];
  readonly owner: Words | undefined;
  /** What is to be done by when, where it was said. */
  readonly deadline: Instant | undefined;
  readonly isOverdue: boolean;
}

/** What stands on the board: plain facts in words, the same for both languages. */
export interface Board {
  readonly city: string;
  readonly at: Instant;
  readonly units: readonly BoardUnit[];
  readonly counts: Part<BoardCounts>;
  /** Undefined: nothing is checked here; a known undefined: never checked yet. */
  readonly health: Part<BoardHealth | undefined> | undefined;
  readonly difficulties: Part<readonly BoardDifficulty[]>;
  /** The way to readiness, day by day; today as it is now. */
  readonly trend: ReadinessCurve;
}

const ranks: Readonly<Record<Verdict, number>> = { "no-go": 0, unknown: 1, go: 2 };

/** What is to be mended first; units that are alike by code. */
export function sortUnits(units: readonly BoardUnit[]): readonly BoardUnit[] {
  return units.toSorted((a, b) => ranks[a.verdict] - ranks[b.verdict] || a.code.localeCompare(b.code, "en"));
}

export function countVerdicts(units: readonly Pick<BoardUnit, "verdict">[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict): number => units.filter((unit) => unit.verdict === verdict).length;
  return { go: count("go"), "no-go": count("no-go"), unknown: count("unknown") };
}

/** From what happened in each hour to what happened up to its end; hours that have not begun are not drawn. */
export function toCurve(
  hours: readonly { readonly start: Instant; readonly received: number; readonly resolved: number }[],
  at: Instant,
): BoardCounts["hours"] {
  let [received, resolved] = [0, 0];
  return hours
    .filter(({ start }) => start < at)
    .map((hour) => {
      received += hour.received;
      resolved += hour.resolved;
      return { start: hour.start, received, resolved };
    });
}

/** With today as it is now: nobody need have kept it yet. No history: no curve. */
export function withToday(curve: ReadinessCurve, units: readonly Pick<BoardUnit, "verdict">[]): ReadinessCurve {
  const last = curve.days.at(-1);
  if (!last) return curve;
  const { go, "no-go": noGo, unknown } = countVerdicts(units);
  return { ...curve, days: [...curve.days.slice(0, -1), { date: last.date, go, noGo, unknown }] };
}

/** A unit that has another verdict than it had: what is told aloud and shown for a moment. */
export interface Turn {
  readonly code: string;
  readonly name: Words;
  readonly from: Verdict;
  readonly to: Verdict;
}

export function listTurns(before: Board | undefined, after: Board): readonly Turn[] {
  const old = new Map(before?.units.map(({ code, verdict }) => [code, verdict]));
  return after.units.flatMap(({ code, name, verdict }) => {
    const from = old.get(code);
    return from === undefined || from === verdict ? [] : [{ code, name, from, to: verdict }];
  });
}
