import type { Migration } from "../platform/database.ts";
import { calendarMigration } from "./calendar-store.ts";
import { readingMigration } from "./reading.ts";
import { retentionMigration } from "./retention-migration.ts";
import { rollCumMigration } from "./roll-cum.ts";
import { rulesHistoryMigration } from "./rules-history.ts";

// Times are epoch seconds UTC. Ids are internal to this cache and never shown.
export const recordsMigrations: readonly Migration[] = [
  {
    name: "records/0001-ledger",
    statements: (c) => {
      const content = `
        unit_id ${c.int} NOT NULL, competent_unit_id ${c.int}, proc_id ${c.int} NOT NULL, channel ${c.int} NOT NULL,
        state ${c.int} NOT NULL, submitted_at ${c.int}, received_at ${c.int}, due_at ${c.int}, finished_at ${c.int},
        handed_at ${c.int}, paused_from ${c.int}, paused_to ${c.int}, src_updated_at ${c.int} NOT NULL,
        exported_at ${c.int} NOT NULL, src_hash ${c.int} NOT NULL, source_id ${c.int} NOT NULL`;
      const composite = c.strict === "" ? "" : `${c.strict}, WITHOUT ROWID`;
      return [
        // The counter is a locked row, not a sequence: the order of commits must be the order of seq, or a pinned K would change.
        `CREATE TABLE record_counter (name ${c.text} PRIMARY KEY, value ${c.int} NOT NULL) ${c.strict}`,
        "INSERT INTO record_counter (name, value) VALUES ('seq', 0)",
        `CREATE TABLE record_unit (id ${c.int} PRIMARY KEY, code ${c.text} NOT NULL UNIQUE) ${c.strict}`,
        `CREATE TABLE record_proc (id ${c.int} PRIMARY KEY, code ${c.text} NOT NULL UNIQUE) ${c.strict}`,
        `CREATE TABLE record_agency (id ${c.int} PRIMARY KEY, code ${c.text} NOT NULL UNIQUE) ${c.strict}`,
        `CREATE TABLE odd_code (id ${c.int} PRIMARY KEY CHECK (id < 0), code ${c.text} NOT NULL UNIQUE) ${c.strict}`,
        `CREATE TABLE record_source (
          id ${c.int} PRIMARY KEY, name ${c.text} NOT NULL UNIQUE, rules ${c.text}, cursor_at ${c.int}, fetch_state ${c.text}
        ) ${c.strict}`,
        `CREATE TABLE record_batch (
          seq ${c.int} PRIMARY KEY, source_id ${c.int} NOT NULL REFERENCES record_source (id), started_at ${c.int} NOT NULL,
          finished_at ${c.int} NOT NULL, export_at ${c.int}, file_name ${c.text}, sha256 ${c.text}, declared_rows ${c.int},
          rows_read ${c.int} NOT NULL, rows_new ${c.int} NOT NULL, rows_changed ${c.int} NOT NULL, rows_same ${c.int} NOT NULL,
          rows_stale ${c.int} NOT NULL, rows_rejected ${c.int} NOT NULL,
          state ${c.text} NOT NULL CHECK (state IN ('done', 'partial'))
        ) ${c.strict}`,
        "CREATE INDEX record_batch_by_content ON record_batch (source_id, sha256)",
        `CREATE TABLE source_unit (
          source_id ${c.int} NOT NULL, unit_id ${c.int} NOT NULL, seq ${c.int} NOT NULL, PRIMARY KEY (source_id, unit_id)
        ) ${composite}`,
        `CREATE TABLE staging (
          source_id ${c.int} NOT NULL, n ${c.int} NOT NULL, item ${c.text} NOT NULL, PRIMARY KEY (source_id, n)
        ) ${composite}`,
        `CREATE TABLE dossier (
          id ${c.int} PRIMARY KEY, ${content}, seq ${c.int} NOT NULL, ord ${c.int} NOT NULL
        ) ${c.strict}`,
        // What was overruled (seq_to says by which import) or arrived late (seq_to NULL).
        `CREATE TABLE dossier_hist (
          id ${c.int} NOT NULL, ${content}, seq ${c.int} NOT NULL, ord ${c.int} NOT NULL, seq_to ${c.int},
          PRIMARY KEY (id, seq, ord)
        ) ${composite}`,
        `CREATE TABLE point (
          t ${c.int} NOT NULL, unit_id ${c.int} NOT NULL, kind ${c.int} NOT NULL, channel ${c.int} NOT NULL,
          proc_id ${c.int} NOT NULL, seq ${c.int} NOT NULL, n ${c.int} NOT NULL,
          PRIMARY KEY (t, unit_id, kind, channel, proc_id, seq)
        ) ${composite}`,
        `CREATE TABLE roll_day (
          day ${c.int} NOT NULL, unit_id ${c.int} NOT NULL, kind ${c.int} NOT NULL, channel ${c.int} NOT NULL,
          seq ${c.int} NOT NULL, n ${c.int} NOT NULL, PRIMARY KEY (day, unit_id, kind, channel, seq)
        ) ${composite}`,
        `CREATE TABLE declared (
          seq ${c.int} NOT NULL, ord ${c.int} NOT NULL, metric ${c.text} NOT NULL, unit ${c.text}, stated_name ${c.text},
          window_start ${c.int}, as_of ${c.int} NOT NULL, low ${c.int}, high ${c.int}, nominal ${c.int}, hundredths ${c.int},
          decimals ${c.int}, stated ${c.text} NOT NULL, quality ${c.text} NOT NULL, PRIMARY KEY (seq, ord, metric)
        ) ${composite}`,
        // One line a code and unit: how many, and the first dossiers meant, by id, so that no code stays here when codes are dropped.
        `CREATE TABLE record_warning (
          seq ${c.int} NOT NULL, code ${c.text} NOT NULL, unit ${c.text} NOT NULL, n ${c.int} NOT NULL,
          dossiers ${c.text} NOT NULL, note ${c.text} NOT NULL, PRIMARY KEY (seq, code, unit)
        ) ${composite}`,
      ];
    },
  },
  rollCumMigration,
  rulesHistoryMigration,
  retentionMigration,
  calendarMigration,
  readingMigration,
];
