import type { CalendarDay, DayKind } from "../directory/working-calendar.ts";

/** How long a procedure may take (domain.md §5), as its public decision says. */
export interface ProcedureTerm {
  /** 0: the result is due on the day of receipt. */
  readonly workingDays: number;
  /** `15:00`: what is received then or later counts as received on the next working day. Without it, the closing hour of the day. */
  readonly cutOff?: string | undefined;
}

/** Copies of extracts of civil status. Other procedures have the terms that a workspace gives them. */
export const builtInTerms: Readonly<Record<string, ProcedureTerm>> = { "2.000635": { workingDays: 0, cutOff: "15:00" } };

/** A stretch of days whose kinds are known. */
export interface KnownDays {
  /** Whole local days since 1970-01-01. */
  readonly first: number;
  readonly days: readonly Pick<CalendarDay, "kind" | "closes">[];
}

export interface DueTerms {
  /** Whether counters are closed; undefined outside the days that are known. */
  isDayOff(day: number): boolean | undefined;
  /** The first whole working day after this one. */
  findNextWorkingDay(day: number): number | undefined;
  /**
   * The last local day on which a dossier of this term may be promised. The day of receipt does not count, nor do days off and half days, on
   * which counters only receive (Bộ luật Dân sự 2015 Điều 147, 148). Where a source gives no hour of receipt (00:00:00), the longer reading
   * holds. Undefined where a day of it is not known.
   */
  findDueDay(term: ProcedureTerm, received: { readonly day: number; readonly seconds: number }): number | undefined;
}

const working: ReadonlySet<DayKind> = new Set<DayKind>(["work", "swap"]);

/** Pure: wardctl's own due dates, which only ever warn. The due date of the source is the one that counts. */
export function createDueTerms({ first, days }: KnownDays): DueTerms {
  const workingDays = days.flatMap(({ kind }, index) => (working.has(kind) ? [first + index] : []));
  /** Working days before each of the days. */
  const before = new Int32Array(days.length + 1);
  for (const [index, { kind }] of days.entries()) before[index + 1] = (before[index] as number) + (working.has(kind) ? 1 : 0);
  const isKnown = (day: number): boolean => day >= first && day < first + days.length;
  /** The nth working day from this one on, from 0. */
  const findWorkingDay = (day: number, nth: number): number | undefined =>
    isKnown(day) ? workingDays[(before[day - first] as number) + nth] : undefined;
  return {
    isDayOff: (day) => (isKnown(day) ? days[day - first]?.kind === "off" : undefined),
    findNextWorkingDay: (day) => findWorkingDay(day + 1, 0),
    findDueDay({ workingDays: length, cutOff }, { day, seconds }) {
      const open = days[day - first];
      if (!open) return undefined;
      const end = Math.min(open.closes / 1000, cutOff === undefined ? Number.POSITIVE_INFINITY : toSeconds(cutOff));
      const counted = seconds === 0 || seconds >= end ? findWorkingDay(day + 1, 0) : day;
      if (counted === undefined) return undefined;
      return length === 0 ? findWorkingDay(counted, 0) : findWorkingDay(counted + 1, length - 1);
    },
  };
}

function toSeconds(time: string): number {
  const [hour = "0", minute = "0"] = time.split(":");
  return Number(hour) * 3600 + Number(minute) * 60;
}
