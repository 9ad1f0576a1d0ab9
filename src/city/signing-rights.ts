import { formatCsv } from "../platform/csv.ts";
import type { CityCore } from "./city.ts";

/** A right to sign as the city's document system keeps it: its own abbreviations (NĐ 30/2020, Phụ lục III), whole days, last day included. */
export interface CityRight {
  readonly id: string;
  /** The caller's key where an API call made it. */
  readonly key?: string;
  readonly unit: string;
  readonly staffId: string;
  docTypes: readonly string[];
  /** What it is limited to inside the unit; absent: nothing. */
  limits?: Readonly<Record<string, readonly string[]>>;
  readonly mode: "TL" | "KT" | "TUQ" | "Q";
  readonly startDate: string;
  endDate?: string;
  status: "active" | "ended";
  /** Set up by hand when the unit opened. */
  readonly seeded?: boolean;
}

/** The system's abbreviation → our document type. */
export const cityDocTypes: Readonly<Record<string, string>> = {
  CV: "cong-van",
  QĐ: "quyet-dinh",
  TB: "thong-bao",
  GM: "giay-moi",
  BC: "bao-cao",
  TTr: "to-trinh",
  KH: "ke-hoach",
  HD: "huong-dan",
  CT: "chi-thi",
  BB: "bien-ban",
  GGT: "giay-gioi-thieu",
  GXN: "giay-xac-nhan",
  PC: "phieu-chuyen",
  SY: "sao-y",
  CTh: "ban-sao",
};

/** What the working regulations of the city's units let the Chief of Office sign by order. */
const chiefTypes = ["CV", "TB", "GM", "GGT", "PC", "SY"];
const opening = "2025-07-01";

/** What was set up in the system on the day the units opened: the Chief of Office TL., the Vice Chairman KT. */
export function createOpeningRights({ people }: CityCore): CityRight[] {
  return people.flatMap(({ posts }) =>
    posts.flatMap(({ unit, staffId, position }): CityRight[] => {
      const base = { id: `u${unit}-${position}`, unit, staffId, startDate: opening, status: "active" as const, seeded: true };
      if (position === "chanh-van-phong") return [{ ...base, docTypes: chiefTypes, mode: "TL" }];
      if (position === "pho-chu-tich") return [{ ...base, docTypes: Object.keys(cityDocTypes), mode: "KT" }];
      return [];
    }),
  );
}

const grantColumns = [
  "unit",
  "from_position",
  "to_position",
  "capacity",
  "doc_types",
  "from",
  "to",
  "basis_kind",
  "basis_number",
  "basis_date",
  "clause",
  "person",
];

/**
 * The regulations and assignments of the city's units as a grants file, for `wardctl delegate grant --file`. Where the Chief of Office
 * cannot sign, nobody has entered the regulation's clause either: `formatUnitRegulation` has it.
 */
export function formatCityGrants({ units, faults }: Pick<CityCore, "units" | "faults">): string {
  const rows = units.flatMap(({ code }) => {
    const deputy = [code, "chu-tich", "pho-chu-tich", "KT", "*", opening, "", "phan-cong", "02/TB-UBND", opening, "", ""];
    return faults.has("chief-cannot-sign", code) ? [deputy] : [toChiefRow(code), deputy];
  });
  return formatCsv([grantColumns, ...rows]);
}

/** The clause of one unit's working regulation that lets its Chief of Office sign by order. */
export function formatUnitRegulation(unit: string): string {
  return formatCsv([grantColumns, toChiefRow(unit)]);
}

function toChiefRow(unit: string): string[] {
  const types = chiefTypes.map((code) => cityDocTypes[code]).join(";");
  const basis = [opening, "", "quy-che-lam-viec", "01/QĐ-UBND", opening, "khoản 2 Điều 7", ""];
  return [unit, "chu-tich", "chanh-van-phong", "TL", types, ...basis];
}
