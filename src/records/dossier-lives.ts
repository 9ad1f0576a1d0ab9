import type { Database } from "../platform/database.ts";
import { listRules } from "./batch-store.ts";
import { readCodes } from "./code-store.ts";
import { isSealed } from "./dossier-code.ts";
import { type ContentRow, observationColumns, toStoredObservation } from "./dossier-store.ts";
import type { Figures, Window } from "./figures.ts";
import { channels, compareObservations, type DossierState, type KnownObservation } from "./observation.ts";
import { listPoints, type Point } from "./points.ts";
import { createTimeline, type TimelineRules } from "./timeline.ts";
import { toFigures } from "./to-figures.ts";

/** A dossier as it was last known, and what it adds to each of its unit's figures. Times are epoch seconds. */
export interface DossierShare {
  /** Undefined once the code is no longer kept. */
  readonly code: string | undefined;
  readonly procedure: string;
  readonly channel: KnownObservation["channel"];
  readonly state: DossierState;
  readonly received: number | undefined;
  readonly due: number | undefined;
  /** The first second that is too late. */
  readonly lateFrom: number | undefined;
  readonly finished: number | undefined;
  readonly updated: number;
  readonly figures: Figures;
}

type LifeRow = ContentRow & { readonly id: number };

const columns = `id, ${observationColumns}`;

/**
 * The dossiers of a unit whose share `keep` asks for, each counted from its own observations up to `knownSeq` and not from the ledger, in
 * order of code. Reads every row that the unit ever had.
 */
export async function listShares(
  database: Database,
  unit: string,
  window: Window,
  knownSeq: number,
  { offsetSeconds, keep }: { readonly offsetSeconds: number; readonly keep: (figures: Figures) => boolean },
): Promise<DossierShare[]> {
  return database.transaction(
    async (tx) => {
      const unitId = (await tx.get<{ id: number }>("SELECT id FROM record_unit WHERE code = ?", unit))?.id;
      if (unitId === undefined) return [];
      const codes = await readCodes(tx);
      const rules = new Map([...(await listRules(tx))].map(([id, text]) => [id, JSON.parse(text) as TimelineRules]));
      const standard: TimelineRules = { onTime: "date", dueIncludesPauses: true, offsetSeconds };
      const found: (Omit<DossierShare, "code"> & { readonly id: number })[] = [];
      const take = (rows: readonly LifeRow[]): void => {
        const [first] = rows;
        if (!first) return;
        const known = rows.map((row) => toStoredObservation(row, codes));
        const last = known.reduce((a, b) => (compareObservations(a, b) < 0 ? b : a));
        const source = rows.find((row) => row.seq === last.seq && row.ord === last.ord) as LifeRow;
        const timeline = createTimeline(known, rules.get(source.source_id) ?? standard);
        if (timeline.unit !== unit) return;
        const figures = countPoints(unit, listPoints(timeline), channels.indexOf(timeline.channel), window);
        if (!keep(figures)) return;
        const { procedure, channel, state, received, due, finished, updated } = last;
        found.push({
          id: first.id,
          procedure,
          channel,
          state,
          received,
          due,
          lateFrom: timeline.lateFrom,
          finished,
          updated,
          figures,
        });
      };
      let waiting: LifeRow[] = [];
      const own = "SELECT id FROM dossier WHERE unit_id = ? UNION SELECT id FROM dossier_hist WHERE unit_id = ?";
      const rows = tx.stream<LifeRow>(
        `WITH own AS (${own})
         SELECT ${columns} FROM dossier WHERE id IN (SELECT id FROM own) AND seq <= ?
         UNION ALL SELECT ${columns} FROM dossier_hist WHERE id IN (SELECT id FROM own) AND seq <= ? ORDER BY id`,
        unitId,
        unitId,
        knownSeq,
        knownSeq,
      );
      for await (const batch of rows) {
        for (const row of batch) {
          if (waiting[0] && waiting[0].id !== row.id) {
            take(waiting);
            waiting = [];
          }
          waiting.push(row);
        }
      }
      take(waiting);
      return found
        .map(({ id, ...share }) => ({ code: isSealed(id) ? undefined : codes.dossierCode(id), ...share }))
        .sort(compareShares);
    },
    { snapshot: true },
  );
}

/** By code; without one by what else is told, so that it is the same order in every store. */
function compareShares(a: DossierShare, b: DossierShare): number {
  const toKey = ({ code, received, procedure, due, updated }: DossierShare): string =>
    code ?? ["", received, procedure, due, updated].join(" ");
  const [left, right] = [toKey(a), toKey(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function countPoints(unit: string, points: readonly Point[], channel: number, window: Window): Figures {
  const before = (at: number) => ({
    get: (_unit: string, kind: number, asked?: number): number =>
      asked === undefined || asked === channel ? points.filter((point) => point.kind === kind && point.at < at).length : 0,
  });
  return toFigures(unit, before(Math.ceil(window.start / 1000)), before(Math.ceil(window.end / 1000)));
}
