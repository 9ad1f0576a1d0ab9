import type { ColumnWords, Migration } from "../platform/database.ts";

/**
 * An insert-only table of which a person's data can be blanked, as the law asks at the end of a contract (Law 91/2025/QH15), and only while such an
 * erasure is under way: rows are never taken out, and nothing else can be altered.
 */
export function allowErasure(table: string, columns: ColumnWords): readonly string[] {
  const isOpen = "EXISTS (SELECT 1 FROM personal_erasure WHERE finished = 0)";
  if (columns.strict === "") {
    return [
      `CREATE OR REPLACE FUNCTION ${table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' AND ${isOpen} THEN RETURN NEW; END IF; RAISE EXCEPTION '${table} is insert-only'; END $$`,
    ];
  }
  return [
    `DROP TRIGGER ${table}_no_update`,
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN
      SELECT RAISE(ABORT, '${table} is insert-only') WHERE NOT ${isOpen}; END`,
  ];
}

export const erasureMigration: Migration = {
  name: "directory/0040-erasure",
  statements: (c) => [
    `CREATE TABLE personal_erasure (
      seq ${c.serial}, person ${c.text} NOT NULL, at ${c.text} NOT NULL, finished ${c.int} NOT NULL CHECK (finished IN (0, 1))
    ) ${c.strict}`,
    `CREATE TABLE personal_salt (id ${c.int} PRIMARY KEY CHECK (id = 1), salt ${c.text} NOT NULL) ${c.strict}`,
    ...allowErasure("person_version", c),
  ],
};
