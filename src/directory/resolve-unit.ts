import { editDistance } from "../platform/text.ts";
import type { Directory } from "./directory.ts";
import { indexNames, toNameFold, toNameKey } from "./name-index.ts";
import { findProvinceByText } from "./province-name.ts";
import { type Unit, unitCodeShape } from "./unit.ts";
import { readUnitText, type UnitText } from "./unit-text.ts";

/** Why a unit is only proposed: marks are missing or differ, the kind is another one, or part of the address was not understood. */
export type Doubt = "marks" | "kind" | "address";

/**
 * What a text says about a unit. Only `one` may be acted on without asking: the code, or province, kind and accented name
 * fit exactly one unit. Unaccented text searches and never matches, unless the name itself has no marks and no other name folds to it.
 */
export type Resolution =
  | { readonly kind: "one"; readonly unit: Unit }
  | { readonly kind: "proposed"; readonly unit: Unit; readonly doubt: Doubt }
  | { readonly kind: "many"; readonly candidates: readonly Unit[] }
  | { readonly kind: "none"; readonly near: readonly Unit[] };

export interface ResolveOptions {
  /** Two digits: where to look when the text names no province. */
  readonly province?: string;
}

const nearShown = 5;

/** Pure. Takes a code or a name as people write it: `27004`, `P. An Khánh, TP.HCM`, `UBND phường Tân Bình`, `Huong An Ward`. */
export function resolveUnit(text: string, directory: Directory, options: ResolveOptions = {}): Resolution {
  const digits = text.trim();
  if (/^\d+$/.test(digits)) return resolveCode(digits, directory);
  const asked = readUnitText(text);
  const places = asked.places.map((place) => findProvinceByText(directory, place)?.code);
  const province = places.find((code) => code !== undefined) ?? options.province;
  const inScope = (unit: Unit): boolean => province === undefined || unit.province === province;
  const found = findByName(asked, directory, inScope);
  if (found.length > 0) {
    const { doubt, units } = found[0] as Finding;
    const [unit] = units;
    if (!unit || units.length > 1) return { kind: "many", candidates: units };
    const unread = places.some((code) => code === undefined) || new Set(places).size > 1;
    const why = doubt ?? (unread ? "address" : undefined);
    return why ? { kind: "proposed", unit, doubt: why } : { kind: "one", unit };
  }
  return { kind: "none", near: findNear(asked, directory, inScope) };
}

interface Finding {
  readonly units: readonly Unit[];
  readonly doubt?: Doubt;
}

/** The findings that hold any unit, the surest first. */
function findByName(asked: UnitText, directory: Directory, inScope: (unit: Unit) => boolean): readonly Finding[] {
  const alike = asked.readings.flatMap((reading) => {
    const key = toNameKey(reading.name);
    const units = indexNames(directory).get(toNameFold(reading.name)) ?? [];
    return units.filter(inScope).map((unit) => ({
      unit,
      sameKind: reading.kind === undefined || reading.kind === unit.kind,
      sameMarks: key === toNameKey(unit.name),
    }));
  });
  const pick = (fits: (one: (typeof alike)[number]) => boolean): readonly Unit[] => [
    ...new Set(alike.filter(fits).map(({ unit }) => unit)),
  ];
  const ofKind = pick((one) => one.sameKind);
  const named = pick((one) => one.sameKind && one.sameMarks);
  const findings: readonly Finding[] = asked.unaccented
    ? [
        // Without marks, names that fold alike cannot be told apart; alone in its fold, an unmarked name is written in full.
        { units: ofKind, doubt: ofKind.length === named.length ? undefined : "marks" },
        { units: pick(() => true), doubt: "kind" },
      ]
    : [
        { units: named },
        { units: pick((one) => one.sameMarks), doubt: "kind" },
        { units: ofKind, doubt: "marks" },
        { units: pick(() => true), doubt: "kind" },
      ];
  return findings.filter(({ units }) => units.length > 0);
}

/** The same name elsewhere, else names within two slips. */
function findNear(asked: UnitText, directory: Directory, inScope: (unit: Unit) => boolean): readonly Unit[] {
  const elsewhere = findByName(asked, directory, () => true)[0]?.units ?? [];
  if (elsewhere.length > 0) return elsewhere.slice(0, nearShown);
  const folds = asked.readings.map((reading) => toNameFold(reading.name));
  const distance = (name: string): number => {
    const within = Math.min(2, Math.max(1, Math.floor(name.length / 4)));
    const close = folds.filter((fold) => Math.abs(fold.length - name.length) <= within);
    return Math.min(...close.map((fold) => editDistance(fold, name, within)));
  };
  return [...indexNames(directory)]
    .map(([name, units]) => ({ units, distance: distance(name) }))
    .filter((one) => Number.isFinite(one.distance))
    .sort((a, b) => a.distance - b.distance)
    .flatMap(({ units }) => units.filter(inScope))
    .slice(0, nearShown);
}

/** A spreadsheet eats leading zeros (`4` was `00004`); a hand drops a digit (`2700` was `27004`) or slips. Never repaired, only proposed. */
function resolveCode(digits: string, directory: Directory): Resolution {
  const unit = directory.findUnit(digits);
  if (unit) return { kind: "one", unit };
  const padded = directory.findUnit(digits.padStart(5, "0"));
  const near = directory.listUnits().filter(({ code }) => {
    if (code === padded?.code || digits.length < 3) return false;
    return unitCodeShape.test(digits) ? editDistance(code, digits) === 1 : code.startsWith(digits);
  });
  return { kind: "none", near: [...(padded ? [padded] : []), ...near].slice(0, nearShown) };
}
