import type { Command } from "commander";
import type { ListFormat } from "../../../src/platform/output.ts";
import { isOverdue, isWaiting } from "../../../src/provision/claims.ts";
import { formatInstant, slipStateWords } from "../../../src/provision/handout-words.ts";
import type { SlipState } from "../../../src/provision/slip.ts";
import type { Cli } from "../../cli.ts";
import type { Context } from "../../context.ts";
import type { Outcome } from "../../exit-codes.ts";
import { collect } from "../../options.ts";
import { claimWords } from "./claim-words.ts";
import { formatOwner } from "./format-owner.ts";
import { openLedger } from "./open.ts";
import { handoutWords as words } from "./words.ts";

export function declareList(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, {
        name: "list",
        about: words.list,
        example: "wardctl provision handout list --unit 27004",
        isDefault: true,
      }),
    )
    .option("--unit <code>", cli.say(words.unit), collect)
    .option("--plan <id>", cli.say(words.planId))
    .option("--all", cli.say(words.all))
    .action((options: ListOptions, command: Command) => cli.run(command, (context) => listSlips(options, context)));
}

interface ListOptions {
  readonly unit?: readonly string[];
  readonly plan?: string;
  readonly all?: boolean;
  readonly format: ListFormat;
}

const past: readonly SlipState[] = ["superseded", "refused"];

async function listSlips(
  { unit, plan, all, format }: ListOptions,
  context: Pick<Context, "workspace" | "clock" | "out">,
): Promise<Outcome> {
  const { out } = context;
  const { zone } = await context.workspace();
  const lines = await (await openLedger(context)).list({ units: unit, plan });
  const items = all ? lines : lines.filter(({ state }) => !past.includes(state));
  await out.list({
    schema: "wardctl.handout/1",
    name: "slips",
    items,
    columns: [
      { key: "slip", title: words.slipColumn, value: ({ id }) => id },
      { key: "unit", title: words.unitColumn, value: (line) => line.unit, machineOnly: true },
      { key: "subject", title: words.subject, value: (line) => line.subject, text: (line) => formatOwner(line.subject) },
      { key: "system", title: words.system, value: (line) => line.system },
      { key: "username", title: words.username, value: (line) => line.username },
      {
        key: "state",
        title: words.stateColumn,
        value: ({ state }) => state,
        text: ({ state }, lang) => slipStateWords[state][lang],
      },
      {
        key: "since",
        title: words.since,
        value: ({ lastEventAt, sealedAt }) => lastEventAt ?? sealedAt,
        machineOnly: true,
      },
      {
        key: "expiresAt",
        title: words.expires,
        value: ({ expiresAt }) => expiresAt,
        text: ({ expiresAt }, lang) => formatInstant(expiresAt, zone, lang),
      },
      { key: "generation", title: words.generation, align: "right", value: ({ generation }) => generation, machineOnly: true },
      { key: "cause", title: words.cause, value: ({ cause }) => cause, machineOnly: true },
      { key: "sealedAt", title: words.since, value: ({ sealedAt }) => sealedAt, machineOnly: true },
      { key: "recipient", title: words.recipient, value: ({ recipient }) => recipient, machineOnly: true },
      { key: "planId", title: words.planColumn, value: (line) => line.plan, machineOnly: true },
      { key: "operation", title: words.planColumn, value: ({ operation }) => operation, machineOnly: true },
    ],
    format,
    empty: words.noSlips,
  });
  const count = (wanted: SlipState): number => items.filter(({ state }) => state === wanted).length;
  const [expired, unknown] = [count("expired"), count("unknown")];
  const { settings } = await context.workspace();
  const days = settings.provision.credentials.unclaimedDays;
  const overdue = items.filter((line) => isWaiting(line) && isOverdue(line, days, context.clock.now(), zone)).length;
  if (expired + unknown > 0) out.warn(words.act(expired, unknown));
  if (overdue > 0) out.note(claimWords.planThem(overdue, days));
  return expired + unknown + overdue > 0 ? "attention" : "ok";
}
