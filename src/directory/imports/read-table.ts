import type { CsvRecord } from "../../platform/csv.ts";
import { Failure, type Fault } from "../../platform/failure.ts";
import { toFold, toNormalText } from "../../platform/text.ts";
import type { Column, TableImport, TableRow } from "./table-import.ts";
import { tableImports } from "./table-imports.ts";

export interface ReadTable {
  readonly kind: TableImport;
  readonly rows: readonly TableRow[];
}

/** The kind of a table by its headings, in any order, and its rows by column. Failure kind: invalid. */
export function readTable(records: readonly CsvRecord[], file: string): ReadTable {
  const [head, ...body] = records;
  const headings = (head?.cells ?? []).map(toHeading);
  const kind = Object.values(tableImports).find(({ columns }) =>
    columns.every((column) => !column.required || findColumn(headings, column) >= 0),
  );
  if (!head || !kind) throw unknownTable(headings, file);
  assertNoDoubles(headings, kind.columns, head, file);
  const places = new Map(kind.columns.map((column) => [column.key, findColumn(headings, column)]));
  const rows = body.map(
    ({ line, cells }): TableRow => ({ line, cell: (key) => toNormalText(cells[places.get(key) ?? -1] ?? "") }),
  );
  return { kind, rows };
}

function findColumn(headings: readonly string[], column: Column): number {
  return headings.findIndex((heading) => isHeadingOf(heading, column));
}

function isHeadingOf(heading: string, column: Column): boolean {
  return [column.key, ...(column.headings ?? [])].some((name) => toHeading(name) === heading);
}

function toHeading(text: string): string {
  return toFold(text)
    .replace(/[\s_,/-]+/g, " ")
    .trim();
}

function assertNoDoubles(
  headings: readonly string[],
  columns: readonly Column[],
  { line, cells }: CsvRecord,
  file: string,
): void {
  const faults = columns.flatMap((column): Fault[] => {
    const same = cells.filter((_, i) => isHeadingOf(headings[i] as string, column));
    if (same.length < 2) return [];
    const names = same.map((name) => `'${name}'`).join(", ");
    return [
      {
        file,
        line,
        message: { vi: `${names}: cùng một cột '${column.key}'`, en: `${names}: the same column '${column.key}'` },
      },
    ];
  });
  if (faults.length > 0) throw new Failure("invalid", { vi: `${file}: cột trùng`, en: `${file}: a column twice` }, { faults });
}

function unknownTable(headings: readonly string[], file: string): Failure {
  const roster = headings.includes("staff id") || headings.includes("ma nv");
  const list = Object.values(tableImports).map(({ about, columns }) => ({
    about,
    needed: columns.filter((column) => column.required).map((column) => column.key),
  }));
  return new Failure(
    "invalid",
    {
      vi: `${file}: không nhận ra bảng này qua tên cột`,
      en: `${file}: not a table that the directory knows by its headings`,
    },
    {
      hint: roster
        ? {
            vi: `đây là danh sách cán bộ: wardctl provision plan ${file}`,
            en: `this is a roster: wardctl provision plan ${file}`,
          }
        : {
            vi: `cần các cột: ${list.map(({ about, needed }) => `${needed.join(", ")} (${about.vi})`).join("; hoặc ")}`,
            en: `needs the columns ${list.map(({ about, needed }) => `${needed.join(", ")} (${about.en})`).join("; or ")}`,
          },
    },
  );
}
