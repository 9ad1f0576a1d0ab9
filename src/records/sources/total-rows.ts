import { toNormalText } from "../../platform/text.ts";
import type { SheetCellKind } from "../../platform/xlsx.ts";

interface Cell {
  readonly kind: SheetCellKind;
  readonly text: string;
}

/** How the total of a table of dossiers or of units begins, unless the profile says otherwise. */
export const totalWords = ["Tổng cộng", "Tổng số", "Cộng"] as const;

/** `Tổng cộng`, `II. Lĩnh vực Tư pháp`: by how the row's first text begins, its numbering left out. */
export function isSkipped(cells: readonly Cell[], skipRows: readonly string[]): boolean {
  const first = cells.find(({ kind, text }) => kind === "text" && text.trim() !== "");
  const text = toWords((first?.text ?? "").replace(/^\s*(?:[IVXLC]+|[A-Z]|\d+)[.)]\s*/, ""));
  return skipRows.some((start) => {
    const rest = text.startsWith(toWords(start)) ? text.slice(toWords(start).length) : undefined;
    return rest !== undefined && !/^[\p{L}\p{M}\d]/u.test(rest);
  });
}

function toWords(text: string): string {
  return toNormalText(text).toLocaleLowerCase("vi");
}

/** In cells of their own, or after the word: `Tổng cộng: 120 hồ sơ`. */
export function listWholeNumbers(cells: readonly Cell[]): number[] {
  return cells.flatMap(({ kind, text }) => {
    if (kind === "number") return /^\d{1,15}$/.test(text) ? [Number(text)] : [];
    const said = kind === "text" ? /(?:^|[^\d.,])(\d{1,3}(?:\.\d{3})+|\d{1,9})(?=$|[^\d.,/])/.exec(text) : null;
    return said ? [Number((said[1] as string).replaceAll(".", ""))] : [];
  });
}
