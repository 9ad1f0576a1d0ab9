import type { Figures } from "../records/figures.ts";

/** The sum of each column; undefined of no set at all, because nothing known is not zero. */
export function addFigures(sets: readonly Figures[]): Figures | undefined {
  return sets.length === 0 ? undefined : sets.reduce(addTwo);
}

function addTwo(a: Figures, b: Figures): Figures {
  return {
    carriedOver: a.carriedOver + b.carriedOver,
    received: addColumns(a.received, b.received),
    reopened: a.reopened + b.reopened,
    resolved: addColumns(a.resolved, b.resolved),
    inProgress: addColumns(a.inProgress, b.inProgress),
    paused: addColumns(a.paused, b.paused),
    returned: addColumns(a.returned, b.returned),
    pendingIntake: a.pendingIntake + b.pendingIntake,
    refusedAtIntake: a.refusedAtIntake + b.refusedAtIntake,
    resultHandedOver: a.resultHandedOver + b.resultHandedOver,
  };
}

function addColumns<Columns extends Readonly<Record<string, number>>>(a: Columns, b: Columns): Columns {
  return Object.fromEntries(Object.keys(a).map((key) => [key, (a[key] as number) + (b[key] as number)])) as Columns;
}
