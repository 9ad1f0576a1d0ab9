import { type Department, defaultDepartments } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import { defaultPositions, type Position } from "../directory/position.ts";
import type { IsoDate, Unit } from "../directory/unit.ts";
import type { Clock, Instant } from "../platform/clock.ts";
import { Failure } from "../platform/failure.ts";
import type { Ids } from "../platform/ids.ts";
import { readInstant, toIso, toIsoDate, type Zone } from "../platform/time.ts";
import { type Account, toFingerprint, toNameKey } from "./account.ts";
import { toPlanSubject } from "./ask.ts";
import type { Connector } from "./connector.ts";
import { assertEntitlements, type Entitlements, noEntitlements } from "./entitlements.ts";
import { defaultFunctionalRules } from "./functional-account.ts";
import { listGone } from "./gone-subjects.ts";
import { judgeGuards } from "./guards.ts";
import { type ChosenSubjects, type KnownBefore, listStaying, renameOwners, toOrigin } from "./known-subjects.ts";
import { assignUsernames, type RegisteredName } from "./name-register.ts";
import { listOwnerless } from "./ownerless.ts";
import {
  type Link,
  type Operation,
  type Plan,
  type PlannedName,
  type PlanSystem,
  planLifeMs,
  sealPlan,
  toPlanState,
} from "./plan.ts";
import { type Change, type Changes, planChanges } from "./plan-changes.ts";
import type { PlanStore } from "./plan-store.ts";
import { readSystems, type SystemReading } from "./read-systems.ts";
import type { Roster, SubjectKey } from "./roster.ts";
import type { Scope } from "./scope.ts";
import type { ProvisionSettings } from "./settings.ts";
import { listSubjects, type Subject } from "./subject.ts";
import { defaultDenied } from "./username.ts";
import { provisionFaults as words } from "./words.ts";

export interface PlanRequest {
  readonly roster: Roster;
  readonly settings: ProvisionSettings;
  readonly scope: Scope;
  readonly units: readonly Unit[];
  readonly directory: Directory;
  readonly connectors: readonly Connector[];
  readonly store: PlanStore;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly ids: Ids;
  readonly actor: string;
  readonly recreate?: readonly string[];
  /** Hash of what was learned of each system that was probed. */
  readonly profiles?: ReadonlyMap<string, string>;
  readonly departments?: readonly Department[];
  readonly positions?: readonly Position[];
  readonly signal?: AbortSignal;
  readonly known?: KnownBefore;
  readonly chosen?: ChosenSubjects;
}

export interface MadePlan {
  readonly plan: Plan;
  /** Every name that some account had while it was made: none of them is given to another, even after the account is gone. */
  readonly seenNames: readonly { readonly system: string; readonly name: string }[];
}

