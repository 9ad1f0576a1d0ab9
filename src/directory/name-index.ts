import { toFold, toToneKey } from "../platform/text.ts";
import type { Directory } from "./directory.ts";
import type { Unit } from "./unit.ts";

/** Equal for names that are the same but for letter case, tone placement and the spaces around a dash. */
export function toNameKey(name: string): string {
  return toToneKey(name).replace(/ ?- ?/g, "-");
}

/** The same without diacritics. For searching only. */
export function toNameFold(name: string): string {
  return toFold(name).replace(/ ?- ?/g, "-");
}

const indexes = new WeakMap<Directory, ReadonlyMap<string, readonly Unit[]>>();

/** Units by the fold of their name, made once a directory. */
export function indexNames(directory: Directory): ReadonlyMap<string, readonly Unit[]> {
  let index = indexes.get(directory);
  if (!index) {
    index = Map.groupBy(directory.listUnits(), (unit) => toNameFold(unit.name));
    indexes.set(directory, index);
  }
  return index;
}
