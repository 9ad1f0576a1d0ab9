import { insertOnly, type Migration } from "../platform/database.ts";

export const reportsMigrations: readonly Migration[] = [
  {
    name: "reports/0001-meeting",
    statements: (c) => [
      `CREATE TABLE meeting (
        id ${c.text} PRIMARY KEY, kind ${c.text} NOT NULL CHECK (kind IN ('morning', 'evening')), as_of ${c.int} NOT NULL,
        known_seq ${c.int} NOT NULL, revision ${c.int} NOT NULL, rules_sha256 ${c.text} NOT NULL, model_sha256 ${c.text} NOT NULL,
        model ${c.text} NOT NULL, created_at ${c.text} NOT NULL,
        UNIQUE (kind, as_of, revision), UNIQUE (kind, as_of, model_sha256)
      ) ${c.strict}`,
      ...insertOnly("meeting", c),
    ],
  },
  {
    name: "reports/0002-calendar",
    // The working calendar the report was made with (records: calendar_version); NULL where no import had one.
    statements: (c) => [`ALTER TABLE meeting ADD COLUMN calendar_version ${c.int}`],
  },
];
