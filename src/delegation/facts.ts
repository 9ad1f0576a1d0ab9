import type { Post } from "../directory/person.ts";
import type { Rank } from "../directory/position.ts";
import type { Instant } from "../platform/clock.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import { type Absence, type Return, toAway } from "./absence.ts";
import type { SignerFacts } from "./certificates/certificate-reading.ts";
import type { CarriageReading, CarriedRight, PersonReading } from "./evidence.ts";
import type { Sight, Weighed } from "./grades/sight.ts";
import { weighSights } from "./grades/sight.ts";
import { findPositionOf, type Grant, type GrantEvent, type PostRef } from "./grant.ts";
import type { Intervals } from "./interval.ts";
import { flatTree, type ScopeTree } from "./scope.ts";
import type { SealReading } from "./seals/seal.ts";
import type { Switches } from "./settings.ts";

/** Everything an answer rests on. Plain data: the same facts in any order give the same answers. */
export interface SigningFacts {
  readonly posts: readonly Post[];
  readonly grants: readonly Grant[];
  readonly events: readonly GrantEvent[];
  readonly carriage: readonly CarriageReading[];
  readonly people: readonly PersonReading[];
  /** Words on single rights beside the listings: trials, and screens that two people looked at. */
  readonly sights?: readonly Sight[];
  /** Undefined: nothing is known of certificates but what document systems say. */
  readonly signer?: SignerFacts;
  readonly absences: readonly Absence[];
  readonly returns: readonly Return[];
  /** Seal certificates of units; none of a unit means that nothing is known of it. */
  readonly seals: readonly SealReading[];
  /** The document system that carries a unit's documents. */
  readonly systemOf: (unit: string) => string | undefined;
  readonly switches: Switches;
  readonly twoPerson: readonly string[];
  readonly zone: Zone;
  /** How departments hang together; without it they all stand directly below the unit. */
  readonly tree?: ScopeTree;
}

/** When a post was held, as instants. */
export interface Holding {
  readonly staffId: string;
  readonly unit: string;
  readonly post: PostRef;
  readonly rank: Rank;
  readonly from: Instant;
  readonly to: Instant;
}

export interface Evidence<T> {
  readonly reading: T | undefined;
  /** It still supports an answer: read before, and not past its life. */
  readonly fresh: boolean;
}

export interface Carriage extends Evidence<CarriageReading> {
  /** Active rights by unit, then by staff id. */
  readonly rights: ReadonlyMap<string, ReadonlyMap<string, readonly CarriedRight[]>>;
  /** What trials and screens say in place of the listing, by unit, then by staff id. */
  readonly weighed: ReadonlyMap<string, ReadonlyMap<string, readonly Weighed[]>>;
}

/** The facts as they were known at one instant, ready to be looked up. */
export interface Register {
  readonly facts: SigningFacts;
  readonly tree: ScopeTree;
  readonly asOf: Instant;
  /** Evidence is judged here: `asOf`, or the instant asked about where that is earlier. */
  readonly evidenceAt: Instant;
  readonly units: readonly string[];
  readonly holdingsOf: ReadonlyMap<string, readonly Holding[]>;
  readonly holdingsIn: ReadonlyMap<string, readonly Holding[]>;
  readonly grantsIn: ReadonlyMap<string, readonly Grant[]>;
  /** By unit, then by grant: units are small, and a look at one of them touches nothing of the others. */
  readonly eventsIn: ReadonlyMap<string, ReadonlyMap<string, readonly GrantEvent[]>>;
  /** When people are away, by staff id. */
  readonly awayOf: ReadonlyMap<string, Intervals>;
  findGrant(id: string): Grant | undefined;
  findCarriage(unit: string): Carriage;
  findPerson(unit: string, staffId: string): Evidence<PersonReading>;
  findSeal(unit: string): Evidence<SealReading>;
}

const emptyCarriage: Carriage = { reading: undefined, fresh: false, rights: new Map(), weighed: new Map() };

