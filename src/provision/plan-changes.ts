import { toFold, toToneKey } from "../platform/text.ts";
import { type Account, type AccountState, listDifferences, toNameKey } from "./account.ts";
import type { AssignedName } from "./name-register.ts";
import type { Link, OperationKind, PlanSubject, Question, Reason, Situation } from "./plan.ts";
import type { SubjectKey } from "./roster.ts";
import type { Subject } from "./subject.ts";

export interface ChangeRequest {
  readonly subjects: readonly Subject[];
  readonly names: ReadonlyMap<SubjectKey, AssignedName>;
  /** What was read, by system: only these are planned for. */
  readonly actual: ReadonlyMap<string, readonly Account[]>;
  readonly links: readonly Link[];
  /** Staff ids of two who may be one. */
  readonly twins: readonly (readonly string[])[];
  /** Subjects whose vanished accounts are to be made anew. */
  readonly recreate: ReadonlySet<string>;
}

/** A change before it has its id and fingerprint. */
export interface Change {
  readonly system: string;
  readonly kind: OperationKind;
  readonly subject: Subject;
  readonly actual: Account | undefined;
  readonly wanted: AccountState;
  readonly reason: Reason;
  readonly situation: Situation;
}

export interface Changes {
  readonly changes: readonly Change[];
  readonly questions: readonly Question[];
  /** Pairs of subject and system where nothing is to be done. */
  readonly none: number;
  /** Accounts found by strong evidence, linked or not. */
  readonly found: readonly Link[];
}

type Finding =
  | { readonly kind: "account"; readonly situation: "CONFIRMED" | "FOUND"; readonly account: Account }
  | { readonly kind: "nothing"; readonly situation: "ABSENT" | "MISSING" }
  | { readonly kind: "question"; readonly question: Question };

/** Desired against actual, subject by subject and system by system (provision.md §7). Pure. */
export function planChanges(request: ChangeRequest): Changes {
  const indexes = new Map([...request.actual].map(([system, accounts]) => [system, createIndex(accounts)]));
  const linked = new Map(request.links.map((link) => [`${link.system} ${link.subject}`, link.targetId]));
  const linkedTargets = new Map(request.links.map((link) => [`${link.system} ${link.targetId}`, link.subject]));
  const twinsOf = new Map(request.twins.flatMap((ids) => ids.map((id) => [id, ids] as const)));
  const changes: Change[] = [];
  const questions: Question[] = [];
  const found: Link[] = [];
  let none = 0;

  for (const subject of request.subjects) {
    const name = request.names.get(subject.key);
    if (!name) continue;
    const own: Change[] = [];
    const asked: Question[] = [];
    let quiet = 0;
    for (const system of subject.systems) {
      const index = indexes.get(system);
      if (!index) continue;
      const target = linked.get(`${system} ${subject.key}`);
      const finding = findAccount({ subject, name, system, index, target, linkedTargets });
      if (finding.kind === "question") {
        asked.push(finding.question);
        continue;
      }
      if (finding.kind === "account") {
        const { account } = finding;
        found.push({ system, subject: subject.key, targetId: account.id, unit: subject.unit });
        if (toNameKey(account.userName) !== toNameKey(name.name)) {
          asked.push(ask("name-differs", finding.situation, subject, system, [account.userName, name.name], false));
        }
        if (isAnothersName(subject, account)) {
          const shown = [account.userName, account.attributes.displayName ?? ""];
          asked.push(ask("other-name", "AMBIGUOUS", subject, system, shown, true));
        }
        const change = toChange(subject, system, finding.situation, account);
        if (change) own.push(change);
        else quiet += 1;
      } else if (!subject.entitled) quiet += 1;
      else if (finding.situation === "MISSING" && !request.recreate.has(subject.externalId)) {
        asked.push(ask("account-gone", "MISSING", subject, system, [name.name], false));
      } else own.push(toCreate(subject, name.name, system, finding.situation));
    }
    const twins = twinsOf.get(subject.externalId);
    const makes = own.some(({ kind }) => kind === "create");
    if (subject.kind === "person" && twins && makes) {
      asked.push(ask("same-name-and-birthday", "AMBIGUOUS", subject, null, twins, true));
    }
    if (name.takenBy !== undefined) asked.push(ask("name-taken", "AMBIGUOUS", subject, null, [name.name, name.takenBy], true));
    questions.push(...joinQuestions(asked));
    // One unclear account stops the whole person: a name given on four systems cannot be taken back from them.
    if (asked.some(({ holds }) => holds)) continue;
    changes.push(...own);
    none += quiet;
  }
  return { changes, questions, none, found };
}

/**
 * No word in common between the roster's name and the account's: most likely a staff id that was given out again, and an update would hand
 * one person's account to another. The account's own user name in the roster says that it is the same person.
 */
function isAnothersName({ kind, name, usernameGiven }: Subject, { userName, attributes }: Account): boolean {
  const shown = attributes.displayName ?? attributes.formattedName ?? "";
  if (kind !== "person" || shown === "" || usernameGiven === toNameKey(userName)) return false;
  const words = new Set(toFold(name).split(" "));
  return !toFold(shown)
    .split(" ")
    .some((word) => words.has(word));
}

