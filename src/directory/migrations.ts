import { insertOnly, type Migration } from "../platform/database.ts";

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
];
