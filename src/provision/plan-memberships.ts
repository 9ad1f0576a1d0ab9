import type { Account, Membership } from "./account.ts";
import { askOfMembership } from "./ask.ts";
import type { MembershipSweep } from "./connector.ts";
import type { PlanSubject, Reason, Situation } from "./operation.ts";
import type { Change } from "./plan-changes.ts";
import type { Question } from "./question.ts";
import type { SubjectKey } from "./roster.ts";
import { isEntitledOn, type Subject } from "./subject.ts";
import type { GivenMembership } from "./subject-facts.ts";
import type { WantedMembership } from "./wanted-memberships.ts";

/** What of a system's roles and groups was read, and what templates name there. */
export interface MembershipReading {
  readonly sweep: MembershipSweep;
  /** Named by templates now, for anybody of this plan. */
  readonly mentioned: ReadonlySet<Membership>;
  readonly makesGroups: boolean;
}

export interface MembershipRequest {
  /** People only. */
  readonly subjects: readonly Subject[];
  readonly wanted: ReadonlyMap<SubjectKey, readonly WantedMembership[]>;
  /** What a denial takes from somebody, also where wardctl did not give it. */
  readonly denied: ReadonlyMap<SubjectKey, readonly Pick<WantedMembership, "system" | "membership">[]>;
  readonly readings: ReadonlyMap<string, MembershipReading>;
  /** `system subject` → the account found there. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** What this plan does with accounts. */
  readonly changes: readonly Change[];
  /** Subjects that a question holds back. */
  readonly heldBack: ReadonlySet<SubjectKey>;
  /** What wardctl answers for already. */
  readonly given: readonly GivenMembership[];
  /** What signs is nobody's to give or take here. */
  isSigning(system: string, membership: Membership): boolean;
}

/** Roles and groups of one account, before it has its id and fingerprint. */
export interface Assignment {
  readonly system: string;
  readonly subject: Subject;
  /** Undefined: this plan makes it, under this name. */
  readonly account: Account | undefined;
  readonly userName: string;
  readonly before: readonly Membership[];
  readonly after: readonly Membership[];
  readonly sources: Readonly<Record<Membership, string>>;
  readonly reason: Reason;
  readonly situation: Situation;
}

export interface GroupToMake {
  readonly system: string;
  readonly subject: PlanSubject;
  readonly group: Membership;
}

export interface MembershipChanges {
  readonly groups: readonly GroupToMake[];
  readonly assignments: readonly Assignment[];
  readonly questions: readonly Question[];
  /** Wanted, held, and nobody answers for it yet. */
  readonly found: readonly GivenMembership[];
  /** Neither wanted nor held any more: nobody answers for it from now on. */
  readonly released: readonly GivenMembership[];
}

/**
 * Wanted against held, account by account. Managed is what templates name now and what wardctl gave; anything else on an account is neither
 * compared nor changed (keycloak-config-cli #1400, #1542). Pure.
 */
