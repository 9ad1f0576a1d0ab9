import { defaultDepartments } from "../directory/department.ts";
import { createFormerUnits } from "../directory/former-unit-store.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import { defaultPositions } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import { Failure } from "../platform/failure.ts";
import { findNearest } from "../platform/text.ts";
import { readInstant, toIsoDate } from "../platform/time.ts";
import type { Connector } from "./connector.ts";
import { defaultFunctionalRules, listFunctionalAccounts } from "./functional-account.ts";
import { readKnownBefore } from "./known-before.ts";
import { endPosts, readKnownPeople, toKnownRoster, toRosterPerson, toUnitFacts } from "./known-people.ts";
import type { ChosenSubjects } from "./known-subjects.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";
import { type MadePlan, makePlan } from "./make-plan.ts";
import { type MergerSource, planMerger } from "./merger.ts";
import { readDestination, toMovedPerson } from "./movers.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { createPlanStore } from "./plan-store.ts";
import { type RosterPerson, type SubjectKey, toPersonKey } from "./roster.ts";
import { readScope } from "./scope.ts";
import { listSubjects } from "./subject.ts";
import { provisionFaults } from "./words.ts";

export interface MoveRequest {
  readonly staffId: string;
  readonly unit: string;
  readonly department?: string;
  readonly position: string;
  readonly effective: string;
  readonly overlapDays: number;
}

export interface MergeRequest {
  readonly into: string;
  /** Codes of former units; none: what the imported conversion tables say. */
  readonly from?: readonly string[];
  readonly effective?: string;
  readonly take: readonly string[];
  readonly leaveOut: readonly string[];
}

type Connectors = readonly Connector[];

/** Plans about people and units that are known already. They are applied like any other. */
export interface LifecyclePlans {
  /** Failure kinds: usage (nobody of that id), unavailable, denied. */
  leave(
    request: { readonly staffId: string; readonly date?: string },
    connectors: Connectors,
    signal?: AbortSignal,
  ): Promise<MadePlan>;
  /** Failure kinds: usage, invalid (the destination), unavailable, denied. */
  move(request: MoveRequest, connectors: Connectors, signal?: AbortSignal): Promise<MadePlan>;
  /** Failure kinds: usage, unavailable, denied. */
  merge(request: MergeRequest, connectors: Connectors, signal?: AbortSignal): Promise<MadePlan>;
}

