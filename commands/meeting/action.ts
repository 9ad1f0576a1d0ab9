import type { Command } from "commander";
import {
  type Action,
  type ActionEvent,
  decideActionUpdate,
  decideEnd,
  formatActionNumber,
  isActionOverdue,
  readActionNumber,
} from "../../src/meeting/action.ts";
import { formatDeadline } from "../../src/meeting/deadline.ts";
import { formatIncidentNumber } from "../../src/meeting/incident.ts";
import { changeAction, giveAction, listActions } from "../../src/meeting/session-store.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toToneKey } from "../../src/platform/text.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Words } from "../../src/platform/words.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { needDeadline, needMoment, needText, openMeetingDesk } from "../incident/room.ts";
import { incidentWords } from "../incident/words.ts";
import { toActionDocument } from "./document.ts";
import { needKnown } from "./remark.ts";
import { actionStateWords, meetingWords as words } from "./words.ts";

type ActionContext = Pick<Context, "workspace" | "out" | "clock">;

export function declareActions(noun: Command, cli: Cli): void {
  cli
    .verb(noun, {
      name: "action",
      about: words.action,
      example:
        "wardctl meeting action 'Sửa địa chỉ trả về của cổng thanh toán' --owner VNPT --support HueCIT --due '2025-07-04 11:00'",
    })
    .argument("<text>", cli.say(words.text))
    .requiredOption("--owner <name>", cli.say(words.owner))
    .option("--support <name>", cli.say(words.support))
    .option("--due <instant>", cli.say(words.due))
    .option("--incident <incident>", cli.say(words.incident))
    .action((text: string, options: GiveOptions, command: Command) =>
      cli.run(command, (context) => give(text, options, context)),
    );
  cli
    .verb(noun, {
      name: "update",
      about: words.update,
      example: "wardctl meeting update VC-1 --due 2025-07-05 --note 'VNPT xin thêm một ngày'",
    })
    .argument("<action>", cli.say(words.actionNumber))
    .option("--owner <name>", cli.say(words.owner))
    .option("--support <name>", cli.say(words.support))
    .option("--due <instant>", cli.say(words.due))
    .option("--note <text>", cli.say(words.note))
    .option("--drop <text>", cli.say(words.drop))
    .action((name: string, options: UpdateOptions, command: Command) =>
      cli.run(command, (context) => update(name, options, context)),
    );
  cli
    .verb(noun, { name: "done", about: words.done, example: "wardctl meeting done VC-1 --result 'Đã thu được phí từ 9 giờ'" })
    .argument("<action>", cli.say(words.actionNumber))
    .option("--result <text>", cli.say(words.result))
    .action((name: string, options: DoneOptions, command: Command) =>
      cli.run(command, (context) => finish(name, options, context)),
    );
  cli
    .withFormat(cli.verb(noun, { name: "actions", about: words.actions, example: "wardctl meeting actions --owner VNPT" }))
    .option("--owner <name>", cli.say(words.ownOwner))
    .option("--overdue", cli.say(words.overdueOnly))
    .option("--all", cli.say(words.allActions))
    .option("--as-of <instant>", cli.say(words.asOf))
    .action((options: ListOptions, command: Command) => cli.run(command, (context) => list(options, context)));
}

interface GiveOptions {
  readonly owner: string;
  readonly support?: string;
  readonly due?: string;
  readonly incident?: string;
}

async function give(said: string, options: GiveOptions, context: ActionContext): Promise<Outcome> {
  const { out, clock } = context;
  const workspace = await context.workspace();
  const due = options.due === undefined ? undefined : needDeadline(options.due, workspace);
  const desk = await openMeetingDesk(context);
  const { action, isNew } = await giveAction(desk, {
    text: needText(said, "<text>"),
    owner: needText(options.owner, "--owner"),
    support: options.support === undefined ? undefined : needText(options.support, "--support"),
    due,
    incident: options.incident === undefined ? undefined : await needKnown(options.incident, context),
  });
  if (due !== undefined && due <= clock.now())
    out.warn(incidentWords.pastDeadline(formatDeadline(due, workspace.zone, out.lang)));
  const { text, owner, number } = action;
  await emit(action, isNew ? words.given(formatActionNumber(number), owner, text) : words.same(text), context);
  return "ok";
}

interface DoneOptions {
  readonly result?: string;
}

async function finish(name: string, options: DoneOptions, context: ActionContext): Promise<Outcome> {
  const result = options.result === undefined ? undefined : needText(options.result, "--result");
  return change(name, (action) => [decideEnd(action, "done", result)], words.isDone, context);
}

