import { type Account, listDifferences, type StateKey, toNameKey } from "./account.ts";
import { listMoves, type Move } from "./compare-operation.ts";
import type { RegisteredName } from "./name-register.ts";
import { toAccountState } from "./operation.ts";
import type { SubjectKey } from "./roster.ts";
import type { Baseline, Link } from "./subject-facts.ts";

/** In what an account is no longer what wardctl left. Each has its words, its test and a way back that `plan` or a person knows. */
export const driftKinds = [
  "deleted",
  "recreated",
  "external-id-rewritten",
  "external-id-removed",
  "renamed",
  "disabled-elsewhere",
  "enabled-elsewhere",
  "unit-changed",
  "department-changed",
  "shown-name-changed",
  "attribute-changed",
  "twin-external-id",
  "twin-username",
  "name-claimed",
  "owner-gone",
  "role-added",
  "role-removed",
] as const;
export type DriftKind = (typeof driftKinds)[number];

export interface DriftFinding {
  readonly kind: DriftKind;
  readonly system: string;
  readonly subject: SubjectKey;
  readonly username: string;
  /** The account that was found otherwise; undefined where there is none any more. */
  readonly targetId: string | undefined;
  /** What was left → what was found. */
  readonly moves: readonly Move[];
}

export interface Drift {
  readonly findings: readonly DriftFinding[];
  /** Accounts that were compared. */
  readonly compared: number;
  /** Accounts of ours of which no baseline is kept: an applied plan makes one. */
  readonly withoutBaseline: number;
}

export interface DriftRequest {
  /** Of the systems that were read. */
  readonly accounts: ReadonlyMap<string, readonly Account[]>;
  readonly links: readonly Link[];
  readonly baselines: readonly Baseline[];
  readonly register: readonly RegisteredName[];
  /** Functional subjects and the staff id that they are accountable to. */
  readonly owners: ReadonlyMap<SubjectKey, string | null>;
}

/** Every account of ours against what wardctl left there. What a system makes itself is in no baseline and so is never a finding. Pure. */
export function listDrift({ accounts, links, baselines, register, owners }: DriftRequest): Drift {
  const baselineOf = new Map(baselines.map((baseline) => [`${baseline.system} ${baseline.subject}`, baseline]));
  const nameOf = new Map(register.map(({ owner, name }) => [owner, name]));
  const findings: DriftFinding[] = [];
  let compared = 0;
  let withoutBaseline = 0;
  for (const [system, all] of accounts) {
    const own = links.filter((link) => link.system === system);
    const byId = new Map(all.map((account) => [account.id, account]));
    const byExternalId = Map.groupBy(all, ({ externalId }) => externalId ?? "");
    const byName = Map.groupBy(all, ({ userName }) => toNameKey(userName));
    const linked = new Map(own.map(({ targetId, subject }) => [targetId, subject]));
    const known = new Set<string>();
    for (const { subject, targetId } of own) {
      compared += 1;
      const baseline = baselineOf.get(`${system} ${subject}`);
      if (!baseline) withoutBaseline += 1;
      const username = baseline?.state.userName ?? nameOf.get(subject) ?? "";
      const externalId = toExternalId(subject);
      const find = (kind: DriftKind, target: string | undefined, moves: readonly Move[] = []): void => {
        findings.push({ kind, system, subject, username, targetId: target, moves });
      };
      const actual = byId.get(targetId);
      const carriers = (byExternalId.get(externalId) ?? []).filter(({ id }) => id !== targetId && !linked.has(id));
      for (const { id } of [...(actual ? [actual] : []), ...carriers]) known.add(id);
      if (actual) {
        for (const { id, userName } of carriers)
          find("twin-external-id", id, [{ attribute: "externalId", from: username, to: userName }]);
        findings.push(...judgeAccount({ system, subject, username, externalId, baseline, actual }));
      } else if (carriers.length === 0) find("deleted", undefined, [{ attribute: "account", from: targetId, to: "–" }]);
      else {
        find("recreated", carriers[0]?.id, [{ attribute: "account", from: targetId, to: carriers[0]?.id ?? "" }]);
        for (const { id, userName } of carriers.slice(1)) {
          find("twin-external-id", id, [{ attribute: "externalId", from: username, to: userName }]);
        }
      }
      for (const other of byName.get(toNameKey(username)) ?? []) {
        if (username === "" || known.has(other.id) || linked.has(other.id)) continue;
        known.add(other.id);
        const isTwin = actual !== undefined && toNameKey(actual.userName) === toNameKey(username);
        find(isTwin ? "twin-username" : "name-claimed", other.id, [
          { attribute: "userName", from: username, to: other.userName },
        ]);
      }
    }
    const present = new Set(own.map(({ subject }) => subject));
    for (const { owner, name } of register) {
      if (present.has(owner)) continue;
      for (const other of byName.get(toNameKey(name)) ?? []) {
        if (known.has(other.id) || linked.has(other.id) || other.externalId === toExternalId(owner)) continue;
        const moves = [{ attribute: "userName", from: name, to: other.userName }];
        findings.push({ kind: "name-claimed", system, subject: owner, username: name, targetId: other.id, moves });
      }
    }
  }
  findings.push(...listOwnersGone({ accounts, links, owners, nameOf }));
  return { findings, compared, withoutBaseline };
}

