import { createDelegationStore } from "../delegation/delegation-store.ts";
import { readFacts } from "../delegation/desk.ts";
import { createRegister } from "../delegation/facts.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import type { Unit } from "../directory/unit.ts";
import type { Instant } from "../platform/clock.ts";
import type { SigningFact } from "./facts.ts";
import type { ReadinessHost } from "./host.ts";
import { listSigningFacts } from "./list-signing.ts";

/** What stands in the way of signing and issuing, by unit; undefined where no document system is set up. */
export async function readSigningFacts(
  { settings, zone, database: open }: ReadinessHost,
  units: readonly Unit[],
  { at, until }: { readonly at: Instant; readonly until: Instant },
): Promise<ReadonlyMap<string, readonly SigningFact[]> | undefined> {
  if (Object.keys(settings.delegate.systems).length === 0) return undefined;
  const database = await open();
  const only = units.length === 1 ? units[0]?.code : undefined;
  const desk = {
    database,
    store: createDelegationStore(database),
    people: createPeopleStore(database),
    settings: settings.delegate,
    zone,
  };
  const facts = await readFacts(desk, { unit: only, at, asOf: at, standing: true });
  const register = createRegister(facts, at, at);
  const horizon = { from: at, to: Math.max(until, at + 1) };
  return new Map(units.map(({ code }) => [code, listSigningFacts(register, code, horizon)]));
}
