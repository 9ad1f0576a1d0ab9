import type { Unit } from "../../src/directory/unit.ts";
import type { AccountFact } from "../../src/readiness/facts.ts";
import { judgeAccounts, judgeDepartments } from "../../src/readiness/judge-accounts.ts";
import { nameOwner } from "../../src/readiness/owners.ts";
import { readAccountFacts } from "../../src/readiness/read-accounts.ts";
import type { GapFacts } from "../../src/reports/questions.ts";
import type { QuestionsRequest } from "./questions.ts";

/** Accounts of people and of departments that the last look at each system did not find. Undefined where nobody has looked yet. */
export async function readReportedAccounts(
  { workspace, asOf }: QuestionsRequest,
  units: readonly Unit[],
): Promise<GapFacts | undefined> {
  const facts = await readAccountFacts(workspace, units, { at: asOf, until: asOf });
  const people = listSeen(facts.accounts, asOf);
  const departments = listSeen(facts.departments, asOf);
  const looks = [...people.values(), ...departments.values()].flat().flatMap(({ seenAt }) => seenAt ?? []);
  if (looks.length === 0) return undefined;
  const { fresh, dimensions: counted } = workspace.settings.ready;
  const rules = { at: asOf, freshMs: fresh, counted, roster: "" };
  const gaps = units.flatMap(({ code }) => {
    const own = { code, staff: facts.staffOf.get(code) ?? 0 };
    const reasons = [
      ...judgeDepartments({ ...own, departments: departments.get(code) ?? [] }, rules).reasons,
      ...judgeAccounts({ ...own, accounts: people.get(code) ?? [] }, rules).reasons,
    ];
    return reasons.map((reason) => ({ unit: code, code: reason.code, inWords: reason.detail, owner: nameOwner(reason) }));
  });
  return { at: looks.reduce((a, b) => Math.max(a, b)), gaps };
}

/** What was looked at after the report's instant was not known then. */
function listSeen(
  facts: ReadonlyMap<string, readonly AccountFact[]> | undefined,
  asOf: number,
): ReadonlyMap<string, readonly AccountFact[]> {
  const known = (fact: AccountFact): AccountFact =>
    fact.seenAt !== undefined && fact.seenAt > asOf ? { ...fact, state: "unknown", seenAt: undefined } : fact;
  return new Map([...(facts ?? [])].map(([unit, own]) => [unit, own.map(known)]));
}