function toExternalId(subject: SubjectKey): string {
  return subject.slice(subject.indexOf("/") + 1);
}

const kindOfKey: Partial<Record<StateKey, DriftKind>> = {
  unit: "unit-changed",
  department: "department-changed",
  displayName: "shown-name-changed",
  formattedName: "shown-name-changed",
  givenName: "shown-name-changed",
};

interface JudgeRequest extends Omit<DriftFinding, "kind" | "targetId" | "moves"> {
  readonly externalId: string;
  readonly baseline: Baseline | undefined;
  readonly actual: Account;
}

/** One account that is still there. Findings of one kind on one account are one finding with several attributes. */
function judgeAccount({ system, subject, username, externalId, baseline, actual }: JudgeRequest): DriftFinding[] {
  const expected = baseline
    ? { ...toAccountState(baseline.state), externalId: baseline.state.externalId ?? undefined }
    : // Not every system has a place for an external id.
      {
        externalId: actual.externalId === undefined ? undefined : externalId,
        userName: username || actual.userName,
        active: actual.active,
        attributes: {},
      };
  const moves = new Map(listMoves(expected, actual).map((move) => [move.attribute, move]));
  const kinds = new Map<DriftKind, Move[]>();
  // In a directory one attribute holds both: one change is one finding.
  const [id, number] = [moves.get("externalId"), moves.get("employeeNumber")];
  if (id && id.from === number?.from && id.to === number.to) moves.delete("employeeNumber");
  const add = (kind: DriftKind, attribute: string): void => {
    const move = moves.get(attribute);
    if (move) kinds.set(kind, [...(kinds.get(kind) ?? []), move]);
  };
  for (const key of listDifferences(actual, expected)) {
    if (key === "active") add(actual.active ? "enabled-elsewhere" : "disabled-elsewhere", key);
    else if (key === "externalId") add(actual.externalId === undefined ? "external-id-removed" : "external-id-rewritten", key);
    else add(kindOfKey[key] ?? "attribute-changed", key);
  }
  add("renamed", "userName");
  return [...kinds].map(([kind, own]) => ({ kind, system, subject, username, targetId: actual.id, moves: own }));
}

interface OwnerRequest extends Pick<DriftRequest, "accounts" | "links" | "owners"> {
  readonly nameOf: ReadonlyMap<SubjectKey, string>;
}

/** A functional account that is open while nobody accountable for it can sign in to any system that was read. */
function listOwnersGone({ accounts, links, owners, nameOf }: OwnerRequest): DriftFinding[] {
  const active = new Set(
    [...accounts].flatMap(([system, all]) => all.filter((account) => account.active).map(({ id }) => `${system} ${id}`)),
  );
  const linksOf = Map.groupBy(links, ({ subject }) => subject);
  const isGone = (staffId: string): boolean => {
    const own = linksOf.get(`person/${staffId}`) ?? [];
    // On a system that was not read they may well have an account.
    return own.length > 0 && own.every(({ system, targetId }) => accounts.has(system) && !active.has(`${system} ${targetId}`));
  };
  return [...owners].flatMap(([subject, owner]) =>
    owner === null || !isGone(owner)
      ? []
      : (linksOf.get(subject) ?? [])
          .filter(({ system, targetId }) => active.has(`${system} ${targetId}`))
          .map(({ system, targetId }): DriftFinding => {
            const moves = [{ attribute: "owner", from: owner, to: "–" }];
            return { kind: "owner-gone", system, subject, username: nameOf.get(subject) ?? "", targetId, moves };
          }),
  );
}
