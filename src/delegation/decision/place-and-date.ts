import { formatUnitName, type Unit } from "../../directory/unit.ts";
import type { Instant } from "../../platform/clock.ts";
import { formatLongDate } from "../../platform/format.ts";
import { toNormalText } from "../../platform/text.ts";
import { toLocalTime, type Zone } from "../../platform/time.ts";
import { namedForPeopleOrEvents } from "./named-units.ts";

/** What stands before `, ngày …`: the unit's own name, and with its kind where a figure, a person or an event gave it (NĐ 30/2020, Phụ lục I, mục II.4). */
export function toPlaceName(unit: Unit): string {
  const isNamed = /\d/.test(unit.name) || namedForPeopleOrEvents.has(toNormalText(unit.name));
  return isNamed ? formatUnitName(unit) : unit.name;
}

/** `ngày 07 tháng 7 năm 2025`: days below 10 and the months 1 and 2 get a 0, the months 3 to 9 do not. Without a day the places stay free. */
export function formatPaperDate(at: Instant | undefined, zone: Zone): string {
  if (at === undefined) return "ngày …… tháng …… năm ……";
  return formatLongDate(at, zone, "vi");
}

/** The same for an instant within a day: `10 giờ 30 phút, ngày …`. */
export function formatPaperInstant(at: Instant, zone: Zone): string {
  const { hour, minute } = toLocalTime(at, zone);
  const day = formatPaperDate(at, zone);
  return hour === 0 && minute === 0 ? day : `${hour} giờ ${String(minute).padStart(2, "0")} phút, ${day}`;
}

/** `05/QĐ-UBND`: numbers below 10 get a 0; without a number its place stays free. Undefined: not a number that a document can bear. */
export function toPaperNumber(given: string | undefined, symbol: string): string | undefined {
  if (given === undefined) return `……/${symbol}`;
  const [, digits, own] = /^0*(\d+)(?:\/(\S+))?$/.exec(given.trim()) ?? [];
  if (digits === undefined || Number(digits) === 0) return undefined;
  return `${digits.padStart(2, "0")}/${own ?? symbol}`;
}