export function planMemberships(request: MembershipRequest): MembershipChanges {
  const { readings, heldBack } = request;
  const given = Map.groupBy(request.given, ({ system, subject }) => `${system} ${subject}`);
  const creates = new Map(
    request.changes.filter(({ kind }) => kind === "create").map((change) => [`${change.system} ${change.subject.key}`, change]),
  );
  const groups = new Map<string, GroupToMake>();
  const questions = new Map<string, Question>();
  const assignments: Assignment[] = [];
  const found: GivenMembership[] = [];
  const released: GivenMembership[] = [];

  const share = createSharing();
  const absent = new Map([...readings].map(([system, { sweep }]) => [system, new Set(sweep.missing)]));
  const doubled = new Map([...readings].map(([system, { sweep }]) => [system, new Set(sweep.ambiguous)]));

  for (const subject of request.subjects) {
    if (subject.kind !== "person" || heldBack.has(subject.key)) continue;
    for (const system of subject.systems) {
      const reading = readings.get(system);
      const key = `${system} ${subject.key}`;
      const account = request.accounts.get(key);
      const userName = account?.userName ?? creates.get(key)?.wanted.userName;
      if (!reading || userName === undefined) continue;
      const { sweep, mentioned, makesGroups } = reading;
      const isDoubled = (one: Membership): boolean => doubled.get(system)?.has(one) ?? false;
      const isOurs = (one: Membership): boolean => !isDoubled(one) && !request.isSigning(system, one);
      const ownWanted = (request.wanted.get(subject.key) ?? []).filter((one) => one.system === system);
      const ownGiven = given.get(key) ?? [];
      for (const { membership } of [...ownWanted, ...ownGiven]) {
        if (isDoubled(membership)) {
          questions.set(`${system} ${membership}`, askOfMembership("several-of-name", membership, system, subject.unit));
        }
      }
      const wanted = ownWanted.filter(({ membership }) => {
        if (!isOurs(membership)) return false;
        if (!absent.get(system)?.has(membership)) return true;
        const where = `${system} ${membership}`;
        if (!makesGroups || !membership.startsWith("group:")) {
          questions.set(where, askOfMembership("membership-missing", membership, system, subject.unit));
          return false;
        }
        const name = membership.slice("group:".length);
        groups.set(
          where,
          groups.get(where) ?? { system, group: membership, subject: { group: membership, name, unit: subject.unit } },
        );
        return true;
      });
      const managed = new Set<Membership>([
        ...ownWanted.map(({ membership }) => membership),
        ...ownGiven.map(({ membership }) => membership),
        ...(request.denied.get(subject.key) ?? []).filter((one) => one.system === system).map(({ membership }) => membership),
      ]);
      const held = (account && sweep.held.get(account.id)) ?? [];
      const before = held
        .filter((one) => isOurs(one) && (managed.has(one) || (subject.templated === true && mentioned.has(one))))
        .toSorted();
      const { after, sources } = share(wanted);
      for (const one of ownGiven) {
        const isLeft = !before.includes(one.membership) && !after.includes(one.membership);
        if (isLeft && isOurs(one.membership)) released.push(toGiven(one));
      }
      if (isSame(before, after)) {
        const known = new Set(ownGiven.map(({ membership, targetId }) => `${targetId} ${membership}`));
        for (const membership of after) {
          if (!account || known.has(`${account.id} ${membership}`)) continue;
          found.push({ system, subject: subject.key, targetId: account.id, membership, source: sources[membership] ?? "" });
        }
        continue;
      }
      const entitled = isEntitledOn(subject, system);
      assignments.push({
        system,
        subject,
        account,
        userName,
        before,
        after,
        sources,
        reason: entitled ? "memberships-differ" : subject.entitled ? "not-entitled" : "posts-ended",
        situation: !account ? "ABSENT" : entitled ? "CONFIRMED" : "UNQUALIFIED",
      });
    }
  }
  return { groups: [...groups.values()], assignments, questions: [...questions.values()], found, released };
}

/** Without what the record holds beside. */
function toGiven({ system, subject, targetId, membership, source }: GivenMembership): GivenMembership {
  return { system, subject, targetId, membership, source };
}

interface Outcome {
  readonly after: readonly Membership[];
  readonly sources: Readonly<Record<Membership, string>>;
}

/** One list and one record for all who come to the same. */
function createSharing(): (wanted: readonly WantedMembership[]) => Outcome {
  const kept = new Map<string, Outcome>();
  return (wanted) => {
    const texts = wanted.map(({ membership, sources }) => [membership, sources.join(" + ")] as const);
    const key = JSON.stringify(texts);
    const outcome = kept.get(key) ?? {
      after: texts.map(([membership]) => membership).toSorted(),
      sources: Object.fromEntries(texts),
    };
    kept.set(key, outcome);
    return outcome;
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
