import type { Unit } from "./unit.ts";

/** The departments of a unit (NĐ 150/2025 as amended by NĐ 370/2025, NĐ 118/2025). The list is data; provinces vary. */
export interface Department {
  readonly key: string;
  readonly name: string;
  /** Kinds of unit that have it. */
  readonly kinds: readonly Unit["kind"][];
  /** Units that have it although their kind does not, such as the special zone Phú Quốc. */
  readonly alsoUnits?: readonly string[];
  /** Units that do not have it although their kind does. */
  readonly exceptUnits?: readonly string[];
}

const phuQuoc = "31078";

export const defaultDepartments: readonly Department[] = [
  { key: "van-phong", name: "Văn phòng HĐND và UBND", kinds: ["phuong", "xa", "dac-khu"] },
  { key: "kinh-te-ha-tang-do-thi", name: "Phòng Kinh tế, Hạ tầng và Đô thị", kinds: ["phuong"], alsoUnits: [phuQuoc] },
  { key: "kinh-te", name: "Phòng Kinh tế", kinds: ["xa", "dac-khu"], exceptUnits: [phuQuoc] },
  { key: "van-hoa-xa-hoi", name: "Phòng Văn hóa – Xã hội", kinds: ["phuong", "xa", "dac-khu"] },
  { key: "trung-tam-pvhcc", name: "Trung tâm Phục vụ hành chính công", kinds: ["phuong", "xa", "dac-khu"] },
];

/** The departments that this unit has. */
export function listDepartments(unit: Unit, departments: readonly Department[] = defaultDepartments): readonly Department[] {
  return departments.filter(
    (department) =>
      department.alsoUnits?.includes(unit.code) ||
      (department.kinds.includes(unit.kind) && !department.exceptUnits?.includes(unit.code)),
  );
}