/** What was recorded after `asOf` is left out; answers about `at` later than `asOf` are forecasts on what is fresh then. */
export function createRegister(facts: SigningFacts, at: Instant, asOf: Instant): Register {
  const evidenceAt = Math.min(at, asOf);
  const grants = facts.grants.filter((grant) => grant.recordedAt <= asOf);
  const byId = once(() => new Map(grants.map((grant) => [grant.id, grant])));
  const readDay = createDayReader(facts.zone);
  const holdings: Holding[] = [];
  for (const post of facts.posts) {
    const holding = toHolding(post, readDay);
    if (holding) holdings.push(holding);
  }
  const usable = <T extends { at: Instant; ttlMs: number; recordedAt: Instant }>(readings: readonly T[]): T[] =>
    readings.filter((reading) => reading.at <= evidenceAt && reading.recordedAt <= asOf);
  const isFresh = (reading: { at: Instant; ttlMs: number }): boolean => evidenceAt < reading.at + reading.ttlMs;
  const carriage = new Map<string, Carriage>(
    [...newest(usable(facts.carriage), (reading) => reading.system)].map(([system, reading]): [string, Carriage] => [
      system,
      {
        ...emptyCarriage,
        reading,
        fresh: isFresh(reading),
        rights: groupTwice(
          reading.rights.filter((right) => right.active && right.staffId !== undefined),
          (right) => right.unit,
          (right) => right.staffId as string,
        ),
      },
    ]),
  );
  const sights = usable(facts.sights ?? []).filter(isFresh);
  for (const [system, own] of Map.groupBy(sights, (sight) => sight.system)) {
    const listed = carriage.get(system) ?? emptyCarriage;
    carriage.set(system, { ...listed, weighed: toWeighed(own, listed, evidenceAt) });
  }
  const people = new Map(
    [...Map.groupBy(usable(facts.people), ({ system }) => system)].map(([system, readings]) => [
      system,
      newest(readings, ({ staffId }) => staffId),
    ]),
  );
  const seals = newest(usable(facts.seals), (reading) => reading.unit);
  const units = once(() => [...new Set([...holdings, ...grants].map(({ unit }) => unit))].sort());
  const holdingsOf = once(() => group(holdings, (holding) => holding.staffId));
  return {
    facts,
    tree: facts.tree ?? flatTree,
    asOf,
    evidenceAt,
    get units() {
      return units();
    },
    get holdingsOf() {
      return holdingsOf();
    },
    holdingsIn: group(holdings, (holding) => holding.unit),
    grantsIn: group(grants, (grant) => grant.unit),
    eventsIn: groupTwice(
      facts.events.filter((event) => event.recordedAt <= asOf),
      (event) => byId().get(event.grantId)?.unit ?? "",
      (event) => event.grantId,
    ),
    awayOf: toAway(facts.absences, facts.returns, asOf),
    findGrant: (id) => byId().get(id),
    findCarriage: (unit) => carriage.get(facts.systemOf(unit) ?? "") ?? emptyCarriage,
    findPerson(unit, staffId) {
      const reading = people.get(facts.systemOf(unit) ?? "")?.get(staffId);
      return { reading, fresh: reading !== undefined && isFresh(reading) };
    },
    findSeal(unit) {
      const reading = seals.get(unit);
      return { reading, fresh: reading !== undefined && isFresh(reading) };
    },
  };
}

function toWeighed(sights: readonly Sight[], { reading, fresh, rights }: Carriage, from: Instant): Carriage["weighed"] {
  const units = groupTwice(
    sights,
    (sight) => sight.unit,
    (sight) => sight.staffId,
  );
  const known = reading !== undefined && fresh;
  return new Map(
    [...units].map(([unit, people]) => [
      unit,
      new Map(
        [...people].map(([staffId, own]) => {
          const listing = known && { ...reading, grade: reading.grade ?? "export", rights: rights.get(unit)?.get(staffId) ?? [] };
          return [staffId, weighSights(own, listing || undefined, from)];
        }),
      ),
    ]),
  );
}

/** What a pass over a country never asks for is not made. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export function isPost(holding: Holding, ref: PostRef): boolean {
  return holding.post.position === ref.position && (ref.department === undefined || holding.post.department === ref.department);
}

/** Most people of a country took office on the same few days. */
function createDayReader(zone: Zone): (day: string) => Instant {
  const known = new Map<string, Instant>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const at = readInstant(day, zone) as Instant;
    known.set(day, at);
    return at;
  };
}

function toHolding(post: Post, readDay: (day: string) => Instant): Holding | undefined {
  const position = findPositionOf(post);
  if (!position) return undefined;
  const { staffId, unit, department } = post;
  const from = readDay(post.from);
  const to = post.to === undefined ? Number.POSITIVE_INFINITY : readDay(post.to);
  return { staffId, unit, post: { position: post.position, department }, rank: position.rank, from, to };
}

function group<T>(items: Iterable<T>, toKey: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = toKey(item);
    const members = groups.get(key);
    if (members) members.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function groupTwice<T>(
  items: Iterable<T>,
  toFirst: (item: T) => string,
  toSecond: (item: T) => string,
): Map<string, Map<string, T[]>> {
  const groups = new Map<string, Map<string, T[]>>();
  for (const item of items) {
    const first = toFirst(item);
    const second = toSecond(item);
    let inner = groups.get(first);
    if (!inner) {
      inner = new Map();
      groups.set(first, inner);
    }
    const members = inner.get(second);
    if (members) members.push(item);
    else inner.set(second, [item]);
  }
  return groups;
}

function newest<T extends { at: Instant; recordedAt: Instant }>(
  readings: readonly T[],
  toKey: (reading: T) => string,
): Map<string, T> {
  const latest = new Map<string, T>();
  for (const reading of readings) {
    const key = toKey(reading);
    const before = latest.get(key);
    if (!before || before.at < reading.at || (before.at === reading.at && before.recordedAt < reading.recordedAt)) {
      latest.set(key, reading);
    }
  }
  return latest;
}
