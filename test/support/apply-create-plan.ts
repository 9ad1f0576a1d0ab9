import { createAuditLog } from "../../src/audit/audit-store.ts";
import { readMonotonicMs, systemClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { createHttpClient } from "../../src/platform/http.ts";
import { readProcessIdentity } from "../../src/platform/process-identity.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { wait } from "../../src/platform/wait.ts";
import { applyPlan } from "../../src/provision/apply-plan.ts";
import type { ApplyResult } from "../../src/provision/applying.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createScimConnector } from "../../src/provision/connectors/scim.ts";
import type { FirstCredentials } from "../../src/provision/first-credentials.ts";
import { createPace } from "../../src/provision/pace.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { createPlanStore, type PlanStore } from "../../src/provision/plan-store.ts";

/** What `provision apply` does with a plan, without the command around it: real store, log, client, pace. */
export async function applyCreatePlan(plan: Plan, url: string, token: string, database: Database): Promise<ApplyResult> {
  const never = new AbortController().signal;
  const connector = createScimConnector({
    system: plan.operations[0]?.system ?? "documents",
    url,
    token,
    http: await createHttpClient(),
    pace: createPace({ readMonotonicMs, waitMs: (ms) => wait(ms, never) }),
    clock: systemClock,
  });
  try {
    return await applyWith({ plan, connector, database });
  } finally {
    await connector.close();
  }
}

export interface ApplyWith {
  readonly plan: Plan;
  readonly connector: Connector;
  readonly database: Database;
  readonly credentials?: FirstCredentials;
  readonly store?: PlanStore;
}

/** The same with any connector. */
export function applyWith({
  plan,
  connector,
  database,
  credentials,
  store = createPlanStore(database),
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
    signal: new AbortController().signal,
    onProgress: () => undefined,
    savePeople: async () => undefined,
  });
}
