import type { Clock } from "../platform/clock.ts";
import { toLocalDay } from "../platform/time.ts";
import { isWipeDue } from "../records/retention.ts";
import { countDueCodes } from "../records/seal-codes.ts";
import { workspaceWords as words } from "./doctor-words.ts";
import { type Finding, note } from "./finding.ts";
import type { Workspace } from "./open-workspace.ts";

/** Whether what is past its keeping is gone: nothing lets go of it where nothing is imported. */
export async function examineRecords(workspace: Workspace, clock: Clock): Promise<Finding[]> {
  const { settings, zone } = workspace;
  const database = await workspace.database();
  const today = toLocalDay(clock.now(), zone);
  const lastDay = today - settings.records.keep.codeDays - 1;
  const due = await countDueCodes(database, { lastDay, today, offsetSeconds: zone.offsetMinutes * 60 });
  if (due > 0) return [note("retention", words.codesDue(due), words.prune)];
  if (await isWipeDue(database)) return [note("retention", words.notWiped, words.prune)];
  return [];
}
