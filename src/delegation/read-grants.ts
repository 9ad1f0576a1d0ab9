import type { Fault } from "../platform/failure.ts";
import type { Desk } from "./desk.ts";
import type { GrantText } from "./grant-columns.ts";
import type { JudgedGrant } from "./judge-grant.ts";
import { type ReadingNeeds, readGrant } from "./read-grant.ts";

export interface ReadText {
  readonly text: GrantText;
  /** Undefined when there are faults. */
  readonly grant?: JudgedGrant;
  readonly faults: readonly Fault[];
}

/** Every text with the grant it makes or everything that is wrong with it; the people it names are looked up in the register. */
export async function readGrants(
  desk: Desk,
  texts: readonly GrantText[],
  place: Pick<ReadingNeeds, "directory" | "choice">,
): Promise<ReadText[]> {
  const named = [...new Set(texts.flatMap(({ cells }) => cells.person || []))];
  const people = await Promise.all(named.map((staffId) => desk.people.findPerson(staffId)));
  const needs = {
    ...place,
    zone: desk.zone,
    grants: await desk.store.listGrants(),
    staffIds: new Set(people.flatMap((person) => person?.staffId ?? [])),
  };
  return texts.map((text) => {
    const { grant, faults } = readGrant(text, needs);
    return { text, grant, faults: faults.toSorted((a, b) => (a.column ?? 0) - (b.column ?? 0)) };
  });
}
