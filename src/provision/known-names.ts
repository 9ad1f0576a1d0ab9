import type { Account } from "./account.ts";
import { toNameKey } from "./account.ts";
import { type Answers, createAnswers } from "./decision.ts";
import { listDesiredSubjects } from "./desired-subjects.ts";
import { listReturning } from "./forgotten.ts";
import { listFreedNames } from "./freed-names.ts";
import { renameOwners } from "./known-subjects.ts";
import type { RegisteredName } from "./name-register.ts";
import { type PlanRequest, toToday } from "./plan-request.ts";
import { listRenamedRooms } from "./renamed-rooms.ts";
import type { SubjectKey } from "./roster.ts";
import type { Subject } from "./subject.ts";
import type { Link } from "./subject-facts.ts";

/** Whoever and whatever is to have accounts, and what is on record of them under the keys they have now. */
export interface KnownNames {
  readonly subjects: readonly Subject[];
  readonly links: readonly Link[];
  /** As it stands, and as far as it binds: without names that may be given again, with those of people who return. */
  readonly register: readonly RegisteredName[];
  readonly binding: readonly RegisteredName[];
  readonly seen: readonly string[];
  readonly renamed: ReadonlyMap<SubjectKey, SubjectKey>;
  /** Whose a name was that is another's from this plan on. */
  findFormerOwner(subject: SubjectKey, name: string): SubjectKey | undefined;
  readonly answers: Answers;
}

export async function readKnownNames(request: PlanRequest, accounts: readonly Account[]): Promise<KnownNames> {
  const { store, settings, chosen } = request;
  const answers = createAnswers(request.known?.decisions);
  const desired = listDesiredSubjects(request);
  const [names, ownLinks] = [await store.listNames(), await store.listLinks()];
  const renamed = chosen ? (chosen.renamed ?? new Map<SubjectKey, SubjectKey>()) : listRenamedRooms(desired, ownLinks, names);
  const register = renameNames(names, renamed);
  const links = renameOwners(
    ownLinks,
    renamed,
    ({ subject }) => subject,
    (link, subject) => ({ ...link, subject }),
  );
  const subjects = desired.map((subject): Subject => {
    const former = renamed.get(subject.key);
    return {
      ...subject,
      usernameAnswered: answers.findName(subject.key),
      ...(former === undefined ? {} : { formerExternalId: former.slice(former.indexOf("/") + 1) }),
    };
  });
  const keys = subjects.map(({ key }) => key);
  const salt = register.some(({ owner }) => owner.startsWith("forgotten/")) ? await store.findSalt() : undefined;
  const returning = listReturning(register, keys, salt);
  const own = renameNames(register, returning);
  const years = settings.usernames.reuseAfterYears;
  const freed = listFreedNames({ register: own, accounts, wanted: new Set(keys), today: toToday(request), years });
  const isBinding = (name: string): boolean => !freed.has(toNameKey(name));
  return {
    subjects,
    links,
    register,
    binding: own.filter(({ name }) => isBinding(name)),
    seen: (await store.listSeenNames()).filter(isBinding),
    renamed,
    findFormerOwner: (subject, name) => returning.get(subject) ?? renamed.get(subject) ?? freed.get(toNameKey(name)),
    answers,
  };
}

function renameNames(names: readonly RegisteredName[], renamed: ReadonlyMap<SubjectKey, SubjectKey>): readonly RegisteredName[] {
  return renameOwners(
    names,
    renamed,
    ({ owner }) => owner,
    (name, owner) => ({ ...name, owner }),
  );
}
