import { insertOnly, type Migration } from "../../src/platform/database.ts";

export const itemMigrations: readonly Migration[] = [
  {
    name: "contract/0001-item",
    statements: (c) => [
      `CREATE TABLE item (id ${c.text} PRIMARY KEY, label ${c.text}, count ${c.int}, rate ${c.real}, content ${c.bytes}) ${c.strict}`,
      `CREATE TABLE part (item ${c.text} NOT NULL REFERENCES item (id), state ${c.text} CHECK (state IN ('new', 'old'))) ${c.strict}`,
    ],
  },
  {
    name: "contract/0002-ledger",
    statements: (c) => [`CREATE TABLE ledger (seq ${c.serial}, line ${c.text} NOT NULL) ${c.strict}`, ...insertOnly("ledger", c)],
  },
  {
    name: "contract/0003-number",
    statements: (c) => [
      `CREATE TABLE number (id ${c.int} PRIMARY KEY, a ${c.int}, b ${c.int}, c ${c.int}, d ${c.int}, e ${c.int}) ${c.strict}`,
    ],
  },
];
