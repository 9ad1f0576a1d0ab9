import type { Instant } from "../../src/platform/clock.ts";
import { startOfLocalDay, toLocalDay, vietnamZone } from "../../src/platform/time.ts";
import type {
  Counts,
  Declared,
  Figures,
  KnownCalendar,
  RecordWarning,
  SourceState,
  UnitCount,
  Window,
} from "../../src/records/figures.ts";

/** A dossier with its dated events; `seq` is the import that told us of it, `closedSeq` the one that told of its closing. */
export interface TestDossier {
  readonly unit: string;
  readonly seq: number;
  readonly channel: "online" | "direct" | "post";
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly closed?: {
    readonly at: Instant;
    readonly as: "resolved" | "withdrawn" | "rejected";
    readonly seq?: number;
  };
  readonly paused?: { readonly from: Instant; readonly for: "supplement" | "fee" | "stopped" };
}

export interface TestRecords {
  readonly dossiers: readonly TestDossier[];
  readonly declared?: readonly Declared[];
  readonly warnings?: readonly (RecordWarning & { readonly seq: number })[];
  readonly sources?: readonly SourceState[];
  /** Units that a fresh source covers. */
  readonly covered: readonly string[];
  readonly stale?: readonly string[];
  readonly calendar?: KnownCalendar;
  /** When each seq was finished; index 0 is seq 1. */
  readonly finishedAt: readonly Instant[];
}

const ownSource: SourceState = {
  name: "mot-cua",
  kind: "csv",
  quality: "exact",
  lastSeq: 1,
  lastDeliveryAt: undefined,
  stale: false,
};

/** Counts over arrays of dated events: every figure is found by looking at each dossier, without a ledger. */
export function createInMemoryCounts(records: TestRecords): Counts {
  const countFor = (unit: string, window: Window, knownSeq: number): Figures =>
    countFigures(
      records.dossiers.filter((dossier) => dossier.unit === unit && dossier.seq <= knownSeq),
      window,
      knownSeq,
    );
  return {
    findLatestSeq: async () => records.finishedAt.length,
    findSeqAt: async (at) => records.finishedAt.filter((finished) => finished <= at).length,
    isCountable: async () => true,
    readCalendar: async () => records.calendar,
    countUnits: async (window, knownSeq, expected) =>
      expected.map((unit): UnitCount => {
        const lastDeliveryAt = records.finishedAt.at(-1);
        if (!records.covered.includes(unit)) return { unit, state: "silent", figures: undefined, lastDeliveryAt: undefined };
        const figures = countFor(unit, window, knownSeq);
        const any = records.dossiers.some((dossier) => dossier.unit === unit && dossier.seq <= knownSeq);
        return { unit, state: records.stale?.includes(unit) ? "stale" : any ? "reporting" : "zero", figures, lastDeliveryAt };
      }),
    async countReceivedByHour(window, knownSeq, expected) {
      const day = startOfLocalDay(toLocalDay(window.end - 1, vietnamZone), vietnamZone);
      return Array.from({ length: 24 }, (_, hour) => {
        const start = day + hour * 3_600_000;
        const end = Math.min(start + 3_600_000, window.end);
        const each = expected.map((unit) => countFor(unit, { start, end: Math.max(start, end) }, knownSeq));
        const sum = (read: (figures: Figures) => number): number => each.reduce((total, figures) => total + read(figures), 0);
        return { start, received: sum((f) => f.received.total), resolved: sum((f) => f.resolved.total) };
      });
    },
    countProcedures: async () => [],
    listShares: async () => [],
    async listChanges(window, sinceSeq, knownSeq, units) {
      const latest = Math.min(knownSeq, records.finishedAt.length);
      return Array.from({ length: Math.max(0, latest - sinceSeq) }, (_, index) => sinceSeq + 1 + index).flatMap((seq) =>
        units.map((unit) => ({ seq, unit, figures: subtract(countFor(unit, window, seq), countFor(unit, window, seq - 1)) })),
      );
    },
    listImports: async (seqs) =>
      seqs.map((seq) => ({ seq, source: "mot-cua", file: `lan-${seq}.csv`, finishedAt: records.finishedAt[seq - 1]! })),
    listDeclared: async (_window, knownSeq) => (records.declared ?? []).filter(({ seq }) => seq <= knownSeq),
    listWarnings: async (knownSeq, sinceSeq) =>
      (records.warnings ?? [])
        .filter(({ seq }) => seq > sinceSeq && seq <= knownSeq)
        .map(({ code, unit, detail }) => ({ code, unit, detail })),
    listSources: async () => [...(records.sources ?? [ownSource])],
  };
}

function subtract<T>(after: T, before: T): T {
  if (typeof after === "number") return (after - (before as number)) as T;
  return Object.fromEntries(
    Object.entries(after as object).map(([key, value]) => [key, subtract(value, (before as Record<string, unknown>)[key])]),
  ) as T;
}

function countFigures(dossiers: readonly TestDossier[], { start, end }: Window, knownSeq: number): Figures {
  const closing = ({ closed }: TestDossier) => (closed && (closed.seq ?? 0) <= knownSeq ? closed : undefined);
  const within = (at: Instant | undefined): boolean => at !== undefined && at >= start && at < end;
  const openAt = (dossier: TestDossier, at: Instant): boolean =>
    dossier.receivedAt < at && !((closing(dossier)?.at ?? Number.POSITIVE_INFINITY) < at);
  const day = (at: Instant): number => toLocalDay(at, vietnamZone);
  const number = (test: (dossier: TestDossier) => boolean): number => dossiers.filter(test).length;
  const received = (channel?: string) => number((d) => within(d.receivedAt) && (channel === undefined || d.channel === channel));
  const resolved = (test: (late: number) => boolean) =>
    number((d) => {
      const closed = closing(d);
      return closed?.as === "resolved" && within(closed.at) && test(day(closed.at) - day(d.dueAt));
    });
  const isPaused = (d: TestDossier): boolean => d.paused !== undefined && d.paused.from < end && openAt(d, end);
  const paused = (reason?: string) => number((d) => isPaused(d) && (reason === undefined || d.paused?.for === reason));
  const running = (d: TestDossier): boolean => openAt(d, end) && !isPaused(d);
  // Overdue from the start of the day after the due day, and the bound is strict.
  const lateBy = (d: TestDossier): boolean => startOfLocalDay(day(d.dueAt) + 1, vietnamZone) < end;
  const returned = (as: string) => number((d) => closing(d)?.as === as && within(closing(d)?.at));
  return {
    carriedOver: number((d) => openAt(d, start)),
    received: { total: received(), online: received("online"), direct: received("direct"), post: received("post") },
    reopened: 0,
    resolved: {
      total: resolved(() => true),
      early: resolved((late) => late < 0),
      onTime: resolved((late) => late === 0),
      late: resolved((late) => late > 0),
    },
    inProgress: {
      total: number(running),
      within: number((d) => running(d) && !lateBy(d)),
      overdue: number((d) => running(d) && lateBy(d)),
    },
    paused: {
      total: paused(),
      supplement: paused("supplement"),
      fee: paused("fee"),
      stopped: paused("stopped"),
      overdue: number((d) => isPaused(d) && startOfLocalDay(day(d.dueAt) + 1, vietnamZone) < (d.paused?.from ?? end)),
    },
    returned: {
      total: returned("withdrawn") + returned("rejected"),
      withdrawn: returned("withdrawn"),
      rejectedInBase: returned("rejected"),
    },
    pendingIntake: 0,
    refusedAtIntake: 0,
    resultHandedOver: 0,
  };
}
