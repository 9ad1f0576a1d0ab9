import { findApplicantTrace } from "../../src/meeting/applicant-data.ts";
import { Failure } from "../../src/platform/failure.ts";
import { both, type Words } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { openDesk } from "../report/desk.ts";
import type { Found } from "./from-cause.ts";
import { incidentWords as words } from "./words.ts";

/**
 * A warning of a kept report, the newest without a name: `W-SILENT` with all the units it names, or `W-SILENT/19777`. Failure kind: invalid (no
 * report is kept, or it has no such warning).
 */
export async function findWarning(
  text: string,
  meeting: string | undefined,
  context: Pick<Context, "workspace" | "clock">,
): Promise<Found> {
  const desk = await openDesk(await context.workspace(), context.clock);
  const kept = meeting === undefined ? (await desk.listMeetings(1))[0] : await desk.findMeeting(meeting);
  if (!kept)
    throw new Failure("invalid", meeting === undefined ? words.noReport : words.noSuchReport(meeting), {
      hint: words.makeReport,
    });
  const [code = "", unit] = text.toUpperCase().split("/");
  const own = kept.report.warnings.filter((warning) => warning.code === code && (unit === undefined || warning.unit === unit));
  const [first] = own;
  if (!first) {
    const known = [...new Set(kept.report.warnings.map((warning) => warning.code))];
    throw new Failure("invalid", words.noWarning(text, kept.id), { hint: words.warningsAre(known) });
  }
  return {
    title: withoutCodes(own.length === 1 ? first.message : words.manyWarnings(first.message, own.length - 1)),
    code,
    system: undefined,
    units: [...new Set(own.flatMap((warning) => warning.unit ?? []))].sort(),
    owner: undefined,
    since: kept.asOf,
    sources: own.map((warning) => (warning.unit === null ? `warning:${code}` : `warning:${code}/${warning.unit}`)),
  };
}

/** Codes of dossiers stand in brackets behind what is said; they are kept for seven days only, and a difficulty for good. */
function withoutCodes(message: Words): Words {
  return both((lang) =>
    findApplicantTrace(message[lang]) === undefined ? message[lang] : message[lang].replace(/\s*\([^()]*\)/g, ""),
  );
}
