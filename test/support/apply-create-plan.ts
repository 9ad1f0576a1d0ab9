import { createAuditLog } from "../../src/audit/audit-store.ts";
import { readMonotonicMs, systemClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { createHttpClient } from "../../src/platform/http.ts";
import { readProcessIdentity } from "../../src/platform/process-identity.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { wait } from "../../src/platform/wait.ts";
import { applyPlan } from "../../src/provision/apply-plan.ts";
import type { ApplyResult } from "../../src/provision/applying.ts";
import { createScimConnector } from "../../src/provision/connectors/scim.ts";
import { createPace } from "../../src/provision/pace.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { createPlanStore } from "../../src/provision/plan-store.ts";

/** What `provision apply` does with a plan, without the command around it: real store, log, client, pace. */
export async function applyCreatePlan(plan: Plan, url: string, token: string, database: Database): Promise<ApplyResult> {
  const nowIso = (): string => new Date(systemClock.now()).toISOString();
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
    return await applyPlan({
      plan,
      connectors: [connector],
      database,
      store: createPlanStore(database),
      audit: createAuditLog(database, nowIso),
      clock: systemClock,
      zone: vietnamZone,
      actor: "bench",
      self: readProcessIdentity(),
      confirmed: {},
      signal: never,
      onProgress: () => undefined,
      savePeople: async () => undefined,
    });
  } finally {
    await connector.close();
  }
}
