import type { Fault } from "../platform/failure.ts";
import { type Desk, readFacts } from "./desk.ts";
import { createRegister } from "./facts.ts";
import type { Grant } from "./grant.ts";
import type { GrantText } from "./grant-columns.ts";
import type { JudgedGrant } from "./judge-grant.ts";
import { wasInOffice } from "./legal.ts";
import { type ReadingNeeds, readGrant } from "./read-grant.ts";
import type { Draft } from "./record-grants.ts";
import { createScopeBook } from "./scope-book.ts";

export interface ReadText {
  readonly text: GrantText;
  /** Undefined when there are faults. */
  readonly grant?: Draft;
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
  const now = desk.clock.now();
  const register = createRegister(await readFacts(desk, { at: now, asOf: now }), now, now);
  const needs = {
    ...place,
    wasInOffice: (grant: JudgedGrant) => wasInOffice(register, grant),
    zone: desk.zone,
    book: createScopeBook(desk.settings.scope, desk.zone),
    grants: register.facts.grants,
    staffIds: new Set(people.flatMap((person) => person?.staffId ?? [])),
  };
  const read = (text: GrantText, grants: readonly Grant[]): ReadText => {
    const { grant, faults } = readGrant(text, { ...needs, grants });
    return { text, grant, faults: faults.toSorted((a, b) => (a.column ?? 0) - (b.column ?? 0)) };
  };
  // A regulation names who signs by order and, further down, who may do so in that person's stead: rows that rest on rows.
  const first = texts.map((text) => read(text, needs.grants));
  const drafts = first.flatMap(({ grant }, at) => (grant?.capacity === "TL" ? [toDraft(grant, at)] : []));
  if (drafts.length === 0) return first;
  return first.map((one, at) => {
    const again = one.faults.length === 0 ? one : read(one.text, [...needs.grants, ...drafts]);
    return again.grant ? { ...again, grant: { ...again.grant, draftId: toDraftId(at) } } : again;
  });
}

function toDraftId(row: number): string {
  return `row ${row}`;
}

/** As it would stand if it were recorded. */
function toDraft(grant: JudgedGrant, row: number): Grant {
  const record = { needsApproval: false, ruleset: "", recordedAt: 0, recordedBy: "" };
  return { ...grant, id: toDraftId(row), ...record };
}
