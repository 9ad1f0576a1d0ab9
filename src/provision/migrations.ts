import { allowErasure } from "../directory/erasure-migration.ts";
import { insertOnly, type Migration } from "../platform/database.ts";
import { baselineIndexMigration } from "./baseline-index-migration.ts";
import { decisionMigration } from "./decision-migration.ts";
import { handoutMigrations } from "./handout-migrations.ts";
import { lifecycleMigration } from "./lifecycle-migration.ts";
import { membershipMigration } from "./membership-migration.ts";
import { seenMigration } from "./seen-migration.ts";

export const provisionMigrations: readonly Migration[] = [
  {
    name: "provision/0001-plans",
    statements: (c) => [
      `CREATE TABLE provision_username (
        name ${c.text} PRIMARY KEY, owner ${c.text} NOT NULL UNIQUE,
        state ${c.text} NOT NULL CHECK (state IN ('reserved', 'issued', 'retired')), since ${c.text} NOT NULL
      ) ${c.strict}`,
      `CREATE TABLE provision_seen_name (
        name ${c.text} NOT NULL, system ${c.text} NOT NULL, since ${c.text} NOT NULL, PRIMARY KEY (name, system)
      ) ${c.strict}`,
      `CREATE TABLE provision_plan (
        id ${c.text} PRIMARY KEY, digest ${c.text} NOT NULL, created ${c.text} NOT NULL, started ${c.text} NOT NULL, body ${c.text} NOT NULL
      ) ${c.strict}`,
      `CREATE TABLE provision_operation (
        plan ${c.text} NOT NULL REFERENCES provision_plan (id), id ${c.text} NOT NULL, system ${c.text} NOT NULL, kind ${c.text} NOT NULL,
        subject ${c.text} NOT NULL, username ${c.text} NOT NULL, PRIMARY KEY (plan, id)
      ) ${c.strict}`,
      `CREATE TABLE provision_event (
        seq ${c.serial}, plan ${c.text} NOT NULL REFERENCES provision_plan (id), operation ${c.text}, at ${c.text} NOT NULL,
        event ${c.text} NOT NULL CHECK (event IN ('answered', 'adopted', 'done', 'failed', 'unknown', 'finished')),
        target ${c.text}, detail ${c.text}
      ) ${c.strict}`,
      `CREATE INDEX provision_event_plan ON provision_event (plan, seq)`,
      ...insertOnly("provision_plan", c),
      ...insertOnly("provision_operation", c),
      ...insertOnly("provision_event", c),
      `CREATE TABLE provision_link (
        system ${c.text} NOT NULL, subject ${c.text} NOT NULL, target ${c.text} NOT NULL, unit ${c.text} NOT NULL, since ${c.text} NOT NULL,
        PRIMARY KEY (system, subject), UNIQUE (system, target)
      ) ${c.strict}`,
      `CREATE TABLE provision_lock (
        name ${c.text} PRIMARY KEY, host ${c.text} NOT NULL, pid ${c.int} NOT NULL, start ${c.text} NOT NULL, boot ${c.text} NOT NULL, at ${c.text} NOT NULL
      ) ${c.strict}`,
    ],
  },
  lifecycleMigration,
  ...handoutMigrations,
  {
    name: "provision/0002-profiles-and-approvals",
    statements: (c) => [
      `CREATE TABLE provision_profile (
        seq ${c.serial}, system ${c.text} NOT NULL, sha256 ${c.text} NOT NULL, at ${c.text} NOT NULL, body ${c.text} NOT NULL
      ) ${c.strict}`,
      ...insertOnly("provision_profile", c),
      `CREATE TABLE provision_approval (
        digest ${c.text} NOT NULL, approver ${c.text} NOT NULL, at ${c.text} NOT NULL, PRIMARY KEY (digest, approver)
      ) ${c.strict}`,
      ...insertOnly("provision_approval", c),
    ],
  },
  membershipMigration,
  baselineIndexMigration,
  decisionMigration,
  { name: "provision/0041-forgetting", statements: (c) => allowErasure("provision_plan", c) },
  seenMigration,
];
