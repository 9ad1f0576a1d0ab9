import type { Instant } from "../platform/clock.ts";
import { formatDate, formatDateTime } from "../platform/format.ts";
import { readInstant, startOfLocalDay, toLocalDay, type Zone } from "../platform/time.ts";
import type { Lang } from "../platform/words.ts";

/** The first instant at which it is overdue: a day alone is meant to its end. Undefined where the text is no instant. */
export function readDeadline(text: string, zone: Zone): Instant | undefined {
  const at = readInstant(text, zone);
  if (at === undefined) return undefined;
  const isDay = !/\d:\d/.test(text);
  return isDay ? startOfLocalDay(toLocalDay(at, zone) + 1, zone) : at;
}

/** `04/7/2025` where the whole day is left, else with the hour. */
export function formatDeadline(due: Instant, zone: Zone, lang: Lang): string {
  return due === startOfLocalDay(toLocalDay(due, zone), zone) ? formatDate(due - 1, zone, lang) : formatDateTime(due, zone, lang);
}

/** `3 ngày`, `5 giờ`, `20 phút`: the largest unit that is full. */
export function formatAge(ms: number, lang: Lang): string {
  const minutes = Math.floor(ms / 60_000);
  const vi = lang === "vi";
  if (minutes >= 2_880) return `${Math.floor(minutes / 1_440)} ${vi ? "ngày" : "days"}`;
  if (minutes >= 60) {
    const hours = Math.floor(minutes / 60);
    return `${hours} ${vi ? "giờ" : hours === 1 ? "hour" : "hours"}`;
  }
  return `${minutes} ${vi ? "phút" : minutes === 1 ? "minute" : "minutes"}`;
}
