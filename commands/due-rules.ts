import { createWorkingCalendar } from "../src/directory/working-calendar.ts";
import type { DueRules } from "../src/records/calendar-store.ts";
import { builtInTerms } from "../src/records/due-term.ts";
import type { Workspace } from "../src/workspace/open-workspace.ts";

/** What due dates of sources are held against: the calendar and the terms of the workspace, over those built in. */
export function readDueRules({ settings, zone }: Pick<Workspace, "settings" | "zone">): DueRules {
  const calendar = createWorkingCalendar(zone, settings.directory.calendar);
  return { calendar, terms: { ...builtInTerms, ...settings.records.procedures }, zone };
}
