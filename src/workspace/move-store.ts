import { createAuditLog } from "../audit/audit-store.ts";
import { type CopiedTable, copyDatabase } from "../platform/copy-database.ts";
import type { Database } from "../platform/database.ts";
import { allMigrations } from "./migrations.ts";
import { openStore, type StorePlace } from "./open-store.ts";
import type { StoreSettings } from "./store-settings.ts";

export interface MoveRequest {
  readonly from: Database;
  readonly to: StoreSettings;
  readonly place: StorePlace;
  readonly actor: string;
  readonly onTable: (copied: CopiedTable) => void;
}

export interface Moved {
  readonly tables: number;
  readonly rows: number;
}

/** Copies the whole workspace into another store and records there that it came from here. The old store stays as it was. Failure kinds: unsafe (the other is not empty), those of both stores. */
export async function moveStore({ from, to, place, actor, onTable }: MoveRequest): Promise<Moved> {
  const target = await openStore(to, place);
  try {
    const copied = await copyDatabase(from, target, allMigrations, onTable);
    const moved = { tables: copied.length, rows: copied.reduce((sum, { rows }) => sum + rows, 0) };
    await createAuditLog(target, place.nowIso).append({
      actor,
      action: "store.move",
      subject: to.kind,
      detail: { from: from.engine, ...moved },
    });
    return moved;
  } finally {
    await target.close();
  }
}
