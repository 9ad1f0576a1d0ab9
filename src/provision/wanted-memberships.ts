import type { Department } from "../directory/department.ts";
import type { Post } from "../directory/person.ts";
import type { IsoDate, Unit } from "../directory/unit.ts";
import { fillText, listPlaceholders } from "../platform/placeholders.ts";
import type { Membership } from "./account.ts";
import {
  type Entitlements,
  isInForce,
  listTemplateNames,
  type MembershipTemplate,
  readPersonalMembership,
} from "./entitlements.ts";
import { toShortForm } from "./functional-account.ts";
import type { AssignedName } from "./name-register.ts";
import { type SubjectKey, toFunctionalKey } from "./roster.ts";
import { isEntitledOn, type Subject } from "./subject.ts";

/** A role or group that somebody is to have on a system, and everything that says so, sorted. */
export interface WantedMembership {
  readonly system: string;
  readonly membership: Membership;
  /** `class cong_chuc`, `position van-thu`, `addition: …`, `owner of 27004/van-phong/clerk`. */
  readonly sources: readonly string[];
}

export interface WantedRequest {
  readonly subjects: readonly Subject[];
  readonly names: ReadonlyMap<SubjectKey, AssignedName>;
  readonly units: ReadonlyMap<string, Unit>;
  readonly departments: readonly Department[];
  readonly entitlements: Entitlements;
  readonly today: IsoDate;
}

/** What people enter a functional account by: a group of its own, on each of its systems. */
export function toAccessGroup(username: string): Membership {
  return `group:access:${username}`;
}

/** Class base ∪ positions ∪ additions − denials of each person, on systems where they have an account. Neither the order of rows nor of settings counts. */
export function listWantedMemberships(request: WantedRequest): ReadonlyMap<SubjectKey, readonly WantedMembership[]> {
  const access = listAccess(request);
  const share = createSharing();
  return new Map(
    request.subjects
      .filter(({ kind }) => kind === "person")
      .map((subject) => [subject.key, share(listOwn(subject, access.get(subject.externalId) ?? [], request))]),
  );
}

/** Thousands hold the same by the same template: one list of it is kept. */
function createSharing(): (own: readonly WantedMembership[]) => readonly WantedMembership[] {
  const kept = new Map<string, readonly WantedMembership[]>();
  return (own) => {
    const key = JSON.stringify(own);
    const same = kept.get(key) ?? own;
    kept.set(key, same);
    return same;
  };
}

function listOwn(subject: Subject, access: readonly Given[], { units, entitlements, today }: WantedRequest): WantedMembership[] {
  const { externalId, held = [], staffClass } = subject;
  const given: Given[] = [...access];
  const take = (template: MembershipTemplate | undefined, system: string, post: Post, source: string): void => {
    for (const name of template ? listTemplateNames(template) : []) {
      const membership = fillMembership(name, post, units);
      if (membership !== undefined) given.push({ system, membership, source });
    }
  };
  for (const post of held) {
    const base = staffClass === undefined ? undefined : entitlements.classes[staffClass];
    for (const [system, template] of Object.entries(base ?? {})) take(template, system, post, `class ${staffClass}`);
    const position = entitlements.positions[post.position];
    for (const [system, template] of Object.entries(position?.systems ?? {})) {
      take(template, system, post, `position ${post.position}`);
    }
    const own = (grant: Entitlements["additions"][number]): boolean => grant.staffId === externalId && isInForce(grant, today);
    for (const { system, role, group, reason } of entitlements.additions.filter(own)) {
      take(
        { ...(role === undefined ? {} : { roles: [role] }), ...(group === undefined ? {} : { groups: [group] }) },
        system,
        post,
        `addition: ${reason}`,
      );
    }
  }
  const denied = new Set(
    listDenials(subject, { units, entitlements, today }).map(({ system, membership }) => `${system} ${membership}`),
  );
  const kept = given.filter(({ system, membership }) => isEntitledOn(subject, system) && !denied.has(`${system} ${membership}`));
  return [...Map.groupBy(kept, ({ system, membership }) => `${system} ${membership}`).values()]
    .map((same) => {
      const { system, membership } = same[0] as Given;
      return { system, membership, sources: [...new Set(same.map(({ source }) => source))].sort() };
    })
    .sort((a, b) => compare(a.system, b.system) || compare(a.membership, b.membership));
}

