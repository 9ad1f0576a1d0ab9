import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { listDifferences } from "./account.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import type { Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import { type Operation, type OperationKind, toAccountState } from "./plan.ts";
import { type Sent, sendOperation } from "./send-operation.ts";
import { provisionFaults as words } from "./words.ts";
import { orderByDependence } from "./work-queue.ts";

/** Several at a time are offered; the connector's pace decides how many of them run. */
const workersPerSystem = 8;

/** What came of each operation, by its id, and how many were sent. */
export interface CarriedOut {
  readonly results: ReadonlyMap<string, OperationResult>;
  readonly sent: number;
}

/** Sends what is to be sent, all systems side by side, and records each completion as it comes. A system that does not let us in is left. */
export async function carryOut(request: ApplyRequest, standings: ReadonlyMap<string, Standing>): Promise<CarriedOut> {
  const { plan, connectors, signal } = request;
  const results = new Map<string, OperationResult>();
  const { queue, ordered } = orderByDependence(plan.operations);
  let sent = 0;

  const settle = async (connector: Connector, operation: Operation): Promise<OperationResult> => {
    const standing = standings.get(operation.id) as Standing;
    if (standing.state === "moved") {
      return record(request, operation, { event: "failed", targetId: undefined, message: words.movedMeanwhile(standing.moves) });
    }
    if (standing.state === "there") {
      return record(request, operation, { event: "adopted", targetId: standing.actual.id, message: undefined });
    }
    sent += 1;
    return record(request, operation, await sendOperation(connector, operation, standing.actual));
  };

  const settled = new Map(plan.operations.map(({ id }) => [id, Promise.withResolvers<OperationResult>()]));
  const end = (operation: Operation, result: OperationResult): void => {
    results.set(operation.id, result);
    settled.get(operation.id)?.resolve(result);
  };
  /** The first of what an operation depends on that did not come about. */
  const findUndone = async ({ dependsOn = [] }: Operation): Promise<string | undefined> => {
    for (const id of dependsOn) {
      // One that stands behind in the same queue will never be waited out: it depends on this one.
      const result = ordered.has(id) ? await settled.get(id)?.promise : undefined;
      if (result?.event !== "answered" && result?.event !== "adopted") return id;
    }
    return undefined;
  };

  const workThrough = async (connector: Connector): Promise<void> => {
    const own = queue.filter(({ system }) => system === connector.system);
    // Where only we keep a name from being given twice, creates go one after the other.
    const serial = connector.uniqueNames === false ? own.filter(({ kind }) => kind === "create") : [];
    const forbidden = new Map<OperationKind, Words>();
    let stopped: Words | undefined;
    const workOff = async (operations: Operation[]): Promise<void> => {
      for (let operation = operations.shift(); operation; operation = operations.shift()) {
        const undone = await findUndone(operation);
        const why =
          stopped ??
          (signal.aborted ? words.stopped : undefined) ??
          forbidden.get(operation.kind) ??
          (undone === undefined ? undefined : words.waitsFor(undone));
        if (why) {
          end(operation, { event: "skipped", targetId: undefined, message: why });
          continue;
        }
        try {
          const result = await settle(connector, operation);
          if (result.forbidden && result.message) forbidden.set(operation.kind, result.message);
          end(operation, result);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          stopped = error.words;
          end(operation, await record(request, operation, { event: "unknown", targetId: undefined, message: error.words }));
        }
        request.onProgress(results.size, plan.operations.length, `${operation.system} ${operation.username}`);
      }
    };
    const side = own.filter((operation) => !serial.includes(operation));
    const sideWorkers = Array.from({ length: workersPerSystem }, () => workOff(side));
    await Promise.all(serial.length === 0 ? sideWorkers : [workOff(serial), ...sideWorkers]);
  };

  await Promise.all(connectors.map(workThrough));
  return { results, sent };
}

/** The completion and its audit record stand or fall together. */
async function record(request: ApplyRequest, operation: Operation, sent: Sent): Promise<OperationResult> {
  const { plan, database, store, audit, clock, zone, actor } = request;
  const { event, targetId, message } = sent;
  const { system, kind, username, before, after, subject } = operation;
  await database.transaction(async (tx) => {
    await store.addEvent(
      plan.planId,
      { operation: operation.id, event, targetId, detail: message?.en },
      toIso(clock.now(), zone),
      tx,
    );
    if (event === "failed") return;
    await audit.append(
      {
        actor,
        action: event === "answered" ? `provision.${kind}` : `provision.${kind}.${event}`,
        subject: subject.staffId ?? subject.functionalKey ?? "",
        detail: {
          plan: plan.planId,
          operation: operation.id,
          system,
          username,
          targetId: targetId ?? null,
          // Names of attributes only: the log is kept longer than what it speaks of.
          changed: before ? listDifferences(toAccountState(before), toAccountState(after)) : [],
        },
      },
      tx,
    );
  });
  return sent;
}
