import type { Migration } from "../platform/database.ts";

/** The last word on every account, for questions that must not wait for a system. Rebuilt by reading the systems again. */
export const seenMigration: Migration = {
  name: "provision/0060-accounts-seen",
  statements: (c) => [
    `CREATE TABLE provision_system_seen (system ${c.text} PRIMARY KEY, at ${c.text} NOT NULL) ${c.strict}`,
    `CREATE TABLE provision_account_seen (
      system ${c.text} NOT NULL, account ${c.text} NOT NULL, active ${c.int} NOT NULL CHECK (active IN (0, 1)), at ${c.text} NOT NULL,
      PRIMARY KEY (system, account)
    ) ${c.strict}`,
  ],
};
