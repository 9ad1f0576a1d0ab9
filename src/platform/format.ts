import type { Instant } from "./clock.ts";
import { toLocalTime, type Zone } from "./time.ts";
import type { Lang } from "./words.ts";

/** `1.283` in Vietnamese, `1,283` in English. */
export function formatCount(n: number, lang: Lang): string {
  const digits = String(Math.abs(n)).replace(/\B(?=(\d{3})+(?!\d))/g, lang === "vi" ? "." : ",");
  return n < 0 ? `-${digits}` : digits;
}

/**
 * `29,77%` in Vietnamese, `29.77%` in English, rounded half up from the two integers so that no floating point
 * moves the last digit. Both must be whole and not negative, the denominator above zero.
 */
export function formatPercent(numerator: number, denominator: number, lang: Lang, decimals = 2): string {
  const scale = 10n ** BigInt(decimals);
  const scaled = (BigInt(numerator) * 100n * scale * 2n + BigInt(denominator)) / (BigInt(denominator) * 2n);
  const whole = formatCount(Number(scaled / scale), lang);
  const fraction = String(scaled % scale).padStart(decimals, "0");
  return decimals === 0 ? `${whole}%` : `${whole}${lang === "vi" ? "," : "."}${fraction}%`;
}

/** `07/7/2025`: a day below 10 and the months 1 and 2 get a zero, the months 3 to 9 do not (NĐ 30/2020, Phụ lục I). English: `7 July 2025`. */
export function formatDate(at: Instant, zone: Zone, lang: Lang): string {
  const { year, month, day } = toLocalTime(at, zone);
  if (lang === "en") return `${day} ${englishMonths[month - 1]} ${year}`;
  return `${String(day).padStart(2, "0")}/${month <= 2 ? `0${month}` : month}/${year}`;
}

/** `ngày 07 tháng 7 năm 2025`, as it stands in an office's paper, by the same rule. English: `7 July 2025`. */
export function formatLongDate(at: Instant, zone: Zone, lang: Lang): string {
  const date = formatDate(at, zone, lang);
  if (lang === "en") return date;
  const [day, month, year] = date.split("/");
  return `ngày ${day} tháng ${month} năm ${year}`;
}

/** `10:00`, 24 hours. */
export function formatTime(at: Instant, zone: Zone): string {
  const { hour, minute } = toLocalTime(at, zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `10:00 03/7/2025`, `10:00, 3 July 2025`. */
export function formatDateTime(at: Instant, zone: Zone, lang: Lang): string {
  const separator = lang === "vi" ? " " : ", ";
  return `${formatTime(at, zone)}${separator}${formatDate(at, zone, lang)}`;
}

const englishMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