/** Reads every system, compares, and answers with a sealed plan. Writes nothing anywhere. Failure kinds: unavailable, denied. */
export async function makePlan(request: PlanRequest): Promise<MadePlan> {
  const { roster, settings, scope, units, connectors, store, clock, zone } = request;
  assertEntitlements(readEntitlements(settings), request.positions ?? defaultPositions, Object.keys(settings.systems));
  const readings = await readSystems(connectors, request.signal);
  const accounts = new Map(
    readings.flatMap((reading) => (reading.state === "read" ? [[reading.system, reading.accounts] as const] : [])),
  );
  if (accounts.size === 0) throw toFailure(readings);
  const renamed = request.chosen?.renamed ?? new Map<SubjectKey, SubjectKey>();
  const register = renameOwners(
    await store.listNames(),
    renamed,
    ({ owner }) => owner,
    (name, owner) => ({ ...name, owner }),
  );
  const seen = await store.listSeenNames();
  const links = renameOwners(
    await store.listLinks(),
    renamed,
    ({ subject }) => subject,
    (link, subject) => ({ ...link, subject }),
  );
  const subjects = listWanted(request);
  const names = assignUsernames({
    subjects,
    register,
    seen,
    accounts: [...accounts.values()].flat(),
    denied: listDenied(settings),
  });
  const isChosen = ({ key }: Subject): boolean => request.chosen?.keys.has(key) ?? true;
  const inScope = subjects.filter((subject) => scope.includes(subject) && isChosen(subject));
  const changes = planChanges({
    subjects: inScope,
    names,
    actual: new Map([...accounts].filter(([system]) => scope.includesSystem(system))),
    holds: new Map(connectors.flatMap(({ system, holds }) => (holds ? [[system, holds] as const] : []))),
    links,
    twins: roster.twins,
    recreate: new Set(request.recreate),
    declared: new Map(request.chosen ? [] : request.known?.declared.map((one) => [one.subject, one])),
    closed: request.known?.closed,
    clearOnLeave: settings.leavers.clear,
  });
  assertNamesAreFree(changes, names, readings);
  const gone = request.chosen
    ? { known: 0, missing: 0, questions: [] }
    : listGone({
        subjects,
        links: listStaying(links, register, accounts, request.known),
        roster,
        scope,
        units,
        findName: createNameFinder(accounts),
      });
  const operations = await Promise.all(changes.changes.map(toOperation));
  const questions = [...(request.chosen?.questions ?? []), ...changes.questions, ...gone.questions];
  const systems = listPlanSystems({ settings, scope, readings, subjects, links }).map((system) =>
    pinProfile(system, request.profiles),
  );
  const plan = await sealPlan({
    schema: "wardctl.plan/1",
    planId: request.ids.next(),
    createdAt: toIso(clock.now(), zone),
    expiresAt: toIso(toStart(request) + planLifeMs, zone),
    createdBy: request.actor,
    roster: {
      file: roster.file,
      sha256: roster.sha256,
      people: roster.people.length,
      skippedRows: roster.skipped?.rows ?? 0,
    },
    scope: { systems: scope.systems, only: scope.only, except: scope.except },
    systems,
    totals: countTotals(operations, changes.none, questions.length),
    operations,
    questions,
    guards: judgeGuards({ people: roster.people.length, known: gone.known, missing: gone.missing, operations, systems }),
    links: listNewLinks(changes.found, links),
    usernames: listPlannedNames(inScope, names, changes, register, renamed).map((name) => {
      const from = renamed.get(name.subject);
      return from === undefined ? name : { ...name, from };
    }),
    people: request.chosen?.people ?? toPlanPeople(roster, scope),
    baselines: changes.baselines.filter(({ system, subject }) => !request.known?.baselines.has(`${system} ${subject}`)),
    // A person's place in the roster stays on record beside what a command said of them since.
    origins: inScope.filter(({ kind }) => !request.chosen || kind === "functional").map(toOrigin),
    ...(request.chosen && request.chosen.asOf > toIsoDate(clock.now(), zone) ? { notBefore: request.chosen.asOf } : {}),
    declared: request.chosen?.declared ?? [],
    ...(request.chosen?.merger ? { merger: request.chosen.merger } : {}),
    ownerless: listOwnerless({
      subjects: request.chosen ? subjects : inScope,
      owners: request.known?.owners ?? new Map(),
      roster,
      positions: request.positions ?? defaultPositions,
      today: toToday(request),
    }),
  });
  const seenNames = [...accounts].flatMap(([system, own]) => own.map(({ userName }) => ({ system, name: toNameKey(userName) })));
  return { plan, seenNames };
}

function toToday({ chosen, directory }: PlanRequest): IsoDate {
  return chosen?.asOf ?? directory.date;
}

/** A plan for a later day lives from that day on. */
function toStart({ clock, zone, chosen }: PlanRequest): Instant {
  return Math.max(clock.now(), (chosen && readInstant(chosen.asOf, zone)) ?? 0);
}

/** The same value as long as nothing is written about classes, positions and persons. */
function readEntitlements({ classes, positions, additions, denials }: ProvisionSettings): Entitlements {
  const isEmpty = [Object.keys(classes), Object.keys(positions), additions, denials].every((list) => list.length === 0);
  return isEmpty ? noEntitlements : { classes, positions, additions, denials };
}

function listWanted(request: PlanRequest): Subject[] {
  const { roster, units, settings, departments, positions, chosen } = request;
  const subjects = listSubjects({
    people: roster.people,
    units,
    departments: departments ?? defaultDepartments,
    positions: positions ?? defaultPositions,
    rules: settings.functional ?? defaultFunctionalRules,
    systems: Object.keys(settings.systems),
    template: settings.usernames.template,
    expandNames: settings.usernames.collision === "middle-name",
    entitlements: readEntitlements(settings),
    today: toToday(request),
  });
  const wanted = subjects.map((subject): Subject => {
    const former = chosen?.renamed?.get(subject.key);
    return former === undefined ? subject : { ...subject, formerExternalId: former.slice(former.indexOf("/") + 1) };
  });
  const ending = chosen?.ending ?? [];
  const replaced = new Set([...ending.map(({ key }) => key), ...(chosen?.renamed?.values() ?? [])]);
  return [...wanted.filter(({ key }) => !replaced.has(key)), ...ending];
}

function countTotals(operations: readonly Operation[], none: number, question: number): Plan["totals"] {
  const count = (kind: Operation["kind"]): number => operations.filter((operation) => operation.kind === kind).length;
  return {
    create: count("create"),
    update: count("update"),
    enable: count("enable"),
    disable: count("disable"),
    none,
    question,
  };
}

/** Names of those who have an account or get one, where the register says something else yet. */
function listPlannedNames(
  subjects: readonly Subject[],
  names: ReturnType<typeof assignUsernames>,
  { changes, found }: Changes,
  register: readonly RegisteredName[],
  renamed: ReadonlyMap<SubjectKey, SubjectKey>,
): PlannedName[] {
  const known = new Map(register.map(({ owner, state }) => [owner, state]));
  const concerned = new Set([...changes.map(({ subject }) => subject.key), ...found.map(({ subject }) => subject)]);
  return subjects
    .filter(({ key }) => concerned.has(key) && names.get(key)?.takenBy === undefined)
    .map(({ key, entitled }): PlannedName => {
      return { subject: key, name: names.get(key)?.name as string, state: entitled ? "issued" : "retired" };
    })
    .filter(({ subject, state }) => known.get(subject) !== state || renamed.has(subject));
}