interface UpdateOptions {
  readonly owner?: string;
  readonly support?: string;
  readonly due?: string;
  readonly note?: string;
  readonly drop?: string;
}

async function update(name: string, options: UpdateOptions, context: ActionContext): Promise<Outcome> {
  const workspace = await context.workspace();
  if (Object.keys(options).length === 0) throw new Failure("usage", words.nothingToUpdate);
  const text = (value: string | undefined, flag: string): string | undefined =>
    value === undefined ? undefined : needText(value, flag);
  const changes = {
    owner: text(options.owner, "--owner"),
    support: text(options.support, "--support"),
    due: options.due === undefined ? undefined : needDeadline(options.due, workspace),
  };
  const [note, drop] = [text(options.note, "--note"), text(options.drop, "--drop")];
  const isChanged = Object.values(changes).some((value) => value !== undefined);
  const decide = (action: Action): readonly (ActionEvent | undefined)[] => [
    isChanged ? decideActionUpdate(action, changes) : undefined,
    note === undefined || action.notes.at(-1)?.text === note ? undefined : { kind: "noted", text: note },
    drop === undefined ? undefined : decideEnd(action, "dropped", drop),
  ];
  return change(name, decide, words.changed, context);
}

async function change(
  name: string,
  decide: (action: Action) => readonly (ActionEvent | undefined)[],
  tell: (name: string, text: string) => Words,
  context: ActionContext,
): Promise<Outcome> {
  const number = readActionNumber(name);
  if (number === undefined) throw new Failure("usage", words.badAction(name), { hint: words.actionShape });
  const { action, isChanged } = await changeAction(await openMeetingDesk(context), number, decide);
  await emit(action, isChanged ? tell(formatActionNumber(number), action.text) : words.same(action.text), context);
  return "ok";
}

async function emit(action: Action, told: Words, { workspace, out, clock }: ActionContext): Promise<void> {
  const { zone } = await workspace();
  await out.emit({
    document: { schema: "wardctl.action/1", ...toActionDocument(action, clock.now(), zone) },
    render: () => out.say(told),
  });
}

interface ListOptions {
  readonly owner?: string;
  readonly overdue?: boolean;
  readonly all?: boolean;
  readonly asOf?: string;
  readonly format: ListFormat;
}

async function list(options: ListOptions, { workspace: open, out, clock }: ActionContext): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const at = options.asOf === undefined ? clock.now() : needMoment("--as-of", options.asOf, workspace);
  const items = (await listActions(await workspace.database(), at)).filter(
    (one) =>
      (options.all || one.state === "open") &&
      (!options.overdue || isActionOverdue(one, at)) &&
      (options.owner === undefined || toToneKey(one.owner) === toToneKey(options.owner)),
  );
  const late = items.filter((one) => isActionOverdue(one, at)).length;
  // What is to be done needs the room.
  const isNarrow = out.width < 100;
  await out.list({
    schema: "wardctl.actions/1",
    name: "actions",
    items,
    format: options.format,
    empty: words.none,
    extra: { at: toIso(at, zone), overdue: late },
    columns: [
      { key: "id", title: words.numberTitle, value: ({ number }) => formatActionNumber(number) },
      {
        key: "state",
        title: words.stateTitle,
        value: ({ state }) => state,
        text: (one, lang) => (isActionOverdue(one, at) ? out.paint.red(words.late[lang]) : actionStateWords[one.state][lang]),
      },
      { key: "text", title: words.textTitle, value: ({ text }) => text },
      { key: "owner", title: words.ownerTitle, value: ({ owner }) => owner },
      { key: "support", title: words.supportTitle, value: ({ support }) => support, machineOnly: isNarrow },
      {
        key: "due",
        title: words.dueTitle,
        value: ({ due }) => (due === undefined ? undefined : toIso(due, zone)),
        text: ({ due }, lang) => (due === undefined ? "–" : formatDeadline(due, zone, lang)),
      },
      { key: "overdue", title: words.overdueTitle, value: (one) => isActionOverdue(one, at), machineOnly: true },
      {
        key: "incident",
        title: words.incidentTitle,
        value: ({ incident }) => (incident === undefined ? undefined : formatIncidentNumber(incident)),
      },
      { key: "meeting", title: words.idTitle, value: ({ session }) => session, machineOnly: isNarrow },
    ],
  });
  return late > 0 ? "attention" : "ok";
}
