import { listChosenUnits } from "../directory/chosen-units.ts";
import type { Instant } from "../platform/clock.ts";
import { startOfLocalDay, toLocalDay } from "../platform/time.ts";
import { createLifecycleStore } from "../provision/lifecycle-store.ts";
import { listCurve, type ReadinessCurve } from "./curve.ts";
import { decideReadiness } from "./decide-readiness.ts";
import type { ReadinessRules } from "./facts.ts";
import { planRecords, withSince } from "./history.ts";
import type { ReadinessHost } from "./host.ts";
import { readAccountFacts } from "./read-accounts.ts";
import { readContactFacts } from "./read-contacts.ts";
import { readCanaryFacts, readEndpointFacts } from "./read-endpoints.ts";
import { readRecordsFacts } from "./read-records.ts";
import { readSigningFacts } from "./read-signing.ts";
import type { UnitReadiness } from "./readiness.ts";
import { createReadinessStore, type ReadinessRecord } from "./readiness-store.ts";

/** What a roster is called where none was applied yet. */
const rosterName = "roster.csv";

export interface ReadinessRequest {
  /** Unit codes; all of the workspace without it. */
  readonly units?: readonly string[];
  readonly at: Instant;
}

/**
 * Go or no-go of each unit, in order of code, from the rooms' own stores: no system is asked and nothing is written. Failure kinds:
 * invalid (the inventory), denied.
 */
export async function readReadiness(host: ReadinessHost, request: ReadinessRequest): Promise<readonly UnitReadiness[]> {
  const { settings, zone } = host;
  const { at } = request;
  const directory = await host.directory();
  const chosen = listChosenUnits(directory, settings).filter(({ code }) => request.units?.includes(code) ?? true);
  // Whole days ahead, to their end: who is away tomorrow afternoon is away tomorrow.
  const until = startOfLocalDay(toLocalDay(at, zone) + settings.ready.daysAhead + 1, zone);
  const accounts = await readAccountFacts(host, chosen, { at, until });
  const signing = await readSigningFacts(host, chosen, { at, until });
  const endpoints = await readEndpointFacts(host, chosen, { at, directory });
  const canaries = await readCanaryFacts(host, endpoints, at);
  const records = await readRecordsFacts(host, chosen, { at, directory });
  const contacts = await readContactFacts(host, at);
  const last = await createReadinessStore(await host.database()).listLast();
  const roster = (await createLifecycleStore(await host.database()).findLastRoster()) ?? rosterName;
  const { fresh, dimensions } = settings.ready;
  const rules: ReadinessRules = { at, freshMs: fresh, counted: dimensions, roster };
  return chosen.map(({ code }) => {
    const facts = {
      code,
      staff: accounts.staffOf.get(code) ?? 0,
      accounts: accounts.accounts && (accounts.accounts.get(code) ?? []),
      departments: accounts.departments && (accounts.departments.get(code) ?? []),
      signing: signing && (signing.get(code) ?? []),
      endpoints: endpoints && (endpoints.get(code) ?? []),
      canaries: canaries.get(code) ?? [],
      records: records?.get(code),
      contact: contacts.size === 0 ? ("no-list" as const) : contacts.get(code),
    };
    return withSince(decideReadiness(facts, rules), last.get(code), at);
  });
}

/** Adds to the history what changed since it was last kept, and tells what that was. */
export async function keepReadiness(
  host: ReadinessHost,
  readiness: readonly UnitReadiness[],
  at: Instant,
): Promise<readonly ReadinessRecord[]> {
  const database = await host.database();
  if (planRecords(readiness, await createReadinessStore(database).listLast(), at).length === 0) return [];
  // Another run may have kept the same meanwhile.
  return database.transaction(async (tx) => {
    const store = createReadinessStore(tx);
    const records = planRecords(readiness, await store.listLast(), at);
    await store.add(records);
    return records;
  });
}

/** The way of these units towards the opening, from the history. */
export async function readCurve(
  host: ReadinessHost,
  { units, at }: { readonly units: readonly string[]; readonly at: Instant },
): Promise<ReadinessCurve> {
  const turns = await createReadinessStore(await host.database()).list({ turned: true });
  return listCurve(turns, { units, at, opening: host.settings.ready.opening, zone: host.zone });
}

/** What was kept of one unit, oldest first. */
export async function listHistory(host: ReadinessHost, unit: string): Promise<readonly ReadinessRecord[]> {
  return createReadinessStore(await host.database()).list({ unit });
}
