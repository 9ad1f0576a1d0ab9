import type { Department } from "../directory/department.ts";
import type { Position } from "../directory/position.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { listPlaceholders } from "../platform/placeholders.ts";
import { findNearest } from "../platform/text.ts";
import type { Membership, MembershipKind } from "./account.ts";
import {
  type Entitlements,
  isSigning,
  listTemplateNames,
  type MembershipTemplate,
  readPersonalMembership,
} from "./entitlements.ts";
import { purposes, toShortForm } from "./functional-account.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";
import { entitlementFaults } from "./membership-words.ts";

/** What a name in a template may stand for. */
export const placeNames = ["unit_code", "department", "province_code"] as const;

export interface KnownTerms {
  readonly positions: readonly Position[];
  readonly departments: readonly Department[];
  readonly systems: readonly string[];
  /** What a system that is open can give; absent: not known now. */
  readonly kinds?: ReadonlyMap<string, ReadonlySet<MembershipKind>>;
}

/** Every name of a role or group in the settings, the system it is on and where it stands. */
export interface NamedMembership {
  readonly system: string;
  readonly membership: Membership;
  readonly place: string;
}

export function listNamedMemberships(rules: Entitlements): NamedMembership[] {
  const inTemplates = (place: string, systems: Readonly<Record<string, MembershipTemplate>> = {}): NamedMembership[] =>
    Object.entries(systems).flatMap(([system, template]) =>
      listTemplateNames(template).map((membership) => ({
        system,
        membership,
        place: `${place}.${system}.${membership.startsWith("role:") ? "roles" : "groups"}`,
      })),
    );
  const inPersonal = (place: "additions" | "denials"): NamedMembership[] =>
    rules[place].flatMap((grant) => {
      const membership = readPersonalMembership(grant);
      return membership === undefined ? [] : [{ system: grant.system, membership, place: `${place} ${grant.staffId}` }];
    });
  return [
    ...Object.entries(rules.classes).flatMap(([name, own]) => inTemplates(`classes.${name}`, own)),
    ...Object.entries(rules.positions).flatMap(([key, { systems }]) => inTemplates(`positions.${key}.systems`, systems)),
    ...inPersonal("additions"),
    ...inPersonal("denials"),
  ];
}

/** Failure kind: invalid. Every position, system, department, purpose, substitution and kind that does not exist, with the nearest that does; every role that signs. */
export function assertEntitlements(rules: Entitlements, known: KnownTerms): void {
  const { systems } = known;
  const keys = known.positions.map(({ key }) => key);
  const faults: Fault[] = [];
  const complain = (place: string, value: string, message: Fault["message"]): void => {
    faults.push({ file: `wardctl.yaml provision.${place}`, value, message });
  };
  const look = (place: string, value: string, terms: readonly string[]): void => {
    if (!terms.includes(value)) complain(place, value, words.unknownTerm(value, findNearest(value, terms, 4), terms));
  };
  for (const [key, template] of Object.entries(rules.positions)) {
    look("positions", key, keys);
    for (const system of Object.keys(template.systems)) look(`positions.${key}.systems`, system, systems);
    for (const other of template.forbidWith) look(`positions.${key}.forbidWith`, other, keys);
    for (const account of template.functional ?? []) {
      const [department = "", purpose = ""] = account.split("/");
      const departments = known.departments.flatMap((one) => [toShortForm(one.key), one.key]);
      look(`positions.${key}.functional`, department, departments);
      look(`positions.${key}.functional`, purpose, purposes);
    }
  }
  for (const [name, own] of Object.entries(rules.classes)) {
    for (const system of Object.keys(own ?? {})) look(`classes.${name}`, system, systems);
  }
  for (const { system } of rules.additions) look("additions", system, systems);
  for (const { system } of rules.denials) look("denials", system, systems);
  for (const system of Object.keys(rules.signing ?? {})) look("signing", system, systems);
  for (const { system, membership, place } of listNamedMemberships(rules)) {
    const name = membership.slice(membership.indexOf(":") + 1);
    for (const term of listPlaceholders(name)) look(place, term, placeNames);
    if (isSigning(rules, system, membership)) {
      complain(place, name, entitlementFaults.givesSigning(system));
    }
    const kinds = known.kinds?.get(system);
    const kind = membership.slice(0, membership.indexOf(":")) as MembershipKind;
    if (kinds && !kinds.has(kind)) complain(place, name, entitlementFaults.noSuchKind(system, kind));
  }
  if (faults.length > 0) throw new Failure("invalid", words.badEntitlements(faults.length), { faults });
}
