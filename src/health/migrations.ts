import type { Migration } from "../platform/database.ts";
import { dutyMigrations } from "./duties/migrations.ts";

export const healthMigrations: readonly Migration[] = [
  {
    name: "health/0001-runs",
    statements: ({ int, text, bytes, serial, strict }) => [
      // One blob a sweep, four bytes an endpoint; the layout fixes their order, so a changed inventory never re-labels old runs.
      `CREATE TABLE health_layout (id ${serial}, digest ${text} NOT NULL UNIQUE, endpoint_ids ${text} NOT NULL) ${strict}`,
      `CREATE TABLE health_run (
        id ${serial},
        at ${text} NOT NULL,
        layout_id ${int} NOT NULL REFERENCES health_layout (id),
        scope ${text} NOT NULL CHECK (scope IN ('all', 'selected')),
        results ${bytes} NOT NULL
      ) ${strict}`,
    ],
  },
  ...dutyMigrations,
];
