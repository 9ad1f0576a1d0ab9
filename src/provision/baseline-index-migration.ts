import type { Migration } from "../platform/database.ts";

/** Baselines are looked for by the account, too: without this each account of a plan reads all of its system's (quadratic; docs/benchmarks.md). */
export const baselineIndexMigration: Migration = {
  name: "provision/0003-baseline-by-account",
  statements: () => ["CREATE INDEX provision_baseline_target ON provision_baseline (system, target)"],
};
