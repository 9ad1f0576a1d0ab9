import type { Directory } from "../../src/directory/directory.ts";
import { createNames } from "../../src/health/cause-words.ts";
import type { CheckRequest } from "../../src/health/check-run.ts";
import { createOfficeHours } from "../../src/health/office-hours.ts";
import type { MeasureHours } from "../../src/health/uptime.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

/** Opening hours of the workspace, without its holidays. */
export function openOfficeHours({ settings, zone }: Pick<Workspace, "settings" | "zone">): MeasureHours {
  return createOfficeHours(settings.check.officeHours, zone, settings.directory.calendar);
}

/** Where a sweep is kept and what it is judged by. */
export async function openHistory(workspace: Workspace | undefined, directory: Directory): Promise<CheckRequest["history"]> {
  if (!workspace) return undefined;
  const { check } = workspace.settings;
  return {
    database: await workspace.database(),
    settings: check,
    measureHours: openOfficeHours(workspace),
    names: createNames(directory),
  };
}
