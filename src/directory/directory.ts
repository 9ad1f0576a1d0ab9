import { provinceChanges, unitChanges } from "./built-in/changes.ts";
import { builtInAsOf, builtInProvinces, builtInUnits } from "./built-in/units.ts";
import { createDirectoryOf } from "./directory-of.ts";
import type { IsoDate, Province, ProvinceKind, Unit, UnitKind } from "./unit.ts";

/** The units and provinces as they are at one date. Pure: the date is the caller's. */
export interface Directory {
  readonly date: IsoDate;
  findUnit(code: string): Unit | undefined;
  findProvince(code: string): Province | undefined;
  /** In order of code. */
  listUnits(filter?: { readonly province?: string; readonly kind?: UnitKind }): readonly Unit[];
  listProvinces(): readonly Province[];
}

/** From `effective` on, the unit or province of this code is of this kind or has this name. */
export interface DatedChange<Kind> {
  readonly code: string;
  readonly effective: IsoDate;
  readonly kind?: Kind;
  readonly name?: string;
  /** The document that says so: `237/NQ-UBTVQH16`. */
  readonly basis: string;
}

/** What a workspace imported on top of the built-in changes. */
export interface DirectoryChanges {
  readonly units: readonly DatedChange<UnitKind>[];
  readonly provinces: readonly DatedChange<ProvinceKind>[];
}

const noChanges: DirectoryChanges = { units: [], provinces: [] };

/** The first day of the two levels of local government; before it there are former units only. */
export const firstDay: IsoDate = builtInAsOf;

/** Undefined before 2025-07-01: the units of then are former units, not these. */
export function createDirectory(date: IsoDate, imported: DirectoryChanges = noChanges): Directory | undefined {
  if (date < firstDay) return undefined;
  return createDirectoryOf(date, {
    units: applyChanges(readUnits(), [...unitChanges, ...imported.units], date),
    provinces: applyChanges(readProvinces(), [...provinceChanges, ...imported.provinces], date),
  });
}

/** A unit from a day on, until the next of its versions. */
export interface UnitVersion {
  readonly from: IsoDate;
  readonly unit: Unit;
  /** Undefined for the first: the 34 resolutions of 16 June 2025 made the units, and which one is not in the tables. */
  readonly basis?: string;
}

/** Kinds and names of a unit over time, the first on 2025-07-01. Empty for a code that is no unit. */
export function listUnitVersions(code: string, imported: DirectoryChanges = noChanges): readonly UnitVersion[] {
  const changes = [...unitChanges, ...imported.units].filter((change) => change.code === code);
  const days = [...new Set([firstDay, ...changes.map(({ effective }) => effective)])].sort();
  const versions = days.flatMap((from): UnitVersion[] => {
    const unit = createDirectory(from, imported)?.findUnit(code);
    const basis = changes.findLast(({ effective }) => effective === from)?.basis;
    return unit ? [{ from, unit, ...(basis === undefined ? {} : { basis }) }] : [];
  });
  return versions.filter(({ unit }, i) => {
    const last = versions[i - 1]?.unit;
    return last?.kind !== unit.kind || last.name !== unit.name;
  });
}

function applyChanges<Kind, Entry extends { readonly code: string; readonly kind: Kind; readonly name: string }>(
  entries: readonly Entry[],
  changes: readonly DatedChange<Kind>[],
  date: IsoDate,
): Entry[] {
  const now = new Map(entries.map((entry) => [entry.code, entry]));
  for (const change of changes.filter(({ effective }) => effective <= date).sort(byDate)) {
    const entry = now.get(change.code);
    if (entry) now.set(change.code, { ...entry, kind: change.kind ?? entry.kind, name: change.name ?? entry.name });
  }
  return [...now.values()];
}

function byDate(a: { readonly effective: IsoDate }, b: { readonly effective: IsoDate }): number {
  return a.effective < b.effective ? -1 : a.effective > b.effective ? 1 : 0;
}

// The built-in rows never change, so the second directory of a run need not read them again.
let units: readonly Unit[] | undefined;

function readUnits(): readonly Unit[] {
  units ??= builtInUnits.split("\n").map((line) => {
    const [code, province, kind, name] = line.split("|") as [string, string, UnitKind, string];
    return { code, province, kind, name };
  });
  return units;
}

function readProvinces(): readonly Province[] {
  return builtInProvinces.split("\n").map((line) => {
    const [code, kind, name] = line.split("|") as [string, ProvinceKind, string];
    return { code, kind, name };
  });
}
