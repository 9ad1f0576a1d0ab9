import type { Migration } from "../platform/database.ts";

/** Columns that hold a code, as a number or within a text. */
const coded = [
  ["dossier", "id"],
  ["dossier_hist", "id"],
  ["odd_code", "code"],
  ["sealing", "from_id"],
  ["record_warning", "dossiers"],
  ["staging", "item"],
  ["record_source", "fetch_state"],
] as const;

export const retentionMigration: Migration = {
  name: "records/0004-retention",
  statements: (c) => {
    const keyed = c.strict === "" ? "" : `${c.strict}, WITHOUT ROWID`;
    const place = `unit_id ${c.int} NOT NULL, kind ${c.int} NOT NULL`;
    return [
      // When an import last held it, where that was not the import that wrote it.
      `ALTER TABLE dossier ADD COLUMN last_seen_day ${c.int} NOT NULL DEFAULT 0`,
      `ALTER TABLE record_batch ADD COLUMN rows_sealed ${c.int} NOT NULL DEFAULT 0`,
      // A keyed hash of the code, so that who has the table alone cannot try codes against it. id NULL: its rows are gone too; src_hash is
      // what they said last, since (epoch second) when it came in.
      `CREATE TABLE sealed_code (
        hkey ${c.text} PRIMARY KEY, id ${c.int} UNIQUE, src_hash ${c.int}, since ${c.int}, sealed_day ${c.int} NOT NULL,
        forgotten ${c.int} NOT NULL
      ) ${keyed}`,
      // Dossiers on the way to another id; empty otherwise.
      `CREATE TABLE sealing (from_id ${c.int} PRIMARY KEY, to_id ${c.int} NOT NULL) ${c.strict}`,
      // What dossiers whose rows are gone have put into the ledger.
      `CREATE TABLE dropped_point (
        t ${c.int} NOT NULL, ${place}, channel ${c.int} NOT NULL, proc_id ${c.int} NOT NULL, seq ${c.int} NOT NULL, n ${c.int} NOT NULL,
        PRIMARY KEY (t, unit_id, kind, channel, proc_id, seq)
      ) ${keyed}`,
      // Local days of which points are gone: they are known as whole days.
      `CREATE TABLE folded_day (day ${c.int} PRIMARY KEY) ${c.strict}`,
      `CREATE TABLE folded_proc (
        day ${c.int} NOT NULL, ${place}, proc_id ${c.int} NOT NULL, seq ${c.int} NOT NULL, n ${c.int} NOT NULL,
        PRIMARY KEY (day, unit_id, kind, proc_id, seq)
      ) ${keyed}`,
      // PostgreSQL keeps samples of columns for its planner, in a table that only the server's owner can wipe: of codes it is to keep none.
      ...(c.strict === "" ? coded.map(([table, column]) => `ALTER TABLE ${table} ALTER COLUMN ${column} SET STATISTICS 0`) : []),
    ];
  },
};
