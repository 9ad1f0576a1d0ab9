import type { IsoDate } from "../directory/unit.ts";
import type { Account } from "./account.ts";
import type { Decision } from "./decision.ts";
import type { RegisteredName } from "./name-register.ts";
import type { Reason } from "./operation.ts";
import type { Plan } from "./plan.ts";
import type { Question } from "./question.ts";
import type { SubjectKey } from "./roster.ts";
import type { Subject } from "./subject.ts";
import type { Declared, GivenMembership, Link, Merger, Origin } from "./subject-facts.ts";

/** What earlier plans left behind. */
export interface KnownBefore {
  /** `system subject` of each account of which a baseline is kept. */
  readonly baselines: ReadonlySet<string>;
  readonly owners: ReadonlyMap<SubjectKey, string | null>;
  readonly declared: readonly Declared[];
  /** `system subject` of accounts that a person had closed although they are wanted, and why. */
  readonly closed?: ReadonlyMap<string, Reason>;
  /** What people answered to earlier plans' questions. */
  readonly decisions?: readonly Decision[];
  /** Roles and groups that wardctl answers for. */
  readonly given: readonly GivenMembership[];
}

/** A plan about a few subjects, made from the people that wardctl knows rather than from a roster of everybody. */
export interface ChosenSubjects {
  readonly keys: ReadonlySet<SubjectKey>;
  /** The day as of which it is made. */
  readonly asOf: IsoDate;
  readonly people: Plan["people"];
  readonly declared: readonly Declared[];
  readonly questions?: readonly Question[];
  /** Functional accounts that get another key: the subject's new key → the old one. */
  readonly renamed?: ReadonlyMap<SubjectKey, SubjectKey>;
  readonly merger?: Merger;
  /** Subjects that end although nothing names them any more. */
  readonly ending?: readonly Subject[];
}

/**
 * Whose leaving is done need not be in a roster any more: the name is put away, or a command said so, and every account was read and is
 * closed.
 */
export function listStaying(
  links: readonly Link[],
  register: readonly RegisteredName[],
  accounts: ReadonlyMap<string, readonly Account[]>,
  known: KnownBefore | undefined,
): Link[] {
  const left = new Set<SubjectKey>([
    ...register.filter(({ state }) => state === "retired").map(({ owner }) => owner),
    ...(known?.declared ?? []).filter(({ kind }) => kind === "leave").map(({ subject }) => subject),
  ]);
  const open = new Set(
    [...accounts].flatMap(([system, own]) => own.filter(({ active }) => active).map(({ id }) => `${system} ${id}`)),
  );
  const isOpen = ({ system, targetId }: Link): boolean => !accounts.has(system) || open.has(`${system} ${targetId}`);
  for (const link of links) if (isOpen(link)) left.delete(link.subject);
  return links.filter(({ subject }) => !left.has(subject));
}

/** The same rows with their subjects under the keys that they get. */
export function renameOwners<Row>(
  rows: readonly Row[],
  renamed: ReadonlyMap<SubjectKey, SubjectKey>,
  readOwner: (row: Row) => SubjectKey,
  toRow: (row: Row, owner: SubjectKey) => Row,
): readonly Row[] {
  const keys = new Map([...renamed].map(([to, from]) => [from, to]));
  return rows.map((row) => {
    const to = keys.get(readOwner(row));
    return to === undefined ? row : toRow(row, to);
  });
}

export function toOrigin({ key, name, unit, lines = [], rule, owner, kind, grants }: Subject): Origin {
  return {
    subject: key,
    name,
    unit,
    lines,
    ...(rule === undefined ? {} : { rule }),
    ...(kind === "functional" ? { owner: owner ?? null } : {}),
    ...(grants === undefined ? {} : { grants }),
  };
}
