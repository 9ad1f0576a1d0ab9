import type { StaffClass } from "../directory/person.ts";
import type { Position } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { findNearest } from "../platform/text.ts";
import { lifecycleFaults as words } from "./lifecycle-words.ts";

type SystemNames = Readonly<Record<string, object>>;

/** What a position brings: the systems its holder works on, the title shown there, and what nobody may be at the same time. */
export interface PositionTemplate {
  readonly title?: string;
  readonly systems: SystemNames;
  readonly forbidWith: readonly string[];
}

/** Beside or against what class and position say; never without a reason. */
export interface PersonalGrant {
  readonly staffId: string;
  readonly system: string;
  readonly reason: string;
  /** The last day. */
  readonly until?: IsoDate;
}

export interface Entitlements {
  readonly classes: Readonly<Partial<Record<StaffClass, SystemNames>>>;
  readonly positions: Readonly<Record<string, PositionTemplate>>;
  readonly additions: readonly PersonalGrant[];
  readonly denials: readonly PersonalGrant[];
}

export const noEntitlements: Entitlements = { classes: {}, positions: {}, additions: [], denials: [] };

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
  const isFree = base === undefined && templates.length === 0;
  const holds = (grant: PersonalGrant, system: string): boolean =>
    grant.staffId === staffId && grant.system === system && (grant.until === undefined || today <= grant.until);
  return systems.map((system): Grant => {
    const denial = rules.denials.find((grant) => holds(grant, system));
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

/** Positions of one person that may not be held together (separation of duty), as pairs. */
export function listForbidden(positions: readonly string[], { positions: templates }: Entitlements): readonly string[] {
  const held = new Set(positions);
  const forbidden = [...held].filter((key) => templates[key]?.forbidWith.some((other) => held.has(other)));
  const others = forbidden.flatMap((key) => (templates[key]?.forbidWith ?? []).filter((other) => held.has(other)));
  return [...new Set([...forbidden, ...others])].sort();
}

/** Failure kind: invalid. A position or system that does not exist, every one of them, with the nearest that does. */
export function assertEntitlements(rules: Entitlements, positions: readonly Position[], systems: readonly string[]): void {
  const keys = positions.map(({ key }) => key);
  const faults: Fault[] = [];
  const look = (place: string, value: string, known: readonly string[]): void => {
    if (!known.includes(value)) {
      faults.push({
        file: `wardctl.yaml provision.${place}`,
        value,
        message: words.unknownTerm(value, findNearest(value, known, 4), known),
      });
    }
  };
  for (const [key, template] of Object.entries(rules.positions)) {
    look("positions", key, keys);
    for (const system of Object.keys(template.systems)) look(`positions.${key}.systems`, system, systems);
    for (const other of template.forbidWith) look(`positions.${key}.forbidWith`, other, keys);
  }
  for (const [name, own] of Object.entries(rules.classes)) {
    for (const system of Object.keys(own ?? {})) look(`classes.${name}`, system, systems);
  }
  for (const { system } of rules.additions) look("additions", system, systems);
  for (const { system } of rules.denials) look("denials", system, systems);
  if (faults.length > 0) throw new Failure("invalid", words.badEntitlements(faults.length), { faults });
}
