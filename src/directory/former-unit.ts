import { toFold } from "../platform/text.ts";
import { toNameFold, toNameKey } from "./name-index.ts";
import type { IsoDate } from "./unit.ts";
import type { UnitText } from "./unit-text.ts";

/** Kinds below the district until 2025-06-30. Five island districts had no commune; `khac` is land that a district ran itself. */
export type FormerKind = "phuong" | "xa" | "thi-tran" | "huyen" | "khac";

/** A unit that ended on `until`. Its code may since belong to another unit. */
export interface FormerUnit {
  /** Undefined where it never had one. */
  readonly code?: string;
  /** Without the kind. */
  readonly name: string;
  readonly kind: FormerKind;
  /** With their kinds, as they were called: `Thành phố Thủ Đức`. */
  readonly district: string;
  readonly province: string;
  /** The first day on which it was no more. */
  readonly until: IsoDate;
}

/** A unit that took over all or part of a former one. */
export interface Successor {
  readonly code: string;
  readonly partial: boolean;
  /** All of its people came here though only part of its land did. */
  readonly populationFollows: boolean;
  /** Official wording in short. */
  readonly note: string;
}

export interface FormerFinding {
  readonly former: FormerUnit;
  /** All of them, in order of code: a merger is many-to-many. */
  readonly successors: readonly Successor[];
  /** The name by which it was found, given up in 2023–2025 before the unit itself ended. */
  readonly retiredName?: string;
}

const kindNames: Readonly<Record<FormerKind, string>> = {
  phuong: "Phường",
  xa: "Xã",
  "thi-tran": "Thị trấn",
  huyen: "Huyện",
  khac: "",
};

export function formatFormerName(former: Pick<FormerUnit, "kind" | "name">): string {
  return `${kindNames[former.kind]} ${former.name}`.trim();
}

/**
 * How a former unit fits what was asked: `sure` when the name with its marks and the kind fit, else what is in doubt. A name given up before
 * July 2025 is in doubt too: whether all of it went the same way is not known. Undefined when it does not fit. `isNowIn` says whether a place behind
 * the name is today's province of a successor.
 */
export function rateFormerUnit(
  asked: UnitText,
  { former, retiredName }: FormerFinding,
  isNowIn: (place: string) => boolean,
): FormerRate | undefined {
  const name = retiredName ?? former.name;
  const readings = asked.readings.filter((reading) => toNameFold(reading.name) === toNameFold(name));
  if (readings.length === 0 || !asked.places.every((place) => isNowIn(place) || isPlaceOf(place, former))) return undefined;
  const marked = readings.filter((reading) => toNameKey(reading.name) === toNameKey(name));
  if (marked.length === 0) return "marks";
  if (retiredName !== undefined) return "retired";
  return marked.some((reading) => reading.kind === undefined || reading.kind === former.kind) ? "sure" : "kind";
}

export type FormerRate = "sure" | "marks" | "kind" | "retired";

/** Whether a word behind the name can be the former district or province: `Thủ Đức`, `Q. Tân Bình`, `Bình Thuận`. */
function isPlaceOf(place: string, former: FormerUnit): boolean {
  const asked = listPlaceFolds(place);
  return [former.district, former.province].flatMap(listPlaceFolds).some((name) => name !== "" && asked.includes(name));
}

const placeKind = /^(?:(?:thanh pho|thi xa|quan|huyen|tinh|tp|tx|q|h)\b\.?\s*|q(?=\d))/;

/** With and without the word in front that looks like a kind: in Quan Hóa and Tịnh Biên it is the name's own. */
function listPlaceFolds(place: string): readonly string[] {
  const fold = toFold(place);
  return [fold, fold.replace(placeKind, "")];
}
