import type { AuditLog } from "../audit/audit-store.ts";
import { type Department, defaultDepartments } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import { createPeopleStore } from "../directory/people-store.ts";
import { defaultPositions, type Position } from "../directory/position.ts";
import type { Unit } from "../directory/unit.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.ts";
import type { Encoding } from "../platform/decode.ts";
import { Failure } from "../platform/failure.ts";
import type { Ids } from "../platform/ids.ts";
import { readProcessIdentity } from "../platform/process-identity.ts";
import { toIso, type Zone } from "../platform/time.ts";
import type { Lang } from "../platform/words.ts";
import { applyPlan } from "./apply-plan.ts";
import type { ApplyResult } from "./applying.ts";
import { approvePlan } from "./approve-plan.ts";
import type { Connector } from "./connector.ts";
import { type Coverage, listCoverage } from "./coverage.ts";
import { defaultFunctionalRules } from "./functional-account.ts";
import type { Confirmations } from "./guards.ts";
import type { OperationEvent, StoredPlan } from "./journal.ts";
import { readKnownBefore } from "./known-before.ts";
import { createKnownProfiles } from "./known-profiles.ts";
import { makePlan } from "./make-plan.ts";
import { assertMayWrite, openConnectors } from "./open-connectors.ts";
import { openFirstCredentials, readUnitsWithoutCustodian } from "./open-first-credentials.ts";
import type { Plan } from "./plan.ts";
import { listDenied } from "./plan-names.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import type { Probed } from "./profile.ts";
import { createProfileStore } from "./profile-store.ts";
import { readSystems } from "./read-systems.ts";
import type { Roster } from "./roster.ts";
import { type ExaminedRoster, examineRoster, type RosterRequest, readRoster } from "./roster-reader.ts";
import { createSuccessorSearch } from "./roster-successors.ts";
import { readScope, type ScopeRequest } from "./scope.ts";
import { createSeenStore } from "./seen-store.ts";
import type { ProvisionSettings } from "./settings.ts";
import { type Verification, verifyPlan } from "./verify-plan.ts";
import { provisionFaults as words } from "./words.ts";

/** What the room needs of a workspace. */
export interface ProvisionHost {
  readonly settings: ProvisionSettings;
  readonly units: readonly Unit[];
  readonly directory: Directory;
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly zone: Zone;
  readonly actor: string;
  readonly departments?: readonly Department[];
  readonly positions?: readonly Position[];
  secret(reference: string): Promise<string>;
  resolvePath(path: string): string;
}

export interface RosterOptions {
  /** Where it is, and as the person named it. */
  readonly path: string;
  readonly file: string;
  readonly encoding?: Encoding;
  readonly skipInvalid?: boolean;
  readonly lang?: Lang;
}

export interface ApplyOptions {
  readonly skipStale?: boolean;
  readonly confirmed: Confirmations;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number, note: string) => void;
}

