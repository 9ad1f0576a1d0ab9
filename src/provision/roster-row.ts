import type { Department } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import type { Post, StaffClass } from "../directory/person.ts";
import type { Position } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import { findNearest, toFold, toNormalText } from "../platform/text.ts";
import { readInstant, startOfLocalDay, toIsoDate, toLocalDay, vietnamZone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { RosterColumn } from "./roster-columns.ts";
import { readPlace, readUnit } from "./roster-place.ts";
import { rosterFaults as words } from "./roster-words.ts";
import { usernameShape } from "./username.ts";

/** What the rows are read against. `today` decides what is over. */
export interface RosterRules {
  readonly directory: Directory;
  readonly departments: readonly Department[];
  readonly positions: readonly Position[];
  /** Codes this workspace works for. */
  readonly units: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
  readonly today: IsoDate;
}

export interface RosterRow {
  readonly staffId: string;
  readonly fullName: string;
  readonly givenName?: string;
  readonly birthDate?: IsoDate;
  readonly staffClass: StaffClass;
  readonly email?: string;
  readonly phone?: string;
  readonly username?: string;
  readonly post: Post;
}

/** `repair` is the value that is surely meant: the doctor's copy has it, the roster itself is never edited. */
export type Complain = (column: RosterColumn, value: string, message: Words, repair?: string) => void;

const classes = [
  "can_bo",
  "cong_chuc",
  "vien_chuc",
  "hop_dong",
  "khong_chuyen_trach",
  "biet_phai",
  "buu_chinh",
  "ky_thuat_ngoai",
] as const satisfies readonly StaffClass[];

/** Classes whose accounts must have an end. */
const endingClasses: readonly StaffClass[] = ["hop_dong", "biet_phai", "buu_chinh", "ky_thuat_ngoai"];

/** CV 12/CV-BCĐ, KL 163-KL/TW: the class of non-specialists ended; their accounts end at the start of this day at the latest. */
const nonSpecialistsEnd = "2026-05-31";

/** One row, read and judged. Every fault goes to `complain`; undefined when there was one. */
export function readRosterRow(
  cell: (column: RosterColumn) => string,
  rules: RosterRules,
  complain: Complain,
): RosterRow | undefined {
  let sound = true;
  const fault: Complain = (column, value, message, repair) => {
    sound = false;
    complain(column, value, message, repair);
  };
  const staffId = readStaffId(cell("staff_id"), fault);
  const fullName = readName(cell("full_name"), fault);
  const unit = readUnit(cell("unit_code"), rules, fault);
  const place = readPlace(cell("department"), cell("position"), unit, rules, fault);
  const staffClass = readClass(cell("staff_class"), fault);
  const from = readDate("start_date", cell("start_date"), fault);
  const last = readDate("end_date", cell("end_date"), fault);
  const birthDate = readDate("birth_date", cell("birth_date"), fault);
  if (from === undefined && cell("start_date") === "") fault("start_date", "", words.missing("start_date"));
  if (from !== undefined && last !== undefined && last < from) fault("end_date", cell("end_date"), words.endBeforeStart(from));
  if (staffClass && endingClasses.includes(staffClass) && cell("end_date") === "")
    fault("end_date", "", words.endNeeded(staffClass));
  if (
    staffClass === "khong_chuyen_trach" &&
    [from, last, rules.today].some((day) => day !== undefined && day > nonSpecialistsEnd)
  ) {
    const stillOver = last !== undefined && last <= nonSpecialistsEnd && (from === undefined || from <= nonSpecialistsEnd);
    if (!stillOver) fault("staff_class", cell("staff_class"), words.nonSpecialistsOver);
  }
  const email = cell("email") || undefined;
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) fault("email", email, words.badEmail);
  const username = cell("username").toLowerCase() || undefined;
  if (username !== undefined && !usernameShape.test(username)) fault("username", cell("username"), words.badUsername);
  else if (username !== undefined && rules.denied.has(username)) fault("username", cell("username"), words.deniedUsername);
  if (!sound || !unit || !place || !staffClass || from === undefined) return undefined;

  const to = toEnd(last, staffClass);
  const givenName = toNormalText(cell("given_name")) || undefined;
  const phone = cell("phone").replace(/[\s.-]/g, "") || undefined;
  return {
    staffId,
    fullName,
    staffClass,
    ...(givenName === undefined ? {} : { givenName }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(username === undefined ? {} : { username }),
    post: {
      staffId,
      unit: unit.code,
      ...(place.department === undefined ? {} : { department: place.department }),
      position: place.position,
      from,
      ...(to === undefined ? {} : { to }),
    },
  };
}

/** A roster names the last day of work; a post ends at the start of the day after. */
function toEnd(last: IsoDate | undefined, staffClass: StaffClass): IsoDate | undefined {
  const after = last === undefined ? undefined : nextDay(last);
  if (staffClass !== "khong_chuyen_trach") return after;
  return after === undefined || after > nonSpecialistsEnd ? nonSpecialistsEnd : after;
}

function nextDay(day: IsoDate): IsoDate {
  const at = readInstant(day, vietnamZone) as number;
  return toIsoDate(startOfLocalDay(toLocalDay(at, vietnamZone) + 1, vietnamZone), vietnamZone);
}

function readStaffId(text: string, fault: Complain): string {
  if (text === "") fault("staff_id", text, words.missing("staff_id"));
  else if (/^\d+([.,]\d+)?E\+?\d+$/i.test(text)) fault("staff_id", text, words.lostDigits);
  else if (!/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(text)) fault("staff_id", text, words.badStaffId);
  return text;
}

function readName(text: string, fault: Complain): string {
  if (text === "") fault("full_name", text, words.missing("full_name"));
  else if (/[^\p{L}\p{M}\s'’.-]/u.test(text)) fault("full_name", text, words.badName);
  else if (!/\s/.test(text)) fault("full_name", text, words.oneWordName);
  // ALL CAPS is the habit of printed lists; the name is the same.
  return /\p{Ll}/u.test(text) ? text : text.toLowerCase().replace(/(^|[\s'’-])\p{L}/gu, (start) => start.toUpperCase());
}

function readClass(text: string, fault: Complain): StaffClass | undefined {
  const key = toFold(text).replace(/[\s-]+/g, "_");
  const found = classes.find((one) => one === key);
  if (found) return found;
  if (text === "") fault("staff_class", text, words.missing("staff_class"));
  else fault("staff_class", text, words.unknownClass(text, findNearest(key, classes, 4), classes));
  return undefined;
}

function readDate(column: "start_date" | "end_date" | "birth_date", text: string, fault: Complain): IsoDate | undefined {
  if (text === "") return undefined;
  const at = /^\d{4}-|^\d{1,2}\//.test(text) ? readInstant(text, vietnamZone) : undefined;
  if (at !== undefined) return toIsoDate(at, vietnamZone);
  // Day 1 of Excel's 1900 system is 1899-12-31, with a 29 February 1900 that never was: 25569 is 1970-01-01.
  const serial = /^\d{5}$/.test(text) ? toIsoDate((Number(text) - 25569) * 86_400_000 - 7 * 3_600_000, vietnamZone) : undefined;
  fault(column, text, words.badDate(text, serial), serial);
  return undefined;
}
