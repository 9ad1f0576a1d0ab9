import { wait } from "../platform/wait.ts";
import type { Words } from "../platform/words.ts";
import { type Account, listDifferences } from "./account.ts";
import { applyFaults as words } from "./apply-words.ts";
import { compareOperation, type Standing } from "./compare-operation.ts";
import type { Connector, WriteResult } from "./connector.ts";
import { findHits } from "./find-hits.ts";
import { type AccountOperation, toAccountState } from "./operation.ts";

/** What one operation came to before it was read back with all others. `forbidden`: this kind of thing is not ours to do there. */
export type Sent =
  | {
      readonly event: "answered" | "adopted";
      readonly targetId: string | undefined;
      readonly message: undefined;
      readonly shown?: Account;
    }
  | { readonly event: "failed" | "unknown"; readonly targetId: undefined; readonly message: Words; readonly forbidden?: boolean };

/** Waits before looking whether a write without an answer was carried out after all. */
export const lookAfterMs = [0, 250, 1000];
/** Where nothing but us guards a name, a request that was lost gets this long to land before it is sent again (provision.md §9). */
const settleMs = 5_000;
export const mostSends = 3;

/** What was sent is looked up to the end, Ctrl-C or not. */
const neverAborted = new AbortController().signal;
export const waitOut = (ms: number): Promise<void> => wait(ms, neverAborted);

/**
 * Sends one operation. A write whose answer is missing is looked up, not repeated; only when the system certainly does not show it is the
 * same body sent again. A conflict is looked up too: it may be our own, landed late. Failure kind: denied (nothing more is to be sent).
 */
export async function sendOperation(
  connector: Connector,
  operation: AccountOperation,
  actual: Account | undefined,
  waitMs = waitOut,
): Promise<Sent> {
  for (let sends = 1; ; sends++) {
    const result = await send(connector, operation, actual);
    if (result.outcome === "done") {
      return { event: "answered", targetId: result.id ?? actual?.id, message: undefined, shown: result.shown };
    }
    if (result.outcome === "refused" && result.forbidden) {
      return { event: "failed", targetId: undefined, message: result.message, forbidden: true };
    }
    const standing = await lookUp(connector, operation, result, waitMs);
    if (!standing) return { event: "unknown", targetId: undefined, message: result.message };
    if (standing.state === "there") return toAdopted(standing.actual);
    if (standing.state === "moved") {
      const message = result.outcome === "refused" ? result.message : words.somebodyElse(operation.username);
      return { event: "failed", targetId: undefined, message };
    }
    if (result.outcome === "refused") return { event: "failed", targetId: undefined, message: result.message };
    if (sends === mostSends) return { event: "unknown", targetId: undefined, message: result.message };
  }
}

/** It is as wanted already, whoever made it so. A group has no account. */
export function toAdopted(account: Account | undefined): Sent {
  return { event: "adopted", targetId: account?.id, message: undefined, shown: account };
}

function send(connector: Connector, operation: AccountOperation, actual: Account | undefined): Promise<WriteResult> {
  const wanted = toAccountState(operation.after);
  if (!actual) return connector.create(wanted);
  const keys = listDifferences(actual, wanted);
  return keys.length === 1 && keys[0] === "active"
    ? connector.setActive(actual.id, wanted.active)
    : connector.patch(actual, wanted, keys);
}

/** Undefined when the system cannot be read now: then it stays unknown. */
async function lookUp(
  connector: Connector,
  operation: AccountOperation,
  result: WriteResult,
  waitMs: (ms: number) => Promise<void>,
): Promise<Standing | undefined> {
  const settle = connector.uniqueNames === false && operation.kind === "create" ? [settleMs] : [];
  const waits = result.outcome === "unknown" ? [...lookAfterMs, ...settle] : lookAfterMs.slice(0, 1);
  let standing: Standing | undefined;
  for (const ms of waits) {
    if (ms > 0) await waitMs(ms);
    standing = await findHits(connector, operation).then(
      (hits) => compareOperation(operation, hits),
      (error: { kind?: string }) => {
        // Ctrl-C: what was sent stays unknown.
        if (error.kind !== "unavailable" && error.kind !== "cancelled") throw error;
        return undefined;
      },
    );
    if (standing && standing.state !== "ready") return standing;
  }
  return standing;
}
