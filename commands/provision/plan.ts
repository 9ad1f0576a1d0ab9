import { extname, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Encoding } from "../../src/platform/decode.ts";
import { formatFault } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { both } from "../../src/platform/words.ts";
import { listStandingGuards } from "../../src/provision/guards.ts";
import type { Plan } from "../../src/provision/plan.ts";
import type { Roster } from "../../src/provision/roster.ts";
import { writePlanText } from "../../src/provision/write-plan-text.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { collect, readWholeNumber } from "../options.ts";
import { warnOfCustodians } from "./custodian-warning.ts";
import { encodings } from "./doctor.ts";
import { tellEntering } from "./handout/before-apply.ts";
import { tellOverdue } from "./handout/overdue.ts";
import { renderOwnerless } from "./lifecycle-text.ts";
import { openRoom } from "./open.ts";
import { isRows, printRows } from "./plan-rows.ts";
import { renderPlan } from "./plan-text.ts";
import { planWords } from "./plan-words.ts";
import { provisionWords as words } from "./words.ts";

export function declarePlan(noun: Command, cli: Cli): void {
  cli
    .withFormat(
      cli.verb(noun, { name: "plan", about: words.plan, example: "wardctl provision plan roster.csv --save plan.json" }),
    )
    .argument("<roster>", cli.say(words.roster))
    .option("--save <file>", cli.say(words.save))
    .option("--system <name...>", cli.say(words.system))
    .option("--only <term>", cli.say(words.only), collect)
    .option("--except <term>", cli.say(words.except), collect)
    .option("--skip-invalid", cli.say(words.skipInvalid))
    .option("--recreate <staff-id>", cli.say(words.recreate), collect)
    .option("--all", cli.say(words.all))
    .option("--confirm-disables <n>", cli.say(words.confirmDisables), readWholeNumber)
    .option("--confirm-missing <n>", cli.say(words.confirmMissing), readWholeNumber)
    .option("--confirm-removals <n>", cli.say(words.confirmRemovals), readWholeNumber)
    .addOption(new Option("--encoding <encoding>", cli.say(words.encoding)).choices(encodings))
    .action((roster: string, options: PlanOptions, command: Command) =>
      cli.run(command, (context) => planAccounts(roster, options, context)),
    );
}

interface PlanOptions {
  readonly format: ListFormat;
  readonly save?: string;
  readonly system?: readonly string[];
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly skipInvalid?: boolean;
  readonly recreate?: readonly string[];
  readonly all?: boolean;
  readonly confirmDisables?: number;
  readonly confirmMissing?: number;
  readonly confirmRemovals?: number;
  readonly encoding?: Encoding;
}

type PlanContext = Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal">;

async function planAccounts(file: string, options: PlanOptions, context: PlanContext): Promise<Outcome> {
  const { out, cwd, signal } = context;
  const { encoding, skipInvalid, save, system, only, except, recreate } = options;
  const room = await openRoom(context);
  const roster = await room.readRoster({ path: resolve(cwd, file), file, encoding, skipInvalid, lang: out.lang });
  for (const note of roster.notes) out.note(note);
  await writeSkippedRows(roster, file, context);
  const made = await room.plan(roster, { systems: system, only, except, recreate, signal });
  const { plan } = made;
  if (save !== undefined) {
    await writeWhole(resolve(cwd, save), writePlanText(plan));
    await room.reserve(made);
  }
  const home = await context.workspace();
  const directory = await home.directory();
  if (isRows(options.format, out)) await printRows(plan, options.format, out);
  else
    await out.emit({
      format: options.format,
      document: { ...plan },
      render: () => [renderPlan(plan, { out, directory, all: options.all === true }), ...renderOwnerless(plan, out)].join("\n"),
    });
  await tellEntering(plan, context);
  await warnOfCustodians(plan, room, context);
  await tellOverdue(context);
  if (save !== undefined) out.note(planWords.saved(save));
  else if (plan.operations.length > 0) out.note(planWords.notSaved);
  return judgePlan(plan, options);
}

function judgePlan(plan: Plan, { confirmDisables, confirmMissing, confirmRemovals }: PlanOptions): Outcome {
  if (
    listStandingGuards(plan.guards, { disables: confirmDisables, missing: confirmMissing, removals: confirmRemovals }).length > 0
  )
    return "unsafe";
  if (plan.roster.skippedRows > 0 || plan.systems.some(({ state }) => state === "failed")) return "partial";
  return plan.operations.length > 0 || plan.questions.length > 0 ? "attention" : "ok";
}

/** `roster.csv` → `roster.invalid.csv` beside it; the roster itself is never edited. */
async function writeSkippedRows({ skipped }: Roster, file: string, { out, cwd }: Pick<Context, "out" | "cwd">): Promise<void> {
  if (!skipped) return;
  const ending = extname(file);
  const beside = `${file.slice(0, file.length - ending.length)}.invalid.csv`;
  await writeWhole(resolve(cwd, beside), `\uFEFF${skipped.csv}`);
  for (const fault of skipped.faults) out.warn(both((lang) => formatFault(fault, lang)));
  out.warn(words.setAside(skipped.rows, beside));
}
