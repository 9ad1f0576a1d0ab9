import type { Migration } from "../../platform/database.ts";

export const dutyMigrations: readonly Migration[] = [
  {
    name: "health/0003-duties",
    statements: ({ int, text, bytes, serial, strict }) => [
      // Which probe host uses an account, and its token, closed with the account's own secret.
      `CREATE TABLE health_account (
        account ${text} PRIMARY KEY, host ${text} NOT NULL, used_at ${int} NOT NULL, sealed ${bytes}
      ) ${strict}`,
      // One row a sign-in, from before it is sent. NULL: no end of it is known.
      `CREATE TABLE health_sign_in (id ${serial}, account ${text} NOT NULL, at ${int} NOT NULL, refused ${int}) ${strict}`,
      "CREATE INDEX health_sign_in_by_account ON health_sign_in (account, at)",
      `CREATE TABLE health_canary (
        id ${text} PRIMARY KEY, system ${text} NOT NULL, unit ${text} NOT NULL, base ${text} NOT NULL, sent_at ${int} NOT NULL,
        document ${text}, stage ${text} NOT NULL, holder ${text} NOT NULL, closed_at ${int}
      ) ${strict}`,
      `CREATE TABLE health_share (system ${text} PRIMARY KEY, at ${int} NOT NULL) ${strict}`,
      `CREATE TABLE health_sync (series ${text} NOT NULL, at ${int} NOT NULL, PRIMARY KEY (series, at)) ${strict}`,
    ],
  },
  {
    // When a test document's way was over, and the stage that failed: runs after it may send none to that unit.
    name: "health/0060-canary-outcome",
    statements: ({ int, text }) => [
      `ALTER TABLE health_canary ADD COLUMN ended_at ${int}`,
      `ALTER TABLE health_canary ADD COLUMN failed_stage ${text}`,
    ],
  },
];
