import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import type { Carrier, EvidenceGrade } from "./carrier.ts";
import { compareCarriage, type Difference } from "./compare-carriage.ts";
import { toStoredRight } from "./delegation-rows.ts";
import { type Desk, readFacts } from "./desk.ts";
import { type CarriedRight, nameHolders, type PersonReading } from "./evidence.ts";
import { createRegister, type Register } from "./facts.ts";
import { createLossStore } from "./loss-store.ts";
import { type Loss, mapDue } from "./lossy-mapping.ts";

export interface ReadBack {
  readonly system: string;
  readonly at: Instant;
  readonly grade: EvidenceGrade;
  /** False: nothing was stored and nothing may be concluded. */
  readonly complete: boolean;
  readonly reason?: Words;
  readonly rights: readonly CarriedRight[];
  /** Both ways, empty when the system carries exactly what was granted. */
  readonly differences: readonly Difference[];
  /** What the system cannot say as it was granted. */
  readonly losses: readonly Loss[];
  readonly people: readonly PersonReading[];
  /** Staff ids whose account could not be read. */
  readonly unread: readonly string[];
}

export interface ReadBackRequest {
  readonly units: readonly string[];
  readonly ttlMs: number;
  readonly signal?: AbortSignal;
  readonly onPerson?: (done: number, total: number) => void;
}

const atOnce = 8;

/**
 * Reads what a system carries and the accounts of all who may sign in the units, compares both ways and keeps it as evidence.
 * Failure kinds: those of the carrier.
 */
export async function readBack(desk: Desk, carrier: Carrier, request: ReadBackRequest): Promise<ReadBack> {
  const { store, database, clock } = desk;
  const { units, ttlMs, signal } = request;
  const at = clock.now();
  const listing = await carrier.listRights(signal);
  const facts = await readFacts(desk, { at, asOf: at });
  const register = createRegister(facts, at, at);
  const { people, unread } = await readPeople(desk, carrier, listStaff(register, units, at), request);
  // What a table says was so when it was exported; its file cannot be from later than now.
  const readAt = listing.complete ? Math.min(listing.at ?? at, at) : at;
  const base = { system: carrier.system, at: readAt, grade: carrier.grade, people, unread };
  if (!listing.complete) {
    await database.transaction((tx) => store.addPeople(people, tx));
    return { ...base, complete: false, reason: listing.reason, rights: [], differences: [], losses: [] };
  }
  // Accounts read before name the holders in units that were not asked about this time; the listing is of them all.
  const owners = [...facts.people.filter((person) => person.system === carrier.system), ...people].flatMap(
    ({ staffId, account }) => (account ? [[account.userName, staffId] as const] : []),
  );
  const rights = nameHolders(listing.rights, new Map(owners));
  const hash = sha256(await toCanonicalJson(rights.map(toStoredRight)));
  await database.transaction(async (tx) => {
    await store.addCarriage({ system: carrier.system, at: readAt, ttlMs, hash, rights, recordedAt: at }, tx);
    await store.addPeople(people, tx);
  });
  const accepted = await createLossStore(database).listAccepted(carrier.system);
  return { ...base, complete: true, rights, ...compareUnits(register, carrier, { units, rights, now: at, accepted }) };
}

/** Differences in these units only: of others nothing is known here. */
function compareUnits(
  register: Register,
  carrier: Carrier,
  {
    units,
    rights,
    now,
    accepted,
  }: {
    readonly units: readonly string[];
    readonly rights: readonly CarriedRight[];
    readonly now: Instant;
    readonly accepted: ReadonlySet<string>;
  },
): Pick<ReadBack, "differences" | "losses"> {
  const { due, blocked, losses } = mapDue(register, units, now, carrier, accepted);
  const inScope = new Set(units);
  const carried = rights.filter((right) => inScope.has(right.unit));
  const differences = compareCarriage(
    [...due, ...blocked],
    carried,
    now,
    (id) => register.findGrant(id) !== undefined,
    register.tree,
  );
  return { differences, losses };
}

/** Everybody who holds a post or is to hold one: who may be asked about is not known beforehand. */
function listStaff(register: Register, units: readonly string[], now: Instant): string[] {
  const holdings = units.flatMap((unit) => (register.holdingsIn.get(unit) ?? []).filter(({ to }) => to > now));
  return [...new Set(holdings.map(({ staffId }) => staffId))].sort();
}

async function readPeople(
  desk: Desk,
  carrier: Carrier,
  staffIds: readonly string[],
  { ttlMs, signal, onPerson }: ReadBackRequest,
) {
  const people: PersonReading[] = [];
  const unread: string[] = [];
  const waiting = [...staffIds];
  const work = async (): Promise<void> => {
    for (let staffId = waiting.shift(); staffId !== undefined; staffId = waiting.shift()) {
      try {
        const account = await carrier.findAccount(staffId, signal);
        const at = Math.min(desk.clock.now(), (await carrier.findAccountsAt?.()) ?? Number.POSITIVE_INFINITY);
        people.push({ system: carrier.system, staffId, at, ttlMs, account, recordedAt: desk.clock.now() });
      } catch (error) {
        // One account that does not answer is unknown; a system that refuses all is the caller's to hear of.
        if (!(error instanceof Failure) || error.kind !== "unavailable") throw error;
        unread.push(staffId);
      }
      onPerson?.(people.length + unread.length, staffIds.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, staffIds.length) }, work));
  return { people: people.sort((a, b) => (a.staffId < b.staffId ? -1 : 1)), unread: unread.sort() };
}
