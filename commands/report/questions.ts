import type { Directory } from "../../src/directory/directory.ts";
import { createCounts } from "../../src/records/counts.ts";
import type { ReportQuestions } from "../../src/reports/questions.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

/** The questions a report asks of this workspace's rooms: each room adds its own here. `directory` is the one of the report's day. */
export async function openQuestions({ settings, zone, database }: Workspace, directory: Directory): Promise<ReportQuestions> {
  return { counts: createCounts(await database(), settings.records, { zone, directory }) };
}
