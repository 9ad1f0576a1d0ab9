import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import type { Words } from "../platform/words.ts";
import type { Carrier } from "./carrier.ts";
import { compareCarriage, type Difference } from "./compare-carriage.ts";
import { toStoredRight } from "./delegation-rows.ts";
import { type Desk, readFacts } from "./desk.ts";
import { type CarriedRight, nameHolders, type PersonReading } from "./evidence.ts";
import { createRegister, type Register } from "./facts.ts";
import type { EvidenceGrade } from "./grades/evidence-grade.ts";
import { listDisagreements, type Probed, probeRights } from "./grades/probe-rights.ts";
import type { Sight } from "./grades/sight.ts";
import { createSightStore } from "./grades/sight-store.ts";
import { createLossStore } from "./loss-store.ts";
import { type Loss, mapDue } from "./lossy-mapping.ts";
import type { SealBound } from "./seals/seal.ts";
import { createSealStore } from "./seals/seal-store.ts";

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
  /** Undefined: nothing was tried. */
  readonly probed?: Probed;
  /** Where a trial and the listing say otherwise. */
  readonly disagreements: readonly Sight[];
  /** Seals of the units, where the system says which it uses; `sealsUnread` did not answer. */
  readonly seals: readonly SealBound[];
  readonly sealsUnread: readonly string[];
}

export interface ReadBackRequest {
  readonly units: readonly string[];
  readonly ttlMs: number;
  /** Asks the system to sign on trial as well, where it can; without it only where it was tried lately. */
  readonly probes?: boolean;
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
  const facts = await readFacts(desk, { at, asOf: at });
  const register = createRegister(facts, at, at);
  const { people, unread } = await readPeople(desk, carrier, listStaff(register, units, at), request);
  // Trials come before the listing: where the listing then says otherwise, the stronger word is the older one and the matter is open.
  const accepted = await createLossStore(database).listAccepted(carrier.system);
  const { due } = mapDue(register, units, at, carrier, accepted);
  // What was tried lately is tried again: its word would stand against every newer listing.
  const wasTried = facts.sights?.some(({ system, grade }) => system === carrier.system && grade === "probe") ?? false;
  const probed =
    (request.probes || wasTried) && carrier.probeRight
      ? await probeRights(desk, carrier, { due, people, ttlMs, signal })
      : undefined;
  const seals = await readBoundSeals(desk, carrier, request);
  const listing = await carrier.listRights(signal);
  // What a table says was so when it was exported; its file cannot be from later than now.
  const readAt = listing.complete ? Math.min(listing.at ?? at, at) : at;
  const base = { system: carrier.system, at: readAt, grade: carrier.grade, people, unread, probed, ...seals };
  if (!listing.complete) {
    // A trial without a listing to hold it against is not kept: it may be the one that lies.
    await database.transaction(async (tx) => {
      await store.addPeople(people, tx);
      await createSealStore(database).addBound(seals.seals, tx);
    });
    return { ...base, complete: false, reason: listing.reason, rights: [], differences: [], losses: [], disagreements: [] };
  }
  // Accounts read before name the holders in units that were not asked about this time; the listing is of them all.
  const owners = [...facts.people.filter((person) => person.system === carrier.system), ...people].flatMap(
    ({ staffId, account }) => (account ? [[account.userName, staffId] as const] : []),
  );
  const rights = nameHolders(listing.rights, new Map(owners));
  const hash = sha256(await toCanonicalJson(rights.map(toStoredRight)));
  await database.transaction(async (tx) => {
    await store.addCarriage(
      { system: carrier.system, at: readAt, ttlMs, hash, grade: carrier.grade, rights, recordedAt: at },
      tx,
    );
    await store.addPeople(people, tx);
    await createSealStore(database).addBound(seals.seals, tx);
    await createSightStore(database).add(probed?.sights ?? [], tx);
  });
  const disagreements = listDisagreements(probed?.sights ?? [], rights, at);
  return {
    ...base,
    complete: true,
    rights,
    disagreements,
    ...compareUnits(register, carrier, { units, rights, now: at, accepted }),
  };
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

async function readBoundSeals(
  { clock }: Desk,
  carrier: Carrier,
  { units, ttlMs, signal }: ReadBackRequest,
): Promise<Pick<ReadBack, "seals" | "sealsUnread">> {
  const seals: SealBound[] = [];
  const sealsUnread: string[] = [];
  if (!carrier.findSeal) return { seals, sealsUnread };
  const waiting = [...units];
  const work = async (): Promise<void> => {
    for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) {
      try {
        const certificate = await carrier.findSeal?.(unit, signal);
        const at = clock.now();
        seals.push({ system: carrier.system, unit, at, ttlMs, certificate, recordedAt: at });
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== "unavailable") throw error;
        sealsUnread.push(unit);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, units.length) }, work));
  return { seals: seals.sort((a, b) => (a.unit < b.unit ? -1 : 1)), sealsUnread: sealsUnread.sort() };
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
        people.push({ system: carrier.system, staffId, at, ttlMs, account, recordedAt: desk.clock.now(), grade: carrier.grade });
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
