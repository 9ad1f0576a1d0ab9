import type { Rank } from "../directory/position.ts";
import type { IsoDate } from "../directory/unit.ts";
import type { Words } from "../platform/words.ts";
import type { BasisKind, GrantedCapacity } from "./capacity.ts";
import type { Switches } from "./settings.ts";

/** Where a rule stands in the law. The text of the citation is shown with every answer that rests on it. */
export const citations = {
  "D30-13.1": { vi: "Điều 13 khoản 1 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.1" },
  "D30-13.2": { vi: "Điều 13 khoản 2 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.2" },
  "D30-13.3": { vi: "Điều 13 khoản 3 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.3" },
  "D30-13.4": { vi: "Điều 13 khoản 4 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Art. 13.4" },
  "D30-PL1": { vi: "Phụ lục I Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Appendix I" },
  "D30-PL6": { vi: "Phụ lục VI Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Appendix VI" },
  "D30-14": { vi: "Điều 14, 15, 17 Nghị định 30/2020/NĐ-CP", en: "Decree 30/2020 Arts. 14, 15, 17" },
  D68: { vi: "Nghị định 68/2024/NĐ-CP", en: "Decree 68/2024" },
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
  /** What the article says, in our words, to be held against it. */
  readonly text: Words;
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
    text: {
      vi: "Người được giao quyền đứng đầu ký như người đứng đầu, ghi Q. trước chức danh; theo quyết định giao quyền.",
      en: "A person given the powers of the head signs as the head, with Q. before the title, by the decision that gives them.",
    },
  },
  {
    code: "D30-13.1",
    capacity: "KT",
    fromRanks: ["head"],
    toRanks: ["deputy"],
    basis: ["phan-cong", "quyet-dinh", "quy-che-lam-viec"],
    effectiveFrom: decree30,
    certification: true,
    text: {
      vi: "Người đứng đầu giao cấp phó ký thay văn bản thuộc lĩnh vực được phân công và một số văn bản thuộc thẩm quyền của mình; cấp phó được giao phụ trách ký như ký thay. Luật phân công cấp phó, không ủy quyền.",
      en: "The head lets a deputy sign in the head's stead in the fields assigned, and some of the head's own documents; a deputy put in charge signs likewise. Deputies are assigned, never delegated to.",
    },
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
    text: {
      vi: "Người được ký thừa lệnh giao lại cho cấp phó của mình ký thay, một lần.",
      en: "Whoever signs by order may let the own deputy sign instead, once.",
    },
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
    text: {
      vi: "Người đứng đầu giao người đứng đầu đơn vị thuộc cơ quan ký thừa lệnh một số loại văn bản; phải quy định cụ thể trong quy chế làm việc hoặc quy chế công tác văn thư.",
      en: "The head lets the head of a unit of the agency sign some types of document by order; the working or the clerical regulation must say so.",
    },
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
    text: {
      vi: "Trường hợp đặc biệt: ủy quyền cho người đứng đầu đơn vị thuộc cơ cấu của mình ký một số văn bản; bằng văn bản, có thời hạn và nội dung; không được ủy quyền lại; thể thức và con dấu của cơ quan ủy quyền.",
      en: "In special cases the head of a unit in the own structure may sign some documents; in writing, limited in time and content, never passed on, in the form and under the seal of the agency that delegates.",
    },
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
    text: {
      vi: "Chủ tịch UBND cấp xã ủy quyền cho công chức thuộc UBND cấp xã khi có căn cứ pháp luật riêng (nêu ở legal_basis).",
      en: "The commune's chairman may delegate to civil servants of its People's Committee where a law of its own allows it (named in legal_basis).",
    },
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
    text: {
      vi: "Từ 01/11/2025 Chủ tịch UBND cấp xã được ủy quyền chứng thực cho công chức; trước đó chỉ Chủ tịch và Phó Chủ tịch ký chứng thực.",
      en: "From 1 November 2025 the chairman may delegate certification to civil servants; before, only chairman and vice chairmen certify.",
    },
  },
];

const byPosts = Map.groupBy(capacityRules, ({ capacity }) => capacity);
const found = new Map<readonly CapacityRule[] | undefined, Map<Rank, Map<Rank, readonly CapacityRule[]>>>();

