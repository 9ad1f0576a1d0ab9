import { insertOnly, type Migration } from "../platform/database.ts";
import { erasureMigration } from "./erasure-migration.ts";

export const directoryMigrations: readonly Migration[] = [
  {
    name: "directory/0001-people",
    statements: (c) => [
      `CREATE TABLE person_seen (
        seq ${c.serial}, source ${c.text} NOT NULL, seen_at ${c.int} NOT NULL, people ${c.int} NOT NULL, posts ${c.int} NOT NULL
      ) ${c.strict}`,
      `CREATE TABLE person_version (
        seq ${c.serial}, source ${c.text} NOT NULL, known_at ${c.int} NOT NULL, staff_id ${c.text} NOT NULL,
        full_name ${c.text} NOT NULL, staff_class ${c.text} NOT NULL, birth_date ${c.text}, email ${c.text},
        listed ${c.int} NOT NULL CHECK (listed IN (0, 1))
      ) ${c.strict}`,
      "CREATE INDEX person_version_staff ON person_version (staff_id, known_at)",
      `CREATE TABLE post_version (
        seq ${c.serial}, source ${c.text} NOT NULL, known_at ${c.int} NOT NULL, staff_id ${c.text} NOT NULL,
        unit ${c.text} NOT NULL, department ${c.text}, position ${c.text} NOT NULL, valid_from ${c.text} NOT NULL, valid_to ${c.text},
        listed ${c.int} NOT NULL CHECK (listed IN (0, 1))
      ) ${c.strict}`,
      "CREATE INDEX post_version_staff ON post_version (staff_id, known_at)",
      "CREATE INDEX post_version_unit ON post_version (unit, known_at)",
      ...["person_seen", "person_version", "post_version"].flatMap((table) => insertOnly(table, c)),
    ],
  },
  {
    name: "directory/0002-imports",
    statements: (c) => [
      `CREATE TABLE directory_import (
        seq ${c.serial}, kind ${c.text} NOT NULL, file ${c.text} NOT NULL, sha256 ${c.text} NOT NULL, effective ${c.text},
        at ${c.text} NOT NULL, counts ${c.text} NOT NULL
      ) ${c.strict}`,
      `CREATE TABLE merger (
        until ${c.text} NOT NULL, new_code ${c.text} NOT NULL, old_code ${c.text}, old_name ${c.text} NOT NULL, old_fold ${c.text} NOT NULL,
        old_kind ${c.text} NOT NULL CHECK (old_kind IN ('phuong', 'xa', 'thi-tran', 'huyen', 'khac')),
        district ${c.text} NOT NULL, province ${c.text} NOT NULL, partial ${c.int} NOT NULL CHECK (partial IN (0, 1)),
        population_follows ${c.int} NOT NULL CHECK (population_follows IN (0, 1)), note ${c.text} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX merger_new ON merger (new_code, until)",
      "CREATE INDEX merger_old ON merger (old_code)",
      "CREATE INDEX merger_fold ON merger (old_fold)",
      `CREATE TABLE retired_name (
        code ${c.text} NOT NULL, name ${c.text} NOT NULL, fold ${c.text} NOT NULL, into_code ${c.text} NOT NULL, PRIMARY KEY (code, name)
      ) ${c.strict}`,
      "CREATE INDEX retired_name_fold ON retired_name (fold)",
      `CREATE TABLE directory_change (
        code ${c.text} NOT NULL, effective ${c.text} NOT NULL, kind ${c.text}, name ${c.text}, basis ${c.text} NOT NULL,
        PRIMARY KEY (code, effective)
      ) ${c.strict}`,
      `CREATE TABLE unit_contact (
        unit ${c.text} PRIMARY KEY, carrier ${c.text}, hotline ${c.text}, centre_phone ${c.text}, source ${c.text}
      ) ${c.strict}`,
      `CREATE TABLE unit_duty (
        unit ${c.text} NOT NULL, technician ${c.text} NOT NULL, phone ${c.text}, starts_at ${c.int}, ends_at ${c.int}
      ) ${c.strict}`,
      "CREATE INDEX unit_duty_unit ON unit_duty (unit)",
    ],
  },
  erasureMigration,
];
