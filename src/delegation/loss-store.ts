import type { Instant } from "../platform/clock.ts";
import { type Database, insertOnly, type Migration, type Sql } from "../platform/database.ts";
import { type Loss, toLossKey } from "./lossy-mapping.ts";

/** What somebody accepted that a system holds wider than granted. Insert-only; it goes with its grant. */
export interface LossStore {
  add(
    system: string,
    losses: readonly Loss[],
    by: { readonly reason: string; readonly at: Instant; readonly actor: string },
    tx: Sql,
  ): Promise<void>;
  /** Keys of `toLossKey`. */
  listAccepted(system: string): Promise<ReadonlySet<string>>;
}

export const lossMigrations: readonly Migration[] = [
  {
    name: "delegation/0004-accepted-losses",
    statements: (c) => [
      `CREATE TABLE delegation_loss_accepted (
        seq ${c.serial}, system ${c.text} NOT NULL, grant_id ${c.text} NOT NULL REFERENCES delegation_grant (id), what ${c.text} NOT NULL,
        reason ${c.text} NOT NULL, recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL
      ) ${c.strict}`,
      ...insertOnly("delegation_loss_accepted", c),
    ],
  },
];

export function createLossStore(database: Database): LossStore {
  return {
    async add(system, losses, { reason, at, actor }, tx) {
      await tx.runMany(
        "INSERT INTO delegation_loss_accepted (system, grant_id, what, reason, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)",
        losses.map(({ grantId, what }) => [system, grantId, what, reason, at, actor]),
      );
    },
    async listAccepted(system) {
      const rows = await database.all<{ grant_id: string; what: Loss["what"] }>(
        "SELECT grant_id, what FROM delegation_loss_accepted WHERE system = ?",
        system,
      );
      return new Set(rows.map(({ grant_id, what }) => toLossKey({ grantId: grant_id, what })));
    },
  };
}
