import type { Sql } from "../platform/database.ts";
import type { IsoDate } from "./unit.ts";

/** A file that was taken in, and what it held. */
export interface ImportRecord {
  readonly kind: string;
  readonly file: string;
  readonly sha256: string;
  readonly effective?: IsoDate;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly counts: Readonly<Record<string, number>>;
}

export async function findLastImport(kind: string, sql: Sql): Promise<ImportRecord | undefined> {
  const row = await sql.get<Omit<ImportRecord, "effective" | "counts"> & { effective: string | null; counts: string }>(
    "SELECT kind, file, sha256, effective, at, counts FROM directory_import WHERE kind = ? ORDER BY seq DESC LIMIT 1",
    kind,
  );
  return row && { ...row, effective: row.effective ?? undefined, counts: JSON.parse(row.counts) as Record<string, number> };
}

export async function saveImport({ kind, file, sha256, effective, at, counts }: ImportRecord, tx: Sql): Promise<void> {
  await tx.run(
    "INSERT INTO directory_import (kind, file, sha256, effective, at, counts) VALUES (?, ?, ?, ?, ?, ?)",
    kind,
    file,
    sha256,
    effective ?? null,
    at,
    JSON.stringify(counts),
  );
}
