import { insertOnly, type Migration } from "../platform/database.ts";

export const delegationMigrations: readonly Migration[] = [
  {
    name: "delegation/0001-grants-and-evidence",
    statements: (c) => [
      `CREATE TABLE delegation_grant (
        id ${c.text} PRIMARY KEY, unit ${c.text} NOT NULL,
        from_position ${c.text} NOT NULL, from_department ${c.text}, to_position ${c.text} NOT NULL, to_department ${c.text},
        person ${c.text}, capacity ${c.text} NOT NULL CHECK (capacity IN ('Q', 'KT', 'TL', 'TUQ')),
        doc_types ${c.text} NOT NULL, valid_from ${c.int} NOT NULL, valid_to ${c.int},
        basis_kind ${c.text} NOT NULL CHECK (basis_kind IN ('quy-che-lam-viec', 'quy-che-van-thu', 'phan-cong', 'quyet-dinh')),
        basis_number ${c.text}, basis_date ${c.int}, clause ${c.text}, legal_basis ${c.text},
        parent ${c.text} REFERENCES delegation_grant (id), needs_approval ${c.int} NOT NULL CHECK (needs_approval IN (0, 1)),
        ruleset ${c.text} NOT NULL, recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL,
        CHECK (valid_to IS NULL OR valid_to > valid_from)
      ) ${c.strict}`,
      "CREATE INDEX delegation_grant_by_unit ON delegation_grant (unit, id)",
      ...insertOnly("delegation_grant", c),
      `CREATE TABLE delegation_event (
        seq ${c.serial}, grant_id ${c.text} NOT NULL REFERENCES delegation_grant (id),
        kind ${c.text} NOT NULL CHECK (kind IN ('approved', 'revoked', 'suspended')),
        at ${c.int} NOT NULL, until ${c.int}, reason ${c.text}, recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_event_by_grant ON delegation_event (grant_id)",
      ...insertOnly("delegation_event", c),
      `CREATE TABLE delegation_carriage_set (hash ${c.text} PRIMARY KEY, rights ${c.text} NOT NULL) ${c.strict}`,
      ...insertOnly("delegation_carriage_set", c),
      `CREATE TABLE delegation_carriage_seen (
        seq ${c.serial}, system ${c.text} NOT NULL, at ${c.int} NOT NULL, ttl_ms ${c.int} NOT NULL,
        hash ${c.text} NOT NULL REFERENCES delegation_carriage_set (hash), recorded_at ${c.int} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_carriage_seen_by_system ON delegation_carriage_seen (system, at)",
      ...insertOnly("delegation_carriage_seen", c),
      `CREATE TABLE delegation_person_seen (
        seq ${c.serial}, system ${c.text} NOT NULL, staff_id ${c.text} NOT NULL, at ${c.int} NOT NULL, ttl_ms ${c.int} NOT NULL,
        user_name ${c.text}, active ${c.int} CHECK (active IN (0, 1)), cert_serial ${c.text}, cert_not_before ${c.int},
        cert_not_after ${c.int}, cert_bound ${c.int} CHECK (cert_bound IN (0, 1)), recorded_at ${c.int} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX delegation_person_seen_by_person ON delegation_person_seen (staff_id, system, at)",
      ...insertOnly("delegation_person_seen", c),
    ],
  },
  {
    name: "delegation/0002-absences",
    statements: (c) => [
      `CREATE TABLE delegation_absence (
        seq ${c.serial}, id ${c.text} NOT NULL UNIQUE, staff_id ${c.text} NOT NULL, away_from ${c.int} NOT NULL, away_to ${c.int} NOT NULL,
        reason ${c.text}, cover_staff_id ${c.text}, cover_grant ${c.text} REFERENCES delegation_grant (id),
        recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL, CHECK (away_to > away_from)
      ) ${c.strict}`,
      "CREATE INDEX delegation_absence_by_person ON delegation_absence (staff_id)",
      ...insertOnly("delegation_absence", c),
      `CREATE TABLE delegation_return (
        seq ${c.serial}, absence_id ${c.text} NOT NULL REFERENCES delegation_absence (id), at ${c.int} NOT NULL,
        recorded_at ${c.int} NOT NULL, recorded_by ${c.text} NOT NULL
      ) ${c.strict}`,
      ...insertOnly("delegation_return", c),
    ],
  },
  {
    name: "delegation/0005-scope-and-basis",
    statements: (c) => [
      // A limit is a list of keys a member, as JSON: it is read as a whole and never searched.
      `ALTER TABLE delegation_grant ADD COLUMN narrowing ${c.text}`,
      `ALTER TABLE delegation_grant ADD COLUMN basis_signed_at ${c.int}`,
      `ALTER TABLE delegation_grant ADD COLUMN basis_sha256 ${c.text}`,
    ],
  },
];
