import type { Instant } from "../platform/clock.ts";
import type { DossierShare } from "./dossier-lives.ts";
import type { WarningCode } from "./warnings.ts";

/** The daily columns of a unit (domain.md §6). Whole numbers of dossiers; visitors are people. */
export interface Figures {
  readonly carriedOver: number;
  readonly received: { readonly total: number; readonly online: number; readonly direct: number; readonly post: number };
  readonly reopened: number;
  readonly resolved: { readonly total: number; readonly early: number; readonly onTime: number; readonly late: number };
  readonly inProgress: { readonly total: number; readonly within: number; readonly overdue: number };
  readonly paused: {
    readonly total: number;
    readonly supplement: number;
    readonly fee: number;
    readonly stopped: number;
    readonly overdue: number;
  };
  readonly returned: { readonly total: number; readonly withdrawn: number; readonly rejectedInBase: number };
  readonly pendingIntake: number;
  readonly refusedAtIntake: number;
  readonly resultHandedOver: number;
}

/** Half open: `start <= t < end`. `end` is the as-of of the report. */
export interface Window {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * reporting: rows arrived · zero: a fresh source covers the unit and holds no row, so 0 is true · stale: the last good delivery is
 * older than expected · silent: expected, never or no longer delivered, so every figure is unknown.
 */
export type UnitState = "reporting" | "zero" | "stale" | "silent";

export interface UnitCount {
  readonly unit: string;
  readonly state: UnitState;
  /** Undefined for silent units: missing is not zero. */
  readonly figures: Figures | undefined;
  /** When the newest good delivery for this unit was, undefined when never. */
  readonly lastDeliveryAt: Instant | undefined;
}

export type Quality = "exact" | "approx" | "press";

/** Metric names of declared counts, paths into Figures and memo columns: `received.total`, `resolved.total`, `visitors`. */
export type Metric = string;

/**
 * A figure that a source states, never mixed into computed ones. An interval: `low = high` for an exact one; `>11,600` has no high;
 * `about 30` has both. A percentage is stated with `percent`, in hundredths of a percent (96,3% = 9630), and its number of decimals.
 */
export interface Declared {
  readonly source: string;
  readonly quality: Quality;
  readonly unit: string | undefined;
  /** The name as the source prints it, where it differs from the directory's. */
  readonly statedName: string | undefined;
  readonly metric: Metric;
  readonly window: { readonly start: Instant | undefined; readonly end: Instant };
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The number as printed, `30` of `~30`: to be shown and compared, never to be counted with. */
  readonly nominal: number | undefined;
  readonly percent: { readonly hundredths: number; readonly decimals: number } | undefined;
  readonly stated: string;
  readonly seq: number;
}

/** A finding of an import or of the reconciliation; codes as in records-and-reports.md §7. */
export interface RecordWarning {
  readonly code: WarningCode;
  readonly unit: string | undefined;
  readonly detail: Readonly<Record<string, string | number>> & { readonly count: number };
}

export interface SourceState {
  readonly name: string;
  readonly kind: "csv" | "xlsx" | "rest";
  readonly quality: Quality;
  readonly lastSeq: number | undefined;
  readonly lastDeliveryAt: Instant | undefined;
  readonly stale: boolean;
}

/** Dossiers of one procedure that a unit received and resolved in a window. */
export interface ProcedureCount {
  readonly unit: string;
  readonly procedure: string;
  readonly received: number;
  readonly resolved: number;
}

/** What one import changed in a unit's figures of a window. */
export interface FigureChange {
  readonly seq: number;
  readonly unit: string;
  readonly figures: Figures;
}

export interface ImportOrigin {
  readonly seq: number;
  readonly source: string;
  /** Undefined for what was fetched. */
  readonly file: string | undefined;
  readonly finishedAt: Instant;
}

/** What reports may ask of the records room; every answer is a function of its arguments and of batches up to `knownSeq`. */
export interface Counts {
  /** Newest finished batch, 0 when there is none. */
  findLatestSeq(): Promise<number>;
  /** Newest batch finished at or before the instant, 0 when there is none. */
  findSeqAt(at: Instant): Promise<number>;
  /** Whether figures at an instant can be counted: old days are kept whole and count at their ends only. */
  isCountable(at: Instant): Promise<boolean>;
  /** One entry for every expected unit, in the order given. Failure kind: invalid (an instant that cannot be counted). */
  countUnits(window: Window, knownSeq: number, expected: readonly string[]): Promise<UnitCount[]>;
  /** Received per hour of the window's last local day, over the expected units; index 0 is 00:00–01:00. */
  countReceivedByHour(
    window: Window,
    knownSeq: number,
    expected: readonly string[],
  ): Promise<readonly { readonly start: Instant; readonly received: number; readonly resolved: number }[]>;
  /** In no order; a procedure that nothing happened to is not in it. */
  countProcedures(window: Window, knownSeq: number, units: readonly string[]): Promise<ProcedureCount[]>;
  /** By import after `sinceSeq`, in their order, and by unit: figures that are the difference it made. What it did not change is not in it. */
  listChanges(window: Window, sinceSeq: number, knownSeq: number, units: readonly string[]): Promise<FigureChange[]>;
  /** The dossiers behind a unit's figures, each counted by itself and not by the ledger: those whose share \`keep\` asks for. */
  listShares(unit: string, window: Window, knownSeq: number, keep: (figures: Figures) => boolean): Promise<DossierShare[]>;
  listImports(seqs: readonly number[]): Promise<ImportOrigin[]>;
  listDeclared(window: Window, knownSeq: number): Promise<Declared[]>;
  listWarnings(knownSeq: number, sinceSeq: number): Promise<RecordWarning[]>;
  listSources(at: Instant, knownSeq: number): Promise<SourceState[]>;
  /** The working calendar that held at a seq; undefined where no import had one. */
  readCalendar(knownSeq: number): Promise<KnownCalendar | undefined>;
}

export interface KnownCalendar {
  /** From 1, one more with each change of calendar or terms. */
  readonly version: number;
  /** The last local day, since 1970-01-01, whose holidays are known. */
  readonly lastDay: number;
  /** How many procedures have a term. */
  readonly terms: number;
  /** The first whole working day after a local day; undefined where it is not known. */
  findNextWorkingDay(day: number): number | undefined;
}
