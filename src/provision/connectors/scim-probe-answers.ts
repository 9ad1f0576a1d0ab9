import type { HttpAnswer } from "../../platform/http.ts";
import type { AccountState, ManagedKey } from "../account.ts";
import { listMoves } from "../compare-operation.ts";
import { readJsonObject } from "./scim-answer.ts";
import type { ScimLine } from "./scim-line.ts";
import { readScimUser } from "./scim-user.ts";

/** A test account with a value for everything that is managed. RFC 2606 §2: nobody gets mail at `.example`. */
export function makeWholeState(state: AccountState): AccountState {
  const attributes: Partial<Record<ManagedKey, string | null>> = {
    userType: "probe",
    employeeNumber: state.externalId ?? "probe",
    unit: "00000",
    department: "probe",
    email: `${state.userName}@wardctl.example`,
    phone: "+84000000000",
    ...state.attributes,
  };
  return { ...state, attributes };
}

/**
 * Does the answer to a create show what the list and the account itself show right after, value by value? Null: it was not made, so nothing
 * was learned. `listNamed`: accounts of that name in the list, as they are listed now.
 */
export async function learnAnswersAsStored(
  line: ScimLine,
  created: HttpAnswer,
  listNamed: (userName: string) => Promise<readonly unknown[]>,
): Promise<boolean | null> {
  if (created.status >= 300) return null;
  const answered = readScimUser(readJsonObject(created));
  if (!answered) return false;
  const single = await line.read(`/Users/${encodeURIComponent(answered.id)}`);
  const listed = await listNamed(answered.userName);
  const seen = [
    readScimUser(single.status === 200 ? readJsonObject(single) : undefined),
    ...listed.map((user) => readScimUser(user)),
  ];
  return (
    seen.length === 2 &&
    seen.every(
      (account) =>
        account?.id === answered.id && account.userName === answered.userName && listMoves(answered, account).length === 0,
    )
  );
}
