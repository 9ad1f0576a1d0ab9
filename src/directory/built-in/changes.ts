import type { IsoDate, ProvinceKind, UnitKind } from "../unit.ts";

/** A legal change to the built-in directory: from `effective` on the unit or province is of this kind. */
export interface KindChange<Kind> {
  readonly code: string;
  readonly kind: Kind;
  readonly effective: IsoDate;
  readonly basis: string;
}

/** Đồng Nai, 30 April 2026: ten communes became wards. */
export const unitChanges: readonly KindChange<UnitKind>[] = [
  "25270",
  "25357",
  "25363",
  "26116",
  "26170",
  "26248",
  "26326",
  "26368",
  "26425",
  "26485",
].map((code) => ({ code, kind: "phuong", effective: "2026-04-30", basis: "237/NQ-UBTVQH16" }));

export const provinceChanges: readonly KindChange<ProvinceKind>[] = [
  { code: "75", kind: "thanh-pho", effective: "2026-04-30", basis: "30/2026/QH16" },
];

/** The last day up to which changes were looked for. Later ones are unknown, not absent. */
export const changesKnownUntil: IsoDate = "2026-08-02";
