import { Failure } from "../platform/failure.ts";
import { toIso } from "../platform/time.ts";
import { type AccountWish, planAccounts } from "./account-plan.ts";
import { type Claim, isWaiting, judgeClaims } from "./claims.ts";
import type { Connector } from "./connector.ts";
import { type Handout, type LedgerLine, openHandout } from "./handout.ts";
import { handoutFaults as words } from "./handout-words.ts";
import { createKnownProfiles } from "./known-profiles.ts";
import { createLifecycleStore } from "./lifecycle-store.ts";
import { openConnectors } from "./open-connectors.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { type PlanSubject, toSubjectId } from "./operation.ts";
import { toOperationState } from "./operation-state.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import { readSystems, type SystemReading } from "./read-systems.ts";
import { toFunctionalKey, toPersonKey } from "./roster.ts";
import { createSlipStore } from "./slip-store.ts";
import { listSubjectOutcomes } from "./subject-outcome.ts";
import { provisionFaults } from "./words.ts";

export interface ClaimsRequest {
  readonly units?: readonly string[] | undefined;
  /** Days that somebody has; those of wardctl.yaml without it. */
  readonly days?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CheckedClaims {
  readonly claims: readonly Claim[];
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
  readonly days: number;
}

/** Who came for a first password, and plans about those who did not. */
export interface Claims {
  /** Reads the systems and notes in the ledger who signed in. Writes nothing to them. Failure kinds: denied, unavailable (none could be read). */
  check(request: ClaimsRequest): Promise<CheckedClaims>;
  /** Disables accounts that nobody came for; of those that no system can tell of only where asked. */
  planUnclaimed(
    request: ClaimsRequest & { readonly includeUnknown: boolean },
  ): Promise<CheckedClaims & { readonly made: MadePlan }>;
  /** A new first password each: by slip id, or all that ran out or are in doubt. Failure kinds: usage, unsafe. */
  planReissue(request: {
    readonly slips: readonly string[];
    readonly expired: boolean;
    readonly units?: readonly string[] | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<MadePlan>;
  /** Disables what an unfinished plan made for people that it did not finish. Failure kind: usage. */
  planCompensation(request: {
    readonly planId: string;
    readonly subjects: readonly string[];
    readonly signal?: AbortSignal | undefined;
  }): Promise<MadePlan>;
}

export function openClaims(host: ProvisionHost): Claims {
  const { settings, database, audit, clock, zone, actor } = host;
  const store = createPlanStore(database);
  const known = createLifecycleStore(database);
  const ledger: Handout = openHandout({ database, audit, clock, zone, actor });

  const withConnectors = async <T>(
    systems: ReadonlySet<string>,
    work: (connectors: readonly Connector[]) => Promise<T>,
  ): Promise<T> => {
    const wanted = [...systems].filter((system) => system in settings.systems);
    if (wanted.length === 0) return work([]);
    const { findProfile } = createKnownProfiles(host);
    const connectors = await openConnectors({ ...host, findProfile }, (system) => wanted.includes(system));
    try {
      return await work(connectors);
    } finally {
      await Promise.all(connectors.map((connector) => connector.close()));
    }
  };

  /** The ledger knows ids and names of accounts; a plan shows whose they are. */
  const toSubjects = async (lines: readonly LedgerLine[]): Promise<ReadonlyMap<string, PlanSubject>> => {
    const linked = new Set((await store.listLinks()).map(({ subject }) => subject));
    const subjects = new Map<string, PlanSubject>();
    for (const { subject, unit, username } of lines) {
      if (subjects.has(subject)) continue;
      const isFunctional = linked.has(toFunctionalKey(subject));
      const key = isFunctional ? toFunctionalKey(subject) : toPersonKey(subject);
      const name = (await known.findOrigin(key))?.name ?? username;
      subjects.set(subject, { ...(isFunctional ? { functionalKey: subject } : { staffId: subject }), name, unit });
    }
    return subjects;
  };

  const toWishes = async (
    lines: readonly LedgerLine[],
    wish: Pick<AccountWish, "kind" | "reason">,
  ): Promise<readonly AccountWish[]> => {
    const subjects = await toSubjects(lines);
    return lines.map(({ system, subject }) => ({ ...wish, system, subject: subjects.get(subject) as PlanSubject }));
  };

  const noteSeen = async (claims: readonly Claim[]): Promise<void> => {
    const slips = createSlipStore(database);
    const came = claims.filter(({ signedIn }) => signedIn === "yes");
    if (came.length === 0) return;
    await database.transaction(async (tx) => {
      for (const { line } of came) {
        await slips.addEvent(line.id, "seen", toIso(clock.now(), zone), tx);
        const detail = { slip: line.id, system: line.system, username: line.username, by: "system" };
        await audit.append({ actor, action: "provision.slip.seen", subject: line.subject, detail }, tx);
      }
    });
  };

  const look = async (
    { units, days = settings.credentials.unclaimedDays, signal }: ClaimsRequest,
    connectors: readonly Connector[],
    lines: readonly LedgerLine[],
  ): Promise<CheckedClaims & { readonly readings: readonly SystemReading[] }> => {
    const readings = await readSystems(connectors, signal);
    const failed = readings.filter((reading) => reading.state === "failed");
    const [first] = failed;
    if (first && failed.length === readings.length) throw new Failure(first.kind, provisionFaults.noSystemRead(failed));
    const own = lines.filter(({ unit }) => !units || units.includes(unit));
    const claims = judgeClaims(own, { readings, links: await store.listLinks(), days, now: clock.now(), zone });
    await noteSeen(claims);
    return { claims, failed, days, readings };
  };

  const listWaiting = async (units: readonly string[] | undefined): Promise<readonly LedgerLine[]> =>
    (await ledger.list({ units })).filter(isWaiting);
  const toSystems = (lines: readonly LedgerLine[]): ReadonlySet<string> => new Set(lines.map(({ system }) => system));

  return {
    async check(request) {
      const lines = await listWaiting(request.units);
      const { claims, failed, days } = await withConnectors(toSystems(lines), (connectors) => look(request, connectors, lines));
      return { claims, failed, days };
    },
    async planUnclaimed(request) {
      const lines = await listWaiting(request.units);
      return withConnectors(toSystems(lines), async (connectors) => {
        const { claims, failed, days, readings } = await look(request, connectors, lines);
        const chosen = claims.filter(
          ({ overdue, signedIn }) => overdue && (signedIn === "no" || (signedIn === "unknown" && request.includeUnknown)),
        );
        const wishes = await toWishes(
          chosen.map(({ line }) => line),
          { kind: "disable", reason: "unclaimed" },
        );
        const made = await planAccounts(host, { what: "handout unclaimed", wishes, connectors, readings });
        return { claims, failed, days, made };
      });
    },
    async planReissue({ slips, expired, units, signal }) {
      const all = await ledger.list({ units });
      const named = slips.map((id) => {
        const line = all.find((one) => one.id === id.trim().toLowerCase());
        if (!line) throw new Failure("usage", words.noSlip(id), { hint: words.seeList });
        if (line.state === "superseded" || line.state === "refused")
          throw new Failure("unsafe", words.cannotReissue(id, line.state));
        return line;
      });
      const due = expired ? all.filter(({ state }) => state === "expired" || state === "unknown") : [];
      const lines = [...new Map([...named, ...due].map((line) => [line.id, line])).values()];
      const without = [...toSystems(lines)].filter(
        (system) => (settings.credentials.systems[system]?.policy ?? "none") === "none",
      );
      if (without.length > 0) throw new Failure("usage", words.noPolicy(without));
      return withConnectors(toSystems(lines), async (connectors) => {
        const wishes = await toWishes(lines, { kind: "update", reason: "new-slip" });
        return planAccounts(host, { what: "handout reissue", wishes, connectors, signal });
      });
    },
    async planCompensation({ planId, subjects, signal }) {
      const stored = await store.find(planId);
      if (!stored) throw new Failure("usage", words.noPlan(planId), { hint: words.seePlans });
      const events = await store.listEvents(planId);
      const rows = stored.plan.operations.map((operation) => {
        return { operation, state: toOperationState(events.get(operation.id)), targetId: undefined, message: undefined };
      });
      const half = new Set(
        listSubjectOutcomes(rows)
          .filter(({ state }) => state === "half-done")
          .map(({ subject }) => toSubjectId(subject)),
      );
      const strangers = subjects.filter((subject) => !half.has(subject));
      if (strangers.length > 0) throw new Failure("usage", words.notHalfDone(strangers));
      const wishes = rows
        .filter(({ operation: { kind }, state }) => state === "done" && (kind === "create" || kind === "enable"))
        .filter(({ operation: { subject } }) => half.has(toSubjectId(subject)))
        .filter(({ operation: { subject } }) => subjects.length === 0 || subjects.includes(toSubjectId(subject)))
        .map(({ operation: { system, subject } }): AccountWish => {
          return { system, subject, kind: "disable", reason: "made-in-part" };
        });
      return withConnectors(new Set(wishes.map(({ system }) => system)), (connectors) =>
        planAccounts(host, { what: `compensate ${planId}`, wishes, connectors, signal }),
      );
    },
  };
}