interface Given {
  readonly system: string;
  readonly membership: Membership;
  readonly source: string;
}

/** Roles and groups that a denial in force takes from somebody, whatever else gives them. */
export function listDenials(
  { externalId, held = [] }: Pick<Subject, "externalId" | "held">,
  { units, entitlements, today }: Pick<WantedRequest, "units" | "entitlements" | "today">,
): Given[] {
  return entitlements.denials
    .filter((grant) => grant.staffId === externalId && isInForce(grant, today))
    .flatMap((grant) => {
      const name = readPersonalMembership(grant);
      if (name === undefined) return [];
      const filled = held.map((post) => fillMembership(name, post, units)).filter((membership) => membership !== undefined);
      const plain = listPlaceholders(name).length === 0 ? [name] : [];
      return [...new Set([...filled, ...plain])].map((membership) => ({
        system: grant.system,
        membership,
        source: `denial: ${grant.reason}`,
      }));
    });
}

/** Undefined where the post has no such place: leaders of a unit are in no department. */
export function fillMembership(name: Membership, post: Post, units: ReadonlyMap<string, Unit>): Membership | undefined {
  const values: Readonly<Record<string, string | undefined>> = {
    unit_code: post.unit,
    department: post.department === undefined ? undefined : toShortForm(post.department),
    province_code: units.get(post.unit)?.province,
  };
  const terms = listPlaceholders(name);
  return terms.some((term) => values[term] === undefined) ? undefined : (fillText(name, values) as Membership);
}

/** Who enters which functional account, by staff id: holders of positions whose template says so, and beside them its owner and deputies. */
function listAccess({ subjects, names, departments, entitlements }: WantedRequest): ReadonlyMap<string, readonly Given[]> {
  const named = Object.entries(entitlements.positions).flatMap(([position, { functional = [] }]) =>
    functional.map((account) => ({ position, ...readFunctional(account, departments) })),
  );
  if (named.length === 0) return new Map();
  const functional = new Map(subjects.filter(({ kind }) => kind === "functional").map((subject) => [subject.key, subject]));
  const found = new Map<string, Given[]>();
  const give = (staffId: string, account: Subject, source: string): void => {
    const name = names.get(account.key);
    if (!account.entitled || !name || name.takenBy !== undefined) return;
    const membership = toAccessGroup(name.name);
    const own = account.systems.map((system): Given => ({ system, membership, source: `${source} ${account.externalId}` }));
    found.set(staffId, [...(found.get(staffId) ?? []), ...own]);
  };
  for (const { externalId, kind, held = [] } of subjects) {
    if (kind !== "person") continue;
    for (const post of held) {
      for (const { position, department, purpose } of named) {
        const account = functional.get(toFunctionalKey(`${post.unit}/${department}/${purpose}`));
        if (account && post.position === position) give(externalId, account, `position ${position}, for`);
      }
    }
  }
  const purposes = new Set(named.map(({ department, purpose }) => `${department}/${purpose}`));
  for (const account of functional.values()) {
    const [, ...rest] = account.externalId.split("/");
    if (!purposes.has(rest.join("/"))) continue;
    if (account.owner) give(account.owner, account, "owner of");
    for (const deputy of account.deputies ?? []) give(deputy, account, "deputy of");
  }
  return found;
}

/** `ttpvhcc/one-stop` or `trung-tam-pvhcc/one-stop`. */
function readFunctional(
  text: string,
  departments: readonly Department[],
): { readonly department: string; readonly purpose: string } {
  const [name = "", purpose = ""] = text.split("/");
  const department = departments.find(({ key }) => key === name || toShortForm(key) === name)?.key ?? name;
  return { department, purpose };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
