import { Failure } from "../platform/failure.ts";
import type { Account } from "./account.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { ApplyRequest, OperationResult } from "./applying.ts";
import { listMovesSincePlanned, type Standing } from "./compare-operation.ts";
import { createCompletionLog } from "./completion-log.ts";
import type { Connector } from "./connector.ts";
import { createDependence } from "./dependence.ts";
import { createGrace } from "./grace.ts";
import type { OperationEvent } from "./journal.ts";
import { listMembershipChange, type Operation, toSubjectKey } from "./operation.ts";
import { sendAssignment, sendGroup } from "./send-memberships.ts";
import { type Sent, sendOperation, toAdopted } from "./send-operation.ts";
import { workThrough } from "./work-through.ts";

/** What came of each operation, by its id, and how many were sent. */
export interface CarriedOut {
  readonly results: ReadonlyMap<string, OperationResult>;
  readonly sent: number;
}

/** Sends what is to be sent, all systems side by side, and records each completion as it comes. `events`: what earlier runs of the plan came to. */
export async function carryOut(
  request: ApplyRequest,
  standings: ReadonlyMap<string, Standing>,
  events?: ReadonlyMap<string, OperationEvent>,
): Promise<CarriedOut> {
  const { plan, connectors, signal } = request;
  const results = new Map<string, OperationResult>();
  const dependence = createDependence(plan.operations);
  const made = new Map(
    plan.operations
      .filter(({ kind }) => kind === "create")
      .map(({ id, system, subject }) => [`${system} ${toSubjectKey(subject)}`, id]),
  );
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
      const own = findOwn(operation, standing.actual, events?.get(operation.id));
      if (own) {
        const message = words.notAsWanted(listMovesSincePlanned(operation, standing));
        return { ...record(operation, { event: "failed", targetId: undefined, message }), targetId: own.id };
      }
      const message = words.movedMeanwhile(standing.moves);
      return record(operation, { event: "failed", targetId: undefined, message });
    }
    if (standing.state === "there") {
      return record(operation, toAdopted(standing.actual));
    }
    log.assertKept();
    sent += 1;
    const late: Sent = { event: "unknown", targetId: undefined, message: words.notAwaited };
    return record(operation, await grace.within(send(connector, operation, standing), late));
  };

  /** The account that a new one's roles are for is known since it was made. */
  const findMadeId = ({ system, subject }: Operation): string | undefined =>
    results.get(made.get(`${system} ${toSubjectKey(subject)}`) ?? "")?.targetId;

  const send = (connector: Connector, operation: Operation, standing: Standing & { readonly state: "ready" }): Promise<Sent> => {
    if (operation.kind === "create-group") return sendGroup(connector, operation);
    if (operation.kind !== "assign") return sendOperation(connector, operation, standing.actual);
    const accountId = operation.targetId ?? standing.actual?.id ?? findMadeId(operation);
    const rest = standing.rest ?? { ...listMembershipChange(operation), ahead: [] };
    return sendAssignment(connector, operation, { accountId, rest });
  };

  try {
    await Promise.all(
      connectors.map((connector) =>
        workThrough({
          connector,
          dependence,
          signal,
          wasDone: ({ id }) => events?.get(id)?.event === "done" && standings.get(id)?.state === "there",
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

/** The account that an earlier run made, and that the system stores otherwise than it was told: nobody else's doing. */
function findOwn(operation: Operation, actual: Account | undefined, last: OperationEvent | undefined): Account | undefined {
  const isOurs = operation.kind === "create" && last?.event === "failed" && actual !== undefined && last.targetId === actual.id;
  return isOurs ? actual : undefined;
}

/** The disk is full, say: what was sent by then has no completion, and is found again. */
function toldWhatGoesOn(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  return new Failure(error.kind, error.words, { cause: error, hint: words.sentButNotKept(error.hint) });
}
