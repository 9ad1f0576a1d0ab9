import { provinceChanges, unitChanges } from "./built-in/changes.ts";
import { builtInAsOf, builtInProvinces, builtInUnits } from "./built-in/units.ts";
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

/** A change of a unit that a workspace imported on top of the built-in ones. */
export interface UnitChange {
  readonly code: string;
  readonly effective: IsoDate;
  readonly kind?: UnitKind;
  readonly name?: string;
  readonly basis: string;
}

/** Undefined before 2025-07-01: the units of then are former units, not these. */
export function createDirectory(date: IsoDate, imported: readonly UnitChange[] = []): Directory | undefined {
  if (date < builtInAsOf) return undefined;
  const changes = [...unitChanges, ...imported]
    .filter((change) => change.effective <= date)
    .sort((a, b) => (a.effective < b.effective ? -1 : 1));
  const units = new Map(readUnits().map((unit) => [unit.code, unit]));
  for (const change of changes) {
    const unit = units.get(change.code);
    if (unit)
      units.set(change.code, { ...unit, kind: change.kind ?? unit.kind, name: ("name" in change && change.name) || unit.name });
  }
  const provinces = new Map(readProvinces().map((province) => [province.code, province]));
  for (const change of provinceChanges) {
    const province = provinces.get(change.code);
    if (province && change.effective <= date) provinces.set(change.code, { ...province, kind: change.kind });
  }
  const ordered = [...units.values()];
  return {
    date,
    findUnit: (code) => units.get(code),
    findProvince: (code) => provinces.get(code),
    listUnits: ({ province, kind } = {}) =>
      ordered.filter(
        (unit) => (province === undefined || unit.province === province) && (kind === undefined || unit.kind === kind),
      ),
    listProvinces: () => [...provinces.values()],
  };
}

function readUnits(): Unit[] {
  return builtInUnits.split("\n").map((line) => {
    const [code, province, kind, name] = line.split("|") as [string, string, UnitKind, string];
    return { code, province, kind, name };
  });
}

function readProvinces(): Province[] {
  return builtInProvinces.split("\n").map((line) => {
    const [code, kind, name] = line.split("|") as [string, ProvinceKind, string];
    return { code, kind, name };
  });
}
