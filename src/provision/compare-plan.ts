import { Failure } from "../platform/failure.ts";
import { applyFaults as words } from "./apply-words.ts";
import type { Standing } from "./compare-operation.ts";
import type { Connector } from "./connector.ts";
import type { Operation } from "./operation.ts";
import { judgeOperation, type SystemView, viewSystems } from "./system-view.ts";

/**
 * Where each operation stands now, by its id: one look at each system that has any. Failure kinds: unavailable or denied (one of them cannot
 * be read), usage (it is no longer configured).
 */
export async function compareOperations(
  operations: readonly Operation[],
  connectors: readonly Connector[],
  signal?: AbortSignal,
): Promise<Map<string, Standing>> {
  return judgeOperations(operations, await readViews(operations, connectors, signal));
}

/** What every system that has an operation shows now, by its name. Failure kinds as above. */
export async function readViews(
  operations: readonly Operation[],
  connectors: readonly Connector[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, SystemView>> {
  const { views, failed } = await viewSystems(connectors, operations, signal);
  const [first] = failed;
  if (first) {
    // A refused token does not mend itself by waiting.
    const hint = first.kind === "denied" ? words.mendSecret : words.sameCommandAgain;
    throw new Failure(first.kind, first.message, { hint });
  }
  const unknown = [...new Set(operations.map(({ system }) => system))].filter((system) => !views.has(system));
  if (unknown.length > 0) throw new Failure("usage", words.systemGone(unknown));
  return views;
}

export function judgeOperations(operations: readonly Operation[], views: ReadonlyMap<string, SystemView>): Map<string, Standing> {
  return new Map(
    operations.map((operation) => [operation.id, judgeOperation(operation, views.get(operation.system) as SystemView)]),
  );
}
