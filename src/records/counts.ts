import type { Directory } from "../directory/directory.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Zone } from "../platform/time.ts";
import { type Delivery, listDeliveries, listFindings, listImports, listSourceUnits, readLatestSeq } from "./batch-store.ts";
import { readCalendar } from "./calendar-store.ts";
import { listDeclaredIn } from "./declared-store.ts";
import { listShares } from "./dossier-lives.ts";
import { createDueTerms } from "./due-term.ts";
import type { Counts, UnitState, Window } from "./figures.ts";
import { assertCountable, isCountable } from "./folded-points.ts";
import { listChanges } from "./ledger-changes.ts";
import { listPointsBetween } from "./ledger-store.ts";
import { kinds } from "./points.ts";
import { type PrefixSums, readPrefixSums } from "./prefix-sums.ts";
import { listProcedures } from "./procedure-counts.ts";
import type { RecordsSettings } from "./settings.ts";
import { listExpectedUnits, listSources, type NamedSource } from "./source.ts";
import { toFigures } from "./to-figures.ts";

const hourMs = 3_600_000;

/** Counts from the point ledger: every figure of `[P, T)` at K is a difference of prefix sums, never a reading of current status. */
export function createCounts(
  database: Database,
  settings: RecordsSettings,
  { zone, directory }: { readonly zone: Zone; readonly directory: Directory },
): Counts {
  const offsetSeconds = zone.offsetMinutes * 60;
  const sources = listSources(settings);
  const readSums = (window: Window, knownSeq: number): Promise<PrefixSums[]> =>
    readPrefixSums(database, [Math.ceil(window.start / 1000), Math.ceil(window.end / 1000)], knownSeq, offsetSeconds);

  return {
    async readCalendar(knownSeq) {
      const found = await readCalendar(database, knownSeq);
      if (!found) return undefined;
      const { version, days, terms } = found;
      const { findNextWorkingDay } = createDueTerms(days);
      return { version, lastDay: days.first + days.days.length - 1, terms, findNextWorkingDay };
    },
    findLatestSeq: () => readLatestSeq(database),
    findSeqAt: (at) => readLatestSeq(database, Math.floor(at / 1000)),
    isCountable: (at) => isCountable(database, Math.ceil(at / 1000), offsetSeconds),
    async countUnits(window, knownSeq, expected) {
      const [[before, until], deliveries, seenUnits] = await Promise.all([
        readSums(window, knownSeq) as Promise<[PrefixSums, PrefixSums]>,
        listDeliveries(database, knownSeq),
        listSourceUnits(database, knownSeq),
      ]);
      const covers = createCoverage(sources, directory, seenUnits);
      return expected.map((unit) => {
        const { state, lastDeliveryAt } = decideState(covers(unit), deliveries, until.units.has(unit), window.end);
        return { unit, state, figures: state === "silent" ? undefined : toFigures(unit, before, until), lastDeliveryAt };
      });
    },
    async countReceivedByHour(window, knownSeq, expected) {
      const offsetMs = zone.offsetMinutes * 60_000;
      const dayStart = Math.floor((window.end - 1 + offsetMs) / (24 * hourMs)) * 24 * hourMs - offsetMs;
      const from = Math.max(dayStart, window.start);
      // Hours of a day that is kept whole are not known any more, which is not none.
      await assertCountable(database, dayStart / 1000 + 1, offsetSeconds);
      const points = await listPointsBetween(database, Math.ceil(from / 1000), Math.ceil(window.end / 1000), knownSeq);
      const wanted = new Set(expected);
      const hours = Array.from({ length: Math.ceil((window.end - dayStart) / hourMs) }, (_, hour) => ({
        start: dayStart + hour * hourMs,
        received: 0,
        resolved: 0,
      }));
      for (const { unit, t, kind, n } of points) {
        const hour = hours[Math.floor((t * 1000 - dayStart) / hourMs)];
        if (!hour || !wanted.has(unit)) continue;
        if (kind === kinds.received) hour.received += Number(n);
        else hour.resolved += Number(n);
      }
      return hours;
    },
    countProcedures: (window, knownSeq, units) => listProcedures(database, window, knownSeq, units, offsetSeconds),
    listChanges: (window, since, knownSeq, units) => listChanges(database, window, { since, knownSeq }, units, offsetSeconds),
    listShares: (unit, window, knownSeq, keep) => listShares(database, unit, window, knownSeq, { offsetSeconds, keep }),
    async listImports(seqs) {
      const imports = await listImports(database, seqs);
      return imports.map(({ finishedAt, ...own }) => ({ ...own, finishedAt: finishedAt * 1000 }));
    },
    listDeclared: (window, knownSeq) => listDeclaredIn(database, window, knownSeq),
    async listWarnings(knownSeq, sinceSeq) {
      const findings = await listFindings(database, knownSeq, sinceSeq);
      // No code: a report is kept for ever, and a code is not. `records findings` names the dossiers while their codes are kept.
      return findings.map(({ code, unit, count, note, seq, source, file }) => ({
        code,
        unit: unit || undefined,
        detail: { seq, source, count, ...(file && { file }), ...(note && { note }) },
      }));
    },
    async listSources(at, knownSeq) {
      const deliveries = await listDeliveries(database, knownSeq);
      return sources.map((source) => {
        const delivery = deliveries.find((one) => one.source === source.name);
        const { kind, quality } = source.profile;
        const lastDeliveryAt = toInstant(delivery?.lastGoodAt);
        return {
          name: source.name,
          kind,
          quality,
          lastSeq: delivery?.lastSeq,
          lastDeliveryAt,
          // Nobody can be asked to make the press deliver.
          stale: quality !== "press" && !isFresh(source, delivery, at),
        };
      });
    },
  };
}