interface AccountIndex {
  readonly byId: ReadonlyMap<string, Account>;
  readonly byExternalId: ReadonlyMap<string, readonly Account[]>;
  readonly byName: ReadonlyMap<string, readonly Account[]>;
  /** Accounts nobody claims, by the name they show. */
  readonly unclaimed: ReadonlyMap<string, readonly Account[]>;
}

function createIndex(accounts: readonly Account[]): AccountIndex {
  return {
    byId: new Map(accounts.map((account) => [account.id, account])),
    byExternalId: Map.groupBy(
      accounts.filter(({ externalId }) => externalId !== undefined),
      ({ externalId }) => externalId as string,
    ),
    byName: Map.groupBy(accounts, ({ userName }) => toNameKey(userName)),
    unclaimed: Map.groupBy(
      accounts.filter(({ externalId }) => externalId === undefined),
      ({ attributes }) => toToneKey(attributes.displayName ?? attributes.formattedName ?? ""),
    ),
  };
}

interface FindRequest {
  readonly subject: Subject;
  readonly name: AssignedName;
  readonly system: string;
  readonly index: AccountIndex;
  readonly target: string | undefined;
  readonly linkedTargets: ReadonlyMap<string, SubjectKey>;
}

/** Recorded id, then externalId: strong. User name and shown name: weak, a question and never a link. */
function findAccount({ subject, name, system, index, target, linkedTargets }: FindRequest): Finding {
  const strong = index.byExternalId.get(subject.externalId) ?? [];
  const byLink = target === undefined ? undefined : index.byId.get(target);
  const candidates = [...new Set([...(byLink ? [byLink] : []), ...strong])];
  const question = (code: "several-accounts" | "weak-match", accounts: readonly Account[]): Finding => ({
    kind: "question",
    question: ask(code, "AMBIGUOUS", subject, system, accounts.map(({ userName }) => userName).sort(), true),
  });
  if (candidates.length > 1) return question("several-accounts", candidates);
  const [only] = candidates;
  if (only) {
    // A recorded id whose account says it is somebody else's was given to another since.
    if (only.externalId !== undefined && only.externalId !== subject.externalId) return question("several-accounts", [only]);
    return { kind: "account", situation: byLink ? "CONFIRMED" : "FOUND", account: only };
  }
  const named = (index.byName.get(toNameKey(name.name)) ?? []).filter(
    ({ id }) => !linkedTargets.has(`${system} ${id}`) || linkedTargets.get(`${system} ${id}`) === subject.key,
  );
  const [sameName] = named;
  // The roster's own word for it: a person looked and said that this account is theirs.
  if (named.length === 1 && sameName?.externalId === undefined && name.source === "roster" && sameName) {
    return { kind: "account", situation: "FOUND", account: sameName };
  }
  if (named.length > 0) return question("weak-match", named);
  const alike = name.source === "roster" ? [] : (index.unclaimed.get(toToneKey(subject.name)) ?? []);
  const free = alike.filter(({ id }) => !linkedTargets.has(`${system} ${id}`));
  if (free.length > 0) return question("weak-match", free);
  return { kind: "nothing", situation: target === undefined ? "ABSENT" : "MISSING" };
}

function toCreate(subject: Subject, userName: string, system: string, situation: "ABSENT" | "MISSING"): Change {
  const { externalId, attributes } = subject;
  return {
    system,
    kind: "create",
    subject,
    actual: undefined,
    wanted: { externalId, userName, active: true, attributes },
    reason: situation === "MISSING" ? "recreate-asked" : "no-account",
    situation,
  };
}

/** Undefined when the account is as it should be. The name on the system stays as it is. */
function toChange(subject: Subject, system: string, found: "CONFIRMED" | "FOUND", actual: Account): Change | undefined {
  const { userName } = actual;
  if (!subject.entitled) {
    if (!actual.active) return undefined;
    const wanted = { ...actual, active: false };
    return { system, kind: "disable", subject, actual, wanted, reason: "posts-ended", situation: "UNQUALIFIED" };
  }
  const wanted: AccountState = { externalId: subject.externalId, userName, active: true, attributes: subject.attributes };
  const differences = listDifferences(actual, wanted);
  if (differences.length === 0) return undefined;
  return actual.active
    ? { system, kind: "update", subject, actual, wanted, reason: "attributes-differ", situation: found }
    : { system, kind: "enable", subject, actual, wanted, reason: "account-was-disabled", situation: found };
}

function ask(
  code: Question["code"],
  situation: Situation,
  subject: Subject,
  system: string | null,
  candidates: readonly string[],
  holds: boolean,
): Question {
  return { code, situation, systems: system === null ? [] : [system], subject: toPlanSubject(subject), holds, candidates };
}

/** The same question of one subject on several systems is one question to the person. */
function joinQuestions(questions: readonly Question[]): Question[] {
  return [...Map.groupBy(questions, ({ code, candidates }) => [code, ...candidates].join("|")).values()].map((same) => ({
    ...(same[0] as Question),
    systems: same.flatMap(({ systems }) => systems),
  }));
}

export function toPlanSubject({ kind, externalId, name, unit, owner }: Subject): PlanSubject {
  return {
    ...(kind === "person" ? { staffId: externalId } : { functionalKey: externalId }),
    name,
    unit,
    ...(owner === undefined ? {} : { owner }),
  };
}
