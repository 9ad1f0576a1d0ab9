import type { SheetCell } from "../../platform/xlsx.ts";
import { isRateMetric } from "../metric.ts";
import type { XlsxProfile } from "./xlsx.ts";

const dateFields: ReadonlySet<string> = new Set([
  "submitted",
  "received",
  "due",
  "finished",
  "handedOver",
  "pausedFrom",
  "pausedTo",
  "updated",
  "exportedAt",
  "asOf",
  "start",
]);
const unitFields: ReadonlySet<string> = new Set(["unit", "competentUnit"]);
const plainFields: ReadonlySet<string> = new Set(["code", "procedure", "channel", "status", "name"]);

const dayMs = 86_400_000;
/** Day numbers of 1990 and of 2100 in the system of 1900: what lies outside is some other number. */
const serials = { from: 32_874, to: 73_051 };
const between1900And1904 = 1462;

/** What a sheet pattern-wise cannot say otherwise: a real date is read as it is, beside the profile's patterns for text. */
export const sheetDates = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"] as const;

/**
 * The text of a cell as the rest of an import reads it: dates by one pattern, whether the sheet holds a date or a bare number of days;
 * codes that lost their zeros as numbers with them again where the profile says so; figures in the profile's own way of writing. Pure.
 */
export function createCellReader(profile: XlsxProfile, from1904: boolean): (name: string, cell: SheetCell | undefined) => string {
  return (name, cell) => {
    if (!cell) return "";
    const text = cell.text.normalize("NFC");
    if (cell.kind === "date")
      return toSheetDate(Date.parse(text.length === 10 || text.endsWith("Z") ? text : `${text}Z`)) ?? text;
    if (cell.kind === "number" && dateFields.has(name)) return fromSerial(Number(text), from1904) ?? text;
    if (profile.padCodes && unitFields.has(name) && /^\d{1,4}$/.test(text.trim())) return text.trim().padStart(5, "0");
    if (profile.padCodes && cell.kind === "number" && name === "procedure" && /^\d\.\d{1,5}$/.test(text))
      return text.padEnd(8, "0");
    // A share of one under a format of per cent is what it shows, as published rates are.
    if (profile.content === "counts" && isRateMetric(name) && cell.shown !== undefined)
      return profile.locale === "vi" ? cell.shown.replace(".", ",") : cell.shown;
    const isFigure = profile.content === "counts" && cell.kind === "number" && !plainFields.has(name) && !unitFields.has(name);
    return isFigure && profile.locale === "vi" ? text.replace(".", ",") : text;
  };
}

function fromSerial(days: number, from1904: boolean): string | undefined {
  const since1900 = days + (from1904 ? between1900And1904 : 0);
  if (!(since1900 >= serials.from && since1900 < serials.to)) return undefined;
  return toSheetDate(Date.UTC(1899, 11, 30) + since1900 * dayMs);
}

/** Seconds are the finest that a source means: day numbers with a time in them are never exact. */
function toSheetDate(at: number): string | undefined {
  if (Number.isNaN(at)) return undefined;
  const text = new Date(Math.round(at / 1000) * 1000).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ");
}
