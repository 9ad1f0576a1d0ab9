import { Failure } from "../platform/failure.ts";
import type { Account, Membership } from "./account.ts";
import { applyFaults as words } from "./apply-words.ts";
import { compareAssignment, compareGroup } from "./compare-memberships.ts";
import { type AccountLookup, compareOperation, createLookup, listHits, type Standing, toReference } from "./compare-operation.ts";
import type { Connector, MembershipSweep } from "./connector.ts";
import { isAccountOperation, type Operation } from "./operation.ts";
import { readSystems, type SystemReading } from "./read-systems.ts";

/** What one system shows of what a plan is about. */
export interface SystemView {
  readonly accounts: AccountLookup;
  readonly memberships: MembershipSweep;
}

export interface ViewedSystems {
  readonly views: ReadonlyMap<string, SystemView>;
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
}

const nothing: MembershipSweep = { held: new Map(), missing: [], ambiguous: [] };

/** Every system that has any of the operations: one sweep of its accounts, one of the roles and groups that they name. */
export async function viewSystems(
  connectors: readonly Connector[],
  operations: readonly Operation[],
  signal?: AbortSignal,
): Promise<ViewedSystems> {
  const own = Map.groupBy(operations, ({ system }) => system);
  const needed = connectors.filter(({ system }) => own.has(system));
  const sweeps = new Map<string, MembershipSweep>();
  const readings = await Promise.all(
    needed.map(async (connector): Promise<SystemReading> => {
      const { system } = connector;
      const asked = listAsked(own.get(system) ?? []);
      const [[reading], sweep] = await Promise.all([readSystems([connector], signal), readSweep(connector, asked, signal)]);
      if ("held" in sweep) sweeps.set(system, sweep);
      else return sweep;
      return reading as SystemReading;
    }),
  );
  return {
    views: new Map(
      readings.flatMap((reading) =>
        reading.state === "read"
          ? [[reading.system, { accounts: createLookup(reading.accounts), memberships: sweeps.get(reading.system) ?? nothing }]]
          : [],
      ),
    ),
    failed: readings.filter((reading) => reading.state === "failed"),
  };
}

/** Where an operation stands in what its system shows. */
export function judgeOperation(operation: Operation, { accounts, memberships }: SystemView): Standing {
  if (operation.kind === "create-group") return compareGroup(operation, memberships);
  const hits = listHits(toReference(operation), accounts);
  if (isAccountOperation(operation)) return compareOperation(operation, hits);
  const account = findOnly(hits, operation.targetId);
  const doubled = listAsked([operation]).filter((one) => memberships.ambiguous.includes(one));
  // Whether it is held cannot be told.
  if (doubled.length > 0) {
    return { state: "moved", moves: doubled.map((attribute) => ({ attribute, from: "1", to: "2" })), actual: account };
  }
  return compareAssignment(operation, account, (account && memberships.held.get(account.id)) ?? []);
}

/** Roles and groups that operations name. */
export function listAsked(operations: readonly Operation[]): readonly Membership[] {
  const asked = operations.flatMap((operation) => {
    if (operation.kind === "create-group") return [operation.after.group];
    return operation.kind === "assign" ? [...operation.before.memberships, ...operation.after.memberships] : [];
  });
  return [...new Set(asked)].sort();
}

/** Two accounts of one external id are nobody's to put into groups; one of another id is not the one that was planned for. */
function findOnly(hits: readonly Account[], targetId: string | null): Account | undefined {
  const [only] = hits;
  return hits.length === 1 && (targetId === null || only?.id === targetId) ? only : undefined;
}

async function readSweep(
  { system, memberships }: Connector,
  asked: readonly Membership[],
  signal?: AbortSignal,
): Promise<MembershipSweep | Extract<SystemReading, { state: "failed" }>> {
  if (asked.length === 0) return nothing;
  if (!memberships) return { system, state: "failed", kind: "invalid", message: words.noMemberships(system) };
  try {
    return await memberships.sweep(asked, signal);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "cancelled") throw error;
    return { system, state: "failed", kind: error.kind, message: error.words };
  }
}
