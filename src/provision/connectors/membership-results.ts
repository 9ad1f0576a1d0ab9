import type { WriteResult } from "../connector.ts";

/**
 * One outcome of several requests about one account: unknown when any answer was lost, refused when any was refused; what was done beside it
 * stays done, and reading it back tells which.
 */
export function joinResults(results: readonly WriteResult[], accountId: string): WriteResult {
  const worst = results.find(({ outcome }) => outcome === "unknown") ?? results.find(({ outcome }) => outcome === "refused");
  return worst ?? { outcome: "done", id: accountId };
}
