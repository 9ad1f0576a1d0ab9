import type { Words } from "../platform/words.ts";

/**
 * Types of document that somebody signs in a unit. The place in the list is the type's bit in a mask: append, never move. At
 * most 32.
 */
export interface DocType {
  readonly key: string;
  readonly name: Words;
  /** Signed for the People's Committee as a body (TM.), not in the Chairman's own competence. */
  readonly collective?: boolean;
  /** Certification (chứng thực) has rules of its own: NĐ 280/2025. */
  readonly certification?: boolean;
  /** May be the result of an administrative procedure, so that a right to sign it can be limited to groups of procedures. */
  readonly procedural?: boolean;
}

export const docTypes: readonly DocType[] = [
  { key: "cong-van", name: { vi: "Công văn", en: "Official letter" } },
  { key: "quyet-dinh", name: { vi: "Quyết định", en: "Decision" }, procedural: true },
  { key: "thong-bao", name: { vi: "Thông báo", en: "Notice" }, procedural: true },
  { key: "giay-moi", name: { vi: "Giấy mời", en: "Invitation" } },
  { key: "bao-cao", name: { vi: "Báo cáo", en: "Report" }, collective: true },
  { key: "to-trinh", name: { vi: "Tờ trình", en: "Submission" }, collective: true },
  { key: "ke-hoach", name: { vi: "Kế hoạch", en: "Plan" }, collective: true },
  { key: "huong-dan", name: { vi: "Hướng dẫn", en: "Guidance" } },
  { key: "chi-thi", name: { vi: "Chỉ thị", en: "Directive" } },
  { key: "bien-ban", name: { vi: "Biên bản", en: "Minutes" } },
  { key: "giay-gioi-thieu", name: { vi: "Giấy giới thiệu", en: "Letter of introduction" } },
  { key: "giay-xac-nhan", name: { vi: "Giấy xác nhận", en: "Confirmation" }, procedural: true },
  { key: "phieu-chuyen", name: { vi: "Phiếu chuyển", en: "Transfer slip" } },
  { key: "sao-y", name: { vi: "Bản sao y", en: "True copy of the agency's own document" } },
  { key: "ban-sao", name: { vi: "Bản sao chứng thực", en: "Certified copy" }, certification: true, procedural: true },
];

/** Bits of a u32; bit n is `docTypes[n]`. */
export type DocTypeMask = number;

/** A 33rd type would share the bit of the first one without a word. */
export function assertFit(count: number): void {
  if (count > 32) throw new RangeError(`${count} document types do not fit into a mask of 32 bits`);
}
assertFit(docTypes.length);

export const allDocTypes: DocTypeMask = docTypes.reduce((mask, _, bit) => (mask | (1 << bit)) >>> 0, 0);

export function findDocType(key: string): DocType | undefined {
  return docTypes.find((type) => type.key === key);
}

const bits = new Map(docTypes.map(({ key }, place) => [key, (1 << place) >>> 0]));

/** 0 for a key that is no type. */
export function toBit(key: string): DocTypeMask {
  return bits.get(key) ?? 0;
}

export function toMask(keys: Iterable<string>): DocTypeMask {
  let mask = 0;
  for (const key of keys) mask = (mask | toBit(key)) >>> 0;
  return mask;
}

/** In the order of the list. */
export function listKeys(mask: DocTypeMask): string[] {
  return docTypes.filter((_, bit) => (mask & (1 << bit)) !== 0).map((type) => type.key);
}

export function countTypes(mask: DocTypeMask): number {
  return listKeys(mask).length;
}

export const proceduralTypes: DocTypeMask = toMask(docTypes.filter((type) => type.procedural).map((type) => type.key));
export const certificationTypes: DocTypeMask = toMask(docTypes.filter((type) => type.certification).map((type) => type.key));
