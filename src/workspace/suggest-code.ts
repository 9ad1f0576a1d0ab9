import { builtInAsOf } from "../directory/built-in/units.ts";
import { createDirectory, type Directory } from "../directory/directory.ts";
import { formatProvinceName, formatUnitName } from "../directory/unit.ts";

let directory: Directory | undefined;

/** Codes do not change with the date, so the first state of the built-in directory knows them all. */
export function readCodes(): Directory {
  directory ??= createDirectory(builtInAsOf) as Directory;
  return directory;
}

/** What a mistyped province code was likely meant to be: `"01" (Thành phố Hà Nội)` for `1`, whose zero a program ate. */
export function suggestProvince(text: string): string | undefined {
  if (!/^\d{1,2}$/.test(text.trim())) return undefined;
  const code = text.trim().padStart(2, "0");
  const province = readCodes().findProvince(code);
  return province ? `"${code}" (${formatProvinceName(province)})` : `"${code}"`;
}

/** The same for a unit: `"00004" (Phường Ba Đình)` for `4`. */
export function suggestUnit(text: string): string | undefined {
  if (!/^\d{1,5}$/.test(text.trim())) return undefined;
  const code = text.trim().padStart(5, "0");
  const unit = readCodes().findUnit(code);
  return unit ? `"${code}" (${formatUnitName(unit)})` : text.trim().length === 5 ? `"${code}"` : undefined;
}
