import { resolve } from "node:path";
import type { Command } from "commander";
import { Failure } from "../../src/platform/failure.ts";
import { writeWhole } from "../../src/platform/files.ts";
import { applyFaults } from "../../src/provision/apply-words.ts";
import type { ApplyResult } from "../../src/provision/applying.ts";
import type { Provision } from "../../src/provision/open-provision.ts";
import { toSubjectId } from "../../src/provision/operation.ts";
import { formatOutcomeCsv, type OperationState, type OutcomeRow, toOutcomeRecord } from "../../src/provision/outcome.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { formatSubject } from "../../src/provision/plan-words.ts";
import { listSubjectOutcomes, type SubjectOutcome } from "../../src/provision/subject-outcome.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readWholeNumber } from "../options.ts";
import { applyWords } from "./apply-words.ts";
import { tellSlips } from "./handout/after-apply.ts";
import { openRoom, readPlanFile } from "./open.ts";
import { kindWords, stateWords } from "./operation-words.ts";
import { isPlanFile, planRoster } from "./plan-roster.ts";
import { planWords } from "./plan-words.ts";
import { statusWords } from "./status-words.ts";
import { provisionWords as words } from "./words.ts";

export function declareApply(noun: Command, cli: Cli): void {
  cli
    .withYes(cli.verb(noun, { name: "apply", about: words.apply, example: "wardctl provision apply plan.json --yes" }))
    .argument("[plan]", cli.say(applyWords.planOrRoster))
    .option("--resume", cli.say(words.resume))
    .option("--outcome <file>", cli.say(words.outcome))
    .option("--skip-stale", cli.say(words.skipStale))
    .option("--confirm-disables <n>", cli.say(words.confirmDisables), readWholeNumber)
    .option("--confirm-missing <n>", cli.say(words.confirmMissing), readWholeNumber)
    .option("--confirm-removals <n>", cli.say(words.confirmRemovals), readWholeNumber)
    .action((plan: string | undefined, options: ApplyOptions, command: Command) =>
      cli.run(command, (context) => applyAccounts(plan, options, context)),
    );
}

interface ApplyOptions {
  readonly resume?: boolean;
  readonly skipStale?: boolean;
  readonly yes?: boolean;
  readonly outcome?: string;
  readonly confirmDisables?: number;
  readonly confirmMissing?: number;
  readonly confirmRemovals?: number;
}

type ApplyContext = Pick<Context, "workspace" | "clock" | "ids" | "out" | "cwd" | "signal" | "prompts">;

async function applyAccounts(file: string | undefined, options: ApplyOptions, context: ApplyContext): Promise<Outcome> {
  const { out, prompts, signal, cwd } = context;
  const room = await openRoom(context);
  const plan = await choosePlan(room, file, options, context);
  const systems = [...new Set(plan.operations.map(({ system }) => system))];
  if (plan.operations.length > 0 && !options.yes) {
    out.note(planWords.totals(plan.totals));
    if (!(await prompts.confirm(applyWords.confirm(plan.operations.length, systems), "--yes"))) {
      out.warn(applyWords.notConfirmed);
      return "cancelled";
    }
  }
  const begun = await room.find(plan.planId);
  if (begun) out.note(begun.finishedAt === undefined ? applyWords.resumed : applyWords.finishedBefore);
  const progress = out.progress(applyWords.applying, plan.operations.length);
  const result = await room.apply(plan, {
    confirmed: { disables: options.confirmDisables, missing: options.confirmMissing, removals: options.confirmRemovals },
    skipStale: options.skipStale,
    signal,
    onProgress: (done, _total, note) => progress.step(done, note),
  });
  if (plan.operations.length > 0 && begun?.finishedAt === undefined) progress.end();
  await showResult(plan, result, context);
  // What was done is said before a full disk or a wrong path ends the command.
  if (options.outcome !== undefined) {
    await writeWhole(resolve(cwd, options.outcome), `\uFEFF${formatOutcomeCsv(result.rows, out.lang)}`);
    out.note(applyWords.outcomeSaved(options.outcome));
  }
  const mustAct = begun?.finishedAt === undefined && (await tellSlips(plan.planId, result.rows, context));
  if (result.doubted.length > 0) out.warn(applyWords.doubted(result.doubted));
  if (!result.finished) out.warn(applyWords.goOn(file));
  if (listSubjectOutcomes(result.rows).some(({ state }) => state === "half-done")) {
    out.note(statusWords.undo(`wardctl provision compensate ${plan.planId} --save undo.json`));
  }
  if (result.cancelled) return "cancelled";
  if (!result.finished) return "partial";
  return mustAct || plan.questions.length > 0 ? "attention" : "ok";
}

