import type { Instant } from "../platform/clock.ts";
import type { Random } from "../platform/random.ts";
import type { CityProcedure } from "./procedures.ts";

/** The national status codes (domain.md §5). */
export type NationalStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface DossierStep {
  readonly at: Instant;
  readonly status: NationalStatus;
}

export interface LifeOptions {
  readonly procedure: CityProcedure;
  readonly channel: 1 | 2 | 3;
  readonly receivedAt: Instant;
  /** Start of the day it came in. */
  readonly day: Instant;
  /** Starts of the days on which the offices are open. */
  readonly days: readonly Instant[];
  readonly random: Random;
  /** It has its result before this. */
  readonly resolvedBefore?: Instant;
  /** It is accepted, and still in the unit's hands, until this. */
  readonly openUntil?: Instant;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What happens to a dossier, and its appointment: most get their result in time, a few late, a few wait for the citizen. */
export function createLife(options: LifeOptions): { readonly due: Instant; readonly steps: readonly DossierStep[] } {
  const { channel, receivedAt, random, resolvedBefore, openUntil } = options;
  const steps: DossierStep[] = [];
  if (channel === 2) steps.push({ at: receivedAt - (3 + random.integer(38)) * minuteMs, status: 1 });
  const due = findDue(options);
  if (channel === 2 && resolvedBefore === undefined && openUntil === undefined && random.next() < 0.05) {
    return { due, steps: [...steps, { at: receivedAt, status: 3 }] };
  }
  steps.push({ at: receivedAt, status: 2 });
  if (resolvedBefore !== undefined) {
    const finished = receivedAt + (12 + random.integer(26)) * minuteMs + random.integer(60) * 1000;
    steps.push({ at: receivedAt + 4 * minuteMs, status: 4 }, { at: finished, status: 9 });
    if (channel === 1) steps.push({ at: finished + (2 + random.integer(50)) * minuteMs, status: 10 });
    return { due, steps };
  }
  steps.push({ at: receivedAt + (5 + random.integer(20)) * minuteMs, status: 4 });
  addMiddle(steps, options);
  addEnding(steps, due, options);
  return { due, steps };
}

/** At 17:00 of the last working day; a same-day procedure that comes in after 15:00 is due on the next one. */
function findDue({ procedure, receivedAt, day, days }: LifeOptions): Instant {
  const later = days.filter((other) => other > day);
  const wait = procedure.days === 0 && receivedAt >= day + 15 * hourMs ? 1 : procedure.days;
  const known = wait === 0 ? day : later[wait - 1];
  // Beyond the days that are played, the weeks are counted whole.
  return (known ?? day + Math.ceil((wait * 7) / 5) * dayMs) + 17 * hourMs;
}

/** One in twenty is asked for a paper; land waits for its fee. */
function addMiddle(steps: DossierStep[], { procedure, random, day, days }: LifeOptions): void {
  const from = (steps.at(-1) as DossierStep).at;
  const draw = random.next();
  if (draw < 0.05) {
    const asked = from + (10 + random.integer(80)) * minuteMs;
    steps.push({ at: asked, status: 5 });
    if (random.next() < 0.8) steps.push({ at: toOfficeHours(asked + (3 + random.integer(20)) * hourMs, day, days), status: 4 });
  } else if (procedure.fee && draw < 0.4) {
    const billed = from + (20 + random.integer(120)) * minuteMs;
    steps.push({ at: billed, status: 6 });
    if (random.next() < 0.6) steps.push({ at: toOfficeHours(billed + (2 + random.integer(30)) * hourMs, day, days), status: 4 });
  }
}

function addEnding(
  steps: DossierStep[],
  due: Instant,
  { procedure, channel, random, day, days, openUntil = 0 }: LifeOptions,
): void {
  const last = steps.at(-1) as DossierStep;
  if (last.status !== 4) return;
  const from = Math.max(last.at, openUntil) + minuteMs;
  const draw = random.next();
  if (draw < 0.015) return void steps.push({ at: toOfficeHours(from + random.integer(180) * minuteMs, day, days), status: 7 });
  if (draw < 0.025) return void steps.push({ at: toOfficeHours(from + random.integer(180) * minuteMs, day, days), status: 8 });
  const late = draw > 0.96;
  const room = procedure.days === 0 ? 4.5 * hourMs : Math.min(procedure.days, 4) * 0.9 * dayMs;
  const wanted = late ? due + (14.5 + random.next() * 3) * hourMs : Math.min(from + random.next() * room, due - minuteMs);
  const finished = toOfficeHours(Math.max(Math.floor(wanted / 1000) * 1000, from), day, days);
  steps.push({ at: finished, status: 9 });
  if (channel !== 3 && random.next() < 0.7) {
    steps.push({ at: toOfficeHours(finished + (5 + random.integer(200)) * minuteMs, day, days), status: 10 });
  }
}

/** Moves an instant that falls outside 07:00–17:00 of an open day to the next morning. */
function toOfficeHours(wanted: Instant, day: Instant, days: readonly Instant[]): Instant {
  const own = [...days].reverse().find((start) => start <= wanted) ?? day;
  if (wanted >= own + 7 * hourMs && wanted < own + 17 * hourMs) return wanted;
  if (wanted < own + 7 * hourMs) return own + 7 * hourMs + (wanted % (40 * minuteMs));
  const morning = (days.find((start) => start > own) ?? own + dayMs) + 7 * hourMs;
  return wanted >= morning ? wanted : morning + (wanted % (40 * minuteMs));
}
