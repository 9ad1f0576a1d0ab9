import type { Instant } from "../platform/clock.ts";
import { startOfLocalDay, toIsoDate, toLocalDay, type Zone } from "../platform/time.ts";
import type { Verdict } from "./readiness.ts";
import type { ReadinessRecord } from "./readiness-store.ts";

/** How many units were what at the end of a day, or at the instant asked about on the last one. */
export interface CurveDay {
  /** ISO date. */
  readonly date: string;
  readonly go: number;
  readonly noGo: number;
  /** With the units of which nothing was kept by then. */
  readonly unknown: number;
}

export interface ReadinessCurve {
  /** The day on which every unit is to be ready. */
  readonly opening: string | undefined;
  /** Days from today to the opening; 0 on the day itself, negative after it. */
  readonly daysLeft: number | undefined;
  /** From the first day that anything was kept, every day; none before that. */
  readonly days: readonly CurveDay[];
}

/**
 * The way to the opening, day by day (the cities counted so towards 1 July 2025). `turns`: the records whose verdict changed, oldest
 * first; records of units that are not asked about are left out.
 */
export function listCurve(
  turns: readonly Pick<ReadinessRecord, "unit" | "at" | "verdict">[],
  request: {
    readonly units: readonly string[];
    readonly at: Instant;
    readonly opening: string | undefined;
    readonly zone: Zone;
  },
): ReadinessCurve {
  const { units, at, opening, zone } = request;
  const asked = new Set(units);
  const own = turns.filter((turn) => asked.has(turn.unit) && turn.at <= at);
  const today = toLocalDay(at, zone);
  const openingDay = opening === undefined ? undefined : Math.floor(Date.parse(`${opening}T00:00:00Z`) / 86_400_000);
  const daysLeft = openingDay === undefined ? undefined : openingDay - today;
  const [first] = own;
  if (!first) return { opening, daysLeft, days: [] };
  const verdictOf = new Map<string, Verdict>();
  const days: CurveDay[] = [];
  let next = 0;
  for (let day = toLocalDay(first.at, zone); day <= today; day++) {
    const end = startOfLocalDay(day + 1, zone);
    for (; next < own.length && (own[next] as ReadinessRecord).at < end; next++) {
      const { unit, verdict } = own[next] as ReadinessRecord;
      verdictOf.set(unit, verdict);
    }
    const count = (verdict: Verdict): number => [...verdictOf.values()].filter((one) => one === verdict).length;
    const [go, noGo] = [count("go"), count("no-go")];
    days.push({ date: toIsoDate(startOfLocalDay(day, zone), zone), go, noGo, unknown: asked.size - go - noGo });
  }
  return { opening, daysLeft, days };
}
