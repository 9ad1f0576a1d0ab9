import { formatEnglishUnitName, formatUnitName, type Unit } from "../directory/unit.ts";
import { verbatim, type Words } from "../platform/words.ts";

export type FindUnit = (code: string) => Unit | undefined;

export function toUnitWords(unit: Pick<Unit, "kind" | "name">): Words {
  return { vi: formatUnitName(unit), en: formatEnglishUnitName(unit) };
}

/** The unit's name, also of units that are not expected to report; the bare code where the directory has none. */
export function toPlaceName(code: string, findUnit: FindUnit): Words {
  const unit = findUnit(code);
  return unit ? toUnitWords(unit) : verbatim(code);
}