async function choosePlan(
  room: Provision,
  file: string | undefined,
  { resume }: ApplyOptions,
  context: ApplyContext,
): Promise<Plan> {
  if (file === undefined && resume !== true) throw new Failure("usage", applyWords.planOrResume);
  if (file !== undefined && resume === true) return findBegun(room, file);
  if (file !== undefined) return isPlanFile(file) ? readPlanFile(file, context.cwd) : planRoster(room, file, context);
  const stored = await room.findUnfinished();
  if (!stored) throw new Failure("usage", applyWords.nothingToResume);
  return stored.plan;
}

/** By its id: several plans may be unfinished, and their files gone. */
async function findBegun(room: Provision, planId: string): Promise<Plan> {
  const stored = await room.find(planId);
  if (!stored) throw new Failure("usage", words.unknownPlan(planId));
  return stored.plan;
}

async function showResult(
  plan: Plan,
  { rows, sent, finished, resumed, cancelled }: ApplyResult,
  { out }: Pick<Context, "out">,
): Promise<void> {
  const counts: Record<OperationState, number> = { done: 0, failed: 0, unknown: 0, skipped: 0 };
  for (const { state } of rows) counts[state] += 1;
  const subjects = listSubjectOutcomes(rows);
  await out.emit({
    document: {
      schema: "wardctl.outcome/1",
      planId: plan.planId,
      finished,
      resumed,
      writesSent: sent,
      totals: counts,
      outcomes: rows.map((row) => toOutcomeRecord(row, out.lang)),
      subjects: subjects.map(({ subject, state, systems }) => ({
        subject: toSubjectId(subject),
        name: subject.name,
        state,
        systems,
      })),
    },
    async render() {
      if (finished)
        return rows.length === 0 ? out.say(words.nothingToDo) : out.say(applyWords.applied(counts.done, rows.length, sent));
      // After Ctrl-C nothing was read back: a line for each thing that was sent would hide what went wrong.
      const isNews = ({ state, message }: OutcomeRow): boolean =>
        state === "failed" || (state === "unknown" && !(cancelled && message === applyFaults.notReadBack));
      const open = rows.filter(isNews);
      const table = out.table(
        [words.systemColumn, words.subject, words.username, words.kind, words.state, words.message].map((title) => ({
          title: out.say(title),
        })),
        open.map(({ operation, state, message }) => [
          operation.system,
          toSubjectId(operation.subject),
          operation.username,
          out.say(kindWords[operation.kind]),
          out.say(stateWords[state]),
          message ? out.say(message) : "",
        ]),
      );
      return [
        ...(open.length > 0 ? [table.trimEnd()] : []),
        ...subjects.filter(({ state }) => state === "half-done" && !cancelled).map((subject) => describeHalfDone(subject, out)),
        out.say(applyWords.appliedPartly(counts)),
      ].join("\n");
    },
  });
}

/** Accounts on some systems and not on others: the person can work on the first and not on the second. */
function describeHalfDone({ subject, systems }: SubjectOutcome, out: Context["out"]): string {
  const parts = systems.map(({ system, kind, state }) => {
    const what = kind === "assign" ? ` (${out.say(kindWords.assign).toLowerCase()})` : "";
    return `${system}${what} ${out.say(stateWords[state])}`;
  });
  return `${out.say(applyWords.halfDone)}: ${formatSubject(subject)}: ${parts.join(", ")}`;
}
