import { sha256, toCanonicalJson } from "../platform/canonical-json.ts";
import { toIso } from "../platform/time.ts";
import { type Account, toFingerprint } from "./account.ts";
import type { Connector } from "./connector.ts";
import { judgeGuards } from "./guards.ts";
import { createKnownProfiles } from "./known-profiles.ts";
import type { ProvisionHost } from "./open-provision.ts";
import { type AccountOperation, type PlanSubject, type Reason, toPlanState, toSubjectKey } from "./operation.ts";
import { type PlanSystem, planLifeMs } from "./plan.ts";
import type { MadePlan } from "./plan-request.ts";
import { createPlanStore } from "./plan-store.ts";
import { readSystems, type SystemReading } from "./read-systems.ts";
import { sealPlan } from "./seal-plan.ts";

/** One account of ours, and what a person wants done with it: closed, or given a new first password. */
export interface AccountWish {
  readonly system: string;
  readonly subject: PlanSubject;
  readonly kind: "disable" | "update";
  readonly reason: Extract<Reason, "unclaimed" | "made-in-part" | "new-slip">;
}

/**
 * A plan about single accounts, whatever roster and directory say. An account that is not there, or is closed already, needs nothing; one that is not
 * linked is not ours to change. Applied like any other. Writes nothing.
 */
export async function planAccounts(
  {
    settings,
    database,
    clock,
    zone,
    ids,
    actor,
  }: Pick<ProvisionHost, "settings" | "database" | "clock" | "zone" | "ids" | "actor">,
  request: {
    /** Stands where a roster's file would. */
    readonly what: string;
    readonly wishes: readonly AccountWish[];
    readonly connectors: readonly Connector[];
    /** Read already; else every system is swept. */
    readonly readings?: readonly SystemReading[];
    readonly signal?: AbortSignal | undefined;
  },
): Promise<MadePlan> {
  const { what, wishes, connectors } = request;
  const readings = request.readings ?? (await readSystems(connectors, request.signal));
  const links = await createPlanStore(database).listLinks();
  const profiles = await createKnownProfiles({ settings, database }).listHashes();
  const targets = new Map(links.map(({ system, subject, targetId }) => [`${system} ${subject}`, targetId]));
  const accounts = new Map(
    readings.flatMap((reading) =>
      reading.state === "read" ? reading.accounts.map((account) => [`${reading.system} ${account.id}`, account] as const) : [],
    ),
  );
  const operations: AccountOperation[] = [];
  for (const wish of wishes) {
    const target = targets.get(`${wish.system} ${toSubjectKey(wish.subject)}`);
    const account = target === undefined ? undefined : accounts.get(`${wish.system} ${target}`);
    if (!account?.active) continue;
    operations.push(await toOperation(wish, account, operations.length));
  }
  const systems = readings.map((reading): PlanSystem => {
    const { url } = settings.systems[reading.system] as { readonly url: string };
    const profile = profiles.get(reading.system);
    const own = links.filter(({ system }) => system === reading.system).length;
    const isRead = reading.state === "read";
    return {
      name: reading.system,
      url,
      state: reading.state,
      accounts: isRead ? reading.accounts.length : 0,
      managed: isRead ? own : 0,
      unmanaged: isRead ? Math.max(0, reading.accounts.length - own) : 0,
      message: isRead ? null : reading.message,
      ...(profile === undefined ? {} : { profile }),
    };
  });
  const people = new Set(wishes.map(({ subject }) => toSubjectKey(subject))).size;
  const count = (kind: AccountOperation["kind"]): number => operations.filter((operation) => operation.kind === kind).length;
  const plan = await sealPlan({
    schema: "wardctl.plan/1",
    planId: ids.next(),
    createdAt: toIso(clock.now(), zone),
    expiresAt: toIso(clock.now() + planLifeMs, zone),
    createdBy: actor,
    roster: { file: what, sha256: sha256(await toCanonicalJson({ what })), people, skippedRows: 0 },
    scope: { systems: readings.map(({ system }) => system), only: [], except: [] },
    systems,
    totals: {
      create: 0,
      update: count("update"),
      enable: 0,
      disable: count("disable"),
      none: wishes.length - operations.length,
      question: 0,
    },
    operations,
    questions: [],
    // Nobody to do anything for is no broken roster here.
    guards: judgeGuards({ people: Math.max(1, people), known: 0, missing: 0, operations, systems }),
    links: [],
    usernames: [],
    people: { units: [], people: [], posts: [] },
  });
  return { plan, seenNames: [] };
}

/** Of an account that gets a new first password only the mailbox counts, where a link may go: whatever else somebody changes meanwhile stays. */
async function toOperation(
  { system, subject, kind, reason }: AccountWish,
  account: Account,
  at: number,
): Promise<AccountOperation> {
  const { email } = account.attributes;
  const attributes = kind === "disable" ? account.attributes : email === undefined ? {} : { email };
  const state = toPlanState({ ...account, attributes });
  return {
    id: `op-${String(at + 1).padStart(5, "0")}`,
    system,
    kind,
    subject,
    username: account.userName,
    targetId: account.id,
    before: state,
    after: kind === "disable" ? { ...state, active: false } : state,
    fingerprint: await toFingerprint(account),
    reason,
    situation: "CONFIRMED",
  };
}
