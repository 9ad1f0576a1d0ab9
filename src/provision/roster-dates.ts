import type { IsoDate } from "../directory/unit.ts";
import { readInstant, toIsoDate, vietnamZone } from "../platform/time.ts";
import type { RosterColumn } from "./roster-columns.ts";
import { rosterDateFaults as words } from "./roster-date-words.ts";
import type { Complain } from "./roster-row.ts";

type DateColumn = Extract<RosterColumn, "start_date" | "end_date" | "birth_date">;

/** Days between the 1900 and the 1904 system of spreadsheets. */
const days1904 = 1462;

interface DateRules {
  readonly today: IsoDate;
  /** The sheet counts its days from 1904; a number copied into it may still be one from 1900. */
  readonly from1904?: boolean;
}

/**
 * A day, day before month. Another spelling of one sure day is a fault with its repair; two digits of a year, and a month that comes first, are
 * only asked about.
 */
export function readDate(column: DateColumn, text: string, rules: DateRules, fault: Complain): IsoDate | undefined {
  if (text === "") return undefined;
  if (rules.from1904 && serial.test(text)) {
    fault(column, text, words.twoSystems(text, toSerialDay(text, days1904), toSerialDay(text, 0)));
    return undefined;
  }
  const plain = /^\d{4}-|^\d{1,2}\//.test(text) ? toDay(text) : undefined;
  const day = plain ?? readSpelling(text);
  if (day === undefined) {
    const near = readDoubtful(text);
    const yearOnly = column === "birth_date" && /^(\d{1,2}\/)?\d{4}$/.test(text);
    fault(column, text, yearOnly ? words.yearOnly(text) : words.badDate(text, near));
    return undefined;
  }
  const odd = findOdd(column, day, rules.today);
  if (odd) {
    fault(column, text, odd);
    return undefined;
  }
  if (plain === undefined) fault(column, text, words.otherSpelling(text, day), day);
  return plain;
}

function toDay(text: string): IsoDate | undefined {
  const at = readInstant(text, vietnamZone);
  return at === undefined ? undefined : toIsoDate(at, vietnamZone);
}

const serial = /^\d{5}(\.\d+)?$/;

/** Day 1 of Excel's 1900 system is 1899-12-31, with a 29 February 1900 that never was: 25569 is 1970-01-01. */
function toSerialDay(text: string, later: number): IsoDate {
  const days = Math.floor(Number(text)) + later - 25569;
  return toIsoDate(days * 86_400_000 - vietnamZone.offsetMinutes * 60_000, vietnamZone);
}

function readSpelling(text: string): IsoDate | undefined {
  if (serial.test(text)) return toSerialDay(text, 0);
  const dayFirst = /^(?:ngày )?(\d{1,2})\s*(?:[./-]|tháng)\s*(\d{1,2})\s*(?:[./-]|năm)\s*(\d{4})(?: 0?0:00(?::00)?)?$/i.exec(
    text,
  );
  if (dayFirst) return toDay(`${dayFirst[1]}/${dayFirst[2]}/${dayFirst[3]}`);
  const yearFirst = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})$/.exec(text);
  return yearFirst ? toDay(`${yearFirst[3]}/${yearFirst[2]}/${yearFirst[1]}`) : undefined;
}

/** What could be meant where nothing is sure. */
function readDoubtful(text: string): IsoDate | undefined {
  const [, first = "", second = "", year = ""] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})$/.exec(text) ?? [];
  if (year.length === 4) return toDay(`${second}/${first}/${year}`);
  if (year.length === 2) return toDay(`${first}/${second}/${Number(year) > 60 ? 19 : 20}${year}`);
  const digits = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return digits ? (toDay(`${digits[3]}/${digits[2]}/${digits[1]}`) ?? undefined) : undefined;
}

/** Days that nobody's service begins or ends on, and nobody was born on. */
function findOdd(column: DateColumn, day: IsoDate, today: IsoDate) {
  const year = Number(day.slice(0, 4));
  const now = Number(today.slice(0, 4));
  if (column === "birth_date") return year < now - 100 || year > now - 15 ? words.oddBirth(day) : undefined;
  if (column === "start_date") return year < now - 70 || year > now + 2 ? words.oddStart(day) : undefined;
  return year > now + 60 ? words.endless(day) : undefined;
}
