import type { Session } from "../../src/meeting/session.ts";
import { sha256, toCanonicalJson } from "../../src/platform/canonical-json.ts";
import type { Report } from "../../src/reports/model.ts";
import type { MadeReport } from "../../src/reports/report-desk.ts";
import type { Context } from "../context.ts";
import { openDesk } from "../report/desk.ts";
import { openOrder } from "../report/meeting.ts";
import { openQuestions } from "../report/questions.ts";

const minuteMs = 60_000;

/** The report of a meeting, its figures as of the minute it opened, its minutes as they are now. */
export async function makeReportOf(
  { kind, openedAt }: Session,
  keep: boolean,
  { workspace: open, clock }: Pick<Context, "workspace" | "clock">,
): Promise<MadeReport> {
  const workspace = await open();
  const asOf = Math.floor(openedAt / minuteMs) * minuteMs;
  const order = await openOrder({ workspace, asOf, options: {}, clock, openQuestions, kind });
  return (await openDesk(workspace, clock)).makeMeeting({ ...order, kind, keep });
}

const ofMinutes = ["minutes", "actions", "difficulties"];

/** The part of a report that is the meeting's own; a document of its own, with a hash of its own. */
export async function toExcerpt(report: Report): Promise<{ readonly report: Report; readonly modelSha256: string }> {
  const sections = ofMinutes.flatMap((id) => report.sections.find((section) => section.id === id) ?? []);
  const excerpt = { ...report, sections };
  return { report: excerpt, modelSha256: sha256(await toCanonicalJson(excerpt)) };
}
