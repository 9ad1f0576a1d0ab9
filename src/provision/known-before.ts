import type { Sql } from "../platform/database.ts";
import { createDecisionStore } from "./decision-store.ts";
import type { KnownBefore } from "./known-subjects.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { createMembershipStore } from "./membership-store.ts";

/** What earlier plans left behind, as far as a new plan looks at it. */
export async function readKnownBefore(database: Sql): Promise<KnownBefore> {
  const [store, memberships] = [createLifecycleStore(database), createMembershipStore(database)];
  return {
    baselines: await store.listBaselineKeys(),
    owners: await store.listOwners(),
    declared: await store.listDeclared(),
    closed: await store.listClosed(),
    decisions: await createDecisionStore(database).list(),
    given: (await memberships.list()).filter(({ held }) => held),
  };
}
