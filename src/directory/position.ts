import type { Words } from "../platform/words.ts";

/** What a position is in the order of a unit; rules of signing and of accounts hang on this, not on the title. */
export type Rank = "head" | "deputy" | "department-head" | "department-deputy" | "clerk" | "officer";

/** A post in a unit. Keys are stable; the names are those of domain.md §4. */
export interface Position {
  readonly key: string;
  readonly name: Words;
  readonly rank: Rank;
  /** Upper-case title in a signature block (NĐ 30/2020, Phụ lục I). */
  readonly title: string;
  /** Departments the position exists in; empty: it leads the unit itself. */
  readonly departments: readonly string[];
}

const rooms = ["kinh-te-ha-tang-do-thi", "kinh-te", "van-hoa-xa-hoi"];

export const defaultPositions: readonly Position[] = [
  { key: "chu-tich", name: { vi: "Chủ tịch UBND", en: "Chairman" }, rank: "head", title: "CHỦ TỊCH", departments: [] },
  {
    key: "pho-chu-tich",
    name: { vi: "Phó Chủ tịch UBND", en: "Vice Chairman" },
    rank: "deputy",
    title: "PHÓ CHỦ TỊCH",
    departments: [],
  },
  {
    key: "chanh-van-phong",
    name: { vi: "Chánh Văn phòng", en: "Chief of Office" },
    rank: "department-head",
    title: "CHÁNH VĂN PHÒNG",
    departments: ["van-phong"],
  },
  {
    key: "pho-chanh-van-phong",
    name: { vi: "Phó Chánh Văn phòng", en: "Deputy Chief of Office" },
    rank: "department-deputy",
    title: "PHÓ CHÁNH VĂN PHÒNG",
    departments: ["van-phong"],
  },
  { key: "van-thu", name: { vi: "Văn thư", en: "Clerk" }, rank: "clerk", title: "VĂN THƯ", departments: ["van-phong"] },
  {
    key: "truong-phong",
    name: { vi: "Trưởng phòng", en: "Head of department" },
    rank: "department-head",
    title: "TRƯỞNG PHÒNG",
    departments: rooms,
  },
  {
    key: "pho-truong-phong",
    name: { vi: "Phó Trưởng phòng", en: "Deputy head of department" },
    rank: "department-deputy",
    title: "PHÓ TRƯỞNG PHÒNG",
    departments: rooms,
  },
  {
    key: "giam-doc-trung-tam",
    name: { vi: "Giám đốc Trung tâm", en: "Director of the service centre" },
    rank: "department-head",
    title: "GIÁM ĐỐC",
    departments: ["trung-tam-pvhcc"],
  },
  {
    key: "pho-giam-doc-trung-tam",
    name: { vi: "Phó Giám đốc Trung tâm", en: "Deputy director of the service centre" },
    rank: "department-deputy",
    title: "PHÓ GIÁM ĐỐC",
    departments: ["trung-tam-pvhcc"],
  },
  {
    key: "chuyen-vien",
    name: { vi: "Công chức chuyên môn", en: "Officer" },
    rank: "officer",
    title: "CHUYÊN VIÊN",
    departments: ["van-phong", ...rooms, "trung-tam-pvhcc"],
  },
];

export function findPosition(key: string, positions: readonly Position[] = defaultPositions): Position | undefined {
  return positions.find((position) => position.key === key);
}
