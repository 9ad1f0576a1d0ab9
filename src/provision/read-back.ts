import { Failure } from "../platform/failure.ts";
import { wait } from "../platform/wait.ts";
import type { Words } from "../platform/words.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import type { Standing } from "./compare-operation.ts";
import { compareOperations } from "./compare-plan.ts";
import type { OperationState, OutcomeRow } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { provisionFaults as words } from "./words.ts";

/** New objects are not shown at once everywhere; what is missing is looked for again before it counts as missing. */
const lookAgainMs = [0, 400, 1600];

/** Reads every system again and says of each operation what became of it. After Ctrl-C nothing is read: what was sent stays unknown. */
export async function readBack(request: ApplyRequest, results: ReadonlyMap<string, OperationResult>): Promise<OutcomeRow[]> {
  const { plan, connectors } = request;
  const open = plan.operations.filter(({ id }) => ["answered", "adopted", "unknown"].includes(results.get(id)?.event ?? ""));
  const back = new Map<string, Standing>();
  for (const ms of lookAgainMs) {
    const missing = open.filter(
      ({ id }) => !back.has(id) || (back.get(id)?.state === "ready" && results.get(id)?.event !== "unknown"),
    );
    if (missing.length === 0 || request.signal.aborted) break;
    if (ms > 0) await wait(ms, new AbortController().signal);
    await Promise.all(
      [...Map.groupBy(missing, ({ system }) => system).values()].map(async (operations) => {
        try {
          const standings = await compareOperations(operations, connectors, request.signal);
          for (const [id, standing] of standings) back.set(id, standing);
        } catch (error) {
          // Not read back is not done: the same command again looks once more.
          if (!(error instanceof Failure)) throw error;
        }
      }),
    );
  }
  return toRows(plan, results, back);
}

function toRows(plan: Plan, results: ReadonlyMap<string, OperationResult>, back: ReadonlyMap<string, Standing>): OutcomeRow[] {
  return plan.operations.map((operation): OutcomeRow => {
    const result = results.get(operation.id);
    const standing = back.get(operation.id);
    const row = (state: OperationState, message: Words | undefined, targetId = result?.targetId): OutcomeRow => ({
      operation,
      state,
      targetId,
      message,
    });
    if (!result || result.event === "skipped") return row("skipped", result?.message);
    if (result.event === "failed") return row("failed", result.message);
    if (standing?.state === "there") return row("done", undefined, standing.actual.id);
    if (result.event === "unknown") return row("unknown", result.message);
    if (!standing) return row("unknown", words.notReadBack);
    return row("failed", standing.state === "moved" ? words.notAsWanted(standing.moves) : words.notThere);
  });
}
