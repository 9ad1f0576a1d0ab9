import type { Directory } from "../directory/directory.ts";
import { openDirectoryCache } from "../directory/directory-cache.ts";
import { formatFormerName } from "../directory/former-unit.ts";
import { toNameFold, toNameKey } from "../directory/name-index.ts";
import { formatUnitName, unitCodeShape } from "../directory/unit.ts";
import type { Database } from "../platform/database.ts";
import type { FindSuccessors } from "./roster-reader.ts";

/**
 * Looks a former unit up in the imported conversion tables: by its code, or by its name with marks and kind, which must fit. A name given up
 * before 2025, or one that several former units had, has too many successors to be sure of, and says so.
 */
export function createSuccessorSearch(database: Database, directory: Directory): FindSuccessors {
  const { formerUnits } = openDirectoryCache(database);
  return async (text) => {
    const byCode = unitCodeShape.test(text) ? await formerUnits.findByCode(text) : undefined;
    const plain = text.replace(/^(phường|xã|thị trấn)\s+/iu, "");
    const byName = byCode ? [] : await formerUnits.listByFold([toNameFold(plain)]);
    const fitting = byName.filter(({ former, retiredName }) => {
      const names = [former.name, formatFormerName(former)];
      return retiredName === undefined && names.some((name) => toNameKey(name) === toNameKey(text));
    });
    const successors = (byCode ? [byCode] : fitting).flatMap((finding) => finding.successors);
    return [...new Map(successors.map((successor) => [successor.code, successor])).values()].flatMap(({ code, partial }) => {
      const unit = directory.findUnit(code);
      return unit ? [{ code, name: formatUnitName(unit), partial }] : [];
    });
  };
}
