import { insertOnly, type Migration } from "../platform/database.ts";

export const meetingMigrations: readonly Migration[] = [
  {
    name: "meeting/0001-events",
    statements: (c) => [
      // What happened to incidents, actions and sessions. What they are now is read from it, so that they can be read as they were.
      `CREATE TABLE meeting_event (
        seq ${c.serial}, subject ${c.text} NOT NULL CHECK (subject IN ('incident', 'action', 'session')), number ${c.int} NOT NULL,
        nth ${c.int} NOT NULL, at ${c.int} NOT NULL, actor ${c.text} NOT NULL, kind ${c.text} NOT NULL, detail ${c.text} NOT NULL,
        UNIQUE (subject, number, nth)
      ) ${c.strict}`,
      ...insertOnly("meeting_event", c),
    ],
  },
];