/** The rows under which a post of one rank may give this capacity to a post of another. */
export function listRulesFor(capacity: GrantedCapacity, from: Rank | undefined, to: Rank | undefined): readonly CapacityRule[] {
  if (from === undefined || to === undefined) return [];
  const rows = byPosts.get(capacity);
  const byFrom = found.get(rows) ?? new Map<Rank, Map<Rank, readonly CapacityRule[]>>();
  const byTo = byFrom.get(from) ?? new Map<Rank, readonly CapacityRule[]>();
  const known = byTo.get(to);
  if (known) return known;
  const fitting = (rows ?? []).filter((row) => row.fromRanks.includes(from) && row.toRanks.includes(to));
  found.set(rows, byFrom.set(from, byTo.set(to, fitting)));
  return fitting;
}

/** The head's own authority, which nobody grants. */
export const nativeRules = [
  {
    code: "D30-13.1",
    capacity: "HEAD",
    toRanks: ["head"],
    effectiveFrom: decree30,
    text: {
      vi: "Cơ quan làm việc theo chế độ thủ trưởng: người đứng đầu ký mọi văn bản do cơ quan ban hành.",
      en: "Under one-person rule the head signs every document the agency issues.",
    },
  },
  {
    code: "D30-13.2",
    capacity: "TM",
    toRanks: ["head"],
    effectiveFrom: decree30,
    text: {
      vi: "Cơ quan làm việc theo chế độ tập thể: người đứng đầu thay mặt tập thể lãnh đạo ký văn bản của cơ quan.",
      en: "Under collective rule the head signs the agency's documents on behalf of the collective.",
    },
  },
] as const satisfies readonly {
  readonly code: RuleCode;
  readonly capacity: "HEAD" | "TM";
  readonly toRanks: readonly Rank[];
  readonly effectiveFrom: IsoDate;
  readonly text: Words;
}[];

export type SwitchCode = "s1" | "s2" | "s3";

/** Where the law is unclear, a workspace says how it reads it (`delegate.switches`); what each reading decides. */
export const switchRules = {
  s1: {
    setting: "tuqLapsesWithGrantor",
    byDefault: true,
    code: "D30-13.3",
    text: {
      vi: "Ủy quyền (TUQ) hết hiệu lực khi người ủy quyền thôi giữ chức vụ",
      en: "A TUQ. lapses when the one who gave it leaves office",
    },
  },
  s2: {
    setting: "deputyMayDirectCentre",
    byDefault: false,
    code: "D30-13.4",
    text: {
      vi: "Phó Chủ tịch được đồng thời làm Giám đốc Trung tâm Phục vụ hành chính công",
      en: "A Vice Chairman may also be director of the service centre",
    },
  },
  s3: {
    setting: "tlSurvivesChairman",
    byDefault: true,
    code: "D30-13.4",
    text: {
      vi: "Thừa lệnh (TL) vẫn còn khi thay Chủ tịch, vì căn cứ là quy chế",
      en: "A TL. survives a change of chairman, since it rests on the regulation",
    },
  },
} as const satisfies Record<
  SwitchCode,
  { readonly setting: keyof Switches; readonly byDefault: boolean; readonly code: RuleCode; readonly text: Words }
>;

/** The rule that a code of a denial stands under; where it is none of its own, that of the way of signing. */
export function toRuleOf(code: string, candidate: RuleCode): RuleCode {
  if (code === "DEL-TL-NO-REGULATION") return "D30-13.4";
  if (code === "DEL-NOT-CARRIED" || code.startsWith("ACC-") || code.startsWith("EVID-")) return "D30-PL6";
  if (code.startsWith("SIG-")) return "D68";
  return code.startsWith("ISS-") ? "D30-14" : candidate;
}

/** The capacity that the law has for a post: what a new grant would be (delegate.md §3.3). */
export function findLawfulCapacity(rank: Rank, certification: boolean): CapacityRule | undefined {
  const rows = capacityRules.filter((row) => row.toRanks.includes(rank) && !row.passedOn && row.capacity !== "Q");
  return rows.find((row) => row.certification === certification) ?? rows.find((row) => row.certification || !certification);
}
