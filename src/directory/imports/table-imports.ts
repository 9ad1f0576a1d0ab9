import { changes } from "./changes.ts";
import { contacts } from "./contacts.ts";
import { formerNames } from "./former-names.ts";
import { merges } from "./merges.ts";
import type { TableImport } from "./table-import.ts";

/** One line a kind of table. */
export const tableImports = {
  merges,
  changes,
  "former-names": formerNames,
  contacts,
} satisfies Record<TableImport["name"], TableImport>;
