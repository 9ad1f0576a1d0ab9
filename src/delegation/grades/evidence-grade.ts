import type { Words } from "../../platform/words.ts";

/**
 * How much a word on what a system carries is worth (delegate.md §6). probe: the system was asked to sign, on trial · read-back: it was asked what it
 * carries · export: a table somebody took from it, older than it may look · attested: what two people saw on its screen. Without any nothing is known.
 */
export const evidenceGrades = ["probe", "read-back", "export", "attested"] as const;
export type EvidenceGrade = (typeof evidenceGrades)[number];

/** An export and a screen are worth the same: of these the later word counts. */
const ranks: Readonly<Record<EvidenceGrade, number>> = { probe: 3, "read-back": 2, export: 1, attested: 1 };

/** Higher is stronger. */
export function toRank(grade: EvidenceGrade): number {
  return ranks[grade];
}

export const gradeWords = {
  probe: { vi: "thử ký trên hệ thống", en: "dry-run signing" },
  "read-back": { vi: "đọc lại từ hệ thống", en: "read back from the system" },
  export: { vi: "tệp xuất", en: "an export" },
  attested: { vi: "hai người xác nhận màn hình", en: "screens attested by two people" },
} satisfies Record<EvidenceGrade, Words>;
