/** A day on the legal calendar, `2025-07-01`. A change of a unit takes effect at its start. */
export type IsoDate = string;

/** phường · xã · đặc khu: the kinds of unit at the lower of the two levels of local government since 2025-07-01. */
export type UnitKind = "phuong" | "xa" | "dac-khu";

/** A unit as it is at one date. The key of a unit is its code **plus** a date: codes were reused in July 2025. */
export interface Unit {
  /** Five digits, leading zeros significant (QĐ 19/2025/QĐ-TTg). */
  readonly code: string;
  /** Without the kind: `An Khánh`. */
  readonly name: string;
  readonly kind: UnitKind;
  /** Two digits. */
  readonly province: string;
}

export type ProvinceKind = "tinh" | "thanh-pho";

export interface Province {
  readonly code: string;
  readonly name: string;
  readonly kind: ProvinceKind;
}

export const kindNames: Readonly<Record<UnitKind, string>> = { phuong: "Phường", xa: "Xã", "dac-khu": "Đặc khu" };
const englishKindNames: Readonly<Record<UnitKind, string>> = { phuong: "Ward", xa: "Commune", "dac-khu": "Special Zone" };

/** `Phường An Khánh`. */
export function formatUnitName(unit: Pick<Unit, "kind" | "name">): string {
  return `${kindNames[unit.kind]} ${unit.name}`;
}

/** `An Khánh Ward`: the name keeps its diacritics, the kind is translated. */
export function formatEnglishUnitName(unit: Pick<Unit, "kind" | "name">): string {
  return `${unit.name} ${englishKindNames[unit.kind]}`;
}

export function formatProvinceName(province: Province): string {
  return `${province.kind === "thanh-pho" ? "Thành phố" : "Tỉnh"} ${province.name}`;
}

export const unitCodeShape = /^\d{5}$/;
export const provinceCodeShape = /^\d{2}$/;
