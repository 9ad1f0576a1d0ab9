import {
  type Account,
  type AccountState,
  listDifferences,
  type ManagedKey,
  narrowState,
  type StateKey,
  toNameKey,
} from "./account.ts";
import { ask } from "./ask.ts";
import { type Answers, createAnswers } from "./decision.ts";
import { createIndex, findAccount, isAnothersName } from "./find-account.ts";
import type { AssignedName } from "./name-register.ts";
import { type AccountKind, type Reason, type Situation, toPlanState } from "./operation.ts";
import type { Question } from "./question.ts";
import { type SubjectKey, toPersonKey } from "./roster.ts";
import { isEntitledOn, type Subject } from "./subject.ts";
import type { Baseline, Declared, Link } from "./subject-facts.ts";

export interface ChangeRequest {
  readonly subjects: readonly Subject[];
  readonly names: ReadonlyMap<SubjectKey, AssignedName>;
  /** What was read, by system: only these are planned for. */
  readonly actual: ReadonlyMap<string, readonly Account[]>;
  /** What a system has a place for, where that is not everything. */
  readonly holds?: ReadonlyMap<string, ReadonlySet<StateKey>>;
  readonly links: readonly Link[];
  /** Staff ids of two who may be one. */
  readonly twins: readonly (readonly string[])[];
  /** Subjects whose vanished accounts are to be made anew. */
  readonly recreate: ReadonlySet<string>;
  /** Who was said to have left or moved, by subject: an older roster does not undo it. */
  readonly declared?: ReadonlyMap<SubjectKey, Declared>;
  /** `system subject` of accounts that a person had closed although they are wanted, and why: a plan asks before it opens them. */
  readonly closed?: ReadonlyMap<string, Reason> | undefined;
  /** What a leaver's account no longer says. */
  readonly clearOnLeave?: readonly ManagedKey[];
  /** What people answered to earlier questions. */
  readonly answers?: Answers;
}

/** A change before it has its id and fingerprint. */
export interface Change {
  readonly system: string;
  readonly kind: AccountKind;
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
  /** What the accounts where nothing is to be done are to be like. */
  readonly baselines: readonly Baseline[];
}

/** Desired against actual, subject by subject and system by system (provision.md §7). Pure. */
export function planChanges(request: ChangeRequest): Changes {
  const { answers = createAnswers() } = request;
  const indexes = new Map([...request.actual].map(([system, accounts]) => [system, createIndex(accounts)]));
  const linked = new Map(request.links.map((link) => [`${link.system} ${link.subject}`, link.targetId]));
  const linkedTargets = new Map(request.links.map((link) => [`${link.system} ${link.targetId}`, link.subject]));
  const twinsOf = new Map(request.twins.flatMap((ids) => ids.map((id) => [id, ids] as const)));
  const changes: Change[] = [];
  const questions: Question[] = [];
  const found: Link[] = [];
  const baselines: Baseline[] = [];
  let none = 0;
  const isMadeAgain = ({ key, externalId }: Subject, system: string, target: string | undefined): boolean =>
    request.recreate.has(externalId) || answers.isMadeAgain(key, system, target);

  for (const subject of request.subjects) {
    const name = request.names.get(subject.key);
    if (!name) continue;
    const own: Change[] = [];
    const asked: Question[] = [];
    let quiet = 0;
    if (subject.forbidden && subject.forbidden.length > 0 && subject.entitled) {
      asked.push(ask("forbidden-together", "CONFIRMED", subject, null, subject.forbidden, true));
    }
    const declared = request.declared?.get(subject.key);
    const isMistaken = declared !== undefined && answers.isStillHere(subject.key, declared);
    const outdated = isMistaken ? undefined : findOutdated(subject, declared, request.recreate);
    if (outdated) asked.push(outdated);
    for (const system of subject.systems) {
      const index = indexes.get(system);
      if (!index) continue;
      const target = linked.get(`${system} ${subject.key}`);
      const finding = findAccount({ subject, name, system, index, target, linkedTargets, answers });
      if (finding.kind === "question") {
        asked.push(finding.question);
        continue;
      }
      if (finding.kind === "account") {
        const { account } = finding;
        found.push({ system, subject: subject.key, targetId: account.id, unit: subject.unit });
        const isTheirs = answers.findTheirs(subject.key, system) === toNameKey(account.userName);
        if (toNameKey(account.userName) !== toNameKey(name.name) && !isTheirs) {
          asked.push(ask("name-differs", finding.situation, subject, system, [account.userName, name.name], false));
        }
        if (isAnothersName(subject, account) && !isTheirs) {
          const shown = [account.userName, account.attributes.displayName ?? ""];
          asked.push(ask("other-name", "AMBIGUOUS", subject, system, shown, true));
        }
        const held = request.holds?.get(system);
        const change = toChange(subject, system, finding.situation, account, held, request.clearOnLeave);
        const closed = change?.kind === "enable" ? request.closed?.get(`${system} ${subject.key}`) : undefined;
        if (closed !== undefined && !request.recreate.has(subject.externalId)) {
          asked.push(ask("closed-before", finding.situation, subject, system, [closed], false));
        } else if (change) own.push(change);
        else {
          quiet += 1;
          const state = isEntitledOn(subject, system) ? toWanted(subject, account, held) : { ...account, attributes: {} };
          baselines.push({ system, subject: subject.key, targetId: account.id, state: toPlanState(state) });
        }
      } else if (!isEntitledOn(subject, system)) quiet += 1;
      else if (finding.situation === "MISSING" && !isMadeAgain(subject, system, target)) {
        asked.push(ask("account-gone", "MISSING", subject, system, [name.name], false));
      } else own.push(toCreate(subject, name.name, system, finding.situation, request.holds?.get(system)));
    }
    const twins = twinsOf
      .get(subject.externalId)
      ?.filter((id) => id === subject.externalId || !answers.areTwo(subject.key, toPersonKey(id)));
    const makes = own.some(({ kind }) => kind === "create");
    if (subject.kind === "person" && twins && twins.length > 1 && makes) {
      asked.push(ask("same-name-and-birthday", "AMBIGUOUS", subject, null, twins, true));
    }
    if (name.takenBy !== undefined) asked.push(ask("name-taken", "AMBIGUOUS", subject, null, [name.name, name.takenBy], true));
    questions.push(...joinQuestions(asked));
    // One unclear account stops the whole person: a name given on four systems cannot be taken back from them.
    if (asked.some(({ holds }) => holds)) continue;
    changes.push(...own);
    none += quiet;
  }
  return { changes, questions, none, found, baselines };
}

