import type { Directory } from "../directory/directory.ts";
import { formatUnitName, type Unit } from "../directory/unit.ts";
import { toToneKey } from "../platform/text.ts";

const shortKinds: readonly (readonly [RegExp, string])[] = [
  [/^(p\.|p(?=\s)|phường)\s*/iu, "phường "],
  [/^(x\.|x(?=\s)|xã)\s*/iu, "xã "],
  [/^(đk\.?|đặc khu)\s*/iu, "đặc khu "],
];

/**
 * The unit that a cell surely names although it is no plain code: `27004.0`, `27,004` and `27004 - Phường Tân Bình` as spreadsheets leave them; the full
 * name with its kind, also as `P. Tân Bình` or `UBND phường Tân Bình`. Marks must be right: an unaccented name may be two units.
 */
export function findSpeltUnit(text: string, directory: Directory, units: ReadonlySet<string>): Unit | undefined {
  const [, digits = "", rest = ""] = /^(\d[\d.,]*)\s*(?:[-–:(]\s*(.+?)\)?)?$/u.exec(text) ?? [];
  if (digits !== "") {
    const code = digits.replace(/[.,]0+$/, "").replace(/[.,]/g, "");
    const unit = /^\d{5}$/.test(code) ? directory.findUnit(code) : undefined;
    const isNamed = rest === "" || (unit !== undefined && isCalled(unit, rest));
    return unit && units.has(unit.code) && isNamed ? unit : undefined;
  }
  const named = readNames(directory, units).full.get(toFullKey(text)) ?? [];
  return named.length === 1 ? named[0] : undefined;
}

interface UnitNames {
  readonly all: readonly Unit[];
  /** By name with its kind, and by name alone. */
  readonly full: ReadonlyMap<string, readonly Unit[]>;
  readonly plain: ReadonlyMap<string, readonly Unit[]>;
}

/** A roster asks for each of its rows. */
const known = new WeakMap<ReadonlySet<string>, UnitNames>();

/** The units of these codes by their names. */
export function readNames(directory: Directory, units: ReadonlySet<string>): UnitNames {
  const before = known.get(units);
  if (before) return before;
  const all = [...units].flatMap((code) => directory.findUnit(code) ?? []);
  const names: UnitNames = {
    all,
    full: Map.groupBy(all, (unit) => toToneKey(formatUnitName(unit))),
    plain: Map.groupBy(all, ({ name }) => toToneKey(name)),
  };
  known.set(units, names);
  return names;
}

function isCalled(unit: Unit, text: string): boolean {
  return toFullKey(text) === toToneKey(formatUnitName(unit));
}

/** `P. Tân Bình` and `UBND phường Tân Bình` as `phường tân bình`. */
function toFullKey(text: string): string {
  let name = text.replace(/^(ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+/iu, "");
  for (const [short, kind] of shortKinds) {
    if (!short.test(name)) continue;
    name = name.replace(short, kind);
    break;
  }
  return toToneKey(name);
}
