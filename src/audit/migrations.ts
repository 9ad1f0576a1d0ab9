import { insertOnly, type Migration } from "../platform/database.ts";

export const auditMigrations: readonly Migration[] = [
  {
    name: "audit/0001-log",
    statements: (c) => [
      `CREATE TABLE audit (
        seq ${c.int} PRIMARY KEY, at ${c.text} NOT NULL, actor ${c.text} NOT NULL, action ${c.text} NOT NULL,
        subject ${c.text} NOT NULL, detail ${c.text} NOT NULL, prev ${c.text} NOT NULL UNIQUE, hash ${c.text} NOT NULL UNIQUE
      ) ${c.strict}`,
      ...insertOnly("audit", c),
    ],
  },
  {
    name: "audit/0002-checkpoints",
    statements: (c) => [
      `CREATE TABLE audit_checkpoint (
        seq ${c.serial}, size ${c.int} NOT NULL, head ${c.text} NOT NULL, at ${c.int} NOT NULL, content ${c.text} NOT NULL,
        signature ${c.text}, identity ${c.text}
      ) ${c.strict}`,
      ...insertOnly("audit_checkpoint", c),
    ],
  },
];