export function createLifecyclePlans(host: ProvisionHost): LifecyclePlans {
  const { settings, units, directory, database, zone, clock } = host;
  const departments = host.departments ?? defaultDepartments;
  const positions = host.positions ?? defaultPositions;
  const store = createPlanStore(database);
  const known = createLifecycleStore(database);
  const people = createPeopleStore(database);
  const codes = new Set(units.map(({ code }) => code));
  const today = toIsoDate(clock.now(), zone);

  /** Everything but the people comes from the same rules as an ordinary plan. */
  const plan = async (
    {
      what,
      before,
      after,
      chosen,
    }: {
      readonly what: string;
      readonly before: readonly RosterPerson[];
      readonly after: readonly RosterPerson[];
      readonly chosen: ChosenSubjects;
    },
    connectors: Connectors,
    signal?: AbortSignal,
  ): Promise<MadePlan> => {
    const concerned = new Set(after.flatMap(({ posts }) => posts.map(({ unit }) => unit)));
    const own = units.filter(({ code }) => concerned.has(code));
    const earlier = await readKnownBefore(known);
    const subjects = listSubjects({
      people: before,
      units: own,
      departments,
      positions,
      rules: settings.functional ?? defaultFunctionalRules,
      systems: Object.keys(settings.systems),
      template: settings.usernames.template,
      today,
    });
    const owners = new Map<SubjectKey, string | null>(
      subjects.flatMap(({ key, kind, owner }) => (kind === "functional" ? [[key, owner ?? null] as const] : [])),
    );
    return makePlan({
      ...host,
      units: own,
      departments,
      positions,
      roster: await toKnownRoster(what, after),
      scope: readScope({}, { systems: Object.keys(settings.systems), units: codes }),
      connectors,
      store,
      known: { ...earlier, owners: new Map([...owners, ...earlier.owners]) },
      chosen,
      signal,
    });
  };

  /** The person as last known, and everybody in the units they work in. */
  const readSurroundings = async (staffId: string, further: readonly string[] = []) => {
    const key = toPersonKey(staffId);
    const links = await store.listLinks();
    const own = links.filter(({ subject }) => subject === key);
    const person = await people.findPerson(staffId);
    if (!person && own.length === 0) {
      const ids = links.flatMap(({ subject }) => (subject.startsWith("person/") ? [subject.slice("person/".length)] : []));
      throw new Failure("usage", words.unknownPerson(staffId, findNearest(staffId, ids)), { hint: words.rosterFirst });
    }
    const baselines = await known.listBaselines(key);
    const posts = await people.listPosts({ staffId });
    const concerned = [...new Set([...posts, ...own].map(({ unit }) => unit).concat(further))];
    return { key, person, baselines, posts, own, concerned, colleagues: await readKnownPeople(people, concerned) };
  };

  return {
    async leave({ staffId, date }, connectors, signal) {
      const effective = date === undefined ? today : readDay(date);
      const { key, person, baselines, posts, own, concerned, colleagues } = await readSurroundings(staffId);
      const shown = baselines.map(({ state }) => state.attributes.displayName).find((name) => name);
      const facts = person ?? { staffId, fullName: shown ?? staffId, staffClass: "cong_chuc" as const };
      const ended = endPosts(posts, effective);
      const place = { staffId, unit: own[0]?.unit ?? posts[0]?.unit ?? "", position: "", from: "", to: effective };
      const leaver: RosterPerson = { ...toRosterPerson(facts, ended, baselines), posts: ended.length > 0 ? ended : [place] };
      const others = colleagues.filter((one) => one.staffId !== staffId);
      const after = [...others, leaver];
      return plan(
        {
          what: `leave ${staffId}`,
          before: colleagues,
          after,
          chosen: {
            keys: new Set([key]),
            asOf: toLater(effective, today),
            people: person
              ? toUnitFacts([...others, { ...leaver, posts: ended }], concerned)
              : { units: [], people: [], posts: [] },
            declared: [{ subject: key, kind: "leave", effective }],
          },
        },
        connectors,
        signal,
      );
    },
    async move({ staffId, effective: date, overlapDays, ...asked }, connectors, signal) {
      const effective = readDay(date);
      const rules = { directory, departments, positions, units: codes, today };
      const destination = readDestination(asked, rules);
      const { key, person, baselines, posts, concerned, colleagues } = await readSurroundings(staffId, [destination.unit]);
      if (!person) throw new Failure("usage", words.unknownPerson(staffId, undefined), { hint: words.rosterFirst });
      const mover = toMovedPerson(toRosterPerson(person, posts, baselines), destination, effective, overlapDays);
      const after = [...colleagues.filter((one) => one.staffId !== staffId), mover];
      return plan(
        {
          what: `move ${staffId}`,
          before: colleagues,
          after,
          chosen: {
            keys: new Set([key]),
            asOf: toLater(effective, today),
            people: toUnitFacts(after, concerned),
            declared: [{ subject: key, kind: "move", effective, unit: destination.unit }],
          },
        },
        connectors,
        signal,
      );
    },
    async merge({ into, from, effective: date, take, leaveOut }, connectors, signal) {
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
      const effective = date === undefined ? (last ?? today) : readDay(date);
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
        provisionFaults.allSystemsNeeded(
          failed.map(({ name, message }) => ({ system: name, message: message ?? words.unreadable })),
        ),
      );
    },
  };

  function readDay(text: string): IsoDate {
    const at = readInstant(text, zone);
    if (at === undefined) throw new Failure("usage", words.badDate(text), { hint: words.badDateHint });
    return toIsoDate(at, zone);
  }
}

/** A plan of something that was yesterday is a plan of today. */
function toLater(...days: readonly [IsoDate, IsoDate]): IsoDate {
  return [...days].sort()[1] as IsoDate;
}
