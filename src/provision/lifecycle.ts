import { toIso } from "../platform/time.ts";
import type { Membership } from "./account.ts";
import type { Connector } from "./connector.ts";
import { createDecisionStore } from "./decision-store.ts";
import { readEntitlements } from "./desired-subjects.ts";
import { type Drift, listDrift } from "./drift.ts";
import { listMembershipDrift } from "./drift-memberships.ts";
import type { Explanation } from "./explain-account.ts";
import { createKnownProfiles } from "./known-profiles.ts";
import { createLifecyclePlans, type MoveRequest } from "./lifecycle-plans.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { listAskedMemberships, readMemberships } from "./membership-readings.ts";
import { createMembershipStore } from "./membership-store.ts";
import { type MergeRequest, makeMergerPlan } from "./merge-plan.ts";
import { openConnectors } from "./open-connectors.ts";
import type { ProvisionHost } from "./open-provision.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import { readExplanation } from "./read-explanation.ts";
import { readSystems, type SystemReading } from "./read-systems.ts";
import { readScope } from "./scope.ts";
import { createSeenStore } from "./seen-store.ts";

export interface DriftReading extends Drift {
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
  readonly systems: readonly string[];
}

/** The life of accounts after the first plan. */
export interface Lifecycle {
  /** Reads the systems anew; writes nothing to them. Failure kinds: usage, denied. */
  drift(request: { readonly systems?: readonly string[]; readonly signal?: AbortSignal }): Promise<DriftReading>;
  /** Why an account is as it is. Failure kinds: usage (nothing of that name anywhere), denied. */
  explain(request: {
    readonly key: string;
    readonly systems?: readonly string[];
    readonly membership?: Membership;
  }): Promise<Explanation>;
  /** Plans to read first and to apply like any other; nothing is written. */
  leave(request: { readonly staffId: string; readonly date?: string }, signal?: AbortSignal): Promise<MadePlan>;
  move(request: MoveRequest, signal?: AbortSignal): Promise<MadePlan>;
  merge(request: MergeRequest, signal?: AbortSignal): Promise<MadePlan>;
}

export function openLifecycle(host: ProvisionHost): Lifecycle {
  const { settings, units, database } = host;
  const store = createPlanStore(database);
  const known = createLifecycleStore(database);
  const names = { systems: Object.keys(settings.systems), units: new Set(units.map(({ code }) => code)) };
  const plans = createLifecyclePlans(host);
  return {
    explain: ({ key, systems, membership }) =>
      withConnectors(host, readScope({ systems }, names).includesSystem, (connectors) =>
        readExplanation({ key, connectors, store, known, host, membership, decisions: createDecisionStore(database) }),
      ),
    leave: (request, signal) =>
      withConnectors(
        host,
        () => true,
        (connectors) => plans.leave(request, connectors, signal),
      ),
    move: (request, signal) =>
      withConnectors(
        host,
        () => true,
        (connectors) => plans.move(request, connectors, signal),
      ),
    merge: (request, signal) =>
      withConnectors(
        host,
        () => true,
        (connectors) => makeMergerPlan(host, request, connectors, signal),
      ),
    async drift({ systems, signal }) {
      const scope = readScope({ systems }, names);
      return withConnectors(host, scope.includesSystem, async (connectors) => {
        const readings = await readSystems(connectors, signal);
        const accounts = new Map(
          readings.flatMap((reading) => (reading.state === "read" ? [[reading.system, reading.accounts] as const] : [])),
        );
        const [links, baselines, register] = [await store.listLinks(), await known.listBaselines(), await store.listNames()];
        await createSeenStore(database).saveSweeps(readings, links, toIso(host.clock.now(), host.zone));
        const recorded = await createMembershipStore(database).list();
        const asked = listAskedMemberships(readEntitlements(settings), [], recorded);
        const readable = connectors.filter(({ system }) => accounts.has(system));
        const memberships = await readMemberships(readable, asked, signal);
        const drift = listDrift({ accounts, links, baselines, register, owners: await known.listOwners() });
        const names = new Map([
          ...register.map(({ owner, name }) => [owner, name] as const),
          ...baselines.map(({ system, subject, state }) => [`${system} ${subject}`, state.userName] as const),
        ]);
        const findings = listMembershipDrift({
          sweeps: new Map([...memberships.readings].map(([system, { sweep }]) => [system, sweep])),
          links,
          recorded,
          present: new Set([...accounts].flatMap(([system, own]) => own.map(({ id }) => `${system} ${id}`))),
          nameOf: (system, subject) => names.get(`${system} ${subject}`) ?? names.get(subject) ?? "",
        });
        return {
          ...drift,
          findings: [...drift.findings, ...findings],
          failed: [...readings.filter((reading) => reading.state === "failed"), ...memberships.failed],
          systems: [...accounts.keys()],
        };
      });
    },
  };
}

async function withConnectors<T>(
  host: ProvisionHost,
  wants: (system: string) => boolean,
  work: (connectors: readonly Connector[]) => Promise<T>,
): Promise<T> {
  const connectors = await openConnectors({ ...host, findProfile: createKnownProfiles(host).findProfile }, wants);
  try {
    return await work(connectors);
  } finally {
    await Promise.all(connectors.map((connector) => connector.close()));
  }
}
