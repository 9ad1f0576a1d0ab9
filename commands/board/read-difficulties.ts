import type { BoardDifficulty } from "../../src/board/board.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { formatIncidentNumber, isOverdue } from "../../src/meeting/incident.ts";
import { listIncidents } from "../../src/meeting/incident-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { verbatim } from "../../src/platform/words.ts";
import { toPlaceName } from "../../src/reports/place-name.ts";

/** Difficulties that are open, the most urgent first. */
export async function readDifficulties(
  database: Database,
  directory: Directory,
  at: Instant,
): Promise<readonly BoardDifficulty[]> {
  const open = await listIncidents(database, { at, open: true });
  return open.map((incident) => ({
    id: formatIncidentNumber(incident.number),
    title: verbatim(incident.title),
    units: incident.units.map((code) => toPlaceName(code, directory.findUnit)),
    owner: incident.owner === undefined ? undefined : verbatim(incident.owner),
    deadline: incident.due,
    isOverdue: isOverdue(incident, at),
  }));
}