/** Which dossier sources answer for a unit: those that name it, and those that name nobody but have had rows of it. */
function createCoverage(
  sources: readonly NamedSource[],
  directory: Directory,
  seenUnits: ReadonlyMap<string, ReadonlySet<string>>,
): (unit: string) => NamedSource[] {
  const known = sources
    .filter((source) => source.profile.content === "dossiers")
    .map((source) => {
      const named = listExpectedUnits(source.profile, directory);
      return { source, units: named ? new Set(named) : (seenUnits.get(source.name) ?? new Set<string>()) };
    });
  return (unit) => known.filter(({ units }) => units.has(unit)).map(({ source }) => source);
}

function isFresh({ profile }: NamedSource, delivery: Delivery | undefined, at: Instant): boolean {
  if (delivery?.lastGoodAt === undefined || delivery.lastState === "partial") return false;
  return at - delivery.lastGoodAt * 1000 <= profile.expectEvery * 1000;
}

/** One fresh source is enough. Rows without any complete delivery are true but old news: stale; nothing at all is silent, never zero. */
function decideState(
  covering: readonly NamedSource[],
  deliveries: readonly Delivery[],
  hasRows: boolean,
  at: Instant,
): { readonly state: UnitState; readonly lastDeliveryAt: Instant | undefined } {
  const own = covering.map((source) => ({ source, delivery: deliveries.find((one) => one.source === source.name) }));
  const goods = own.flatMap(({ delivery }) => delivery?.lastGoodAt ?? []);
  const lastDeliveryAt = toInstant(goods.length > 0 ? Math.max(...goods) : undefined);
  if (own.some(({ source, delivery }) => isFresh(source, delivery, at))) {
    return { state: hasRows ? "reporting" : "zero", lastDeliveryAt };
  }
  const told = goods.length > 0 || (hasRows && own.length > 0);
  return { state: told ? "stale" : "silent", lastDeliveryAt };
}

function toInstant(seconds: number | undefined): Instant | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
