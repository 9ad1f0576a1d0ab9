import type { Account, Membership } from "./account.ts";
import { type Move, no, type Standing, yes } from "./compare-operation.ts";
import type { MembershipSweep } from "./connector.ts";
import { type AssignOperation, type GroupOperation, listMembershipChange } from "./operation.ts";

/**
 * Where giving and taking stands. Each role or group is judged alone, so what half arrived is finished and never sent twice; one that was to
 * stay and is gone was somebody else's doing. `account` undefined: it is not made yet, or gone.
 */
export function compareAssignment(
  operation: AssignOperation,
  account: Account | undefined,
  heldNow: readonly Membership[],
): Standing {
  const { targetId, username } = operation;
  if (!account) {
    const gone: Move = { attribute: "account", from: username, to: no };
    const rest = { ...listMembershipChange(operation), ahead: [] };
    return targetId === null ? { state: "ready", actual: undefined, rest } : { state: "moved", moves: [gone], actual: undefined };
  }
  const standing = compareHeld(operation, heldNow);
  return { ...standing, actual: account };
}

/** The same of an account that is known to be there. */
export function compareHeld(operation: AssignOperation, heldNow: readonly Membership[]): Standing {
  const { before, after } = operation;
  const held = new Set(heldNow);
  const { add, remove } = listMembershipChange(operation);
  const lost = after.memberships.filter((one) => before.memberships.includes(one) && !held.has(one));
  if (lost.length > 0) {
    return { state: "moved", moves: lost.map((attribute) => ({ attribute, from: yes, to: no })), actual: undefined };
  }
  const rest = {
    add: add.filter((one) => !held.has(one)),
    remove: remove.filter((one) => held.has(one)),
    ahead: [
      ...add.filter((one) => held.has(one)).map((attribute) => ({ attribute, from: no, to: yes })),
      ...remove.filter((one) => !held.has(one)).map((attribute) => ({ attribute, from: yes, to: no })),
    ],
  };
  return rest.add.length + rest.remove.length === 0
    ? { state: "there", actual: undefined }
    : { state: "ready", actual: undefined, rest };
}

export function compareGroup(
  { after: { group } }: GroupOperation,
  { missing, ambiguous }: Pick<MembershipSweep, "missing" | "ambiguous">,
): Standing {
  if (ambiguous.includes(group)) {
    return { state: "moved", moves: [{ attribute: group, from: "0", to: "2" }], actual: undefined };
  }
  return missing.includes(group) ? { state: "ready", actual: undefined } : { state: "there", actual: undefined };
}

/** Of a plan that was never begun, what came about already is somebody else's work: a person looks. */
export function doubtHalfDone(standing: Standing): Standing {
  if (standing.state !== "ready" || !standing.rest || standing.rest.ahead.length === 0) return standing;
  return { state: "moved", moves: standing.rest.ahead, actual: standing.actual };
}
