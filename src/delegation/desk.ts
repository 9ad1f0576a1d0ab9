import type { AuditLog } from "../audit/audit-store.ts";
import { createPeopleStore, type PeopleStore } from "../directory/people-store.ts";
import type { Clock, Instant } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Ids } from "../platform/ids.ts";
import type { Zone } from "../platform/time.ts";
import { readSignerFacts } from "./certificates/read-signer-facts.ts";
import { createDelegationStore, type DelegationStore } from "./delegation-store.ts";
import type { SigningFacts } from "./facts.ts";
import { createSightStore } from "./grades/sight-store.ts";
import { createScopeBook } from "./scope-book.ts";
import { readSeals } from "./seals/list-seals.ts";
import type { DelegationSettings } from "./settings.ts";

/** What the work of this room needs; a command makes it from the workspace. */
export interface Desk {
  readonly database: Database;
  readonly store: DelegationStore;
  readonly people: PeopleStore;
  readonly audit: AuditLog;
  readonly settings: DelegationSettings;
  readonly zone: Zone;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Who is at work: recorder, approver. */
  readonly actor: string;
}

export function createDesk(needs: Omit<Desk, "store" | "people">): Desk {
  return { ...needs, store: createDelegationStore(needs.database), people: createPeopleStore(needs.database) };
}

export interface FactsRequest {
  /** One unit only, or all. */
  readonly unit?: string;
  readonly at: Instant;
  readonly asOf: Instant;
  /** Leaves out grants that were over by `at`, where nobody asks what became of them: a city keeps a hundred of them for each that stands. */
  readonly standing?: true;
}

/**
 * Reads what answers about `at` rest on, as it was known at `asOf`. Posts of every time: whether a delegation lapsed depends on who
 * was in office once, and what comes next on who takes office later.
 */
export async function readFacts(
  desk: Omit<Desk, "audit" | "clock" | "ids" | "actor">,
  { unit, at, asOf, standing }: FactsRequest,
): Promise<SigningFacts> {
  const { store, people, settings, zone } = desk;
  const evidenceAt = Math.min(at, asOf);
  const signer = await readSignerFacts(desk, asOf);
  const [posts, { grants, events }, carriage, seen, sights, seals, absences, returns] = await Promise.all([
    people.listPosts({ unit, knownAt: asOf }),
    standing ? store.listStanding({ unit, since: at, knownAt: asOf }) : listAll(store, unit),
    store.listCarriage(evidenceAt, asOf),
    store.listPeople(evidenceAt, asOf),
    createSightStore(desk.database).list(evidenceAt, asOf),
    readSeals(desk, evidenceAt, asOf),
    store.listAbsences(),
    store.listReturns(),
  ]);
  return {
    posts,
    grants,
    events,
    carriage,
    people: seen,
    sights,
    signer,
    absences,
    returns,
    seals,
    systemOf: (code) => findSystem(settings, code),
    switches: settings.switches,
    twoPerson: settings.twoPerson,
    zone,
    tree: createScopeBook(settings.scope, zone).tree,
  };
}

async function listAll(store: DelegationStore, unit: string | undefined): Promise<Pick<SigningFacts, "grants" | "events">> {
  return { grants: await store.listGrants(unit), events: await store.listEvents(unit) };
}

/** The document system of a unit: the first in wardctl.yaml that lists it. */
export function findSystem({ systems }: DelegationSettings, unit: string): string | undefined {
  return Object.entries(systems).find(([, { units }]) => units === "all" || units.includes(unit))?.[0];
}
