import { insertOnly, type Migration } from "../platform/database.ts";

/** What people answered to plans' questions. */
export const decisionMigration: Migration = {
  name: "provision/0040-decisions",
  statements: (c) => [
    `CREATE TABLE provision_decision (
      seq ${c.serial}, subject ${c.text} NOT NULL, kind ${c.text} NOT NULL, system ${c.text}, about ${c.text} NOT NULL,
      stands ${c.int} NOT NULL CHECK (stands IN (0, 1)), reason ${c.text}, actor ${c.text} NOT NULL, at ${c.text} NOT NULL
    ) ${c.strict}`,
    ...insertOnly("provision_decision", c),
  ],
};
