import type { Command } from "commander";
import type { ListFormat } from "../../src/platform/output.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { applyWords } from "./apply-words.ts";
import { openRoom } from "./open.ts";
import { describeAnswer, probeFacts } from "./probe-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareProbe(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.withYes(cli.verb(noun, { name: "probe", about: words.probe, example: "wardctl provision probe documents" })))
    .argument("<system>", cli.say(words.systemToProbe))
    .option("--allow-writes", cli.say(words.allowWrites))
    .action((system: string, options: ProbeOptions, command: Command) =>
      cli.run(command, (context) => probeSystem(system, options, context)),
    );
}

interface ProbeOptions {
  readonly allowWrites?: boolean;
  readonly yes?: boolean;
  readonly format: ListFormat;
}

type ProbeContext = Pick<Context, "workspace" | "clock" | "ids" | "out" | "signal" | "prompts">;

async function probeSystem(
  system: string,
  { allowWrites = false, yes, format }: ProbeOptions,
  context: ProbeContext,
): Promise<Outcome> {
  const { out, signal, prompts } = context;
  const room = await openRoom(context);
  if (allowWrites && !yes && !(await prompts.confirm(words.confirmProbe(system), "--yes"))) {
    out.warn(applyWords.notConfirmed);
    return "cancelled";
  }
  const { profile, disabled, left } = await room.probe(system, { writes: allowWrites, signal });
  // What was not learned stands in JSON and CSV; a person is shown what was.
  const items = out.json || format !== "table" ? probeFacts : probeFacts.filter(({ key }) => profile[key] !== null);
  await out.list({
    schema: "wardctl.provision-profile/1",
    name: "facts",
    items,
    extra: { profile, disabled, left },
    columns: [
      { key: "fact", title: words.fact, value: ({ key }) => key, text: ({ title }, lang) => title[lang] },
      {
        key: "answer",
        title: words.answer,
        value: ({ key }) => [profile[key] ?? undefined].flat().join(" ") || undefined,
        text: ({ key }, lang) => describeAnswer(profile[key])[lang],
      },
    ],
    format,
    empty: words.nothingToDo,
  });
  if (!profile.wrote) out.note(words.onlyRead);
  if (disabled.length > 0) out.warn(words.testAccountsDisabled(disabled));
  if (left.length > 0) out.warn(words.testAccountsLeft(left));
  return left.length > 0 ? "attention" : "ok";
}
