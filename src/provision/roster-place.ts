import { listDepartments } from "../directory/department.ts";
import { findPosition } from "../directory/position.ts";
import { formatUnitName, type Unit } from "../directory/unit.ts";
import { findNearest, toFold, toToneKey } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import { findPlaceName } from "./place-names.ts";
import type { Complain, RosterRules } from "./roster-row.ts";
import { rosterFaults as words } from "./roster-words.ts";
import { findSpeltUnit, readNames } from "./unit-spelling.ts";

/** A unit by its code only: a name is answered with the code it probably means. */
export function readUnit(text: string, { directory, units }: RosterRules, fault: Complain): Unit | undefined {
  const complain = (message: Words): undefined => void fault("unit_code", text, message);
  /** What else is wrong with the row is told at once, so the unit that is meant goes on. */
  const repair = (message: Words, meant: Unit): Unit => {
    fault("unit_code", text, message, meant.code);
    return meant;
  };
  if (text === "") return complain(words.missing("unit_code"));
  const unit = directory.findUnit(text);
  const spelt = unit ? undefined : findSpeltUnit(text, directory, units);
  if (spelt) return repair(words.otherUnitSpelling(text, spelt.code, formatUnitName(spelt)), spelt);
  if (unit) return units.has(unit.code) ? unit : complain(words.foreignUnit(unit.code, formatUnitName(unit)));
  if (/^\d{1,4}$/.test(text)) {
    const padded = directory.findUnit(text.padStart(5, "0"));
    const eaten = padded && words.eatenZeros(text, padded.code, formatUnitName(padded));
    if (eaten) return units.has(padded.code) ? repair(eaten, padded) : complain(eaten);
  }
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(text)) return complain(words.lostDigits);
  const ours = readNames(directory, units);
  if (/^\d+$/.test(text)) {
    const near = findNearUnit(text, ours.all) ?? findNearUnit(text, directory.listUnits());
    return complain(words.unknownUnit(text, near && { code: near.code, name: formatUnitName(near) }));
  }
  // Without its kind a name may be another unit's.
  const named = ours.plain.get(toToneKey(text)) ?? [];
  const [only] = named;
  return complain(
    words.unknownUnit(text, named.length === 1 && only ? { code: only.code, name: formatUnitName(only) } : undefined),
  );
}

function findNearUnit(text: string, units: readonly Unit[]): Unit | undefined {
  const near = findNearest(
    text,
    units.map(({ code }) => code),
    1,
  );
  return units.find(({ code }) => code === near);
}

interface Place {
  readonly department: string | undefined;
  readonly position: string;
}

/** Department and position, each by key or by name, and whether they go together in this unit. */
export function readPlace(
  departmentText: string,
  positionText: string,
  unit: Unit | undefined,
  { departments, positions }: RosterRules,
  fault: Complain,
): Place | undefined {
  const own = departments.find((one) => isCalled(departmentText, one.key, one.name));
  const department =
    own ??
    findByName(
      "department",
      departmentText,
      departments.map((one) => [one, one.name] as const),
      fault,
    );
  const called = positions.find((one) => isCalled(positionText, one.key, one.name.vi, one.title));
  const position =
    called ??
    findByName(
      "position",
      positionText,
      positions.map((one) => [one, one.name.vi] as const),
      fault,
    );
  if (departmentText !== "" && !department) {
    const near = findNearName(
      departmentText,
      departments.map((one) => [one.key, one.name]),
    );
    fault(
      "department",
      departmentText,
      words.unknownDepartment(departmentText, near, unit && listDepartments(unit, departments).map(({ key }) => key)),
    );
  } else if (department && unit && !listDepartments(unit, departments).includes(department)) {
    const there = listDepartments(unit, departments).map(({ key }) => key);
    fault("department", departmentText, words.foreignDepartment(department.name, formatUnitName(unit), there));
  }
  if (positionText === "") fault("position", "", words.missing("position"));
  else if (!position) {
    const near = findNearName(
      positionText,
      positions.map((one) => [one.key, one.name.vi]),
    );
    fault("position", positionText, words.unknownPosition(positionText, near));
  }
  if (!position) return undefined;
  const needs = findPosition(position.key, positions)?.departments ?? [];
  if (needs.length > 0 && departmentText === "") fault("department", "", words.departmentNeeded(position.name, needs));
  if (needs.length > 0 && department && !needs.includes(department.key)) {
    fault("position", positionText, words.foreignPosition(position.name.vi, department.name, needs));
  }
  if (needs.length === 0 && department) fault("department", departmentText, words.noDepartment(position.name));
  return { department: department?.key, position: position.key };
}

/** A usual way to write it: meant for sure, and the copy has the name of the directory. */
function findByName<Place extends { readonly key: string }>(
  column: "department" | "position",
  text: string,
  known: readonly (readonly [place: Place, name: string])[],
  fault: Complain,
): Place | undefined {
  if (text === "") return undefined;
  const names = known.map(([place, name]) => [place.key, toFold(name)] as const);
  const key = findPlaceName(column, toFold(text), names);
  const [place, name = ""] = known.find(([one]) => one.key === key) ?? [];
  if (place) fault(column, text, words.otherName(text, name), name);
  return place;
}

/** Keys as they are; names in any case, tone placement, and kind of dash. */
function isCalled(text: string, ...names: readonly string[]): boolean {
  const toKey = (name: string): string => toToneKey(name.replace(/\s*[-–—]\s*/g, "-"));
  return names.some((name) => toKey(name) === toKey(text));
}

function findNearName(text: string, known: readonly (readonly [key: string, name: string])[]): string | undefined {
  const folded = known.flatMap(([key, name]) => [[key, key] as const, [toFold(name), key] as const]);
  const near = findNearest(
    toFold(text),
    folded.map(([name]) => name),
    4,
  );
  return folded.find(([name]) => name === near)?.[1];
}
