import { listDepartments } from "../directory/department.ts";
import { findPosition } from "../directory/position.ts";
import { formatUnitName, type Unit } from "../directory/unit.ts";
import { findNearest, toFold, toToneKey } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";
import type { Complain, RosterRules } from "./roster-row.ts";
import { rosterFaults as words } from "./roster-words.ts";

/** A unit by its code only: a name is answered with the code it probably means. */
export function readUnit(text: string, { directory, units }: RosterRules, fault: Complain): Unit | undefined {
  const complain = (message: Words, repair?: string): undefined => void fault("unit_code", text, message, repair);
  if (text === "") return complain(words.missing("unit_code"));
  const unit = directory.findUnit(text);
  if (unit) return units.has(unit.code) ? unit : complain(words.foreignUnit(unit.code, formatUnitName(unit)));
  if (/^\d{1,4}$/.test(text)) {
    const padded = directory.findUnit(text.padStart(5, "0"));
    if (padded) return complain(words.eatenZeros(text, padded.code, formatUnitName(padded)), padded.code);
  }
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(text)) return complain(words.lostDigits);
  const ours = directory.listUnits().filter(({ code }) => units.has(code));
  if (/^\d+$/.test(text)) {
    const near = findNearUnit(text, ours) ?? findNearUnit(text, directory.listUnits());
    return complain(words.unknownUnit(text, near && { code: near.code, name: formatUnitName(near) }));
  }
  const named = ours.filter((one) => [one.name, formatUnitName(one)].some((name) => toToneKey(name) === toToneKey(text)));
  const [only] = named;
  // A full name with its marks and its kind is one unit of this workspace; without the kind it may be another one's.
  const sure = named.length === 1 && only && toToneKey(formatUnitName(only)) === toToneKey(text) ? only.code : undefined;
  return complain(
    words.unknownUnit(text, named.length === 1 && only ? { code: only.code, name: formatUnitName(only) } : undefined),
    sure,
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
  const department = departments.find((one) => isCalled(departmentText, one.key, one.name));
  const position = positions.find((one) => isCalled(positionText, one.key, one.name.vi, one.title));
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
    const own = listDepartments(unit, departments).map(({ key }) => key);
    fault("department", departmentText, words.foreignDepartment(department.name, formatUnitName(unit), own));
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

/** Keys as they are; names in any case, tone placement, and kind of dash. */
function isCalled(text: string, ...names: readonly string[]): boolean {
  const key = toToneKey(text.replace(/[–—]/g, "-"));
  return names.some((name) => toToneKey(name.replace(/[–—]/g, "-")) === key);
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
