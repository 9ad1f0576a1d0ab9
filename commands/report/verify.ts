import { resolve } from "node:path";
import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { readBytes } from "../../src/platform/files.ts";
import { toIsoDate } from "../../src/platform/time.ts";
import { createCounts } from "../../src/records/counts.ts";
import type { Difference } from "../../src/reports/difference.ts";
import type { StoredMeeting } from "../../src/reports/meeting-store.ts";
import { type ReadDocument, readDocument } from "../../src/reports/read-document.ts";
import type { ReportDesk } from "../../src/reports/report-desk.ts";
import { compareDocument, compareFigures, isStillCounted } from "../../src/reports/verify-document.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "./desk.ts";
import { verifyWords as words } from "./verify-words.ts";
import { reportWords } from "./words.ts";

export function declareVerify(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "verify", about: reportWords.verify, example: "wardctl report verify evening.html" })
    .argument("<file>", cli.say(reportWords.document))
    .action((file: string, _options: unknown, command: Command) => cli.run(command, (context) => verifyFile(file, context)));
}

type VerifyContext = Pick<Context, "workspace" | "out" | "clock" | "cwd">;

/** Whether a document is what the kept report prints, and whether that report's figures are counted the same today. */
async function verifyFile(file: string, context: VerifyContext): Promise<Outcome> {
  const { out, cwd } = context;
  const bytes = await readBytes(resolve(cwd, file));
  const document = await readDocument(bytes);
  if (document.modelSha256 === undefined) throw new Failure("invalid", words.noHash(file), { hint: words.whatIsRead });
  const workspace = await context.workspace();
  const desk = await openDesk(workspace, context.clock);
  const meeting = await findMeeting(document, desk);
  if (!meeting) throw new Failure("invalid", words.unknownHash(document.modelSha256), { hint: words.keptOnly });
  const inDocument = await compareDocument(bytes, document, meeting, workspace.zone);
  const inFigures = await countAgain(meeting, workspace);
  const { id, modelSha256, report } = meeting;
  await out.emit({
    document: {
      schema: "wardctl.report-verify/1",
      file,
      meeting: id,
      asOf: report.asOf,
      knownSeq: report.knownSeq,
      modelSha256,
      document: { matches: inDocument === undefined, difference: toPrinted(inDocument) },
      figures:
        inFigures === "not checkable"
          ? { matches: null, difference: null }
          : { matches: inFigures === undefined, difference: toPrinted(inFigures) },
    },
    render: () =>
      [
        out.say(words.meeting(id, modelSha256)),
        out.say(inDocument ? words.documentDiffers(inDocument) : words.documentMatches),
        out.say(
          inFigures === "not checkable"
            ? words.figuresNotCheckable
            : inFigures
              ? words.figuresDiffer(inFigures)
              : words.figuresMatch(report.knownSeq),
        ),
      ].join("\n"),
  });
  return inDocument || (inFigures && inFigures !== "not checkable") ? "attention" : "ok";
}

function toPrinted(difference: Difference | undefined) {
  return difference ? { where: difference.where, found: difference.found, expected: difference.expected } : null;
}

/** By its hash; a document whose own model was altered is held against the meeting that it says it is of. */
async function findMeeting({ modelSha256, model }: ReadDocument, desk: ReportDesk): Promise<StoredMeeting | undefined> {
  const known = await desk.findMeetingByHash(modelSha256 as string);
  if (known || !model) return known;
  const all = await desk.listMeetings(Number.MAX_SAFE_INTEGER);
  return all.find(({ report }) => report.kind === model.kind && report.asOf === model.asOf && report.knownSeq === model.knownSeq);
}

async function countAgain(
  { report, asOf }: StoredMeeting,
  workspace: Workspace,
): Promise<Difference | "not checkable" | undefined> {
  const { zone, settings } = workspace;
  const directory = await workspace.directory(toIsoDate(asOf - 1, zone));
  const counts = createCounts(await workspace.database(), settings.records, { zone, directory });
  if (!(await isStillCounted(report, counts, zone))) return "not checkable";
  return compareFigures(report, counts, zone);
}
