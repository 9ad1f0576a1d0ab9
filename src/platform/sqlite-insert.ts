import type { LoadedRows, SqlValue } from "./database.ts";
import { openRows } from "./loaded-rows.ts";

/** A row of seven costs less than half when 25 of them go in by one statement; beyond that nothing more is gained. */
const parametersAtOnce = 250;
/** Too few rows for looking at them to pay, and statements with other constants each time would fill the list of prepared ones. */
const fewRows = 500;

/**
 * Inserts many rows by one statement. A number or NULL that a column holds in every row stands in the statement itself: giving a value to a
 * question mark is half of what a row costs, and of nineteen columns of a dossier ten are such.
 */
export function insertRows(load: LoadedRows, prepare: (sql: string) => { run(...cells: readonly SqlValue[]): unknown }): void {
  const { size, names, constants, fill } = openRows(
    load,
    (typeof load.rows === "number" ? load.rows : load.rows.length) >= fewRows,
  );
  if (size === 0) return;
  const width = names.length;
  const columns = [...names, ...constants.map(([name]) => name)].join(", ");
  const row = `(${[...names.map(() => "?"), ...constants.map(([, value]) => String(value ?? "NULL"))].join(", ")})`;
  const prepareFor = (count: number): { run(...cells: readonly SqlValue[]): unknown } =>
    prepare(`INSERT INTO ${load.table} (${columns}) VALUES ${Array(count).fill(row).join(", ")} ${load.merge ?? ""}`);
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
