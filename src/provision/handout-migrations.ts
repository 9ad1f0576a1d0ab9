import { insertOnly, type Migration } from "../platform/database.ts";

/** Slips and what happened to them. Insert-only: a slip that is lost locks somebody out. */
export const handoutMigrations: readonly Migration[] = [
  {
    name: "provision/0022-slips",
    statements: (c) => [
      `CREATE TABLE provision_slip (
        id ${c.text} PRIMARY KEY, plan ${c.text} NOT NULL REFERENCES provision_plan (id), operation ${c.text} NOT NULL,
        generation ${c.int} NOT NULL, cause ${c.text} NOT NULL CHECK (cause IN ('create', 'reset')), system ${c.text} NOT NULL,
        subject ${c.text} NOT NULL, unit ${c.text} NOT NULL, username ${c.text} NOT NULL, recipient ${c.text} NOT NULL,
        sealed ${c.bytes} NOT NULL, sealed_at ${c.text} NOT NULL, expires ${c.text} NOT NULL, UNIQUE (plan, operation, generation)
      ) ${c.strict}`,
      `CREATE INDEX provision_slip_subject ON provision_slip (system, subject)`,
      `CREATE TABLE provision_slip_event (
        seq ${c.serial}, slip ${c.text} NOT NULL REFERENCES provision_slip (id), at ${c.text} NOT NULL,
        event ${c.text} NOT NULL CHECK (event IN ('issued', 'refused', 'unknown', 'superseded', 'handed', 'seen'))
      ) ${c.strict}`,
      `CREATE INDEX provision_slip_event_slip ON provision_slip_event (slip, seq)`,
      ...insertOnly("provision_slip", c),
      ...insertOnly("provision_slip_event", c),
    ],
  },
  {
    // Accounts that a person had closed although roster and directory still ask for them: the next plan must not open them by itself.
    name: "provision/0023-closed-accounts",
    statements: (c) => [
      `CREATE TABLE provision_closed (
        system ${c.text} NOT NULL, subject ${c.text} NOT NULL, reason ${c.text} NOT NULL, plan ${c.text} NOT NULL, at ${c.text} NOT NULL,
        PRIMARY KEY (system, subject)
      ) ${c.strict}`,
    ],
  },
  {
    name: "provision/0024-attestations",
    statements: (c) => [
      `CREATE TABLE provision_attestation (
        seq ${c.serial}, subject_key ${c.text} NOT NULL, at ${c.text} NOT NULL, owner ${c.text} NOT NULL, actor ${c.text} NOT NULL, note ${c.text}
      ) ${c.strict}`,
      ...insertOnly("provision_attestation", c),
    ],
  },
];
