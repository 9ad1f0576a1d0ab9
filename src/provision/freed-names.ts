import type { IsoDate } from "../directory/unit.ts";
import { type Account, toNameKey } from "./account.ts";
import type { RegisteredName } from "./name-register.ts";
import type { SubjectKey } from "./roster.ts";

interface FreedRequest {
  readonly register: readonly RegisteredName[];
  readonly accounts: readonly Account[];
  /** Whoever returns has the name back, however long they were away. */
  readonly wanted: ReadonlySet<SubjectKey>;
  readonly today: IsoDate;
  /** Undefined: never. */
  readonly years: number | undefined;
}

/** Names of leavers that may be given to others, and whose they were: put away for so many years, and on no account of any system any more. */
export function listFreedNames({ register, accounts, wanted, today, years }: FreedRequest): ReadonlyMap<string, SubjectKey> {
  if (years === undefined) return new Map();
  const before = `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
  const held = new Set(accounts.map(({ userName }) => toNameKey(userName)));
  return new Map(
    register
      .filter(({ state, since, owner, name }) => {
        const isOld = state === "retired" && since !== undefined && since.slice(0, 10) <= before;
        return isOld && !wanted.has(owner) && !held.has(toNameKey(name));
      })
      .map(({ name, owner }) => [toNameKey(name), owner]),
  );
}
