import { Argument, type Command } from "commander";
import type { SessionKind } from "../../src/meeting/session.ts";
import { listActions, openSession } from "../../src/meeting/session-store.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { needText, openMeetingDesk } from "../incident/room.ts";
import { collect } from "../options.ts";
import { readAgenda } from "./agenda-facts.ts";
import { toAgendaDocument, toSessionDocument } from "./document.ts";
import { renderAgenda } from "./render.ts";
import { meetingWords as words } from "./words.ts";

export function declareOpen(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "open",
      about: words.open,
      example: "wardctl meeting open evening --chair 'Phó Chủ tịch Thường trực' --present VNPT --present HueCIT",
    })
    .addArgument(new Argument("<kind>", cli.say(words.kind)).choices(["morning", "evening"]))
    .option("--chair <name>", cli.say(words.chair))
    .option("--present <name>", cli.say(words.present), collect)
    .option("--look", cli.say(words.look))
    .action((kind: SessionKind, options: OpenOptions, command: Command) =>
      cli.run(command, (context) => open(kind, options, context)),
    );
}

interface OpenOptions {
  readonly chair?: string;
  readonly present?: readonly string[];
  readonly look?: boolean;
}

async function open(
  kind: SessionKind,
  options: OpenOptions,
  context: Pick<Context, "workspace" | "out" | "clock" | "ids">,
): Promise<Outcome> {
  const { out, clock } = context;
  const { zone } = await context.workspace();
  const chair = options.chair === undefined ? undefined : needText(options.chair, "--chair");
  const present = (options.present ?? []).map((name) => needText(name, "--present"));
  const agenda = await readAgenda(kind, context);
  if (options.look) {
    await out.emit({
      document: { schema: "wardctl.agenda/1", kind, ...toAgendaDocument(agenda, zone, out.lang) },
      render: () => renderAgenda(agenda, zone, out),
    });
    return "ok";
  }
  const desk = await openMeetingDesk(context);
  const { session, isNew } = await openSession(desk, { of: kind, chair, present, agenda }, zone);
  const at = clock.now();
  const actions = await listActions(desk.database, at);
  await out.emit({
    document: { schema: "wardctl.meeting/1", ...toSessionDocument(session, actions, { at, zone, lang: out.lang }) },
    render: () =>
      [
        out.paint.bold(out.say((isNew ? words.begun : words.isRunning)(session.id))),
        renderAgenda(session.agenda, zone, out),
      ].join("\n\n"),
  });
  return "ok";
}
