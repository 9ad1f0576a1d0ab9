import type { DatedChange } from "../directory.ts";
import type { IsoDate, ProvinceKind, UnitKind } from "../unit.ts";

/** Đồng Nai, 30 April 2026: ten communes became wards. */
export const unitChanges: readonly DatedChange<UnitKind>[] = [
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

export const provinceChanges: readonly DatedChange<ProvinceKind>[] = [
  { code: "75", kind: "thanh-pho", effective: "2026-04-30", basis: "30/2026/QH16" },
];

/** The last day up to which changes were looked for. Later ones are unknown, not absent. */
export const changesKnownUntil: IsoDate = "2026-08-02";
