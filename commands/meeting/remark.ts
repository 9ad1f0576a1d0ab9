import type { Command } from "commander";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import { listIncidents } from "../../src/meeting/incident-store.ts";
import { addRemark, listActions } from "../../src/meeting/session-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { needIncidentNumber, needText, openMeetingDesk } from "../incident/room.ts";
import { incidentWords } from "../incident/words.ts";
import { toSessionDocument } from "./document.ts";
import { meetingWords as words } from "./words.ts";

export function declareRemarks(noun: Command, cli: Cli): void {
  const declareOne = (name: "decide" | "learn", kind: "decided" | "learned", example: string): void => {
    cli
      .verb(noun, { name, about: words[name], example })
      .argument("<text>", cli.say(words.text))
      .option("--incident <incident>", cli.say(words.incident))
      .action((text: string, options: RemarkOptions, command: Command) =>
        cli.run(command, (context) => record(kind, text, options, context)),
      );
  };
  declareOne("decide", "decided", "wardctl meeting decide 'Thu lệ phí bằng biên lai giấy đến khi cổng thanh toán chạy lại'");
  declareOne("learn", "learned", "wardctl meeting learn 'Thử thu phí ở từng phường trước khi mở cửa'");
}

interface RemarkOptions {
  readonly incident?: string;
}

type RemarkContext = Pick<Context, "workspace" | "out" | "clock">;

async function record(
  kind: "decided" | "learned",
  said: string,
  options: RemarkOptions,
  context: RemarkContext,
): Promise<Outcome> {
  const { out, clock } = context;
  const { zone } = await context.workspace();
  const text = needText(said, "<text>");
  const desk = await openMeetingDesk(context);
  const incident = options.incident === undefined ? undefined : await needKnown(options.incident, context);
  const { session, isNew } = await addRemark(desk, { kind, text, incident });
  const at = clock.now();
  const actions = await listActions(desk.database, at);
  await out.emit({
    document: { schema: "wardctl.meeting/1", ...toSessionDocument(session, actions, { at, zone, lang: out.lang }) },
    render: () => out.say(isNew ? words[kind](text) : words.same(text)),
  });
  return "ok";
}

/** The number of a difficulty that there is. Failure kinds: usage, invalid. */
export async function needKnown(text: string, { workspace, clock }: Pick<Context, "workspace" | "clock">): Promise<number> {
  const number = needIncidentNumber(text);
  const known = await listIncidents(await (await workspace()).database(), { at: clock.now() });
  if (known.some((one) => one.number === number)) return number;
  throw new Failure("invalid", incidentWords.unknown(formatIncidentNumber(number)), { hint: incidentWords.numberShape });
}
