import type { Migration } from "../platform/database.ts";

/** What accounts were like when wardctl last read them back, where each came from, and what was declared of people before a roster said so. */
export const lifecycleMigration: Migration = {
  name: "provision/0002-lifecycle",
  statements: (c) => [
    `CREATE TABLE provision_baseline (
      system ${c.text} NOT NULL, subject ${c.text} NOT NULL, target ${c.text} NOT NULL, state ${c.text} NOT NULL,
      plan ${c.text} NOT NULL, operation ${c.text}, actor ${c.text} NOT NULL, at ${c.text} NOT NULL, PRIMARY KEY (system, subject)
    ) ${c.strict}`,
    `CREATE TABLE provision_origin (
      subject ${c.text} PRIMARY KEY, plan ${c.text} NOT NULL, file ${c.text} NOT NULL, sha256 ${c.text} NOT NULL,
      owner ${c.text}, body ${c.text} NOT NULL, at ${c.text} NOT NULL
    ) ${c.strict}`,
    `CREATE TABLE provision_declared (
      subject ${c.text} PRIMARY KEY, kind ${c.text} NOT NULL CHECK (kind IN ('leave', 'move')), effective ${c.text} NOT NULL,
      unit ${c.text}, plan ${c.text} NOT NULL, actor ${c.text} NOT NULL, at ${c.text} NOT NULL
    ) ${c.strict}`,
  ],
};
