import type { Rank } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import type { Words } from "../platform/words.ts";
import type { BasisKind, GrantedCapacity } from "./capacity.ts";

/** Where a rule stands in the law. The text of the citation is shown with every answer that rests on it. */
export const citations = {
  "D30-13.1": { vi: "Điều 13 khoản 1 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.1" },
  "D30-13.2": { vi: "Điều 13 khoản 2 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.2" },
  "D30-13.3": { vi: "Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.3" },
  "D30-13.4": { vi: "Điều 13 khoản 4 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.4" },
  "D30-PL1": { vi: "Phụ lục I Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Appendix I" },
  "L72-UQ": { vi: "Luật Tổ chức chính quyền địa phương 72/2025/QH15", en: "Law 72/2025/QH15" },
  "D280-UQ": { vi: "Nghị định 280/2025/NĐ-CP", en: "Decree 280/2025" },
} satisfies Record<string, Words>;

export type RuleCode = keyof typeof citations;

/** Who may be given which capacity, on what paper. A row is in force in [effectiveFrom, effectiveTo). */
export interface CapacityRule {
  readonly code: RuleCode;
  readonly capacity: GrantedCapacity;
  readonly fromRanks: readonly Rank[];
  readonly toRanks: readonly Rank[];
  readonly basis: readonly BasisKind[];
  readonly effectiveFrom: IsoDate;
  readonly effectiveTo?: IsoDate;
  /** May cover certification (chứng thực). */
  readonly certification: boolean;
  readonly needsClause?: boolean;
  readonly needsEnd?: boolean;
  /** A list of types, not "all". */
  readonly needsTypes?: boolean;
  readonly needsLegalBasis?: boolean;
  readonly needsPerson?: boolean;
  /** Rests on another grant, whose holder passes it on once. */
  readonly passedOn?: boolean;
}

/** Named in every grant, so that it is known which reading of the law let it in. */
export const rulesetVersion = "2025-11-01";

const decree30 = "2020-03-05";

export const capacityRules: readonly CapacityRule[] = [
  {
    code: "D30-PL1",
    capacity: "Q",
    fromRanks: ["head"],
    toRanks: ["deputy", "department-head"],
    basis: ["quyet-dinh"],
    effectiveFrom: decree30,
    certification: true,
    needsPerson: true,
  },
  {
    code: "D30-13.1",
    capacity: "KT",
    fromRanks: ["head"],
    toRanks: ["deputy"],
    basis: ["phan-cong", "quyet-dinh", "quy-che-lam-viec"],
    effectiveFrom: decree30,
    certification: true,
  },
  {
    code: "D30-13.4",
    capacity: "KT",
    fromRanks: ["department-head"],
    toRanks: ["department-deputy"],
    basis: ["phan-cong", "quyet-dinh", "quy-che-lam-viec", "quy-che-van-thu"],
    effectiveFrom: decree30,
    certification: false,
    passedOn: true,
  },
  {
    code: "D30-13.4",
    capacity: "TL",
    fromRanks: ["head"],
    toRanks: ["department-head"],
    basis: ["quy-che-lam-viec", "quy-che-van-thu"],
    effectiveFrom: decree30,
    certification: false,
    needsClause: true,
    needsTypes: true,
  },
  {
    code: "D30-13.3",
    capacity: "TUQ",
    fromRanks: ["head"],
    toRanks: ["department-head"],
    basis: ["quyet-dinh"],
    effectiveFrom: decree30,
    certification: false,
    needsEnd: true,
    needsTypes: true,
  },
  {
    code: "L72-UQ",
    capacity: "TUQ",
    fromRanks: ["head"],
    toRanks: ["department-deputy", "clerk", "officer"],
    basis: ["quyet-dinh"],
    effectiveFrom: "2025-06-16",
    certification: false,
    needsEnd: true,
    needsTypes: true,
    needsLegalBasis: true,
  },
  {
    code: "D280-UQ",
    capacity: "TUQ",
    fromRanks: ["head"],
    toRanks: ["department-head", "department-deputy", "clerk", "officer"],
    basis: ["quyet-dinh"],
    effectiveFrom: "2025-11-01",
    certification: true,
    needsEnd: true,
    needsTypes: true,
    needsLegalBasis: true,
  },
];

/** The capacity that the law has for a post: what a new grant would be (delegate.md §3.3). */
export function findLawfulCapacity(rank: Rank, certification: boolean): CapacityRule | undefined {
  const rows = capacityRules.filter((row) => row.toRanks.includes(rank) && !row.passedOn && row.capacity !== "Q");
  return rows.find((row) => row.certification === certification) ?? rows.find((row) => row.certification || !certification);
}
