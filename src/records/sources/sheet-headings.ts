import { toNormalText } from "../../platform/text.ts";
import type { Sheet, SheetCell } from "../../platform/xlsx.ts";

export interface SheetHeadings {
  /** By column, "" where there is none; the levels of a heading joined by ` / `. */
  readonly headings: readonly string[];
  /** Row that the headings end on, counted from 1. */
  readonly headRow: number;
  /** First row below the headings and the row that numbers the columns. */
  readonly bodyFrom: number;
}

/**
 * Headings over one or several rows. Each merged range counts with its first value in every column it covers, but a heading that is merged
 * downwards is said once: `Tiếp nhận / Trong kỳ / Trực tuyến`, `STT`. Pure.
 */
export function readHeadings(sheet: Sheet, [first, last]: readonly [number, number]): SheetHeadings {
  const rows = sheet.rows.slice(first - 1, last);
  const width = Math.max(
    0,
    ...rows.map(({ cells }) => cells.length),
    ...sheet.merges.filter(({ fromRow }) => fromRow <= last).map(({ toColumn }) => toColumn),
  );
  const textAt = (row: number, column: number): string => {
    const range = sheet.merges.find(
      (each) => each.fromRow <= row && row <= each.toRow && each.fromColumn <= column && column <= each.toColumn,
    );
    // A title above the headings that reaches into them names no column.
    const [top, left] = range && range.fromRow >= first ? [range.fromRow, range.fromColumn] : [row, column];
    return toNormalText(sheet.rows[top - 1]?.cells[left - 1]?.text ?? "");
  };
  const headings = Array.from({ length: width }, (_, at) => {
    const levels: string[] = [];
    for (let row = first; row <= last; row++) {
      const text = textAt(row, at + 1).replaceAll(/\s*\/\s*/g, " / ");
      if (text !== "" && levels.at(-1) !== text) levels.push(text);
    }
    return levels.join(" / ");
  });
  const below = sheet.rows[last]?.cells ?? [];
  return { headings, headRow: last, bodyFrom: isIndexRow(below) ? last + 2 : last + 1 };
}

/** `(1) (2) (3)=(4)+(5)`, `A B 1 2`: it numbers the columns. Numbers go up by one; a row of data does not look so. */
export function isIndexRow(cells: readonly SheetCell[]): boolean {
  const texts = cells.map(({ text }) => text.trim()).filter((text) => text !== "");
  const numbers = texts.flatMap((text) => {
    const match = /^\(?(\d{1,2})\)?(?:\s*=.*)?$/.exec(text);
    return match ? [Number(match[1])] : [];
  });
  const letters = texts.filter((text) => /^\(?[A-Z]\)?$/.test(text)).length;
  return (
    numbers.length >= 2 &&
    numbers.length + letters === texts.length &&
    numbers.every((n, at) => n === (numbers[0] as number) + at) &&
    (numbers[0] as number) <= 1
  );
}
