import type { Command } from "commander";
import { cleanCanaries } from "../../src/health/check-run.ts";
import type { OpenCanary } from "../../src/health/duties/memory.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { cliWords } from "../words.ts";
import { stageWords, canaryWords as words } from "./canary-words.ts";
import { tellHindrances } from "./hindrances.ts";
import { openDutyNeeds } from "./open-duties.ts";
import { openInventory } from "./open-inventory.ts";
import { toCheckRequest } from "./start-sweep.ts";

export function declareCanary(check: Command, cli: Cli): void {
  const noun = cli.noun(check, "canary", words.canary);
  noun.addHelpText("after", `\n${cli.say(cliWords.example)}:\n  wardctl check canary list`);
  cli
    .withFormat(cli.verb(noun, { name: "list", about: words.list, example: "wardctl check canary list" }))
    .action((options: CanaryOptions, command: Command) => cli.run(command, (context) => listCanaries(options, context)));
  cli
    .withYes(cli.verb(noun, { name: "clean", about: words.clean, example: "wardctl check canary clean --yes" }))
    .action((options: CanaryOptions, command: Command) => cli.run(command, (context) => clean(options, context)));
}

interface CanaryOptions {
  readonly format: ListFormat;
  readonly yes?: boolean;
}

async function listCanaries({ format }: CanaryOptions, context: Pick<Context, "workspace" | "out">): Promise<Outcome> {
  const { out } = context;
  const needs = await openDutyNeeds(await context.workspace(), "none");
  const items = (await needs?.memory.listOpenCanaries()) ?? [];
  await out.list<OpenCanary>({
    schema: "wardctl.check-canaries/1",
    name: "canaries",
    items,
    format,
    empty: words.empty,
    columns: [
      { key: "canary", title: words.id, value: ({ id }) => id },
      { key: "unit", title: words.unit, value: ({ unit }) => unit },
      { key: "system", title: words.system, value: ({ system }) => system },
      {
        key: "sentAt",
        title: words.sentAt,
        value: ({ sentAt }) => toIso(sentAt, vietnamZone),
        text: ({ sentAt }, lang) => formatDateTime(sentAt, vietnamZone, lang),
      },
      { key: "stage", title: words.stage, value: ({ stage }) => stage, text: ({ stage }, lang) => stageWords[stage][lang] },
    ],
  });
  return items.length > 0 ? "attention" : "ok";
}

type CleanContext = Pick<Context, "workspace" | "findWorkspace" | "cwd" | "clock" | "signal" | "environment" | "out" | "prompts">;

/** Takes back what is still out there, whoever left it, unless a run has it in hand. */
async function clean({ yes }: Pick<CanaryOptions, "yes">, context: CleanContext): Promise<Outcome> {
  const { out, prompts } = context;
  const needs = await openDutyNeeds(await context.workspace(), "none");
  const open = (await needs?.memory.listOpenCanaries()) ?? [];
  if (open.length > 0 && !yes && !(await prompts.confirm(words.ask(open.length), "--yes"))) return "cancelled";
  const { endpoints, directory } = await openInventory(undefined, context);
  const request = await toCheckRequest({ chosen: endpoints, layers: undefined, scope: "selected", directory }, {}, context);
  const { left, hindrances } = open.length > 0 ? await cleanCanaries(request) : { left: [], hindrances: [] };
  const cleaned = open.length - left.length;
  await out.emit({
    document: {
      schema: "wardctl.check-canary-clean/1",
      cleaned,
      left: left.map(({ id }) => id),
    },
    render: () => out.say(open.length === 0 ? words.empty : words.cleaned(cleaned)),
  });
  tellHindrances({ hindrances, canariesLeft: left }, out);
  return left.length > 0 ? "attention" : "ok";
}
