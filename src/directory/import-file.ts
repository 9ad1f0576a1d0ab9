import { sha256 } from "../platform/canonical-json.ts";
import { parseCsv } from "../platform/csv.ts";
import type { Database, Sql } from "../platform/database.ts";
import { decodeText } from "../platform/decode.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { readBytes } from "../platform/files.ts";
import { createDirectory, type DirectoryChanges } from "./directory.ts";
import { findLastImport, type ImportRecord, saveImport } from "./import-store.ts";
import { readTable } from "./imports/read-table.ts";
import type { IsoDate } from "./unit.ts";

export interface ImportRequest {
  readonly path: string;
  /** The file's name as faults and records show it. */
  readonly file: string;
  readonly effective: IsoDate | undefined;
  readonly today: IsoDate;
  readonly province: string | undefined;
  /** What was imported before on top of the built-in changes. */
  readonly changes: DirectoryChanges;
  readonly database: Database;
  readonly nowIso: string;
  /** Writes the audit record, in the transaction of the change. */
  readonly record: (imported: ImportRecord, tx: Sql) => Promise<unknown>;
}

export interface ImportReceipt extends ImportRecord {
  /** When the same file was the last of its kind to be taken in: nothing was written. */
  readonly alreadyImportedAt?: string;
}

/**
 * Takes a table into the cache: mergers, changes, names given up, contacts, whichever its headings say. All or nothing. Failure
 * kinds: invalid (every fault of the file at once), usage (no day known), denied.
 */
export async function importDirectoryFile(request: ImportRequest): Promise<ImportReceipt> {
  const { file, database, changes } = request;
  const bytes = await readBytes(request.path);
  const table = readTable(await parseCsv(decodeText(bytes, file), file), file);
  const faults: Fault[] = [];
  const plan = table.kind.plan(table.rows, {
    effective: request.effective,
    today: request.today,
    province: request.province,
    directory: memoize((date) => createDirectory(date, changes)),
    fault: (row, value, message) => faults.push({ file, line: row.line, value, message }),
  });
  if (table.rows.length === 0) throw new Failure("invalid", { vi: `${file}: không có dòng nào`, en: `${file}: has no rows` });
  if (faults.length > 0) throw refuse(file, faults);
  const imported: ImportRecord = {
    kind: table.kind.name,
    file,
    sha256: sha256(bytes),
    ...(plan.effective === undefined ? {} : { effective: plan.effective }),
    at: request.nowIso,
    counts: plan.counts,
  };
  return database.transaction(async (tx): Promise<ImportReceipt> => {
    const last = await findLastImport(imported.kind, tx);
    if (last?.sha256 === imported.sha256 && last.effective === imported.effective) {
      return { ...imported, alreadyImportedAt: last.at };
    }
    await plan.save(tx);
    await saveImport(imported, tx);
    await request.record(imported, tx);
    return imported;
  });
}

function refuse(file: string, faults: readonly Fault[]): Failure {
  return new Failure(
    "invalid",
    {
      vi: `${file}: ${faults.length} lỗi, chưa nhập gì`,
      en: `${file}: ${faults.length} fault${faults.length === 1 ? "" : "s"}, nothing was imported`,
    },
    { faults: [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) },
  );
}

function memoize<Value>(make: (date: IsoDate) => Value): (date: IsoDate) => Value {
  const made = new Map<IsoDate, Value>();
  return (date) => {
    if (!made.has(date)) made.set(date, make(date));
    return made.get(date) as Value;
  };
}
