import type { UnitChoice } from "./chosen-units.ts";
import type { Directory } from "./directory.ts";
import { type Resolution, resolveUnit } from "./resolve-unit.ts";

/**
 * What a text says about a unit to somebody of a workspace: a name without a province is one of the own province, else one of the
 * units that the workspace works with beside it. Never a unit that the text does not fit as surely as `resolveUnit` asks.
 */
export function resolveChosenUnit(
  text: string,
  directory: Directory,
  { province, alsoUnits }: Pick<UnitChoice, "province" | "alsoUnits">,
): Resolution {
  const own = resolveUnit(text, directory, { province });
  if (own.kind !== "none") return own;
  const elsewhere = new Set(alsoUnits.flatMap((code) => directory.findUnit(code)?.province ?? []));
  const found = [...elsewhere].flatMap((other) => {
    const resolution = resolveUnit(text, directory, { province: other });
    const known = "unit" in resolution && alsoUnits.includes(resolution.unit.code);
    return known ? [resolution] : [];
  });
  const sure = found.filter(({ kind }) => kind === "one");
  const [first] = sure.length > 0 ? sure : found;
  if (!first) return own;
  const units = (sure.length > 0 ? sure : found).map(({ unit }) => unit);
  return units.length === 1 ? first : { kind: "many", candidates: units };
}
