import type { Clock } from "../../src/platform/clock.ts";
import { createReportDesk, type ReportDesk } from "../../src/reports/report-desk.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

export async function openDesk(workspace: Workspace, clock: Clock): Promise<ReportDesk> {
  const { zone, actor } = workspace;
  return createReportDesk({ database: await workspace.database(), audit: await workspace.audit(), zone, now: clock.now, actor });
}
