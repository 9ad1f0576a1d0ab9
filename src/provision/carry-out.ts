import { Failure } from "../platform/failure.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import type { Standing } from "./compare-operation.ts";
import { createCompletionLog } from "./completion-log.ts";
import type { Connector } from "./connector.ts";
import { createDependence } from "./dependence.ts";
import { createGrace } from "./grace.ts";
import type { Operation } from "./plan.ts";
import { type Sent, sendOperation } from "./send-operation.ts";
import { provisionFaults as words } from "./words.ts";
import { workThrough } from "./work-through.ts";

/** What came of each operation, by its id, and how many were sent. */
export interface CarriedOut {
  readonly results: ReadonlyMap<string, OperationResult>;
  readonly sent: number;
}

/** Sends what is to be sent, all systems side by side, and records each completion as it comes. */
export async function carryOut(request: ApplyRequest, standings: ReadonlyMap<string, Standing>): Promise<CarriedOut> {
  const { plan, connectors, signal } = request;
  const results = new Map<string, OperationResult>();
  const dependence = createDependence(plan.operations);
  const log = createCompletionLog(request);
  const grace = createGrace(signal);
  let sent = 0;
  const record = (operation: Operation, result: Sent): OperationResult => {
    log.add(operation, result);
    return result;
  };

  const settle = async (connector: Connector, operation: Operation): Promise<OperationResult> => {
    const standing = standings.get(operation.id) as Standing;
    if (standing.state === "moved") {
      const message = words.movedMeanwhile(standing.moves);
      return record(operation, { event: "failed", targetId: undefined, message });
    }
    if (standing.state === "there") {
      return record(operation, { event: "adopted", targetId: standing.actual.id, message: undefined });
    }
    log.assertKept();
    sent += 1;
    const late: Sent = { event: "unknown", targetId: undefined, message: words.notAwaited };
    return record(operation, await grace.within(sendOperation(connector, operation, standing.actual), late));
  };

  try {
    await Promise.all(
      connectors.map((connector) =>
        workThrough({
          connector,
          dependence,
          signal,
          isSent: ({ id }) => standings.get(id)?.state === "ready",
          settle: (operation) => settle(connector, operation),
          giveUp: async (operation, message) => record(operation, { event: "unknown", targetId: undefined, message }),
          onEnd(operation, result) {
            results.set(operation.id, result);
            dependence.end(operation, result);
            request.onProgress(results.size, plan.operations.length, `${operation.system} ${operation.username}`);
          },
        }),
      ),
    );
  } finally {
    grace.end();
    await log.drain().catch((error: unknown) => {
      throw sent > 0 ? toldWhatGoesOn(error) : error;
    });
  }
  return { results, sent };
}

/** The disk is full, say: what was sent by then has no completion, and is found again. */
function toldWhatGoesOn(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  return new Failure(error.kind, error.words, { cause: error, hint: words.sentButNotKept(error.hint) });
}
