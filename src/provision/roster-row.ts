import type { Department } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import type { Post, StaffClass } from "../directory/person.ts";
import type { Position } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import { findNearest, toFold } from "../platform/text.ts";
import { readInstant, startOfLocalDay, toIsoDate, toLocalDay, vietnamZone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import { hiddenNumber } from "./citizen-id.ts";
import type { RosterColumn } from "./roster-columns.ts";
import { readDate } from "./roster-dates.ts";
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
  /** Numbers of days count from 1904. */
  readonly from1904?: boolean;
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

/** What rosters call the classes beside their names: full words of other forms only, an abbreviation may be two of them. */
const classNames: Readonly<Record<string, StaffClass>> = {
  hop_dong_lao_dong: "hop_dong",
  lao_dong_hop_dong: "hop_dong",
  nguoi_lao_dong: "hop_dong",
  nguoi_hoat_dong_khong_chuyen_trach: "khong_chuyen_trach",
  hoat_dong_khong_chuyen_trach: "khong_chuyen_trach",
  can_bo_khong_chuyen_trach: "khong_chuyen_trach",
  ky_thuat_vien: "ky_thuat_ngoai",
  nhan_vien_buu_chinh: "buu_chinh",
};

/** Probable, never taken. */
const classHints: Readonly<Record<string, StaffClass>> = {
  cb: "can_bo",
  cc: "cong_chuc",
  vc: "vien_chuc",
  hd: "hop_dong",
  hdld: "hop_dong",
  kct: "khong_chuyen_trach",
  hdkct: "khong_chuyen_trach",
  bp: "biet_phai",
};

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
  const fullName = readName(cell("full_name"), cell("given_name"), fault);
  const unit = readUnit(cell("unit_code"), rules, fault);
  const place = readPlace(cell("department"), cell("position"), unit, rules, fault);
  const staffClass = readClass(cell("staff_class"), fault);
  const from = readDate("start_date", cell("start_date"), rules, fault);
  const last = readDate("end_date", cell("end_date"), rules, fault);
  const birthDate = readDate("birth_date", cell("birth_date"), rules, fault);
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
  if (email !== undefined && !/^[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(email))
    fault("email", email, words.badEmail);
  const phone = readPhone(cell("phone"), fault);
  const username = cell("username").toLowerCase() || undefined;
  if (username !== undefined && !usernameShape.test(username)) fault("username", cell("username"), words.badUsername);
  else if (username !== undefined && rules.denied.has(username)) fault("username", cell("username"), words.deniedUsername);
  if (!sound || !unit || !place || !staffClass || from === undefined) return undefined;

  const to = toEnd(last, staffClass);
  const givenName = cell("given_name") || undefined;
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
  else if (text === hiddenNumber) fault("staff_id", "", words.citizenIdAsStaffId);
  else if (/^\d+([.,]\d+)?E\+?\d+$/i.test(text)) fault("staff_id", text, words.lostDigits);
  else if (!/^[\p{Script=Latin}\d][\p{Script=Latin}\d._/-]*$/u.test(text)) fault("staff_id", text, words.badStaffId);
  return text;
}

function readName(text: string, given: string, fault: Complain): string {
  if (text === "") fault("full_name", text, words.missing("full_name"));
  else if (/[\d(){}[\]…]/.test(text)) fault("full_name", text, words.moreThanName);
  else if (/[^\p{L}\p{M}\s'’.-]/u.test(text) || !/\p{L}/u.test(text)) fault("full_name", text, words.badName);
  // Some people have one name only; that is said where the given name stands.
  else if (!/\s/.test(text) && given !== text) fault("full_name", text, words.oneWordName);
  return text;
}

/** Digits and a leading `+`; undefined where there is none. */
function readPhone(text: string, fault: Complain): string | undefined {
  if (text === "") return undefined;
  const digits = text.replace(/[\s().-]/g, "");
  if (/E\+?\d+$/i.test(digits)) fault("phone", text, words.lostDigits);
  else if (/^[35789]\d{8}$/.test(digits)) fault("phone", text, words.eatenPhoneZero(text), `0${digits}`);
  else if (!/^(0|\+?84)\d{9,10}$/.test(digits)) fault("phone", text, words.badPhone);
  return digits;
}

function readClass(text: string, fault: Complain): StaffClass | undefined {
  const key = toFold(text).replace(/[^a-z]+/g, "_");
  const found = classes.find((one) => one === key) ?? classNames[key];
  if (found) return found;
  if (text === "") fault("staff_class", text, words.missing("staff_class"));
  else fault("staff_class", text, words.unknownClass(text, classHints[key] ?? findNearest(key, classes, 4), classes));
  return undefined;
}
