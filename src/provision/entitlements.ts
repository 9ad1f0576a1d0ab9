import type { StaffClass } from "../directory/person.ts";
import type { IsoDate } from "../directory/unit.ts";
import type { Membership } from "./account.ts";

/** Names of roles and groups on one system; `${unit_code}`, `${department}` and `${province_code}` stand for the place of the post. */
export interface MembershipTemplate {
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
}

type SystemTemplates = Readonly<Record<string, MembershipTemplate>>;

/** What a position brings: the systems its holder works on, the title shown there, and what nobody may be at the same time. */
export interface PositionTemplate {
  readonly title?: string;
  readonly systems: SystemTemplates;
  readonly forbidWith: readonly string[];
  /** Functional accounts of the holder's unit that they enter: `ttpvhcc/one-stop`. */
  readonly functional?: readonly string[];
}

/** Beside or against what class and position say; never without a reason. Without role and group it is about the system. */
export interface PersonalGrant {
  readonly staffId: string;
  readonly system: string;
  readonly role?: string;
  readonly group?: string;
  readonly reason: string;
  /** The last day. */
  readonly until?: IsoDate;
}

export interface Entitlements {
  readonly classes: Readonly<Partial<Record<StaffClass, SystemTemplates>>>;
  readonly positions: Readonly<Record<string, PositionTemplate>>;
  readonly additions: readonly PersonalGrant[];
  readonly denials: readonly PersonalGrant[];
  /** What lets its holder sign, by system: only `delegate` gives it (provision.md §6). */
  readonly signing?: SystemTemplates;
}

export const noEntitlements: Entitlements = { classes: {}, positions: {}, additions: [], denials: [] };

export function listTemplateNames({ roles = [], groups = [] }: MembershipTemplate): readonly Membership[] {
  return [...roles.map((name): Membership => `role:${name}`), ...groups.map((name): Membership => `group:${name}`)];
}

/** Whether something lets its holder sign on a system; many systems do not tell case apart. */
export function isSigning({ signing }: Pick<Entitlements, "signing">, system: string, membership: Membership): boolean {
  const toKey = (name: string): string => name.normalize("NFC").toLowerCase();
  return listTemplateNames(signing?.[system] ?? {}).some((one) => toKey(one) === toKey(membership));
}

/** The one role or group that an addition or denial is about; undefined where it is about the whole system. */
export function readPersonalMembership({ role, group }: PersonalGrant): Membership | undefined {
  if (role !== undefined) return `role:${role}`;
  return group === undefined ? undefined : `group:${group}`;
}

/** To the end of its last day. */
export function isInForce({ until }: PersonalGrant, today: IsoDate): boolean {
  return until === undefined || today <= until;
}

/** Whether somebody may use a system, and what says so. */
export interface Grant {
  readonly system: string;
  readonly granted: boolean;
  /** `class cong_chuc`, `position van-thu`, `addition: …`, `denial: …`; `none` where nothing asks for it, `no template` where none is written. */
  readonly source: string;
}

interface GrantRequest {
  readonly staffId: string;
  readonly staffClass: StaffClass;
  /** Keys of the positions held today. */
  readonly positions: readonly string[];
  readonly systems: readonly string[];
  readonly today: IsoDate;
}

/**
 * Class base ∪ positions ∪ additions − denials, each with its source. A person about whose class and positions nothing is written
 * works on every system, as in a workspace without templates: writing the first template takes nothing from others.
 */
export function listGrants({ staffId, staffClass, positions, systems, today }: GrantRequest, rules: Entitlements): Grant[] {
  const base = rules.classes[staffClass];
  const templates = positions.flatMap((key) => {
    const template = rules.positions[key];
    return template ? [{ key, template }] : [];
  });
  const isFree = isWithoutTemplate({ staffClass, positions }, rules);
  const holds = (grant: PersonalGrant, system: string): boolean =>
    grant.staffId === staffId && grant.system === system && isInForce(grant, today);
  return systems.map((system): Grant => {
    // A denied role leaves the account open; one more role needs it open.
    const denial = rules.denials.find((grant) => holds(grant, system) && readPersonalMembership(grant) === undefined);
    if (denial) return { system, granted: false, source: `denial: ${denial.reason}` };
    if (isFree) return { system, granted: true, source: "no template" };
    const addition = rules.additions.find((grant) => holds(grant, system));
    const sources = [
      ...(base && system in base ? [`class ${staffClass}`] : []),
      ...templates.filter(({ template }) => system in template.systems).map(({ key }) => `position ${key}`),
      ...(addition ? [`addition: ${addition.reason}`] : []),
    ];
    return { system, granted: sources.length > 0, source: sources.join(" + ") || "none" };
  });
}

/** True of somebody about whose class and positions nothing is written: their roles belong to the systems. */
export function isWithoutTemplate(
  { staffClass, positions }: Pick<GrantRequest, "staffClass" | "positions">,
  rules: Pick<Entitlements, "classes" | "positions">,
): boolean {
  return rules.classes[staffClass] === undefined && positions.every((key) => rules.positions[key] === undefined);
}

/** Positions of one person that may not be held together (separation of duty), as pairs. */
export function listForbidden(positions: readonly string[], { positions: templates }: Entitlements): readonly string[] {
  const held = new Set(positions);
  const forbidden = [...held].filter((key) => templates[key]?.forbidWith.some((other) => held.has(other)));
  const others = forbidden.flatMap((key) => (templates[key]?.forbidWith ?? []).filter((other) => held.has(other)));
  return [...new Set([...forbidden, ...others])].sort();
}
