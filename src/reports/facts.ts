import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import type { Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { Counts, Figures, KnownCalendar, RecordWarning, SourceState, UnitCount, Window } from "../records/figures.ts";
import { addFigures } from "./add-figures.ts";
import { type DueFacts, readDue } from "./due.ts";
import type { StoredMeeting } from "./meeting-store.ts";
import { findMetric } from "./metrics.ts";
import type { LayoutName, ReportKind } from "./model.ts";
import { type OverdueFact, readOverdue } from "./overdue.ts";
import type { FindUnit } from "./place-name.ts";
import { isCountedAgain, type PreviousFacts, readPrevious } from "./previous.ts";
import { type ProcedureFacts, readProcedures } from "./procedures.ts";
import type { GapFacts, HealthFacts, MeetingFacts, ReadinessFacts, ReportQuestions } from "./questions.ts";
import type { DeclaredFact } from "./reconcile.ts";

export interface ReportRules {
  readonly topN: number;
  readonly minimumBase: number;
}

export interface ReportRequest {
  readonly kind: ReportKind;
  readonly city: string;
  readonly window: Window;
  /** Where the window's start comes from: the last meeting, the day, or the hour set for evening meetings when none is stored. */
  readonly windowFrom: "meeting" | "day" | "hour" | "asked";
  readonly knownSeq: number;
  readonly units: readonly Unit[];
  /** Of the directory on that day, for units that others name. */
  readonly findUnit: FindUnit;
  readonly rules: ReportRules;
  /** Undefined for a layout of our own. */
  readonly layout: LayoutName | undefined;
  /** Made to be published: small counts and codes are left out. */
  readonly isPublic: boolean;
  /** Names of procedures by code, as the settings give them. */
  readonly procedureNames: Readonly<Record<string, string>>;
  /** Where what is cumulative starts. */
  readonly cumulativeFrom: Instant;
  /** Whether some source is to deliver dossiers: where none is, nobody is silent, figures are just not given. */
  readonly expectsDossiers: boolean;
  readonly rulesSha256: string;
  readonly previous: StoredMeeting | undefined;
  readonly questions: ReportQuestions;
  readonly zone: Zone;
}

/** The answer of a source that may fail without taking the report with it. */
export type Answer<Value> =
  | { readonly state: "known"; readonly value: Value }
  | { readonly state: "failed"; readonly reason: Words };

export interface UnitFact extends UnitCount {
  readonly place: Unit;
}

export interface HourFact {
  readonly start: Instant;
  readonly received: number;
  readonly resolved: number;
}

/** Everything the sections are made of. Undefined optional answers: nobody was asked. */
export interface ReportFacts extends Omit<ReportRequest, "units" | "questions" | "previous"> {
  readonly units: readonly UnitFact[];
  readonly total: Figures | undefined;
  /** Units in the total. */
  readonly reporting: number;
  readonly previous: PreviousFacts | undefined;
  /** The last meeting, where what it was shown can be counted again no more. */
  readonly incomparable: string | undefined;
  /** Undefined when no unit has figures. */
  readonly due: Answer<DueFacts> | undefined;
  /** Undefined where it is not asked for, or nobody has figures. */
  readonly cumulative: Figures | undefined;
  readonly procedures: Answer<ProcedureFacts> | undefined;
  /** For one unit. */
  readonly overdue: Answer<readonly OverdueFact[]> | undefined;
  readonly hours: Answer<readonly HourFact[]>;
  readonly declared: Answer<readonly DeclaredFact[]>;
  readonly warnings: Answer<readonly RecordWarning[]>;
  readonly sources: readonly SourceState[];
  /** Undefined where no import had one. */
  readonly calendar: KnownCalendar | undefined;
  readonly health: Answer<HealthFacts | undefined> | undefined;
  readonly accounts: Answer<GapFacts | undefined> | undefined;
  readonly signing: Answer<GapFacts | undefined> | undefined;
  readonly readiness: Answer<ReadinessFacts> | undefined;
  readonly meeting: Answer<MeetingFacts | undefined> | undefined;
}

/** Reads everything a report needs. Only the counts themselves must answer; any other Failure becomes a failed answer. */
export async function gatherFacts(request: ReportRequest): Promise<ReportFacts> {
  const { questions, units: places, previous, ...rest } = request;
  const { counts } = questions;
  const { window, knownSeq } = request;
  const codes = places.map((unit) => unit.code);
  const isComparable = previous !== undefined && (await isCountedAgain(previous, request));
  const counted = new Map((await counts.countUnits(window, knownSeq, codes)).map((entry) => [entry.unit, entry]));
  const units = places.map((place): UnitFact => {
    const entry = counted.get(place.code);
    return entry
      ? { ...entry, place }
      : { unit: place.code, state: "silent", figures: undefined, lastDeliveryAt: undefined, place };
  });
  const known = units.flatMap(({ figures }) => figures ?? []);
  const calendar = await counts.readCalendar(knownSeq);
  // The curve is one of the total: a unit that is not in the sum is not in it either.
  const inTotal = units.filter(({ figures }) => figures !== undefined).map(({ unit }) => unit);
  return {
    ...rest,
    units,
    total: addFigures(known),
    reporting: known.length,
    previous: isComparable ? await readPrevious(previous, request, units) : undefined,
    incomparable: isComparable ? undefined : previous?.id,
    cumulative: await readCumulative(request, inTotal),
    procedures:
      known.length > 0 && request.layout === undefined ? await answer(() => readProcedures(request, inTotal)) : undefined,
    overdue:
      request.kind === "unit" && known[0]
        ? await answer(() => readOverdue(request, codes[0] as string, known[0]?.inProgress.overdue ?? 0))
        : undefined,
    due: known.length > 0 && request.kind !== "range" ? await answer(() => readDue(request, units, calendar)) : undefined,
    hours: await answer(() => counts.countReceivedByHour(window, knownSeq, inTotal)),
    declared: await answer(() => readDeclared(counts, request, codes)),
    warnings: await answer(() => readWarnings(request, previous?.knownSeq ?? 0)),
    sources: await counts.listSources(window.end, knownSeq),
    calendar,
    health: questions.health && (await answer(questions.health)),
    accounts: questions.accounts && (await answer(questions.accounts)),
    signing: questions.signing && (await answer(questions.signing)),
    readiness: questions.readiness && (await answer(questions.readiness)),
    meeting: questions.meeting && (await answer(questions.meeting)),
  };
}

async function readCumulative(
  { kind, cumulativeFrom, window, knownSeq, questions }: ReportRequest,
  codes: readonly string[],
): Promise<Figures | undefined> {
  if ((kind !== "evening" && kind !== "unit") || codes.length === 0) return undefined;
  const counted = await questions.counts.countUnits({ start: cumulativeFrom, end: window.end }, knownSeq, codes);
  return addFigures(counted.flatMap(({ figures }) => figures ?? []));
}

/** Of one unit's report: its own and those of whole sources. */
async function readWarnings({ kind, units, knownSeq, questions }: ReportRequest, since: number): Promise<RecordWarning[]> {
  const all = await questions.counts.listWarnings(knownSeq, since);
  const codes = units.map(({ code }) => code);
  return kind === "unit" ? all.filter(({ unit }) => unit === undefined || codes.includes(unit)) : all;
}

async function answer<Value>(ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { state: "known", value: await ask() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { state: "failed", reason: error.words };
  }
}

/**
 * Stated figures, each beside our own count for **its** window: a press figure of 10:00 is not compared with the evening's. Where the source does
 * not say since when it counts, ours is counted from the report's start, to be read beside it and not to be held against it.
 */
async function readDeclared(
  counts: Counts,
  { kind, window, knownSeq }: ReportRequest,
  codes: readonly string[],
): Promise<DeclaredFact[]> {
  const all = await counts.listDeclared(window, knownSeq);
  const declared = kind === "unit" ? all.filter(({ unit }) => unit !== undefined && codes.includes(unit)) : all;
  const counted = new Map<string, UnitCount[]>();
  const facts: DeclaredFact[] = [];
  for (const stated of declared) {
    const start = stated.window.start ?? window.start;
    const key = `${start} ${stated.window.end}`;
    // An hour of a day that is kept whole: what we counted then is not known any more.
    if (!(await counts.isCountable(start)) || !(await counts.isCountable(stated.window.end))) {
      facts.push({ stated, computed: undefined, isComparable: false });
      continue;
    }
    const sums = counted.get(key) ?? (await counts.countUnits({ start, end: stated.window.end }, knownSeq, codes));
    counted.set(key, sums);
    const own = sums.filter(({ unit }) => stated.unit === undefined || unit === stated.unit);
    // A sum that lacks a unit is no rival of a stated total.
    const complete = own.length > 0 && own.every(({ figures }) => figures !== undefined);
    const figures = complete ? addFigures(own.flatMap((entry) => entry.figures ?? [])) : undefined;
    const computed = figures && findMetric(stated.metric)?.read(figures);
    facts.push({ stated, computed, isComparable: stated.window.start !== undefined });
  }
  return facts;
}
