import type { LoadedColumn, LoadedRows, SqlValue } from "./database.ts";

/** The rows of a load as every engine takes them. */
export interface RowSource {
  readonly size: number;
  /** Columns whose value differs from row to row. */
  readonly names: readonly string[];
  /** Columns that hold one number or NULL in every row. */
  readonly constants: readonly (readonly [name: string, value: number | null])[];
  /** Writes the values of `names` of one row into `cells` from `at` on. */
  readonly fill: (cells: SqlValue[], at: number, row: number) => void;
}

export type Values = Exclude<LoadedColumn["values"], number | null>;

export interface SplitColumns {
  readonly constants: RowSource["constants"];
  readonly varying: readonly { readonly name: string; readonly values: Values }[];
}

export function openRows(load: LoadedRows): RowSource {
  const { constants, varying } = splitColumns(load, false);
  const fill = createFill(
    varying.map(({ values }) => values),
    load.rows,
  );
  return { size: countRows(load), names: varying.map(({ name }) => name), constants, fill };
}

export function countRows({ rows }: LoadedRows): number {
  return typeof rows === "number" ? rows : rows.length;
}

/** With `fold`, columns in which every row says the same number are constants too. */
export function splitColumns({ columns, rows }: LoadedRows, fold: boolean): SplitColumns {
  const constants: [string, number | null][] = [];
  const varying: { name: string; values: Values }[] = [];
  for (const { name, values } of columns) {
    const constant = values === null || typeof values === "number" ? values : fold ? findConstant(values, rows) : undefined;
    if (constant === undefined) varying.push({ name, values: values as Values });
    else constants.push([name, constant]);
  }
  return { constants, varying };
}

export function createFill(varying: readonly Values[], rows: LoadedRows["rows"]): RowSource["fill"] {
  const width = varying.length;
  return (cells, at, row) => {
    const place = typeof rows === "number" ? row : (rows[row] as number);
    for (let column = 0; column < width; column++) {
      const value = (varying[column] as Values)[place] as SqlValue;
      cells[at + column] = Number.isNaN(value) ? null : value;
    }
  };
}

function findConstant(values: Values, rows: number | Uint32Array): number | null | undefined {
  const size = typeof rows === "number" ? rows : rows.length;
  if (values instanceof Float64Array) return findConstantNumber(values, rows, size);
  const read = (row: number): SqlValue => values[typeof rows === "number" ? row : (rows[row] as number)] as SqlValue;
  const first = read(0);
  const none = first === null || Number.isNaN(first);
  if (!none && !Number.isSafeInteger(first)) return undefined;
  for (let row = 1; row < size; row++) {
    const value = read(row);
    if (none ? value !== null && !Number.isNaN(value) : value !== first) return undefined;
  }
  return none ? null : (first as number);
}

/** The same for numbers alone, which most columns of many rows are. */
function findConstantNumber(values: Float64Array, rows: number | Uint32Array, size: number): number | null | undefined {
  const places = typeof rows === "number" ? undefined : rows;
  const first = values[places ? (places[0] as number) : 0] as number;
  const none = Number.isNaN(first);
  if (!none && !Number.isSafeInteger(first)) return undefined;
  for (let row = 1; row < size; row++) {
    const value = values[places ? (places[row] as number) : row] as number;
    if (none ? !Number.isNaN(value) : value !== first) return undefined;
  }
  return none ? null : first;
}
