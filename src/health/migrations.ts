import type { Migration } from "../platform/database.ts";

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
  {
    name: "health/0002-history",
    statements: ({ int, text, bytes, serial, strict }) => [
      // NULL: all layers. A run of some layers says nothing of whether an endpoint is up.
      `ALTER TABLE health_run ADD COLUMN layers ${text}`,
      "CREATE INDEX health_run_at ON health_run (at)",
      // A change of what is held for true, at the first sweep that saw it.
      `CREATE TABLE health_event (
        endpoint ${text} NOT NULL,
        at ${text} NOT NULL,
        state ${text} NOT NULL CHECK (state IN ('up', 'down')),
        reason ${text},
        PRIMARY KEY (endpoint, at)
      ) ${strict}`,
      "CREATE INDEX health_event_at ON health_event (at)",
      // What is left of the runs of a day: twenty bytes an endpoint.
      `CREATE TABLE health_day (
        day ${text} NOT NULL,
        layout_id ${int} NOT NULL REFERENCES health_layout (id),
        totals ${bytes} NOT NULL,
        PRIMARY KEY (day, layout_id)
      ) ${strict}`,
      // One row a cause from its first sign to its end: what a difficulty between two meetings can be opened from.
      `CREATE TABLE cause_episode (
        id ${serial},
        kind ${text} NOT NULL,
        cause_id ${text} NOT NULL,
        names ${text} NOT NULL,
        reason ${text},
        opened_at ${text} NOT NULL,
        confirmed_at ${text},
        resolved_at ${text},
        reopened ${int} NOT NULL,
        in_words_vi ${text} NOT NULL,
        in_words_en ${text} NOT NULL,
        owner_vi ${text} NOT NULL,
        owner_en ${text} NOT NULL
      ) ${strict}`,
      "CREATE INDEX cause_episode_resolved ON cause_episode (resolved_at)",
      `CREATE TABLE cause_episode_endpoint (
        episode_id ${int} NOT NULL REFERENCES cause_episode (id),
        endpoint ${text} NOT NULL,
        from_at ${text} NOT NULL,
        until_at ${text},
        PRIMARY KEY (episode_id, endpoint)
      ) ${strict}`,
    ],
  },
];
