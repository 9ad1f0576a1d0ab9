import type { KnownBefore } from "./known-subjects.ts";
import type { LifecycleStore } from "./lifecycle-store.ts";

/** What earlier plans left behind, as far as a new plan looks at it. */
export async function readKnownBefore(store: LifecycleStore): Promise<KnownBefore> {
  return {
    baselines: await store.listBaselineKeys(),
    owners: await store.listOwners(),
    declared: await store.listDeclared(),
    closed: await store.listClosed(),
  };
}
