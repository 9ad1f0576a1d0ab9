import { type Department, listDepartments } from "../directory/department.ts";
import type { Unit } from "../directory/unit.ts";
import { toFold } from "../platform/text.ts";
import type { Words } from "../platform/words.ts";

export const purposes = ["document-inbox", "one-stop", "clerk", "unit"] as const;
export type Purpose = (typeof purposes)[number];

/** Which account a department needs, and on which systems. */
export interface FunctionalRule {
  readonly purpose: Purpose;
  /** Department keys, or every department the unit has. */
  readonly departments: "all" | readonly string[];
  readonly systems: readonly string[];
  readonly username: string;
}

/** An account of a department or of the unit itself: nobody's own, with one accountable person. */
export interface FunctionalAccount {
  /** `27004/van-hoa-xa-hoi/document-inbox`, sent as externalId. */
  readonly key: string;
  readonly unit: Unit;
  readonly department: Department;
  readonly purpose: Purpose;
  readonly systems: readonly string[];
  /** What the rule would call it; free or not is decided elsewhere. */
  readonly usernameBase: string;
}

/**
 * Every department has its own document account: without one, documents went straight to the department's leader (Tân Bình,
 * July 2025). The Office also keeps the clerk's account and the unit's own; the service centre the one-stop desk's.
 */
export const defaultFunctionalRules: readonly FunctionalRule[] = [
  { purpose: "document-inbox", departments: "all", systems: ["documents"], username: "{department}.{unit}" },
  { purpose: "one-stop", departments: ["trung-tam-pvhcc"], systems: ["dossiers", "feedback"], username: "motcua.{unit}" },
  { purpose: "clerk", departments: ["van-phong"], systems: ["documents"], username: "vanthu.{unit}" },
  { purpose: "unit", departments: ["van-phong"], systems: ["feedback", "video", "directory"], username: "ubnd.{unit}" },
];

export const purposeNames: Readonly<Record<Purpose, Words>> = {
  "document-inbox": { vi: "Hộp văn bản", en: "document inbox" },
  "one-stop": { vi: "Một cửa", en: "one-stop desk" },
  clerk: { vi: "Văn thư", en: "clerk" },
  unit: { vi: "Đơn vị", en: "the unit" },
};

export interface FunctionalRequest {
  readonly units: readonly Unit[];
  readonly rules: readonly FunctionalRule[];
  /** The systems there are; rules for others are passed over. */
  readonly systems: readonly string[];
  readonly departments?: readonly Department[];
}

/** Units × departments × rules, in order of unit, department and rule. */
export function listFunctionalAccounts({ units, rules, systems, departments }: FunctionalRequest): FunctionalAccount[] {
  return units.flatMap((unit) =>
    listDepartments(unit, departments).flatMap((department) =>
      rules
        .filter((rule) => rule.departments === "all" || rule.departments.includes(department.key))
        .map((rule) => ({
          key: `${unit.code}/${department.key}/${rule.purpose}`,
          unit,
          department,
          purpose: rule.purpose,
          systems: rule.systems.filter((system) => systems.includes(system)),
          usernameBase: rule.username.replaceAll("{department}", toShortForm(department.key)).replaceAll("{unit}", unit.code),
        }))
        .filter((account) => account.systems.length > 0),
    ),
  );
}

/** `kinh-te-ha-tang-do-thi` → `kthtdt`, `trung-tam-pvhcc` → `ttpvhcc`: a part without a vowel is short already. */
export function toShortForm(key: string): string {
  return toFold(key)
    .split("-")
    .map((part) => (/[aeiouy]/.test(part) ? part.slice(0, 1) : part))
    .join("");
}

/** `Văn phòng HĐND và UBND – Hộp văn bản – Phường Tân Bình`: an address book sorts and shows by this. */
export function formatFunctionalName({ department, purpose, unit }: FunctionalAccount, unitName: string): string {
  const what =
    purpose === "unit" ? "UBND" : `${department.name}${purpose === "document-inbox" ? "" : ` – ${purposeNames[purpose].vi}`}`;
  return `${what} – ${unitName} (${unit.code})`;
}
