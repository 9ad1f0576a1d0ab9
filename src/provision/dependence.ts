import type { OperationResult } from "./applying.ts";
import type { Operation } from "./operation.ts";
import { orderByDependence } from "./work-queue.ts";

/** Who waits for whom in one plan, over all its systems. */
export interface Dependence {
  /** Each stands behind those it depends on. */
  readonly queue: readonly Operation[];
  end(operation: Operation, result: OperationResult): void;
  /** Waits for everything the operation depends on; the first of it that did not come about. */
  findUndone(operation: Operation): Promise<string | undefined>;
}

export function createDependence(operations: readonly Operation[]): Dependence {
  const { queue, ordered } = orderByDependence(operations);
  const ends = new Map(operations.map(({ id }) => [id, Promise.withResolvers<OperationResult>()]));
  return {
    queue,
    end: ({ id }, result) => ends.get(id)?.resolve(result),
    async findUndone({ dependsOn = [] }) {
      for (const id of dependsOn) {
        // What is not in the order waits for itself, or for what is not in the plan: it is never waited out.
        const result = ordered.has(id) ? await ends.get(id)?.promise : undefined;
        if (result?.event !== "answered" && result?.event !== "adopted") return id;
      }
      return undefined;
    },
  };
}
