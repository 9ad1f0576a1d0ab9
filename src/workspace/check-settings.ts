import { formatProvinceName, formatUnitName, provinceCodeShape, type Unit, unitCodeShape } from "../directory/unit.ts";
import { editDistance } from "../platform/text.ts";
import type { DescribedIssue } from "../platform/zod-faults.ts";
import { readCodes } from "./suggest-code.ts";
import { settingsWords as words } from "./words.ts";

/**
 * What a schema cannot know: codes that are in no directory, units of another province, one unit named twice. Works on the
 * value as read, faulty or not, so that these faults come in the same run as the schema's. Pure.
 */
export function checkSettings(raw: unknown): readonly DescribedIssue[] {
  if (typeof raw !== "object" || raw === null) return [];
  const { province: written, units, alsoUnits } = raw as Readonly<Record<string, unknown>>;
  // An unquoted code is the schema's fault to report; what it means is plain all the same.
  const province = typeof written === "number" ? String(written).padStart(2, "0") : written;
  const inList = listCodes("units", units);
  const beside = listCodes("alsoUnits", alsoUnits);
  return [
    ...checkProvince(written),
    ...inList.flatMap((item) => checkUnit(item, province)),
    ...beside.flatMap((item) => checkUnit(item, undefined)),
    ...inList.flatMap((item) => checkHome(item, province)),
    ...findTwins([...inList, ...beside]),
  ];
}

interface ListedCode {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly unit: Unit | undefined;
}

function listCodes(key: string, list: unknown): ListedCode[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((code: unknown, at) =>
    typeof code === "string" && unitCodeShape.test(code) ? [{ path: [key, at], code, unit: readCodes().findUnit(code) }] : [],
  );
}

function checkProvince(province: unknown): DescribedIssue[] {
  if (typeof province !== "string" || !provinceCodeShape.test(province)) return [];
  if (readCodes().findProvince(province)) return [];
  return [{ path: ["province"], message: words.noProvince(province) }];
}

/** Codes lie close together, so a neighbour is named only where the province has exactly one. */
function checkUnit({ path, code, unit }: ListedCode, province: unknown): DescribedIssue[] {
  if (unit) return [];
  const near = typeof province === "string" ? readCodes().listUnits({ province }) : [];
  const [likely, ...others] = near.filter((known) => editDistance(code, known.code) === 1);
  return [{ path, message: words.noUnit(code, likely && others.length === 0 ? likely : undefined) }];
}

function checkHome({ path, unit }: ListedCode, province: unknown): DescribedIssue[] {
  if (!unit || unit.province === province) return [];
  if (typeof province !== "string" || !readCodes().findProvince(province)) return [];
  const home = formatProvinceName(readCodes().findProvince(unit.province)!);
  return [{ path, message: words.elsewhere(unit.code, formatUnitName(unit), home) }];
}

function findTwins(items: readonly ListedCode[]): DescribedIssue[] {
  const seen = new Set<string>();
  return items.flatMap(({ path, code }) => {
    if (seen.has(code)) return [{ path, message: words.twice(code) }];
    seen.add(code);
    return [];
  });
}
