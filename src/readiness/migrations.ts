import { insertOnly, type Migration } from "../platform/database.ts";

export const readinessMigrations: readonly Migration[] = [
  {
    name: "readiness/0001-history",
    statements: (c) => [
      // One row when something about a unit changed. `turned`: its verdict is another than before; `since`: from when the verdict is so.
      `CREATE TABLE readiness_record (
        seq ${c.serial}, unit ${c.text} NOT NULL, at ${c.int} NOT NULL,
        verdict ${c.text} NOT NULL CHECK (verdict IN ('go', 'no-go', 'unknown')), since ${c.int} NOT NULL,
        turned ${c.int} NOT NULL CHECK (turned IN (0, 1)), state ${c.text} NOT NULL
      ) ${c.strict}`,
      "CREATE INDEX readiness_record_unit ON readiness_record (unit, seq)",
      ...insertOnly("readiness_record", c),
    ],
  },
];