/** The room's doors for the verbs. */
export interface Provision {
  /** Failure kinds: invalid (every fault of the file), denied. */
  readRoster(options: RosterOptions): Promise<Roster>;
  /** The roster with its faults and sure repairs. Failure kinds: invalid (nothing can be told of it), denied. */
  examineRoster(options: Omit<RosterOptions, "skipInvalid">): Promise<ExaminedRoster>;
  /** Reads the systems; writes nothing. Failure kinds: usage, unavailable, denied. */
  plan(
    roster: Roster,
    request: ScopeRequest & { readonly recreate?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<MadePlan>;
  /** Units whose new accounts nobody could hand out. Failure kinds: invalid (the list of custodians), denied. */
  listUnitsWithoutCustodian(plan: Plan): Promise<readonly string[]>;
  /** Keeps the names that the plan gives and those it saw, so that no other plan gives them to others. */
  reserve(made: MadePlan): Promise<void>;
  /** Failure kinds: unsafe, unavailable, denied. */
  apply(plan: Plan, options: ApplyOptions): Promise<ApplyResult>;
  /** A second person's word for exactly this plan. Failure kinds: denied (its planner), unsafe (it ran out). */
  approve(plan: Plan): Promise<void>;
  /** Learns how a system behaves, keeps it, and answers with it. Failure kinds: usage, unavailable, denied, unsafe. */
  probe(system: string, options: { readonly writes: boolean; readonly signal: AbortSignal }): Promise<Probed>;
  verify(plan: Plan, signal?: AbortSignal): Promise<Verification>;
  /** Reads the systems, and keeps what it saw for questions that do not wait for them. */
  coverage(request: {
    readonly systems?: readonly string[];
    readonly units?: readonly string[];
    readonly signal?: AbortSignal;
  }): Promise<Coverage>;
  findUnfinished(): Promise<StoredPlan | undefined>;
  find(planId: string): Promise<StoredPlan | undefined>;
  listPlans(): Promise<readonly StoredPlan[]>;
  listEvents(planId: string): Promise<ReadonlyMap<string, OperationEvent>>;
}

export function openProvision(host: ProvisionHost): Provision {
  const { settings, units, directory, database, audit, actor, clock, zone } = host;
  const departments = host.departments ?? defaultDepartments;
  const positions = host.positions ?? defaultPositions;
  const store = createPlanStore(database);
  const codes = new Set(units.map(({ code }) => code));
  const known = { systems: Object.keys(settings.systems), units: codes };
  const profiles = createKnownProfiles(host);
  const withConnectors = async <T>(
    wants: (system: string) => boolean,
    work: (connectors: readonly Connector[]) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> => {
    const connectors = await openConnectors({ ...host, findProfile: profiles.findProfile, signal }, wants);
    try {
      return await work(connectors);
    } finally {
      await Promise.all(connectors.map((connector) => connector.close()));
    }
  };
  const systemsOf = (plan: Plan): readonly string[] => [...new Set(plan.operations.map(({ system }) => system))];
  const toRosterRequest = (options: RosterOptions): RosterRequest => ({
    ...options,
    encoding: options.encoding ?? settings.roster.encoding,
    columns: settings.roster.columns,
    rules: { directory, departments, positions, units: codes, denied: listDenied(settings), today: directory.date },
    findSuccessors: createSuccessorSearch(database, directory),
  });
  return {
    readRoster: (options) => readRoster(toRosterRequest(options)),
    examineRoster: (options) => examineRoster(toRosterRequest(options)),
    async plan(roster, { recreate, signal, ...request }) {
      const scope = readScope(request, known);
      const hashes = await profiles.listHashes();
      return withConnectors(
        scope.reads,
        (connectors) =>
          readKnownBefore(database).then((known) =>
            makePlan({
              ...host,
              roster,
              scope,
              connectors,
              store,
              departments,
              positions,
              recreate,
              profiles: hashes,
              signal,
              known,
            }),
          ),
        signal,
      );
    },
    listUnitsWithoutCustodian: (plan) => readUnitsWithoutCustodian(host, plan),
    async reserve({ plan: { planId, digest, usernames, totals, roster }, seenNames }) {
      await database.transaction(async (tx) => {
        await store.reserveNames(usernames, toIso(clock.now(), zone), tx);
        await store.saveSeenNames(seenNames, toIso(clock.now(), zone), tx);
        const detail = { plan: planId, digest, names: usernames.length, ...totals };
        await audit.append({ actor, action: "provision.plan", subject: roster.file, detail }, tx);
      });
    },
    async apply(plan, options) {
      const systems = systemsOf(plan);
      assertMayWrite(host, systems);
      const hashes = await profiles.listHashes();
      const run = async (connectors: readonly Connector[]): Promise<ApplyResult> => {
        const credentials = await openFirstCredentials(host, plan, connectors);
        return applyPlan({
          ...host,
          ...options,
          plan,
          connectors: credentials ? connectors.map(credentials.wrap) : connectors,
          credentials,
          store,
          requireTwoPeople: settings.requireTwoPeople,
          profiles: hashes,
          self: readProcessIdentity(),
          savePeople: async ({ units: spokenFor, people, posts }, seenAt, tx) => {
            await createPeopleStore(database).savePeople({ source: "roster", seenAt, units: spokenFor, people, posts }, tx);
          },
        });
      };
      return systems.length === 0 ? run([]) : withConnectors((system) => systems.includes(system), run, options.signal);
    },
    approve: (plan) => approvePlan({ plan, database, store, audit, actor, clock, zone }),
    async probe(system, { writes, signal }) {
      if (!(system in settings.systems)) throw new Failure("usage", words.unknownSystem(system, known.systems));
      if (writes) assertMayWrite(host, [system]);
      const request = { writes, signal, marker: host.ids.next(), probedAt: toIso(clock.now(), zone) };
      // What was learned before must not colour what is learned now.
      const connectors = await openConnectors(host, (name) => name === system);
      try {
        const [connector] = connectors;
        if (!connector?.probe) throw new Failure("usage", words.noProbe(system));
        const probed = await connector.probe(request);
        await database.transaction(async (tx) => {
          const sha256 = await createProfileStore(database).save(probed.profile, tx);
          const detail = {
            profile: sha256,
            wrote: probed.profile.wrote,
            disabled: probed.disabled.length,
            left: probed.left.length,
          };
          await audit.append({ actor, action: "provision.probe", subject: system, detail }, tx);
        });
        return probed;
      } finally {
        await Promise.all(connectors.map((connector) => connector.close()));
      }
    },
    async verify(plan, signal) {
      const systems = systemsOf(plan);
      if (systems.length === 0) return { rows: [], failed: [] };
      return withConnectors(
        (system) => systems.includes(system),
        (connectors) => verifyPlan(plan, connectors, signal),
        signal,
      );
    },
    async coverage({ systems, units: asked = [], signal }) {
      const scope = readScope({ systems, only: asked.map((unit) => `unit=${unit}`) }, known);
      const rules = settings.functional ?? defaultFunctionalRules;
      const chosen = asked.length === 0 ? units : units.filter(({ code }) => asked.includes(code));
      return withConnectors(
        scope.includesSystem,
        async (connectors) => {
          const readings = await readSystems(connectors, signal);
          const links = await store.listLinks();
          await createSeenStore(database).saveSweeps(readings, links, toIso(clock.now(), zone));
          return listCoverage({ units: chosen, departments, rules, readings, links });
        },
        signal,
      );
    },
    findUnfinished: store.findUnfinished,
    find: store.find,
    listPlans: store.list,
    listEvents: store.listEvents,
  };
}
