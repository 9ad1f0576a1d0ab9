import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { describeDecision } from "../../src/provision/answer-words.ts";
import type { Decision } from "../../src/provision/decision.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { answerWords as words } from "./answer-words.ts";
import { openAnsweringRoom } from "./open.ts";

export function declareAnswer(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "answer",
        about: words.answer,
        example: "wardctl provision answer CB2700403 --two-people CB2700404",
      }),
    )
    .argument("[key]", cli.say(words.key))
    .option("--system <name>", cli.say(words.system))
    .option("--account <username>", cli.say(words.account))
    .option("--not <username>", cli.say(words.not))
    .option("--recreate", cli.say(words.recreate))
    .option("--two-people <staff-id...>", cli.say(words.twoPeople))
    .option("--still-here", cli.say(words.stillHere))
    .option("--keep", cli.say(words.keep))
    .option("--withdraw", cli.say(words.withdraw))
    .option("--reason <text>", cli.say(words.reason))
    .action((key: string | undefined, options: AnswerOptions, command: Command) =>
      cli.run(command, (context) => (key === undefined ? listAnswers(options, context) : answerQuestion(key, options, context))),
    );
}

interface AnswerOptions {
  readonly system?: string;
  readonly account?: string;
  readonly not?: string;
  readonly recreate?: boolean;
  readonly twoPeople?: readonly string[];
  readonly stillHere?: boolean;
  readonly keep?: boolean;
  readonly withdraw?: boolean;
  readonly reason?: string;
  readonly format: ListFormat;
}

type AnswerContext = Pick<Context, "workspace" | "clock" | "ids" | "out">;

async function answerQuestion(key: string, options: AnswerOptions, context: AnswerContext): Promise<Outcome> {
  const { account, not, recreate, twoPeople, stillHere, keep, withdraw } = options;
  const given = [account, not, recreate, twoPeople, stillHere, keep, withdraw].filter((one) => one !== undefined);
  if (given.length !== 1) throw new Failure("usage", words.oneAnswer);
  const { out } = context;
  const room = await openAnsweringRoom(context);
  const { subject, recorded, withdrawn, known } = await room.answer({ key, ...options });
  await out.emit({
    document: {
      schema: "wardctl.provision-answer/1",
      subject,
      known,
      recorded: recorded.map(toRow),
      withdrawn: withdrawn.map(toRow),
    },
    render: () =>
      [
        ...recorded.map((decision) => out.say(words.recorded(key, out.say(describeDecision(decision))))),
        ...withdrawn.map((decision) => out.say(words.withdrawn(key, out.say(describeDecision(decision))))),
      ].join("\n"),
  });
  if (!known) out.warn(words.unknown(key));
  out.note(words.planAgain);
  return "ok";
}

function toRow({ kind, system, about }: Decision): Readonly<Record<string, string | null>> {
  return { kind, system, about };
}

async function listAnswers({ format }: AnswerOptions, context: AnswerContext): Promise<Outcome> {
  const { out } = context;
  const room = await openAnsweringRoom(context);
  await out.list({
    schema: "wardctl.provision-answers/1",
    name: "answers",
    items: await room.list(),
    columns: [
      { key: "subject", title: words.subject, value: (row) => row.subject },
      { key: "kind", title: words.decision, value: (row) => row.kind, text: (row, lang) => describeDecision(row)[lang] },
      { key: "system", title: words.systemColumn, value: (row) => row.system ?? undefined, machineOnly: true },
      { key: "about", title: words.about, value: (row) => row.about, machineOnly: true },
      { key: "actor", title: words.by, value: (row) => row.actor },
      { key: "at", title: words.at, value: (row) => row.at },
      { key: "reason", title: words.why, value: (row) => row.reason },
    ],
    format,
    empty: words.none,
  });
  return "ok";
}
