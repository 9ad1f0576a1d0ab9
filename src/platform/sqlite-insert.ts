import type { LoadedRows, SqlValue } from "./database.ts";

export interface InsertPlan {
  readonly head: string;
  /** One row of VALUES. */
  readonly row: string;
  /** What is left to be given to the question marks of each row. */
  readonly cells: readonly SqlValue[];
  readonly width: number;
  readonly merge: string;
}

/** Too few rows for looking at them to pay, and statements with other constants each time would fill the list of prepared ones. */
const fewRows = 500;

/**
 * An insert in which a number or NULL that a column holds in every row stands in the statement itself: giving a value to a question mark is
 * half of what a row costs, and of nineteen columns of a dossier ten are such.
 */
export function planInsert({ table, columns, cells, merge = "" }: LoadedRows): InsertPlan {
  const count = columns.length;
  const constant = columns.map((_, column) => cells.length >= fewRows * count && isConstant(cells, column, count));
  // Something must be left to count the rows by.
  if (constant.every(Boolean)) constant[0] = false;
  const row = `(${constant.map((same, column) => (same ? String(cells[column] ?? "NULL") : "?")).join(", ")})`;
  const head = `INSERT INTO ${table} (${columns.join(", ")})`;
  if (!constant.includes(true)) return { head, row, cells, width: count, merge };
  const places = columns.flatMap((_, column) => (constant[column] ? [] : [column]));
  const left: SqlValue[] = [];
  for (let at = 0; at < cells.length; at += count) for (const place of places) left.push(cells[at + place] as SqlValue);
  return { head, row, cells: left, width: places.length, merge };
}

function isConstant(cells: readonly SqlValue[], column: number, count: number): boolean {
  const first = cells[column] as SqlValue;
  if (first !== null && !Number.isSafeInteger(first)) return false;
  for (let at = column + count; at < cells.length; at += count) if (cells[at] !== first) return false;
  return true;
}
