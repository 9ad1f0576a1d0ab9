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
import { createPace } from "../../src/provision/pace.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { createPlanStore } from "../../src/provision/plan-store.ts";
import { hashProfile, type Profile } from "../../src/provision/profile.ts";

export interface KnownProfile {
  readonly profile: Profile;
  readonly sha256: string;
}

interface ApplyWith extends KnownProfile {
  /** `rate` of the settings. */
  readonly ratePerSecond: number | undefined;
}

/** What `provision probe SYSTEM --allow-writes` does: what it learns is what a plan pins. */
export async function probeServer(system: string, url: string, token: string): Promise<KnownProfile> {
  const connector = await connect(system, url, token);
  try {
    const { profile } = await connector.probe!({ writes: true, marker: "bench", probedAt: nowIso() });
    return { profile, sha256: await hashProfile(profile) };
  } finally {
    await connector.close();
  }
}

const nowIso = (): string => new Date(systemClock.now()).toISOString();
const never = new AbortController().signal;

async function connect(
  system: string,
  url: string,
  token: string,
  { profile, ratePerSecond }: Partial<ApplyWith> = {},
): Promise<Connector> {
  return createScimConnector({
    system,
    url,
    token,
    http: await createHttpClient(),
    pace: createPace({ readMonotonicMs, waitMs: (ms) => wait(ms, never), ratePerSecond }),
    clock: systemClock,
    profile,
  });
}

/** What `provision apply` does with a plan, without the command around it: real store, log, client, pace. */
export async function applyCreatePlan(
  plan: Plan,
  url: string,
  token: string,
  database: Database,
  known: Partial<ApplyWith> = {},
): Promise<ApplyResult> {
  const system = plan.operations[0]?.system ?? "documents";
  const connector = await connect(system, url, token, known);
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
      profiles: known.sha256 === undefined ? undefined : new Map([[system, known.sha256]]),
      signal: never,
      onProgress: () => undefined,
      savePeople: async () => undefined,
    });
  } finally {
    await connector.close();
  }
}
