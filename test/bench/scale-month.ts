import { closeSync, openSync, writeSync } from "node:fs";
import { directory, head } from "./import-data.ts";

/** Of the nation: 3,321 units, 1.3 million dossiers a day (records-and-reports.md §9). */
export const nation = { units: 3_321, perUnitAndDay: 390, provinces: 34 };

/** Epoch seconds of 00:00 on the first day, and the last day by its number from there. */
const daySeconds = 86_400;
const firstDay = Date.UTC(2025, 0, 1) / 1000;
const offsetSeconds = 25_200;

/** When a day of the month begins, epoch seconds; days count from 0. */
export function toDayStart(day: number): number {
  return firstDay + day * daySeconds - offsetSeconds;
}

/** The units of the city that is simulated. */
export function listCityUnits(count: number): readonly string[] {
  return directory
    .listUnits({ province: "79" })
    .slice(0, count)
    .map(({ code }) => code);
}

const procedures = Array.from({ length: 400 }, (_, n) => `${1 + (n % 3)}.${String(1000 + n * 7).padStart(6, "0")}.000.00.00.H29`);
/** A dossier is closed so many days after it came, at most; one in eight stays open. */
const lagDays = 7;

/**
 * What the city's system tells on the evening of a day: the dossiers that came, and those that were closed, of this week's. All of a dossier
 * follows from its day and place, so nothing of one day is kept for the next. Gives the number of rows.
 */
export function writeDay(path: string, day: number, units: readonly string[], perUnitAndDay: number): number {
  const file = openSync(path, "w");
  let text = `${head}\n`;
  let rows = 0;
  const add = (row: string): void => {
    text += row;
    rows += 1;
    if (text.length < 1_000_000) return;
    writeSync(file, text);
    text = "";
  };
  const count = units.length * perUnitAndDay;
  for (let lag = Math.min(lagDays - 1, day); lag >= 0; lag--) {
    const came = day - lag;
    for (let place = 0; place < count; place++) {
      const drawn = mix(came * 1_000_003 + place);
      if (drawn % (lagDays + 1) === lag) add(toRow(came, place, drawn, lag, units));
      else if (lag === 0) add(toRow(came, place, drawn, undefined, units));
    }
  }
  writeSync(file, text);
  closeSync(file);
  return rows;
}

/** `lag`: closed so many days after it came; undefined: it has come today. */
function toRow(came: number, place: number, drawn: number, lag: number | undefined, units: readonly string[]): string {
  const unit = place % units.length;
  const received = came * daySeconds + 7 * 3600 + ((drawn >>> 3) % (4 * 3600));
  const due = (came + 1 + ((drawn >>> 5) % 10)) * daySeconds + 17 * 3600;
  const closed = lag === undefined ? undefined : (came + lag) * daySeconds + 11 * 3600 + ((drawn >>> 7) % (5 * 3600));
  const day = new Date((firstDay + came * daySeconds) * 1000).toISOString().slice(2, 10).replaceAll("-", "");
  const code = `H29.${1 + Math.floor(unit / 20)}.${1 + (unit % 20)}-${day}-${String(1 + Math.floor(place / units.length)).padStart(4, "0")}`;
  const told = closed ?? received;
  return `${code},${units[unit]},${procedures[drawn % 400]},${1 + ((drawn >>> 9) % 3)},${toTime(received)},${toTime(due)},${
    closed === undefined ? "" : toTime(closed)
  },${closed === undefined ? 4 : 9},${toTime(told)}\n`;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Seconds since the first day's midnight, as an office writes them. */
function toTime(at: number): string {
  const date = new Date((firstDay + Math.floor(at / daySeconds) * daySeconds) * 1000).toISOString();
  const second = at % daySeconds;
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/** A whole number of 32 bits that looks drawn, the same for the same number (Murmur3's last step). */
function mix(n: number): number {
  let at = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  at = Math.imul(at ^ (at >>> 13), 0xc2b2ae35);
  return (at ^ (at >>> 16)) >>> 0;
}
