import type { Operation } from "./operation.ts";

export interface WorkQueue {
  readonly queue: readonly Operation[];
  /** Those that can come about at all. */
  readonly ordered: ReadonlySet<string>;
}

/**
 * Operations so that each stands behind those it depends on, otherwise as they were planned. What depends on something outside of the plan, or on
 * itself, comes last: nothing will ever be done that it waits for.
 */
export function orderByDependence(operations: readonly Operation[]): WorkQueue {
  const ordered = new Map<string, Operation>();
  let rest = operations;
  while (rest.length > 0) {
    const ready = rest.filter(({ dependsOn = [] }) => dependsOn.every((id) => ordered.has(id)));
    if (ready.length === 0) break;
    for (const operation of ready) ordered.set(operation.id, operation);
    rest = rest.filter(({ id }) => !ordered.has(id));
  }
  return { queue: [...ordered.values(), ...rest], ordered: new Set(ordered.keys()) };
}
