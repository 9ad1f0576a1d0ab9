import type { Instant } from "../platform/clock.ts";
import { type Contact, type Duty, findOnDuty } from "./contact.ts";
import { type Department, listDepartments } from "./department.ts";
import { type Directory, type DirectoryChanges, listUnitVersions, type UnitVersion } from "./directory.ts";
import type { DirectoryCache } from "./directory-cache.ts";
import type { FormerUnit } from "./former-unit.ts";
import type { Merger } from "./former-unit-store.ts";
import type { Unit } from "./unit.ts";

/** All that the directory knows of a unit. What no import has told is undefined, not empty. */
export interface UnitProfile {
  readonly unit: Unit;
  readonly versions: readonly UnitVersion[];
  readonly formedFrom?: readonly Merger[];
  /** Whose code it was until 2025-06-30; seldom the same unit. */
  readonly codeBefore?: FormerUnit;
  readonly departments: readonly Department[];
  readonly contact?: Contact;
  readonly onDuty: readonly Duty[];
  readonly nextOnDuty?: Duty;
}

export interface ProfileRequest {
  readonly unit: Unit;
  readonly directory: Directory;
  readonly cache?: DirectoryCache;
  readonly departments: readonly Department[] | undefined;
  readonly now: Instant;
}

export async function readUnitProfile({ unit, cache, departments, now }: ProfileRequest): Promise<UnitProfile> {
  const changes: DirectoryChanges | undefined = await cache?.readChanges();
  const formedFrom = cache && !(await cache.formerUnits.isEmpty()) ? await cache.formerUnits.listSources(unit.code) : undefined;
  const before = await cache?.formerUnits.findByCode(unit.code);
  const contact = await cache?.contacts.findContact(unit.code);
  const { now: onDuty, next } = findOnDuty(contact?.duties ?? [], now);
  return {
    unit,
    versions: listUnitVersions(unit.code, changes),
    formedFrom,
    codeBefore: before?.former,
    departments: listDepartments(unit, departments),
    contact,
    onDuty,
    nextOnDuty: next,
  };
}
