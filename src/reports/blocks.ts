import type { Words } from "../platform/words.ts";
import type { Rate } from "./rate.ts";

/**
 * What sections are made of and formats render. Plain JSON in both languages, so that a stored report prints again in either.
 * Instants are ISO 8601 with offset; numbers stay numbers until a format writes them for people.
 */
export type Block = Heading | Paragraph | FigureRow | TableBlock | ChartBlock | ListBlock | Note;

export interface Heading {
  readonly block: "heading";
  readonly text: Words;
}

export interface Paragraph {
  readonly block: "paragraph";
  readonly text: Words;
}

/** The few numbers that are read from the back of the room. */
export interface FigureRow {
  readonly block: "figures";
  readonly items: readonly {
    readonly label: Words;
    readonly value: Cell;
    readonly detail: Words | null;
    readonly weight: "main" | "side" | "alarm";
  }[];
}

export interface TableBlock {
  readonly block: "table";
  readonly caption: Words;
  /** `short` where the title is too long for a terminal, which then says the titles below. */
  readonly columns: readonly { readonly title: Words; readonly align: "left" | "right"; readonly short?: Words }[];
  readonly rows: readonly (readonly Cell[])[];
  /** Column whose values are also drawn as bars. */
  readonly barColumn: number | null;
  /** Every unit of a province: files hold it, a terminal shows it when asked for all. */
  readonly long: boolean;
}

export type ChartBlock = LineChart | ShareChart | GridChart;

/** Counts over time, one line a series. */
export interface LineChart {
  readonly block: "chart";
  readonly chart: "lines";
  readonly caption: Words;
  readonly series: readonly Words[];
  readonly points: readonly { readonly at: string; readonly values: readonly number[] }[];
}

/** Parts of one whole. */
export interface ShareChart {
  readonly block: "chart";
  readonly chart: "shares";
  readonly caption: Words;
  readonly parts: readonly { readonly label: Words; readonly value: number }[];
}

export type GridState = "pass" | "fail" | "unknown" | "untested";

/** A state for each row and column: units by systems. */
export interface GridChart {
  readonly block: "chart";
  readonly chart: "grid";
  readonly caption: Words;
  readonly columns: readonly Words[];
  readonly rows: readonly { readonly label: Words; readonly states: readonly GridState[] }[];
}

export interface ListBlock {
  readonly block: "list";
  readonly items: readonly Words[];
}

export interface Note {
  readonly block: "note";
  readonly level: Level;
  readonly text: Words;
}

/** attention: someone must act · note: to be known. */
export type Level = "attention" | "note";

export type Cell =
  | { readonly cell: "text"; readonly text: Words }
  | { readonly cell: "count"; readonly value: number }
  /** A difference: printed with its sign. */
  | { readonly cell: "delta"; readonly value: number }
  | ({ readonly cell: "rate"; readonly atMost: boolean } & Omit<Rate, "definition"> & { readonly definition: string })
  | { readonly cell: "rank"; readonly rank: number; readonly tied: boolean }
  | { readonly cell: "instant"; readonly at: string }
  /** Unknown: "–", with the reason where there is one to give. Never a zero. */
  | { readonly cell: "absent"; readonly reason: Words | null };

export const text = (words: Words): Cell => ({ cell: "text", text: words });
/** Absent too where it is made of a figure that a source does not state. */
export const count = (value: number | undefined): Cell =>
  value === undefined || Number.isNaN(value) ? absent() : { cell: "count", value };
export const delta = (value: number | undefined): Cell => (value === undefined ? absent() : { cell: "delta", value });
export const absent = (reason: Words | null = null): Cell => ({ cell: "absent", reason });

/** Absent when the denominator is zero. */
export function rateCell(rate: { numerator: number; denominator: number; definition: string } | undefined, atMost = false): Cell {
  return rate === undefined || rate.denominator === 0 ? absent() : { cell: "rate", ...rate, atMost };
}

export const heading = (words: Words): Heading => ({ block: "heading", text: words });
export const paragraph = (words: Words): Paragraph => ({ block: "paragraph", text: words });
export const note = (words: Words, level: Level = "note"): Note => ({ block: "note", level, text: words });
export const list = (items: readonly Words[]): ListBlock => ({ block: "list", items });

export const left = (title: Words) => ({ title, align: "left" as const });
export const right = (title: Words) => ({ title, align: "right" as const });

export function table(
  caption: Words,
  columns: TableBlock["columns"],
  rows: TableBlock["rows"],
  options: { readonly barColumn?: number; readonly long?: boolean } = {},
): TableBlock {
  return { block: "table", caption, columns, rows, barColumn: options.barColumn ?? null, long: options.long ?? false };
}
