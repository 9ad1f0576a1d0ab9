import type { Words } from "../platform/words.ts";

/** In which capacity a document is signed (NĐ 30/2020 Điều 13, Phụ lục I). HEAD and TM are the head's own and are never granted. */
export type Capacity = "HEAD" | "TM" | "Q" | "KT" | "TL" | "TUQ";

/** Those that need a grant. */
export const grantedCapacities = ["Q", "KT", "TL", "TUQ"] as const;
export type GrantedCapacity = (typeof grantedCapacities)[number];

/** When several allow, the first of these is shown (delegate.md §3.3). */
export const precedence: readonly Capacity[] = ["HEAD", "TM", "Q", "KT", "TL", "TUQ"];

export const capacityNames = {
  HEAD: { vi: "người đứng đầu", en: "head, own competence" },
  TM: { vi: "thay mặt tập thể", en: "head, for the collective body" },
  Q: { vi: "quyền người đứng đầu", en: "acting head" },
  KT: { vi: "ký thay", en: "in the head's stead" },
  TL: { vi: "thừa lệnh", en: "by order" },
  TUQ: { vi: "thừa ủy quyền", en: "by delegated authority" },
} satisfies Record<Capacity, Words>;

/** What a grant rests on. The four are different papers, not labels of one. */
export const basisKinds = ["quy-che-lam-viec", "quy-che-van-thu", "phan-cong", "quyet-dinh"] as const;
export type BasisKind = (typeof basisKinds)[number];

export const basisNames = {
  "quy-che-lam-viec": { vi: "Quy chế làm việc", en: "working regulation" },
  "quy-che-van-thu": { vi: "Quy chế công tác văn thư", en: "clerical regulation" },
  "phan-cong": { vi: "Thông báo phân công", en: "assignment notice" },
  "quyet-dinh": { vi: "Quyết định", en: "decision" },
} satisfies Record<BasisKind, Words>;

export function isRegulation(kind: BasisKind): boolean {
  return kind === "quy-che-lam-viec" || kind === "quy-che-van-thu";
}
