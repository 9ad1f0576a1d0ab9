import type { Post } from "../directory/person.ts";
import { findPosition, type Rank } from "../directory/position.ts";
import type { Instant } from "../platform/clock.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { SignerFacts } from "./certificates/certificate-reading.ts";
import type { CarriageReading, CarriedRight, PersonReading } from "./evidence.ts";
import type { Grant, GrantEvent, PostRef } from "./grant.ts";
import type { Switches } from "./settings.ts";

/** Everything an answer rests on. Plain data: the same facts in any order give the same answers. */
export interface SigningFacts {
  readonly posts: readonly Post[];
  readonly grants: readonly Grant[];
  readonly events: readonly GrantEvent[];
  readonly carriage: readonly CarriageReading[];
  readonly people: readonly PersonReading[];
  /** Undefined: nothing is known of certificates but what document systems say. */
  readonly signer?: SignerFacts;
  /** The document system that carries a unit's documents. */
  readonly systemOf: (unit: string) => string | undefined;
  readonly switches: Switches;
  readonly twoPerson: readonly string[];
  readonly zone: Zone;
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
  /** Active rights by `staff id/unit/capacity`. */
  readonly rights: ReadonlyMap<string, readonly CarriedRight[]>;
}

/** The facts as they were known at one instant, ready to be looked up. */
export interface Register {
  readonly facts: SigningFacts;
  readonly asOf: Instant;
  /** Evidence is judged here: `asOf`, or the instant asked about where that is earlier. */
  readonly evidenceAt: Instant;
  readonly units: readonly string[];
  readonly holdingsOf: ReadonlyMap<string, readonly Holding[]>;
  readonly holdingsIn: ReadonlyMap<string, readonly Holding[]>;
  readonly grantsIn: ReadonlyMap<string, readonly Grant[]>;
  readonly eventsOf: ReadonlyMap<string, readonly GrantEvent[]>;
  findGrant(id: string): Grant | undefined;
  findCarriage(unit: string): Carriage;
  findPerson(unit: string, staffId: string): Evidence<PersonReading>;
}

const emptyCarriage: Carriage = { reading: undefined, fresh: false, rights: new Map() };

/** What was recorded after `asOf` is left out; answers about `at` later than `asOf` are forecasts on what is fresh then. */
export function createRegister(facts: SigningFacts, at: Instant, asOf: Instant): Register {
  const evidenceAt = Math.min(at, asOf);
  const grants = facts.grants.filter((grant) => grant.recordedAt <= asOf);
  const byId = new Map(grants.map((grant) => [grant.id, grant]));
  const holdings = facts.posts.flatMap((post) => toHolding(post, facts.zone));
  const usable = <T extends { at: Instant; ttlMs: number; recordedAt: Instant }>(readings: readonly T[]): T[] =>
    readings.filter((reading) => reading.at <= evidenceAt && reading.recordedAt <= asOf);
  const isFresh = (reading: { at: Instant; ttlMs: number }): boolean => evidenceAt < reading.at + reading.ttlMs;
  const carriage = new Map(
    [...newest(usable(facts.carriage), (reading) => reading.system)].map(([system, reading]): [string, Carriage] => [
      system,
      {
        reading,
        fresh: isFresh(reading),
        rights: group(
          reading.rights.filter((right) => right.active && right.staffId !== undefined),
          (right) => toRightKey(right.staffId as string, right.unit, right.capacity),
        ),
      },
    ]),
  );
  const people = newest(usable(facts.people), (reading) => `${reading.system}/${reading.staffId}`);
  return {
    facts,
    asOf,
    evidenceAt,
    units: [...new Set([...holdings.map((holding) => holding.unit), ...grants.map((grant) => grant.unit)])].sort(),
    holdingsOf: group(holdings, (holding) => holding.staffId),
    holdingsIn: group(holdings, (holding) => holding.unit),
    grantsIn: group(grants, (grant) => grant.unit),
    eventsOf: group(
      facts.events.filter((event) => event.recordedAt <= asOf),
      (event) => event.grantId,
    ),
    findGrant: (id) => byId.get(id),
    findCarriage: (unit) => carriage.get(facts.systemOf(unit) ?? "") ?? emptyCarriage,
    findPerson(unit, staffId) {
      const reading = people.get(`${facts.systemOf(unit)}/${staffId}`);
      return { reading, fresh: reading !== undefined && isFresh(reading) };
    },
  };
}

export function toRightKey(staffId: string, unit: string, capacity: string): string {
  return `${staffId}/${unit}/${capacity}`;
}

export function isPost(holding: Holding, ref: PostRef): boolean {
  return holding.post.position === ref.position && (ref.department === undefined || holding.post.department === ref.department);
}

function toHolding(post: Post, zone: Zone): Holding[] {
  const position = findPosition(post.position);
  if (!position) return [];
  const { staffId, unit, department } = post;
  const from = readInstant(post.from, zone) as Instant;
  const to = post.to === undefined ? Number.POSITIVE_INFINITY : (readInstant(post.to, zone) as Instant);
  return [{ staffId, unit, post: { position: post.position, department }, rank: position.rank, from, to }];
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
