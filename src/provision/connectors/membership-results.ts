import { Failure } from "../../platform/failure.ts";
import type { MembershipPort, WriteResult } from "../connector.ts";

export type MembershipChange = Parameters<MembershipPort["change"]>[1];

/**
 * One outcome of several requests about one account: unknown when any answer was lost, refused when any was refused; what was done beside it
 * stays done, and reading it back tells which.
 */
export function joinResults(results: readonly WriteResult[], accountId: string): WriteResult {
  const worst = results.find(({ outcome }) => outcome === "unknown") ?? results.find(({ outcome }) => outcome === "refused");
  return worst ?? { outcome: "done", id: accountId };
}

/** A refusal may say no more than that it is so already ("already a member", `noTarget`, typeOrValueExists): then reading back says yes. */
export async function settleRefusal(
  result: WriteResult,
  find: MembershipPort["find"],
  accountId: string,
  { add, remove }: MembershipChange,
): Promise<WriteResult> {
  if (result.outcome !== "refused" || result.forbidden === true) return result;
  const held = await find(accountId, [...add, ...remove]).catch(() => undefined);
  const isSo = held !== undefined && add.every((one) => held.includes(one)) && !remove.some((one) => held.includes(one));
  return isSo ? { outcome: "done", id: accountId } : result;
}

/** What cannot be read before a change is not changed. */
export function toNotRead(error: unknown): WriteResult {
  if (error instanceof Failure && error.kind === "unavailable")
    return { outcome: "refused", conflict: false, message: error.words };
  throw error;
}
