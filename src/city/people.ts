import { listDepartments } from "../directory/department.ts";
import type { Person, Post, StaffClass } from "../directory/person.ts";
import type { Unit } from "../directory/unit.ts";
import type { Random } from "../platform/random.ts";

/** One of the city's staff, made from the seed. Any likeness to a real person is chance. */
export interface CityPerson extends Person {
  readonly birthDate: string;
  readonly posts: readonly Post[];
}

// Frequent Vietnamese family, middle and given names; a name is drawn, so two people may share one, as in life.
const families = [
  "Nguyễn",
  "Trần",
  "Lê",
  "Phạm",
  "Hoàng",
  "Huỳnh",
  "Phan",
  "Vũ",
  "Võ",
  "Đặng",
  "Bùi",
  "Đỗ",
  "Hồ",
  "Ngô",
  "Dương",
  "Lý",
  "Tôn Thất",
  "Công Tằng Tôn Nữ",
];
const womenMiddle = ["Thị", "Thị", "Thị Thanh", "Ngọc", "Thị Thu", "Minh", "Thị Kim"];
const womenGiven = [
  "Lan",
  "Hương",
  "Phương",
  "Phượng",
  "Hà",
  "Thảo",
  "Trang",
  "Nga",
  "Yến",
  "Thủy",
  "Quỳnh",
  "Huyền",
  "Diệu",
  "Hạnh",
  "Loan",
];
const menMiddle = ["Văn", "Đức", "Quang", "Hữu", "Minh", "Đình", "Ngọc", "Xuân", "Thanh"];
const menGiven = [
  "Hùng",
  "Dũng",
  "Đức",
  "Hòa",
  "Sơn",
  "Tuấn",
  "Thành",
  "Long",
  "Hải",
  "Phúc",
  "Thắng",
  "Bảo",
  "Khánh",
  "Phương",
  "Trung",
];

interface Place {
  readonly department?: string;
  readonly position: string;
  readonly count: number;
  readonly staffClass?: StaffClass;
  /** Up to and without. */
  readonly to?: string;
}

/**
 * An Khánh in the third trial of June 2025 (domain.md §12): 18 staff, 14 civil servants and 4 non-specialists, whose posts end before 31/5/2026 at
 * the latest (CV 12/CV-BCĐ). The other units of the city have 13.
 */
const anKhanh = "27094";
const moreInAnKhanh: readonly Place[] = [
  { department: "trung-tam-pvhcc", position: "chuyen-vien", count: 1 },
  { department: "van-phong", position: "chuyen-vien", count: 4, staffClass: "khong_chuyen_trach", to: "2026-05-31" },
];

/** Who works in a unit of the city: the leaders, the Office, each department and the service centre. */
function listPlaces(unit: Unit): Place[] {
  const inDepartment = listDepartments(unit).flatMap(({ key }): Place[] => {
    if (key === "van-phong") {
      return [
        { department: key, position: "chanh-van-phong", count: 1 },
        { department: key, position: "van-thu", count: 1 },
        { department: key, position: "chuyen-vien", count: 1 },
      ];
    }
    const head = key === "trung-tam-pvhcc" ? "giam-doc-trung-tam" : "truong-phong";
    return [
      { department: key, position: head, count: 1 },
      { department: key, position: "chuyen-vien", count: key === "trung-tam-pvhcc" ? 3 : 1 },
    ];
  });
  const more = unit.code === anKhanh ? moreInAnKhanh : [];
  return [{ position: "chu-tich", count: 1 }, { position: "pho-chu-tich", count: 1 }, ...inDepartment, ...more];
}

export function createPeople(units: readonly Unit[], random: Random): CityPerson[] {
  return units.flatMap((unit) => {
    // A stream a unit: adding a unit moves nobody elsewhere.
    const own = random.fork(unit.code);
    let count = 0;
    return listPlaces(unit).flatMap((place) =>
      Array.from({ length: place.count }, (): CityPerson => {
        const staffId = `CB${unit.code}${String(++count).padStart(2, "0")}`;
        const woman = own.next() < 0.5;
        const fullName = [
          own.pick(families),
          own.pick(woman ? womenMiddle : menMiddle),
          own.pick(woman ? womenGiven : menGiven),
        ].join(" ");
        const birthDate = `${1966 + own.integer(35)}-${pad(1 + own.integer(12))}-${pad(1 + own.integer(28))}`;
        const { department, position, to } = place;
        const usual = position === "chu-tich" || position === "pho-chu-tich" ? "can_bo" : "cong_chuc";
        const staffClass = place.staffClass ?? usual;
        return {
          staffId,
          fullName,
          birthDate,
          staffClass,
          posts: [{ staffId, unit: unit.code, department, position, from: "2025-07-01", ...(to !== undefined && { to }) }],
        };
      }),
    );
  });
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}
