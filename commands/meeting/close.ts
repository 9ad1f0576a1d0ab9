import type { Command } from "commander";
import { closeSession, listActions, noteReport } from "../../src/meeting/session-store.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openMeetingDesk } from "../incident/room.ts";
import { toSessionDocument } from "./document.ts";
import { makeReportOf } from "./minutes.ts";
import { renderSession } from "./render.ts";
import { meetingWords as words } from "./words.ts";

export function declareClose(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "close", about: words.close, example: "wardctl meeting close" })
    .action((_options: unknown, command: Command) => cli.run(command, (context) => close(context)));
}

/** Stopped between the end and the report, the same command makes the report. */
async function close(context: Pick<Context, "workspace" | "out" | "clock">): Promise<Outcome> {
  const { out, clock } = context;
  const { zone } = await context.workspace();
  const desk = await openMeetingDesk(context);
  const { session: ended } = await closeSession(desk);
  const { meeting } = await makeReportOf(ended, true, context);
  const session = meeting ? await noteReport(desk, ended.id, meeting.id) : ended;
  const at = clock.now();
  const actions = await listActions(desk.database, at);
  await out.emit({
    document: { schema: "wardctl.meeting/1", ...toSessionDocument(session, actions, { at, zone, lang: out.lang }) },
    render: () => `${out.say(words.isClosed(session.id))}\n\n${renderSession(session, actions, at, { zone, out })}`,
  });
  if (session.report !== undefined) out.note(words.keptIn(session.report));
  return "ok";
}
