import { Failure } from "../platform/failure.ts";
import { wait } from "../platform/wait.ts";
import type { Words } from "../platform/words.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import { believeAnswers } from "./believe-answers.ts";
import { compareAssignment, compareGroup } from "./compare-memberships.ts";
import { compareOperation, listMovesSincePlanned, type Standing } from "./compare-operation.ts";
import { compareOperations } from "./compare-plan.ts";
import type { Connector } from "./connector.ts";
import { findHits } from "./find-hits.ts";
import { orStopped } from "./grace.ts";
import { isAccountOperation, type Operation } from "./operation.ts";
import type { OperationState, OutcomeRow } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import { listAsked, type SystemView } from "./system-view.ts";

/** New objects are not shown at once everywhere (up to two minutes were seen); the waits before each further look, within the system's limit. */
const lookAgainMs = [0, 400, 1_600, 5_000, 15_000, 30_000, 70_000];
const defaultVisibleWithinMs = 2_000;

/** So few are looked for one by one; for more, everything is read again. */
const fewMissing = 8;

export interface ReadBack {
  readonly rows: OutcomeRow[];
  /** Systems that stored something else than they answered. */
  readonly doubted: readonly string[];
}

/**
 * Says of each operation what became of it: by reading every system again, or by the answers of one whose answers can be believed. After Ctrl-C
 * nothing is read: what was sent stays unknown. `before`: what each system showed at the start.
 */
export async function readBack(
  request: ApplyRequest,
  results: ReadonlyMap<string, OperationResult>,
  before: ReadonlyMap<string, SystemView>,
): Promise<ReadBack> {
  const { plan, connectors } = request;
  const open = plan.operations.filter(({ id }) => ["answered", "adopted", "unknown"].includes(results.get(id)?.event ?? ""));
  const back = new Map<string, Standing>();
  const doubted: string[] = [];
  await Promise.all(
    connectors.map(async (connector) => {
      const { system } = connector;
      const own = open.filter((operation) => operation.system === system);
      const view = before.get(system);
      if (view && !request.signal.aborted && isPinned(request, system)) {
        const seed = `${plan.digest}/${system}`;
        const { standings, lied } = await believeAnswers({ connector, open: own, results, before: view.accounts, seed });
        for (const [id, standing] of standings) back.set(id, standing);
        if (lied) doubted.push(system);
      }
      await readBackSystem(connector, own, { request, results, back });
    }),
  );
  return { rows: toRows(plan, results, back), doubted };
}

/** The plan was made for the behaviour that is known of the system now. */
function isPinned({ plan, profiles }: ApplyRequest, system: string): boolean {
  const pinned = plan.systems.find(({ name }) => name === system)?.profile;
  return pinned !== undefined && profiles?.get(system) === pinned;
}

interface Reading {
  readonly request: ApplyRequest;
  readonly results: ReadonlyMap<string, OperationResult>;
  readonly back: Map<string, Standing>;
}

async function readBackSystem(
  connector: Connector,
  open: readonly Operation[],
  { request, results, back }: Reading,
): Promise<void> {
  const limitMs = connector.visibleWithinMs ?? defaultVisibleWithinMs;
  const isMissing = ({ id }: Operation): boolean =>
    !back.has(id) || (back.get(id)?.state === "ready" && results.get(id)?.event !== "unknown");
  let waitedMs = 0;
  for (const ms of lookAgainMs) {
    const missing = open.filter(isMissing);
    const pauseMs = Math.min(ms, limitMs - waitedMs);
    if (missing.length === 0 || request.signal.aborted || (ms > 0 && pauseMs <= 0)) return;
    try {
      if (pauseMs > 0) {
        request.onProgress(results.size, request.plan.operations.length, `${connector.system} …`);
        await wait(pauseMs, request.signal);
      }
      waitedMs += pauseMs;
      const standings =
        ms > 0 && missing.length <= fewMissing
          ? await orStopped(lookForEach(connector, missing, results), request.signal)
          : await compareOperations(missing, [connector], request.signal);
      for (const [id, standing] of standings) back.set(id, standing);
    } catch (error) {
      // Not read back is not done: the same command again looks once more.
      if (!(error instanceof Failure)) throw error;
      if (error.kind === "cancelled" || error.kind === "denied") return;
    }
  }
}

async function lookForEach(
  connector: Connector,
  operations: readonly Operation[],
  results: ReadonlyMap<string, OperationResult>,
): Promise<readonly (readonly [string, Standing])[]> {
  return Promise.all(
    operations.map(async (operation) => [operation.id, await lookFor(connector, operation, results.get(operation.id))] as const),
  );
}

async function lookFor(connector: Connector, operation: Operation, result: OperationResult | undefined): Promise<Standing> {
  if (isAccountOperation(operation)) return compareOperation(operation, await findHits(connector, operation));
  const port = connector.memberships;
  const asked = listAsked([operation]);
  if (operation.kind === "create-group") {
    return compareGroup(operation, (await port?.sweep(asked)) ?? { missing: asked, ambiguous: [] });
  }
  const [account] = await connector.find({ id: result?.targetId ?? operation.targetId ?? "" });
  return compareAssignment(operation, account, (account && (await port?.find(account.id, asked))) ?? []);
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
    if (standing?.state === "there") return row("done", undefined, standing.actual?.id);
    if (result.event === "unknown") return row("unknown", result.message);
    if (!standing) return row("unknown", words.notReadBack);
    if (standing.state === "ready" && operation.kind !== "assign" && !standing.actual) return row("failed", words.notThere);
    const isShown = standing.state === "ready" || standing.actual;
    return row("failed", words.notAsWanted(isShown ? listMovesSincePlanned(operation, standing) : standing.moves));
  });
}
