import type { CanaryWish } from "../../src/health/duties/duties.ts";
import { createDutyMemory } from "../../src/health/duties/memory-store.ts";
import type { DutyNeeds } from "../../src/health/duties/open-duties.ts";
import { listDeliveryTimes } from "../../src/records/delivery-store.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";

/** What the workspace gives to sign-in, function and freshness; each test document stands in the audit log before it is sent. */
export async function openDutyNeeds(workspace: Workspace | undefined, canaries: CanaryWish): Promise<DutyNeeds | undefined> {
  if (!workspace) return undefined;
  const { systems, probeHost } = workspace.settings.check;
  if (Object.keys(systems).length === 0) return undefined;
  const database = await workspace.database();
  const { actor } = workspace;
  const memory = createDutyMemory(database, async ({ id, system, unit }, tx) => {
    const log = await workspace.audit();
    await log.append({ actor, action: "check.canary", subject: `${unit}/${system}`, detail: { canary: id } }, tx);
  });
  return {
    systems,
    memory,
    readSecret: workspace.secret,
    readDeliveries: (source) => listDeliveryTimes(database, source),
    host: probeHost,
    canaries,
  };
}
