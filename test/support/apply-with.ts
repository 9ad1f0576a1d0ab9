import { createAuditLog } from "../../src/audit/audit-store.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { readProcessIdentity } from "../../src/platform/process-identity.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { applyPlan } from "../../src/provision/apply-plan.ts";
import type { ApplyResult } from "../../src/provision/applying.ts";
import type { Connector } from "../../src/provision/connector.ts";
import type { FirstCredentials } from "../../src/provision/first-credentials.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { createPlanStore, type PlanStore } from "../../src/provision/plan-store.ts";

export interface ApplyWith {
  readonly plan: Plan;
  readonly connector: Connector;
  readonly database: Database;
  readonly credentials?: FirstCredentials;
  readonly store?: PlanStore;
  /** Hash of what is known of the system; the plan pins the same. */
  readonly profile?: string;
}

/** What `provision apply` does with a plan on one system, without the command around it. */
export function applyWith({
  plan,
  connector,
  database,
  credentials,
  store = createPlanStore(database),
  profile,
}: ApplyWith): Promise<ApplyResult> {
  const nowIso = (): string => new Date(systemClock.now()).toISOString();
  return applyPlan({
    plan,
    connectors: [credentials?.wrap(connector) ?? connector],
    ...(credentials ? { credentials } : {}),
    database,
    store,
    audit: createAuditLog(database, nowIso),
    clock: systemClock,
    zone: vietnamZone,
    actor: "bench",
    self: readProcessIdentity(),
    confirmed: {},
    ...(profile === undefined ? {} : { profiles: new Map([[connector.system, profile]]) }),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    savePeople: async () => undefined,
  });
}
