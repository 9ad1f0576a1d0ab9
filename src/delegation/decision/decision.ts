/**
 * decision: QUYẾT ĐỊNH of the head to delegate (TUQ.) · notice: THÔNG BÁO of assignment (KT.) · clause: what the regulation ought to say (TL.). The three
 * are different papers (NĐ 30/2020 Điều 13).
 */
export type DecisionKind = "decision" | "notice" | "clause";

/** An article, a clause of it, or lines that are to be copied as they stand. */
export type DecisionPart =
  | { readonly kind: "article"; readonly label: string; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  /** A signature block, centred, one line each. */
  | { readonly kind: "block"; readonly lines: readonly string[] };

/** The paper as text, in the order and wording of NĐ 30/2020, Phụ lục I. Always Vietnamese: it is a state document, not a screen. */
export interface Decision {
  readonly kind: DecisionKind;
  /** `VĂN PHÒNG …` has the People's Committee above it; the People's Committee has nobody. */
  readonly parent?: string;
  readonly agency: readonly string[];
  /** `05/QĐ-UBND`, or with its place left free. */
  readonly number: string;
  /** `Tân Bình, ngày 07 tháng 7 năm 2025`. */
  readonly placeAndDate: string;
  readonly title: string;
  readonly abstract: string;
  readonly authority: string;
  /** Without `Căn cứ …;` the paper would rest on nothing. */
  readonly bases: readonly string[];
  /** `QUYẾT ĐỊNH:` between the bases and the articles of a decision. */
  readonly verdict?: string;
  readonly parts: readonly DecisionPart[];
  readonly signature: { readonly lines: readonly string[]; readonly name?: string };
  readonly recipients: readonly string[];
  /** For whoever holds the paper against the register: what was recorded, and what state the register was in. */
  readonly footer: readonly string[];
}

export const motto = {
  nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
  words: "Độc lập - Tự do - Hạnh phúc",
} as const;
