import type { CalendarData } from "../working-calendar.ts";

/**
 * Bộ luật Lao động 2019 Điều 111, 112 (public holidays, and the next working day for one that falls on a day off) and the yearly notices
 * on Tết, the National Day and exchanged days. A workspace can add and correct days; new years are added here.
 */
export const builtInCalendar: CalendarData = {
  hours: [
    { days: [1, 2, 3, 4, 5], from: "07:30", to: "11:30" },
    { days: [1, 2, 3, 4, 5], from: "13:00", to: "17:00" },
    // One-stop counters are open on Saturday mornings.
    { days: [6], from: "07:30", to: "11:30" },
  ],
  holidays: [
    // 2025: New Year; Tết Ất Tỵ 25/1–02/2; Hùng Kings 07/4; 30/4–04/5 with the exchanged 02/5; National Day 30/8–02/9
    "2025-01-01",
    ...listDays("2025-01-25", 9),
    "2025-04-07",
    ...listDays("2025-04-30", 5),
    ...listDays("2025-08-30", 4),
    // 2026: New Year with the exchanged 02/01, to 04/01; Tết Bính Ngọ 14/02–22/02; Hùng Kings (26/4, a Sunday) with 27/4; 30/4–03/5;
    // National Day with the exchanged 31/8, from 29/8 to 02/9
    ...listDays("2026-01-01", 4),
    ...listDays("2026-02-14", 9),
    ...listDays("2026-04-25", 3),
    ...listDays("2026-04-30", 4),
    ...listDays("2026-08-29", 5),
  ],
  workdays: ["2025-04-26", "2026-01-10", "2026-08-22"],
  knownFrom: "2025-01-01",
  knownUntil: "2026-12-31",
};

function listDays(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`);
  return Array.from({ length: count }, (_, day) => new Date(start + day * 86_400_000).toISOString().slice(0, 10));
}
