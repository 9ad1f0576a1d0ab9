import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { listDifferences } from "./account.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import type { Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import { type Operation, toAccountState } from "./plan.ts";
import { type Sent, sendOperation } from "./send-operation.ts";
import { provisionFaults as words } from "./words.ts";

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

  const workThrough = async (connector: Connector): Promise<void> => {
    const queue = plan.operations.filter(({ system }) => system === connector.system);
    let stopped: Words | undefined;
    const work = async (): Promise<void> => {
      for (let operation = queue.shift(); operation; operation = queue.shift()) {
        if (signal.aborted || stopped) {
          results.set(operation.id, { event: "skipped", targetId: undefined, message: stopped ?? words.stopped });
          continue;
        }
        try {
          results.set(operation.id, await settle(connector, operation));
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          stopped = error.words;
          results.set(
            operation.id,
            await record(request, operation, { event: "unknown", targetId: undefined, message: error.words }),
          );
        }
        request.onProgress(results.size, plan.operations.length, `${operation.system} ${operation.username}`);
      }
    };
    await Promise.all(Array.from({ length: workersPerSystem }, work));
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
