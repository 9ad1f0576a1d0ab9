import type { UnitChoice } from "../directory/chosen-units.ts";
import type { Directory } from "../directory/directory.ts";
import { explainResolution } from "../directory/explain-unit.ts";
import { resolveChosenUnit } from "../directory/resolve-chosen-unit.ts";
import type { Resolution } from "../directory/resolve-unit.ts";
import type { Unit } from "../directory/unit.ts";
import type { Words } from "../platform/words.ts";
import { rowWords } from "./row-words.ts";

/** Where a name without a province is looked for. */
export type UnitScope = Pick<UnitChoice, "province" | "alsoUnits">;

/** What a cell says that names a unit: a code, or a name where the profile says `unitNames`. Never a guess (decision 10). */
export interface UnitReader {
  find(text: string): Unit | undefined;
  /** Why it is no unit; `shown` stands for the text. */
  explain(text: string, shown: string): Words;
  /** Whether the text itself may be told: it is spelt as a unit is, so it is no applicant's. */
  mayTell(text: string): boolean;
}

/** An export names the same few units on every row, but one that slipped sideways shows another text on each. */
const rememberedAtMost = 4096;

/** A kind and a name of letters: no number, no comma, so neither a street nor somebody's identity. */
const namedKind = /^(?:phường|xã|đặc khu|thị trấn)\s[\p{L}\p{M}' -]{1,40}$/iu;

export function createUnitReader(
  directory: Directory,
  { unitNames, padCodes = false }: { readonly unitNames: boolean; readonly padCodes?: boolean },
  scope: UnitScope,
): UnitReader {
  const pad = (text: string): string => (padCodes && /^\d{1,4}$/.test(text) ? text.padStart(5, "0") : text);
  if (!unitNames) {
    return {
      find: (text) => directory.findUnit(pad(text)),
      explain: (_, shown) => explainUnit(shown, directory),
      mayTell: () => false,
    };
  }
  const known = new Map<string, Resolution>();
  const resolve = (text: string): Resolution => {
    let resolution = known.get(text);
    if (!resolution) {
      if (known.size >= rememberedAtMost) known.clear();
      resolution = resolveChosenUnit(pad(text), directory, scope);
      known.set(text, resolution);
    }
    return resolution;
  };
  return {
    find(text) {
      const resolution = resolve(text);
      return resolution.kind === "one" ? resolution.unit : undefined;
    },
    explain: (text, shown) => explainResolution(shown, resolve(text), directory) ?? rowWords.badUnit(shown),
    mayTell(text) {
      const resolution = resolve(text);
      if (resolution.kind === "none") return namedKind.test(text);
      return resolution.kind !== "proposed" || resolution.doubt !== "address";
    },
  };
}

/** `unit code '1975' has 4 digits, need 5 (did you mean 19753 Phường Phú Xuân?)`: a lost leading zero, or a lost last digit. */
export function explainUnit(given: string, directory: Pick<Directory, "findUnit" | "listUnits">): Words {
  if (!/^\d+$/.test(given)) return rowWords.badUnit(given);
  if (given.length === 5) return rowWords.noUnit(given);
  const padded = directory.findUnit(given.padStart(5, "0"));
  const begun = given.length === 4 ? directory.listUnits().filter((unit) => unit.code.startsWith(given)) : [];
  return rowWords.shortUnit(given, padded ? [padded] : begun.slice(0, 3));
}
