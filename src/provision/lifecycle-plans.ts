import { defaultDepartments } from "../directory/department.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import { defaultPositions } from "../directory/position.ts";
import { Failure } from "../platform/failure.ts";
import { findNearest } from "../platform/text.ts";
import { toIsoDate } from "../platform/time.ts";
import type { Connector } from "./connector.ts";
import { endPosts, readKnownPeople, toRosterPerson, toUnitFacts } from "./known-people.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";
import { readDestination, toMovedPerson } from "./movers.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { readDay, toLater } from "./plan-days.ts";
import { createKnownPlanner } from "./plan-known.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import { type RosterPerson, toPersonKey } from "./roster.ts";

export interface MoveRequest {
  readonly staffId: string;
  readonly unit: string;
  readonly department?: string;
  readonly position: string;
  readonly effective: string;
  readonly overlapDays: number;
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
}

export function createLifecyclePlans(host: ProvisionHost): LifecyclePlans {
  const { units, directory, database, zone, clock } = host;
  const departments = host.departments ?? defaultDepartments;
  const positions = host.positions ?? defaultPositions;
  const store = createPlanStore(database);
  const plan = createKnownPlanner(host);
  const known = createLifecycleStore(database);
  const people = createPeopleStore(database);
  const codes = new Set(units.map(({ code }) => code));
  const today = toIsoDate(clock.now(), zone);

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
    const posts = await people.listListedPosts({ staffId });
    const concerned = [...new Set([...posts, ...own].map(({ unit }) => unit).concat(further))];
    return { key, person, baselines, posts, own, concerned, colleagues: await readKnownPeople(people, concerned) };
  };

  return {
    async leave({ staffId, date }, connectors, signal) {
      const effective = date === undefined ? today : readDay(date, zone);
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
      const effective = readDay(date, zone);
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
  };
}
