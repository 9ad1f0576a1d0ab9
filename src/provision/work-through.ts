import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { OperationResult } from "./applying.ts";
import type { Connector } from "./connector.ts";
import type { Dependence } from "./dependence.ts";
import type { Operation, OperationKind } from "./operation.ts";
import { createScouts } from "./scouts.ts";

/** Several at a time are offered; the connector's pace decides how many of them run. */
const workersPerSystem = 8;

export interface SystemWork {
  readonly connector: Connector;
  readonly dependence: Dependence;
  readonly signal: AbortSignal;
  /** True for what is really to be sent; the rest only needs its word written down. */
  isSent(operation: Operation): boolean;
  /** An earlier run of this plan did it: it waits for nothing any more. */
  wasDone(operation: Operation): boolean;
  /** Failure kind: denied. */
  settle(operation: Operation): Promise<OperationResult>;
  /** What is written down when the system lets nobody in any more. */
  giveUp(operation: Operation, message: Words): Promise<OperationResult>;
  onEnd(operation: Operation, result: OperationResult): void;
}

/** Works off what one system has of a plan. Denied stops the system, 403 that kind of write, Ctrl-C everything; the rest is said to be skipped. */
export async function workThrough(work: SystemWork): Promise<void> {
  const { connector, dependence, signal } = work;
  const forbidden = new Map<OperationKind, Words>();
  const scouts = createScouts<OperationKind>();
  let stopped: Words | undefined;

  const carryOutOne = async (operation: Operation, undone: string | undefined): Promise<OperationResult> => {
    const waits = undone === undefined || work.wasDone(operation) ? undefined : words.waitsFor(undone);
    const why = stopped ?? (signal.aborted ? words.stopped : undefined) ?? forbidden.get(operation.kind) ?? waits;
    if (why) return { event: "skipped", targetId: undefined, message: why };
    try {
      const result = await work.settle(operation);
      if (result.forbidden && result.message) forbidden.set(operation.kind, result.message);
      return result;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // Ctrl-C came before its turn: it was not sent.
      if (error.kind === "cancelled") return { event: "skipped", targetId: undefined, message: words.stopped };
      stopped = error.words;
      return work.giveUp(operation, error.words);
    }
  };
  const workOff = async (operations: Iterator<Operation>): Promise<void> => {
    for (let turn = operations.next(); !turn.done; turn = operations.next()) {
      const next = turn.value;
      const undone = await dependence.findUndone(next);
      const run = async (): Promise<void> => work.onEnd(next, await carryOutOne(next, undone));
      await (work.isSent(next) ? scouts.run(next.kind, run) : run());
    }
  };

  const own = dependence.queue.filter(({ system }) => system === connector.system);
  // Where only we keep a name from being given twice, creates go one after the other.
  const isSerial = ({ kind }: Operation): boolean => connector.uniqueNames === false && kind === "create";
  const serial = own.filter(isSerial);
  // One iterator for all: each takes the next of a list that may be long.
  const side = own.filter((operation) => !isSerial(operation)).values();
  const workers = Array.from({ length: connector.mostAtOnce ?? workersPerSystem }, () => workOff(side));
  await Promise.all([workOff(serial.values()), ...workers]);
}
