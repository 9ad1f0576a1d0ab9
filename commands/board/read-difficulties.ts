import type { BoardDifficulty } from "../../src/board/board.ts";
import type { Directory } from "../../src/directory/directory.ts";
import { compareActions, formatActionNumber, isActionOverdue } from "../../src/meeting/action.ts";
import { formatIncidentNumber, isOverdue } from "../../src/meeting/incident.ts";
import { listIncidents } from "../../src/meeting/incident-store.ts";
import { listActions } from "../../src/meeting/session-store.ts";
import type { Instant } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { verbatim } from "../../src/platform/words.ts";
import { toPlaceName } from "../../src/reports/place-name.ts";

/** Difficulties and actions that are open: what is overdue first, then the difficulties by urgency and the actions by number. */
export async function readDifficulties(
  database: Database,
  directory: Directory,
  at: Instant,
): Promise<readonly BoardDifficulty[]> {
  const incidents = await listIncidents(database, { at, open: true });
  const actions = (await listActions(database, at)).filter(({ state }) => state === "open").sort(compareActions);
  const all: readonly BoardDifficulty[] = [
    ...incidents.map((incident) => ({
      id: formatIncidentNumber(incident.number),
      title: verbatim(incident.title),
      units: incident.units.map((code) => toPlaceName(code, directory.findUnit)),
      owner: incident.owner === undefined ? undefined : verbatim(incident.owner),
      deadline: incident.due,
      isOverdue: isOverdue(incident, at),
    })),
    ...actions.map((action) => ({
      id: formatActionNumber(action.number),
      title: verbatim(action.text),
      units: [],
      owner: verbatim(action.owner),
      deadline: action.due,
      isOverdue: isActionOverdue(action, at),
    })),
  ];
  return all.toSorted((a, b) => Number(b.isOverdue) - Number(a.isOverdue));
}