/** A person said by command that somebody left or moved; a roster whose posts are all older does not know it yet. */
function findOutdated(subject: Subject, declared: Declared | undefined, recreate: ReadonlySet<string>): Question | undefined {
  if (!declared || recreate.has(subject.externalId)) return undefined;
  if (subject.kind === "functional") {
    return ask("merged-before", "UNQUALIFIED", subject, null, [declared.unit ?? "", declared.effective], true);
  }
  if (!subject.entitled || !subject.current) return undefined;
  if (subject.current.some(({ from }) => from >= declared.effective)) return undefined;
  if (declared.kind === "leave") return ask("left-before", "UNQUALIFIED", subject, null, [declared.effective], true);
  if (subject.current.some(({ unit }) => unit === declared.unit)) return undefined;
  return ask("moved-before", "CONFIRMED", subject, null, [declared.unit ?? "", declared.effective], true);
}

function toCreate(
  subject: Subject,
  userName: string,
  system: string,
  situation: "ABSENT" | "MISSING",
  held: ReadonlySet<StateKey> | undefined,
): Change {
  const { externalId, attributes } = subject;
  return {
    system,
    kind: "create",
    subject,
    actual: undefined,
    wanted: narrowState({ externalId, userName, active: true, attributes }, held),
    reason: situation === "MISSING" ? "recreate-asked" : "no-account",
    situation,
  };
}

/** Undefined when the account is as it should be. The name on the system stays as it is. */
function toChange(
  subject: Subject,
  system: string,
  found: "CONFIRMED" | "FOUND",
  actual: Account,
  held: ReadonlySet<StateKey> | undefined,
  clearOnLeave: readonly ManagedKey[] = [],
): Change | undefined {
  if (!isEntitledOn(subject, system)) {
    if (!actual.active) return undefined;
    const cleared = subject.kind === "person" && !subject.entitled ? clearOnLeave : [];
    const attributes = { ...actual.attributes, ...Object.fromEntries(cleared.map((key) => [key, null])) };
    const wanted = { ...actual, active: false, attributes };
    const reason = subject.entitled ? "not-entitled" : subject.kind === "functional" ? "unit-merged" : "posts-ended";
    return { system, kind: "disable", subject, actual, wanted, reason, situation: "UNQUALIFIED" };
  }
  const wanted = toWanted(subject, actual, held);
  const differences = listDifferences(actual, wanted);
  if (differences.length === 0) return undefined;
  return actual.active
    ? { system, kind: "update", subject, actual, wanted, reason: "attributes-differ", situation: found }
    : { system, kind: "enable", subject, actual, wanted, reason: "account-was-disabled", situation: found };
}

function toWanted(
  { externalId, attributes }: Subject,
  { userName }: Account,
  held: ReadonlySet<StateKey> | undefined,
): AccountState {
  return narrowState({ externalId, userName, active: true, attributes }, held);
}

/** The same question of one subject on several systems is one question to the person. */
function joinQuestions(questions: readonly Question[]): Question[] {
  return [...Map.groupBy(questions, ({ code, candidates }) => [code, ...candidates].join("|")).values()].map((same) => ({
    ...(same[0] as Question),
    systems: same.flatMap(({ systems }) => systems),
  }));
}
