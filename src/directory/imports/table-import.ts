import type { Sql } from "../../platform/database.ts";
import type { Words } from "../../platform/words.ts";
import type { Directory } from "../directory.ts";
import type { IsoDate } from "../unit.ts";

/** A column of a table and every heading it goes by; `key` is the first of them. Compared without diacritics and letter case. */
export interface Column {
  readonly key: string;
  readonly headings?: readonly string[];
  readonly required?: boolean;
}

/** One row, its cells by column key, trimmed and in normal form; `""` for an empty cell or a missing column. */
export interface TableRow {
  readonly line: number;
  cell(key: string): string;
}

export interface ImportContext {
  /** From --effective. */
  readonly effective: IsoDate | undefined;
  readonly today: IsoDate;
  /** Where a unit's name is looked for first, two digits. */
  readonly province: string | undefined;
  /** Undefined before 2025-07-01. */
  directory(date: IsoDate): Directory | undefined;
  /** Notes something wrong with a row. */
  fault(row: TableRow, value: string, message: Words): void;
}

/** What a table says. The faults were given to the context; with any of them nothing is saved. */
export interface ImportPlan {
  /** The day the table is true for, where it has one. */
  readonly effective?: IsoDate;
  readonly counts: Readonly<Record<string, number>>;
  save(tx: Sql): Promise<void>;
}

/**
 * A kind of table that the directory takes, known by its headings. `plan` is pure but for `fault`: it reads every row and notes everything that
 * is wrong with any of them; it throws a Failure (usage) only for what the command line lacks. `save` writes in the given
 * transaction, takes the place of what was known of the units named and leaves the others; saving twice is saving once.
 */
export interface TableImport {
  readonly name: "merges" | "changes" | "former-names" | "contacts";
  readonly about: Words;
  readonly columns: readonly Column[];
  plan(rows: readonly TableRow[], context: ImportContext): ImportPlan;
}
