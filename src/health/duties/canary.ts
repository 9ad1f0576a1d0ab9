import { setTimeout as pass } from "node:timers/promises";
import { readMonotonicMs } from "../../platform/clock.ts";
import { readPointer } from "../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../platform/placeholders.ts";
import { type CallContext, type CallOutcome, makeCall } from "./call.ts";
import type { CanaryStage, DutyMemory, OpenCanary } from "./memory.ts";
import type { Call, CanarySettings } from "./settings.ts";

export interface CanaryOutcome {
  readonly id: string;
  /** The first stage that failed; undefined: it went all the way and nothing is left of it. */
  readonly failedAt?: CanaryStage;
  readonly stagesMs: Readonly<Partial<Record<CanaryStage, number>>>;
  /** False: it is still out there, and listed. */
  readonly recalled: boolean;
  /** The last answer of the stage that failed. */
  readonly outcome?: CallOutcome["kind"];
}

export interface CanaryTools extends Omit<CallContext, "base"> {
  readonly memory: DutyMemory;
  readonly now: () => number;
}

const firstPauseMs = 100;
const longestPauseMs = 1_000;

/**
 * A test document from the centre to the ward and back (check.md §9): send, arrive, receipt, recall. Whatever fails on the way, it is recalled; what cannot
 * be recalled stays in memory until it is. `canary` has been noted there before anything is sent.
 */
export async function sendCanary(canary: OpenCanary, settings: CanarySettings, tools: CanaryTools): Promise<CanaryOutcome> {
  const { memory } = tools;
  const { id } = canary;
  const endsAtMs = readMonotonicMs() + settings.withinMs;
  const stagesMs: Partial<Record<CanaryStage, number>> = {};
  let { document } = canary;
  let failure: { readonly failedAt: CanaryStage; readonly outcome: CallOutcome["kind"] } | undefined;
  const stage = async (name: CanaryStage, work: () => Promise<CallOutcome>): Promise<CallOutcome> => {
    const from = readMonotonicMs();
    const outcome = await work();
    stagesMs[name] = Math.round((stagesMs[name] ?? 0) + readMonotonicMs() - from);
    if (outcome.kind !== "good") failure ??= { failedAt: name, outcome: outcome.kind };
    return outcome;
  };
  const ask = (call: Call): Promise<CallOutcome> => makeCall(call, toContext(canary, document, tools));
  const send = await stage("send", () => ask(settings.send));
  if (send.kind === "good" && settings.document !== undefined) {
    const told = readPointer(send.answer.json, settings.document);
    document = typeof told === "string" || typeof told === "number" ? String(told) : undefined;
  }
  if (!failure) {
    await memory.markCanary(id, { stage: "arrive", document });
    await stage("arrive", () => repeat(() => ask(settings.arrive), endsAtMs));
  }
  const { receipt, receipted } = settings;
  if (!failure && receipt) {
    await memory.markCanary(id, { stage: "receipt" });
    await stage("receipt", () => ask(receipt));
  }
  if (!failure && receipted) await stage("receipt", () => repeat(() => ask(receipted), endsAtMs));
  await memory.markCanary(id, { stage: "recall" });
  const recall = await stage("recall", () => recallCanary({ ...canary, document }, settings, tools));
  return { id, ...failure, stagesMs, recalled: recall.kind === "good" };
}

/** Takes it back and looks that nothing is left; then it is forgotten. One that never came into being is gone as well. */
export async function recallCanary(canary: OpenCanary, settings: CanarySettings, tools: CanaryTools): Promise<CallOutcome> {
  const context = toContext(canary, canary.document, tools);
  const recalled = await makeCall(settings.recall, context);
  // Not the answer to the recall counts but that nothing is there any more.
  const gone = await makeCall(settings.gone, context);
  if (gone.kind === "good") await tools.memory.closeCanary(canary.id, tools.now());
  return gone.kind === "good" || recalled.kind === "good" ? gone : recalled;
}

function toContext(
  { id, unit, base }: OpenCanary,
  document: string | undefined,
  { flow, values, pass: opener }: CanaryTools,
): CallContext {
  const filled: PlaceholderValues = { ...values, unit, canary: id, document: document ?? id };
  return { flow, base, values: filled, pass: opener };
}

/** Until it is so, or time is up. */
async function repeat(ask: () => Promise<CallOutcome>, endsAtMs: number): Promise<CallOutcome> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    const outcome = await ask();
    const leftMs = endsAtMs - readMonotonicMs();
    if (outcome.kind === "good" || leftMs <= 0) return outcome;
    await pass(Math.min(pauseMs, leftMs));
  }
}
