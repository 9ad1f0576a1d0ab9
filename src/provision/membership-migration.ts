import type { Migration } from "../platform/database.ts";

/** Roles and groups that wardctl answers for: given by a plan or found as wanted (`held` 1), taken by a plan (0). */
export const membershipMigration: Migration = {
  name: "provision/0030-memberships",
  statements: (c) => [
    `CREATE TABLE provision_membership (
      system ${c.text} NOT NULL, subject ${c.text} NOT NULL, membership ${c.text} NOT NULL, target ${c.text} NOT NULL,
      held ${c.int} NOT NULL CHECK (held IN (0, 1)), source ${c.text} NOT NULL, plan ${c.text} NOT NULL, operation ${c.text},
      actor ${c.text} NOT NULL, at ${c.text} NOT NULL, PRIMARY KEY (system, subject, membership)
    ) ${c.strict}`,
  ],
};
