import { toFold, toToneKey } from "../platform/text.ts";
import { type Account, toNameKey } from "./account.ts";
import { ask } from "./ask.ts";
import type { Answers } from "./decision.ts";
import type { AssignedName } from "./name-register.ts";
import type { Question } from "./question.ts";
import type { SubjectKey } from "./roster.ts";
import type { Subject } from "./subject.ts";

/** What was found of a subject on one system. */
export type Finding =
  | { readonly kind: "account"; readonly situation: "CONFIRMED" | "FOUND"; readonly account: Account }
  | { readonly kind: "nothing"; readonly situation: "ABSENT" | "MISSING" }
  | { readonly kind: "question"; readonly question: Question };

/**
 * No word in common between the roster's name and the account's: most likely a staff id that was given out again, and an update would hand
 * one person's account to another. The account's own user name in the roster says that it is the same person.
 */
export function isAnothersName({ kind, name, usernameGiven }: Subject, { userName, attributes }: Account): boolean {
  const shown = attributes.displayName ?? attributes.formattedName ?? "";
  if (kind !== "person" || shown === "" || usernameGiven === toNameKey(userName)) return false;
  const words = new Set(toFold(name).split(" "));
  return !toFold(shown)
    .split(" ")
    .some((word) => words.has(word));
}

export interface AccountIndex {
  readonly byId: ReadonlyMap<string, Account>;
  readonly byExternalId: ReadonlyMap<string, readonly Account[]>;
  readonly byName: ReadonlyMap<string, readonly Account[]>;
  /** Accounts nobody claims, by the name they show. */
  readonly unclaimed: ReadonlyMap<string, readonly Account[]>;
}

export function createIndex(accounts: readonly Account[]): AccountIndex {
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
  readonly answers: Answers;
}

/** Recorded id, then externalId: strong. User name and shown name: weak, a question and never a link. */
export function findAccount({ subject, name, system, index, target: linked, linkedTargets, answers }: FindRequest): Finding {
  const isTheirs = ({ userName }: Account): boolean => !answers.isNotTheirs(subject.key, system, userName);
  const isOurs = ({ externalId }: Account): boolean =>
    [undefined, subject.externalId, subject.formerExternalId].includes(externalId);
  const isFree = ({ id }: Account): boolean => [undefined, subject.key].includes(linkedTargets.get(`${system} ${id}`));
  const known = linked === undefined ? undefined : index.byId.get(linked);
  const byLink = known && isTheirs(known) ? known : undefined;
  // A recorded id whose account is not theirs is as if it had never been recorded.
  const target = known && !byLink ? undefined : linked;
  const answered = index.byName
    .get(answers.findTheirs(subject.key, system) ?? "")
    ?.filter(isOurs)
    .filter(isFree);
  if (answered?.length === 1) {
    return { kind: "account", situation: answered[0] === byLink ? "CONFIRMED" : "FOUND", account: answered[0] as Account };
  }
  const strong = (index.byExternalId.get(subject.externalId) ?? []).filter(isTheirs);
  const candidates = [...new Set([...(byLink ? [byLink] : []), ...strong])];
  const question = (code: "several-accounts" | "weak-match" | "name-taken", accounts: readonly Account[]): Finding => ({
    kind: "question",
    question: ask(code, "AMBIGUOUS", subject, system, accounts.map(({ userName }) => userName).sort(), true),
  });
  if (candidates.length > 1) return question("several-accounts", candidates);
  const [only] = candidates;
  if (only) {
    // A recorded id whose account says it is somebody else's was given to another since.
    if (!isOurs(only)) return question("several-accounts", [only]);
    return { kind: "account", situation: byLink ? "CONFIRMED" : "FOUND", account: only };
  }
  const namesakes = (index.byName.get(toNameKey(name.name)) ?? []).filter(isFree);
  const named = namesakes.filter(isTheirs);
  const [sameName] = named;
  // The roster's own word for it: a person looked and said that this account is theirs.
  if (named.length === 1 && sameName?.externalId === undefined && name.source === "roster" && sameName) {
    return { kind: "account", situation: "FOUND", account: sameName };
  }
  if (named.length > 0) return question("weak-match", named);
  // Somebody else has the name here: no account of that name can be made, and no other name is given.
  if (namesakes.length > 0) return question("name-taken", namesakes);
  const alike = name.source === "roster" ? [] : (index.unclaimed.get(toToneKey(subject.name)) ?? []);
  const free = alike.filter(({ id }) => !linkedTargets.has(`${system} ${id}`)).filter(isTheirs);
  if (free.length > 0) return question("weak-match", free);
  return { kind: "nothing", situation: target === undefined ? "ABSENT" : "MISSING" };
}
