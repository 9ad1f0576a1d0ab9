import type { Department } from "../directory/department.ts";
import type { Post, StaffClass } from "../directory/person.ts";
import type { Position, Rank } from "../directory/position.ts";
import { formatUnitName, type IsoDate, type Unit } from "../directory/unit.ts";
import type { ManagedAttributes } from "./account.ts";
import { type Entitlements, type Grant, isWithoutTemplate, listForbidden, listGrants, noEntitlements } from "./entitlements.ts";
import { type FunctionalRule, formatFunctionalName, listFunctionalAccounts } from "./functional-account.ts";
import { type RosterPerson, type SubjectKey, toFunctionalKey, toPersonKey } from "./roster.ts";
import { listExpandedNames, toUsernameBase } from "./username.ts";

/** Somebody or something that is to have an account: a person of the roster, or a department or unit of the directory. */
export interface Subject {
  readonly key: SubjectKey;
  readonly kind: "person" | "functional";
  /** Staff id or functional key: what systems are told as externalId. */
  readonly externalId: string;
  readonly name: string;
  /** The unit it is shown under; for a person of several posts that of the first in rank. */
  readonly unit: string;
  /** Staff id of the accountable person; null where the post is vacant, undefined for people themselves. */
  readonly owner?: string | null;
  /** Staff ids of those who stand in for the owner. */
  readonly deputies?: readonly string[];
  readonly attributes: ManagedAttributes;
  readonly systems: readonly string[];
  /** False when every post is over: the account is to be disabled, or not made. */
  readonly entitled: boolean;
  readonly usernameBase: string;
  /** Longer forms for when the base is taken. */
  readonly usernameExpanded?: readonly string[];
  /** A name that the roster says is to be kept. */
  readonly usernameGiven?: string;
  /** The name of an account that a person said is theirs. */
  readonly usernameAnswered?: string | undefined;
  /** Order of two who want one name. */
  readonly since: string;
  /** Where it comes from: lines of the roster, or the rule that asks for the account. */
  readonly lines?: readonly number[];
  readonly rule?: string;
  /** Units and first days of the posts that are not over. */
  readonly current?: readonly Pick<Post, "unit" | "from">[];
  readonly staffClass?: StaffClass;
  /** The posts that say today what a person may do; none when all are over. */
  readonly held?: readonly Post[];
  /** True where something is written about their class or positions: what templates name is wardctl's to give and to take. */
  readonly templated?: boolean;
  /** The key it had before units merged: accounts that still carry it are its own. */
  readonly formerExternalId?: string;
  /** Which of the systems, and what says so; all of them where it is absent. */
  readonly grants?: readonly Grant[];
  /** Positions that may not be held together. */
  readonly forbidden?: readonly string[];
}

/** Whether the subject is to have an open account there. */
export function isEntitledOn({ entitled, grants }: Pick<Subject, "entitled" | "grants">, system: string): boolean {
  return entitled && (grants?.find((grant) => grant.system === system)?.granted ?? true);
}

export interface SubjectRequest {
  readonly people: readonly RosterPerson[];
  readonly units: readonly Unit[];
  readonly departments: readonly Department[];
  readonly positions: readonly Position[];
  readonly rules: readonly FunctionalRule[];
  readonly systems: readonly string[];
  readonly template: string;
  /** Longer forms of a taken name before numbers. */
  readonly expandNames?: boolean;
  readonly today: IsoDate;
  readonly entitlements?: Entitlements;
}

/** Everybody and everything that is to have accounts, functional accounts first. */
export function listSubjects(request: SubjectRequest): Subject[] {
  return [...listFunctionalSubjects(request), ...request.people.map((person) => toPersonSubject(person, request))];
}

const rankOrder: readonly Rank[] = ["head", "deputy", "department-head", "department-deputy", "clerk", "officer"];

/** Posts that are not over. */
export function listCurrent({ posts }: RosterPerson, today: IsoDate): readonly Post[] {
  return posts.filter((post) => post.to === undefined || post.to > today);
}

/** Accounts are made before somebody's first day, by what they will be. */
export function listHeld(current: readonly Post[], today: IsoDate): readonly Post[] {
  const begun = current.filter(({ from }) => from <= today);
  return begun.length > 0 ? begun : current;
}