/** For the directory. Where rows were set aside it says nothing of units: half a roster would end posts that go on. */
function toPlanPeople({ people, skipped }: Roster, scope: Scope): Plan["people"] {
  const told = people.filter(({ posts }) => posts.some(({ unit }) => scope.includes({ kind: "person", unit })));
  const posts = told.flatMap((person) => person.posts);
  return {
    units: skipped ? [] : [...new Set(posts.map(({ unit }) => unit))].sort(),
    people: told.map(({ staffId, fullName, staffClass, email }) => ({
      staffId,
      fullName,
      staffClass,
      ...(email === undefined ? {} : { email }),
    })),
    posts,
  };
}

function createNameFinder(
  accounts: ReadonlyMap<string, readonly Account[]>,
): (system: string, targetId: string) => string | undefined {
  const shown = new Map(
    [...accounts].flatMap(([system, own]) => own.map(({ id, attributes }) => [`${system} ${id}`, attributes.displayName])),
  );
  return (system, targetId) => shown.get(`${system} ${targetId}`) ?? undefined;
}

export function listDenied({ systems, usernames }: ProvisionSettings): ReadonlySet<string> {
  return new Set([...defaultDenied, ...Object.keys(systems), ...usernames.deny].map((name) => name.toLowerCase()));
}

async function toOperation({ system, kind, subject, actual, wanted, reason, situation }: Change, at: number): Promise<Operation> {
  return {
    id: `op-${String(at + 1).padStart(5, "0")}`,
    system,
    kind,
    subject: toPlanSubject(subject),
    username: wanted.userName,
    targetId: actual?.id ?? null,
    before: actual ? toPlanState(actual) : null,
    after: toPlanState(wanted),
    fingerprint: await toFingerprint(actual),
    reason,
    situation,
  };
}

function toFailure(readings: readonly SystemReading[]): Failure {
  const failed = readings.filter((reading) => reading.state === "failed");
  return new Failure(
    failed[0]?.kind ?? "unavailable",
    words.noSystemRead(failed.map(({ system, message }) => ({ system, message }))),
  );
}

/** A name given now must be free on every system; one that could not be read may have it. */
function assertNamesAreFree(
  { changes }: Changes,
  names: ReturnType<typeof assignUsernames>,
  readings: readonly SystemReading[],
): void {
  const failed = readings.filter((reading) => reading.state === "failed");
  const fresh = changes.filter(({ kind, subject }) => kind === "create" && names.get(subject.key)?.source === "new");
  if (failed.length === 0 || fresh.length === 0) return;
  throw new Failure("unavailable", words.namesBlocked(failed.map(({ system, message }) => ({ system, message }))), {
    hint: words.namesBlockedHint(failed.map(({ system }) => system)),
  });
}

interface SystemRequest extends Pick<PlanRequest, "settings" | "scope"> {
  readonly readings: readonly SystemReading[];
  readonly subjects: readonly Subject[];
  readonly links: readonly Link[];
}

/** Ours is what any subject claims, in the plan's scope or not, by external id or by an earlier link. */
function listPlanSystems({ settings, scope, readings, subjects, links }: SystemRequest): PlanSystem[] {
  const claimed = new Set(subjects.map(({ externalId }) => externalId));
  const linked = new Set(links.map(({ system, targetId }) => `${system} ${targetId}`));
  return Object.entries(settings.systems).map(([name, { url }]): PlanSystem => {
    const reading = readings.find(({ system }) => system === name);
    if (!reading || !scope.reads(name)) {
      return { name, url, state: "left-out", accounts: 0, managed: 0, unmanaged: 0, message: null };
    }
    if (reading.state === "failed") {
      return { name, url, state: "failed", accounts: 0, managed: 0, unmanaged: 0, message: reading.message };
    }
    const accounts = reading.accounts.length;
    const managed = reading.accounts.filter(
      ({ id, externalId }) => claimed.has(externalId ?? "") || linked.has(`${name} ${id}`),
    ).length;
    return { name, url, state: "read", accounts, managed, unmanaged: accounts - managed, message: null };
  });
}

function pinProfile(system: PlanSystem, profiles: PlanRequest["profiles"]): PlanSystem {
  const profile = profiles?.get(system.name);
  return profile === undefined ? system : { ...system, profile };
}

function listNewLinks(found: readonly Link[], links: readonly Link[]): Link[] {
  const known = new Set(links.map(({ system, subject, targetId }) => `${system} ${subject} ${targetId}`));
  return found.filter(({ system, subject, targetId }) => !known.has(`${system} ${subject} ${targetId}`));
}
