import { defaultDepartments } from "../directory/department.ts";
import { createFormerUnits } from "../directory/former-unit-store.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import { defaultPositions } from "../directory/position.ts";
import { Failure } from "../platform/failure.ts";
import { toIsoDate } from "../platform/time.ts";
import type { Connector } from "./connector.ts";
import { defaultFunctionalRules, listFunctionalAccounts } from "./functional-account.ts";
import { readKnownPeople, toRosterPerson, toUnitFacts } from "./known-people.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";
import { type MergerSource, planMerger } from "./merger.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { readDay, toLater } from "./plan-days.ts";
import { createKnownPlanner } from "./plan-known.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import { toPersonKey } from "./roster.ts";
import { provisionFaults } from "./words.ts";

export interface MergeRequest {
  readonly into: string;
  /** Codes of former units; none: what the imported conversion tables say. */
  readonly from?: readonly string[];
  readonly effective?: string;
  readonly take: readonly string[];
  readonly leaveOut: readonly string[];
}

/** A merger of units as a plan. Failure kinds: usage, unavailable (every system is needed), denied. */
export async function makeMergerPlan(
  host: ProvisionHost,
  { into, from, effective: date, take, leaveOut }: MergeRequest,
  connectors: readonly Connector[],
  signal?: AbortSignal,
): Promise<MadePlan> {
  const { settings, units, directory, database, zone, clock } = host;
  const departments = host.departments ?? defaultDepartments;
  const positions = host.positions ?? defaultPositions;
  const store = createPlanStore(database);
  const known = createLifecycleStore(database);
  const people = createPeopleStore(database);
  const plan = createKnownPlanner(host);
  const codes = new Set(units.map(({ code }) => code));
  const today = toIsoDate(clock.now(), zone);

  const unit = codes.has(into) ? directory.findUnit(into) : undefined;
  if (!unit) throw new Failure("usage", words.unknownUnit(into));
  const table = (await createFormerUnits(database).listSources(into)).filter(({ former }) => former.code !== undefined);
  if (from === undefined && table.length === 0) {
    throw new Failure("usage", words.noMergerTable(into), { hint: words.noMergerTableHint });
  }
  const last = table
    .map(({ former }) => former.until)
    .sort()
    .at(-1);
  const effective = date === undefined ? (last ?? today) : readDay(date, zone);
  const rows = table.filter(({ former }) => former.until === effective);
  const codesOf = from ?? rows.map(({ former }) => former.code as string);
  const sources = codesOf.map((code): MergerSource => {
    const row = rows.find(({ former }) => former.code === code);
    return { code, partial: row?.partial === true && !row.populationFollows };
  });
  const concerned = [...new Set([into, ...codesOf])];
  const links = await store.listLinks();
  const before = await readKnownPeople(people, concerned);
  const kept = Map.groupBy(await known.listBaselines(), ({ subject }) => subject);
  const functionalKeys = new Set(
    listFunctionalAccounts({
      units: [unit],
      rules: settings.functional ?? defaultFunctionalRules,
      systems: Object.keys(settings.systems),
      departments,
    }).map(({ key }) => key),
  );
  const merged = planMerger({
    into: unit,
    effective,
    sources,
    people: before.map((person) => toRosterPerson(person, person.posts, kept.get(toPersonKey(person.staffId)) ?? [])),
    departments,
    positions,
    links,
    baselines: [...kept.values()].flat(),
    functionalKeys,
    named: new Set((await store.listNames()).map(({ owner }) => owner)),
    take: new Set(take),
    leaveOut: new Set(leaveOut),
  });
  const movers = merged.moved.map(({ staffId }) => toPersonKey(staffId));
  const made = await plan(
    {
      what: `merge-units ${into}`,
      before,
      after: merged.people,
      chosen: {
        keys: new Set([...movers, ...merged.renamed.keys(), ...merged.ending.map(({ key }) => key)]),
        asOf: toLater(effective, today),
        people: toUnitFacts(merged.people, concerned),
        declared: [
          ...movers.map((subject) => ({ subject, kind: "move" as const, effective, unit: into })),
          ...[...merged.renamed.values(), ...merged.ending.map(({ key }) => key)].map((subject) => {
            return { subject, kind: "leave" as const, effective, unit: into };
          }),
        ],
        questions: merged.questions,
        renamed: merged.renamed,
        ending: merged.ending,
        merger: { unit: into, effective, sources, people: merged.moved, functional: merged.functional },
      },
    },
    connectors,
    signal,
  );
  // An account under a new key here and the old one there would be two accounts of nobody.
  const failed = made.plan.systems.filter(({ state }) => state === "failed");
  if (failed.length === 0) return made;
  throw new Failure(
    "unavailable",
    provisionFaults.allSystemsNeeded(failed.map(({ name, message }) => ({ system: name, message: message ?? words.unreadable }))),
  );
}