function toPersonSubject(
  person: RosterPerson,
  { positions, systems, template, expandNames, today, entitlements = noEntitlements }: SubjectRequest,
): Subject {
  const current = listCurrent(person, today);
  const rank = (post: Post): number => rankOrder.indexOf(positions.find(({ key }) => key === post.position)?.rank ?? "officer");
  const posts = [...(current.length > 0 ? current : person.posts)].sort(
    // Of two posts of one rank the one that ends is being left.
    (a, b) =>
      rank(a) - rank(b) ||
      Number(a.to !== undefined) - Number(b.to !== undefined) ||
      compare(a.from, b.from) ||
      compare(toPlace(a), toPlace(b)),
  );
  const [first] = posts as [Post];
  const titles = posts.map(
    ({ position }) =>
      entitlements.positions[position]?.title ?? positions.find(({ key }) => key === position)?.name.vi ?? position,
  );
  const heldPosts = listHeld(current, today);
  const held = heldPosts.map(({ position }) => position);
  const isTemplated = entitlements !== noEntitlements;
  const given = person.givenName ?? person.fullName.split(" ").at(-1) ?? person.fullName;
  const since = person.posts.map(({ from }) => from).sort()[0] ?? "";
  return {
    key: toPersonKey(person.staffId),
    kind: "person",
    externalId: person.staffId,
    name: person.fullName,
    unit: first.unit,
    attributes: {
      displayName: person.fullName,
      formattedName: person.fullName,
      givenName: given,
      title: [...new Set(titles)].join("; "),
      userType: person.staffClass,
      employeeNumber: person.staffId,
      unit: first.unit,
      department: first.department ?? null,
      ...(person.email === undefined ? {} : { email: person.email }),
      ...(person.phone === undefined ? {} : { phone: person.phone }),
    },
    systems,
    entitled: current.length > 0,
    usernameBase: toUsernameBase({ ...person, unit: first.unit }, template),
    ...(expandNames ? { usernameExpanded: listExpandedNames({ ...person, unit: first.unit }, template) } : {}),
    lines: person.lines,
    current,
    staffClass: person.staffClass,
    held: heldPosts,
    ...(isTemplated
      ? {
          templated: !isWithoutTemplate({ ...person, positions: posts.map(({ position }) => position) }, entitlements),
          grants: listGrants({ ...person, positions: held, systems, today }, entitlements),
          forbidden: listForbidden(held, entitlements),
        }
      : {}),
    ...(person.username === undefined ? {} : { usernameGiven: person.username }),
    since,
  };
}

function listFunctionalSubjects({ people, units, departments, positions, rules, systems, today }: SubjectRequest): Subject[] {
  const heads = new Set(positions.filter(({ rank }) => rank === "department-head").map(({ key }) => key));
  const seconds = new Set(positions.filter(({ rank }) => rank === "department-deputy").map(({ key }) => key));
  const owners = new Map<string, string>();
  const deputies = new Map<string, string[]>();
  const posts = people
    .flatMap((person) => person.posts)
    .filter((post) => post.department !== undefined && (post.to === undefined || post.to > today))
    .sort((a, b) => compare(a.from, b.from) || compare(a.staffId, b.staffId));
  for (const post of posts) {
    const place = `${post.unit}/${post.department}`;
    if (heads.has(post.position) && !owners.has(place)) owners.set(place, post.staffId);
    if (seconds.has(post.position)) deputies.set(place, [...(deputies.get(place) ?? []), post.staffId]);
  }
  return listFunctionalAccounts({ units, rules, systems, departments }).map((account) => {
    const name = formatFunctionalName(account, formatUnitName(account.unit));
    return {
      key: toFunctionalKey(account.key),
      kind: "functional",
      externalId: account.key,
      name,
      unit: account.unit.code,
      owner: owners.get(`${account.unit.code}/${account.department.key}`) ?? null,
      deputies: deputies.get(`${account.unit.code}/${account.department.key}`) ?? [],
      attributes: {
        displayName: name,
        formattedName: name,
        userType: "functional",
        unit: account.unit.code,
        department: account.department.key,
      },
      systems: account.systems,
      entitled: true,
      usernameBase: account.usernameBase,
      rule: account.purpose,
      // Before any person: the name of a department is looked for by its pattern.
      since: "",
    };
  });
}

function toPlace(post: Post): string {
  return [post.unit, post.department ?? "", post.position].join("|");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
