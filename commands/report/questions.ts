import { listChosenUnits } from "../../src/directory/chosen-units.ts";
import type { Directory } from "../../src/directory/directory.ts";
import type { Clock, Instant } from "../../src/platform/clock.ts";
import { createCounts } from "../../src/records/counts.ts";
import type { MeetingKind } from "../../src/reports/model.ts";
import type { ReportQuestions } from "../../src/reports/questions.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { readReportedAccounts } from "./account-facts.ts";
import { readHealthFacts } from "./health-facts.ts";
import { readMeetingFacts } from "./meeting-facts.ts";
import { readReadinessFacts } from "./readiness-facts.ts";
import { readSigningFacts } from "./signing-facts.ts";

export interface QuestionsRequest {
  readonly workspace: Workspace;
  /** Of the report's day. */
  readonly directory: Directory;
  /** Every answer is what was known at this instant. */
  readonly asOf: Instant;
  readonly clock: Clock;
  /** Of which meeting; undefined for a look that is none. */
  readonly kind?: MeetingKind | undefined;
  /** As the command line says it: an import, an instant or a meeting. Undefined for all that is known. */
  readonly knownAsOf?: string | undefined;
  /** A report of these units only. */
  readonly of?: readonly string[] | undefined;
}

/**
 * The questions a report asks of this workspace's rooms. A room that the workspace does not use is not asked, so that its section is left
 * out; what stands in the systems is told as the last look at them found it, so that a report is made offline.
 */
export async function openQuestions(request: QuestionsRequest): Promise<ReportQuestions> {
  const { workspace, directory } = request;
  const { settings, zone, database } = workspace;
  const { of } = request;
  const units = listChosenUnits(directory, settings).filter(({ code }) => of === undefined || of.includes(code));
  return {
    counts: createCounts(await database(), settings.records, { zone, directory }),
    health:
      settings.check.inventory === undefined ? undefined : () => readHealthFacts(request, settings.check.inventory as string),
    accounts: Object.keys(settings.provision.systems).length === 0 ? undefined : () => readReportedAccounts(request, units),
    signing: Object.keys(settings.delegate.systems).length === 0 ? undefined : () => readSigningFacts(request, units),
    readiness: usesRooms(settings) ? () => readReadinessFacts(request) : undefined,
    meeting: () => readMeetingFacts(request),
  };
}

/** Of a workspace that only counts dossiers nothing says who can serve. */
function usesRooms({ provision, delegate, check }: Workspace["settings"]): boolean {
  const systems = Object.keys(provision.systems).length + Object.keys(delegate.systems).length;
  return systems > 0 || check.inventory !== undefined;
}
