import { formatUnitName } from "../directory/unit.ts";
import { listGrants, noEntitlements } from "./entitlements.ts";
import { formatFunctionalName, listFunctionalAccounts } from "./functional-account.ts";
import { listCurrent, listHeld, type Subject, type SubjectRequest } from "./subject.ts";

/** What of a subject says which accounts it is to have, and nothing of what they are to be like. */
export type Holder = Pick<Subject, "kind" | "externalId" | "name" | "unit" | "systems" | "entitled" | "current" | "grants">;

/**
 * Those of `listSubjects`, in its order, without user names and attributes, which cost the most: for questions about thousands that
 * nobody makes a plan of.
 */
export function listHolders(request: Omit<SubjectRequest, "template" | "expandNames" | "positions">): Holder[] {
  const { people, systems, today, entitlements = noEntitlements } = request;
  const functional = listFunctionalAccounts(request).map((account): Holder => {
    const { key: externalId, unit, systems: own } = account;
    const name = formatFunctionalName(account, formatUnitName(unit));
    return { kind: "functional", externalId, name, unit: unit.code, systems: own, entitled: true };
  });
  const persons = people.map((person): Holder => {
    const { staffId, fullName: name, posts } = person;
    const current = listCurrent(person, today);
    const positions = listHeld(current, today).map(({ position }) => position);
    return {
      kind: "person",
      externalId: staffId,
      name,
      unit: (current[0] ?? posts[0])?.unit ?? "",
      systems,
      entitled: current.length > 0,
      current,
      ...(entitlements === noEntitlements ? {} : { grants: listGrants({ ...person, positions, systems, today }, entitlements) }),
    };
  });
  return [...functional, ...persons];
}
