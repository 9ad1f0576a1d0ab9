import type { Command } from "commander";
import type { Session } from "../../src/meeting/session.ts";
import { listActions, listSessions } from "../../src/meeting/session-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openDesk } from "../report/desk.ts";
import { checkPrintOptions, type PrintOptions, printReport, withPrintOptions } from "../report/print.ts";
import { toSessionDocument } from "./document.ts";
import { makeReportOf, toExcerpt } from "./minutes.ts";
import { renderAgenda, renderSession } from "./render.ts";
import { meetingWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  const verb = cli.verb(noun, { name: "show", about: words.show, example: "wardctl meeting show --format md" });
  withPrintOptions(verb.argument("[meeting]", cli.say(words.session)), cli)
    .option("--whole", cli.say(words.whole))
    .action((id: string | undefined, options: ShowOptions, command: Command) =>
      cli.run(command, (context) => show(id, options, context)),
    );
}

interface ShowOptions extends PrintOptions {
  readonly whole?: boolean;
}

async function show(
  id: string | undefined,
  options: ShowOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "cwd">,
): Promise<Outcome> {
  const { out, clock } = context;
  checkPrintOptions(options, out);
  const workspace = await context.workspace();
  const { zone } = workspace;
  const database = await workspace.database();
  const session = findSession(id, await listSessions(database));
  if (options.format !== undefined || options.out !== undefined) {
    await print(session, options, context);
    return "ok";
  }
  const at = clock.now();
  const actions = await listActions(database, at);
  await out.emit({
    document: { schema: "wardctl.meeting/1", ...toSessionDocument(session, actions, { at, zone, lang: out.lang }) },
    render: () =>
      [
        renderSession(session, actions, at, { zone, out }),
        `${out.paint.bold(out.say(words.agendaTitle))}  ${renderAgenda(session.agenda, zone, out)}`,
      ].join("\n\n"),
  });
  return "ok";
}

function findSession(id: string | undefined, known: readonly Session[]): Session {
  const found = id === undefined ? known.at(-1) : known.find((one) => one.id === id);
  if (found) return found;
  if (known.length === 0 || id === undefined) throw new Failure("invalid", words.noSession, { hint: words.openOne });
  const recent = known.slice(-5).map((one) => one.id);
  throw new Failure("invalid", words.unknownSession(id), { hint: words.sessionsAre(recent) });
}

/** The minutes by the report's formats: out of the kept report, so that they are what was kept; of a meeting that runs, as they are now. */
async function print(
  session: Session,
  options: ShowOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "cwd">,
): Promise<void> {
  const workspace = await context.workspace();
  const desk = await openDesk(workspace, context.clock);
  const kept = session.report === undefined ? undefined : await desk.findMeeting(session.report);
  const made = kept ?? (await makeReportOf(session, false, context));
  const { report, modelSha256 } = options.whole ? made : await toExcerpt(made.report);
  await printReport({ report, modelSha256, meeting: kept?.id }, options, { ...context, zone: workspace.zone });
}
