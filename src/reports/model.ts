import type { Words } from "../platform/words.ts";
import type { Figures, Quality, UnitState } from "../records/figures.ts";
import type { Block, Level } from "./blocks.ts";
import type { RateName } from "./rate.ts";

/** What a meeting is held for; only these are kept. */
export type MeetingKind = "morning" | "evening";
/** unit: one unit in depth · range: any window. */
export type ReportKind = MeetingKind | "unit" | "range";
/** Columns of an official form: II.06a/VPCP/KSTT · the progress table of QĐ 766/QĐ-TTg. */
export type LayoutName = "ii06a" | "qd766";

/**
 * A report as data: `wardctl.report/1` (interfaces.md). Plain JSON without undefined members, the same for both languages; stored as
 * canonical JSON, and everything that is printed is printed from it.
 */
export interface Report {
  readonly schema: "wardctl.report/1";
  readonly kind: ReportKind;
  readonly city: string;
  /** ISO 8601 with offset, half open; `end` is `asOf`. */
  readonly window: { readonly start: string; readonly end: string };
  readonly asOf: string;
  readonly knownSeq: number;
  readonly rulesSha256: string;
  /** Of the working calendar and the terms of procedures, by the import that is known. */
  readonly calendarVersion: number | null;
  /** Why it is null. */
  readonly calendarReason: Words | null;
  readonly units: readonly ReportedUnit[];
  readonly total: {
    /** Sum over the units that have figures; null when none has. */
    readonly figures: PrintedFigures | null;
    /** Why it is null. */
    readonly reason: Words | null;
    readonly reporting: number;
    readonly expected: number;
  };
  /** From the year's first day, or a later one that the settings name, to the as-of; null where it is not asked for. */
  readonly cumulative: { readonly start: string; readonly figures: PrintedFigures } | null;
  /** Each rate over the total's figures; without figures none. */
  readonly rates: readonly PrintedRate[];
  /** Dossiers by procedure; null where they are not asked for. */
  readonly procedures: readonly PrintedProcedure[] | null;
  readonly layout: LayoutName | null;
  /** Made to be published: small counts are left out. */
  readonly isPublic: boolean;
  readonly previous: { readonly meeting: string; readonly asOf: string; readonly knownSeq: number } | null;
  readonly restated: readonly Restatement[];
  /** The imports named there. */
  readonly restatedBy: readonly PrintedImport[];
  readonly declared: readonly PrintedDeclared[];
  readonly warnings: readonly ReportWarning[];
  readonly sources: readonly PrintedSource[];
  readonly sections: readonly BuiltSection[];
}

export type PrintedFigures = Figures & {
  /** People, not dossiers: only a source can state them, so a computed set has none. */
  readonly visitors: null;
};

export interface ReportedUnit {
  readonly code: string;
  readonly name: string;
  readonly state: UnitState;
  readonly lastDeliveryAt: string | null;
  readonly figures: PrintedFigures | null;
}

/** A figure of the last meeting that is known otherwise today. */
export interface Restatement {
  readonly unit: string;
  readonly metric: string;
  readonly shown: number;
  readonly known: number;
  readonly delta: number;
  /** The imports that changed it, by number. */
  readonly imports: readonly number[];
}

/** Whole numbers: a reader divides them. */
export interface PrintedRate {
  readonly rate: RateName;
  readonly numerator: number;
  /** 0: there is no rate. */
  readonly denominator: number;
  readonly definition: Words;
}

export interface PrintedProcedure {
  readonly procedure: string;
  /** As the settings name it. */
  readonly name: string | null;
  /** Null where it is too small to be published. */
  readonly received: number | null;
  readonly resolved: number | null;
}

export interface PrintedImport {
  readonly seq: number;
  readonly source: string;
  readonly file: string | null;
  readonly finishedAt: string;
}

/** A figure as its source states it, and ours for the same window where there is one. */
export interface PrintedDeclared {
  readonly source: string;
  readonly quality: Quality;
  readonly unit: string | null;
  readonly statedName: string | null;
  readonly metric: string;
  readonly window: { readonly start: string | null; readonly end: string };
  readonly stated: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly percentHundredths: number | null;
  readonly computed: number | null;
}

export interface PrintedSource {
  readonly name: string;
  readonly kind: string;
  readonly quality: Quality;
  readonly lastSeq: number | null;
  readonly lastDeliveryAt: string | null;
  readonly stale: boolean;
}

export interface ReportWarning {
  readonly code: string;
  readonly level: Level;
  readonly unit: string | null;
  readonly expected: number | null;
  readonly found: number | null;
  readonly delta: number | null;
  readonly message: Words;
}

export interface BuiltSection {
  readonly id: string;
  readonly title: Words;
  readonly state: "ok" | "unavailable";
  /** Why it is unavailable. */
  readonly reason: Words | null;
  readonly blocks: readonly Block[];
}
