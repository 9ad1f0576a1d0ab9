import type { LoadedRows, SqlValue } from "./database.ts";
import { countRows, createFill, splitColumns, type Values } from "./loaded-rows.ts";
import { packColumns } from "./packed-columns.ts";

/** A row of seven costs less than half when many go in by one statement; beyond so many values nothing more is gained. */
const parametersAtOnce = 250;
/** Too few rows for looking at them to pay, and statements with other constants each time would fill the list of prepared ones. */
const fewRows = 500;

type Prepare = (sql: string) => { run(...cells: readonly SqlValue[]): unknown };

/**
 * Inserts many rows by one statement. Giving a value to a question mark is half of what a row costs: a number or NULL that a column holds in
 * every row stands in the statement itself, and small numbers go over together (packed-columns.ts), so of nineteen columns of a dossier seven
 * values are left.
 */
export function insertRows(load: LoadedRows, prepare: Prepare): void {
  const size = countRows(load);
  if (size === 0) return;
  const isLarge = size >= fewRows;
  const { constants, varying } = splitColumns(load, isLarge);
  const params = isLarge
    ? packColumns(varying, load.rows)
    : varying.map(({ name, values }) => ({ values, parts: [{ name, sql: "?" }] }));
  const width = params.length;
  const fill = createFill(
    params.map(({ values }) => values),
    load.rows,
  );
  const prepareFor = (count: number): ReturnType<Prepare> => prepare(writeInsert(load, params, constants, count));
  const together = Math.min(Math.max(1, Math.floor(parametersAtOnce / Math.max(1, width))), size);
  const cells: SqlValue[] = Array(together * width).fill(null);
  const many = prepareFor(together);
  let at = 0;
  for (; at + together <= size; at += together) {
    for (let n = 0; n < together; n++) fill(cells, n * width, at + n);
    // Spread: as one array each cell would be fetched across the border of the engine by itself, a third more in all.
    many.run(...cells);
  }
  const one = at < size ? prepareFor(1) : undefined;
  cells.length = width;
  for (; at < size; at++) {
    fill(cells, 0, at);
    one?.run(...cells);
  }
}

interface Param {
  readonly values: Values;
  readonly parts: readonly { readonly name: string; readonly sql: string }[];
}

function writeInsert(
  { table, merge }: LoadedRows,
  params: readonly Param[],
  constants: readonly (readonly [string, number | null])[],
  count: number,
): string {
  const names = [...params.flatMap(({ parts }) => parts.map(({ name }) => name)), ...constants.map(([name]) => name)];
  const fixed = constants.map(([, value]) => String(value ?? "NULL"));
  // A failure ends the transaction anyway; to undo the statement alone SQLite would keep a copy of each page that it touches.
  const insert = `INSERT ${merge === undefined ? "OR FAIL " : ""}INTO ${table} (${names.join(", ")})`;
  if (params.every(({ parts }) => parts.length === 1)) {
    const row = `(${[...params.map(() => "?"), ...fixed].join(", ")})`;
    return `${insert} VALUES ${Array(count).fill(row).join(", ")} ${merge ?? ""}`;
  }
  const wanted = params.flatMap(({ parts }, at) => parts.map(({ sql }) => sql.replace("?", `column${at + 1}`)));
  const row = `(${params.map(() => "?").join(", ")})`;
  // WHERE true: without it ON CONFLICT would be read as the condition of a join.
  return `${insert} SELECT ${[...wanted, ...fixed].join(", ")} FROM (VALUES ${Array(count).fill(row).join(", ")}) WHERE true ${merge ?? ""}`;
}
