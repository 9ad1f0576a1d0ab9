import { formatCount, formatDateTime, formatPercent } from "../../platform/format.ts";
import { readInstant, type Zone } from "../../platform/time.ts";
import type { Lang } from "../../platform/words.ts";
import type { Cell } from "../blocks.ts";
import { formatWords } from "./words.ts";

export type RateCell = Extract<Cell, { cell: "rate" }>;

/** A cell for people. Control characters of data become �: nothing that a source holds may steer a terminal. */
export function formatCell(cell: Cell, lang: Lang, zone: Zone): string {
  switch (cell.cell) {
    case "text":
      return toShown(cell.text[lang]);
    case "count":
      return formatCount(cell.value, lang);
    case "delta":
      return formatDelta(cell.value, lang);
    case "rate":
      return `${formatRate(cell, lang)} (${formatBase(cell, lang)})`;
    case "rank":
      return cell.tied ? formatWords.tiedRank(cell.rank)[lang] : String(cell.rank);
    case "instant":
      return formatInstant(cell.at, lang, zone);
    case "absent":
      return cell.reason ? toShown(cell.reason[lang]) : "–";
  }
}

export function formatDelta(value: number, lang: Lang): string {
  if (value === 0) return "0";
  return `${value > 0 ? "+" : "−"}${formatCount(Math.abs(value), lang)}`;
}

export function formatRate(cell: RateCell, lang: Lang): string {
  const percent = formatPercent(cell.numerator, cell.denominator, lang);
  return cell.atMost ? formatWords.atMost(percent)[lang] : percent;
}

/** `61/151`: a rate is never shown without it. */
export function formatBase({ numerator, denominator, atMost }: RateCell, lang: Lang): string {
  return `${formatCount(numerator, lang)}/${atMost ? "≥" : ""}${formatCount(denominator, lang)}`;
}

export function formatInstant(iso: string, lang: Lang, zone: Zone): string {
  const at = readInstant(iso, zone);
  return at === undefined ? toShown(iso) : formatDateTime(at, zone, lang);
}

/** One line of NFC. What a reader would not see becomes �: control characters, marks that turn the direction of text, halves of pairs. */
export function toShown(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g, "�");
}

/** The number a cell's bar stands for: a count, or a rate as a part of one. Undefined for cells without a number. */
export function toBarValue(cell: Cell): number | undefined {
  if (cell.cell === "count") return cell.value;
  return cell.cell === "rate" ? cell.numerator / cell.denominator : undefined;
}

/** Bars of a column in parts of the longest, from 0 to 1. Rates are drawn against 100%, so that 40% is not shown as a full bar. */
export function toBarShares(cells: readonly (Cell | undefined)[]): (number | undefined)[] {
  const values = cells.map((cell) => cell && toBarValue(cell));
  const rates = cells.some((cell) => cell?.cell === "rate");
  const longest = Math.max(rates ? 1 : 0, ...values.map((value) => value ?? 0));
  return values.map((value) => (value === undefined || longest === 0 ? undefined : value / longest));
}
