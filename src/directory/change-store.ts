import type { Sql } from "../platform/database.ts";
import type { DatedChange, DirectoryChanges } from "./directory.ts";
import type { ProvinceKind, UnitKind } from "./unit.ts";

interface ChangeRow {
  readonly code: string;
  readonly effective: string;
  readonly kind: string | null;
  readonly name: string | null;
  readonly basis: string;
}

/** What was imported on top of the built-in changes. */
export async function readChanges(database: Sql): Promise<DirectoryChanges> {
  const rows = await database.all<ChangeRow>("SELECT * FROM directory_change ORDER BY effective, code");
  const changes = rows.map(
    (row): DatedChange<string> => ({
      code: row.code,
      effective: row.effective,
      ...(row.kind === null ? {} : { kind: row.kind }),
      ...(row.name === null ? {} : { name: row.name }),
      basis: row.basis,
    }),
  );
  return {
    units: changes.filter(({ code }) => code.length === 5) as readonly DatedChange<UnitKind>[],
    provinces: changes.filter(({ code }) => code.length === 2) as readonly DatedChange<ProvinceKind>[],
  };
}

/** One change a code and day: a later word on the same day takes the place of the earlier. */
export async function saveChanges(changes: readonly DatedChange<string>[], tx: Sql): Promise<void> {
  await tx.runMany(
    `INSERT INTO directory_change (code, effective, kind, name, basis) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (code, effective) DO UPDATE SET kind = excluded.kind, name = excluded.name, basis = excluded.basis`,
    changes.map(({ code, effective, kind, name, basis }) => [code, effective, kind ?? null, name ?? null, basis]),
  );
}
