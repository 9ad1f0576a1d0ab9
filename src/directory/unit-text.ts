import { carriesMarks, toFold, toNormalText, toToneKey } from "../platform/text.ts";
import type { UnitKind } from "./unit.ts";

/** A unit as somebody wrote it, taken apart. */
export interface UnitText {
  /** What the name may be: the whole text, and the text without the word that looks like a kind (`Xa Dung` is a name). */
  readonly readings: readonly { readonly name: string; readonly kind?: UnitKind | "thi-tran" }[];
  /** What stands after the name: `TP.HCM`, an old district. */
  readonly places: readonly string[];
  /** No letter of the name or its kind carries a mark: it was typed without diacritics, or the name has none. */
  readonly unaccented: boolean;
}

type TextKind = UnitKind | "thi-tran";

const kindWords: Readonly<Record<string, TextKind>> = {
  phường: "phuong",
  p: "phuong",
  // `F.14` in southern addresses.
  f: "phuong",
  ward: "phuong",
  xã: "xa",
  x: "xa",
  commune: "xa",
  "đặc khu": "dac-khu",
  đk: "dac-khu",
  "special zone": "dac-khu",
  "thị trấn": "thi-tran",
  tt: "thi-tran",
  township: "thi-tran",
};

const kindsByKey = new Map(Object.entries(kindWords).map(([word, kind]) => [toToneKey(word), kind]));
const kindsByFold = new Map(Object.entries(kindWords).map(([word, kind]) => [toFold(word), kind]));

/** The agency in front of the unit's own name: `UBND phường …`, `Trung tâm Phục vụ hành chính công xã …`. Folded. */
const agency =
  /^(?:(?:hdnd|ubnd|hoi dong nhan dan|uy ban nhan dan|trung tam phuc vu hanh chinh cong|trung tam pvhcc|tt\.? ?pvhcc)(?:\s+va)?\s+)+/;
const kindInFront = /^(?:(phuong|xa|dac khu|thi tran|ward|commune|special zone)\s+|(p|f|x|dk|tt)(?:\.\s*|\s+|(?=\d)))(?=\S)/;
const kindBehind = /\s+(ward|commune|special zone|township)$/;

export function readUnitText(text: string): UnitText {
  const [first = "", ...rest] = toNormalText(text)
    .split(/[,()]/)
    .map((part) => part.trim());
  const places = rest.filter((part) => part !== "" && !/^viet ?nam$/.test(toFold(part)));
  const whole = cutFront(first, agency);
  const readings = [{ name: whole }, ...listKindReadings(whole)];
  return { readings, places, unaccented: !carriesMarks(whole) };
}

function listKindReadings(whole: string): UnitText["readings"] {
  const fold = toFold(whole);
  const front = kindInFront.exec(fold);
  const behind = kindBehind.exec(fold);
  const found: { readonly name: string; readonly kind: TextKind }[] = [];
  if (front && fold.length === whole.length) {
    const kind = readKind(whole.slice(0, (front[1] ?? front[2] ?? "").length));
    if (kind) found.push({ name: whole.slice(front[0].length), kind });
  }
  if (behind) {
    const kind = readKind(behind[1] as string);
    if (kind) found.push({ name: whole.slice(0, whole.length - behind[0].length), kind });
  }
  return found;
}

/** `Phương` is not `phường`: a kind is written with its own marks or with none. */
function readKind(word: string): TextKind | undefined {
  return kindsByKey.get(toToneKey(word)) ?? (carriesMarks(word) ? undefined : kindsByFold.get(toFold(word)));
}

// Folding an NFC letter gives one letter, so places in the fold are places in the text.
function cutFront(text: string, pattern: RegExp): string {
  const fold = toFold(text);
  return fold.length === text.length ? text.slice(pattern.exec(fold)?.[0].length ?? 0) : text;
}
