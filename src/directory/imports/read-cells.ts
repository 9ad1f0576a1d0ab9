import { toFold } from "../../platform/text.ts";
import type { ImportContext, TableRow } from "./table-import.ts";

const yes = new Set(["yes", "co", "1", "true", "x"]);
const no = new Set(["no", "khong", "0", "false"]);

export function readYesNo(row: TableRow, key: string, context: ImportContext): boolean {
  const text = row.cell(key);
  const fold = toFold(text);
  if (!yes.has(fold) && !no.has(fold)) {
    context.fault(row, text, {
      vi: `cột ${key}: '${text}' phải là yes hoặc no`,
      en: `column ${key}: '${text}' must be yes or no`,
    });
  }
  return yes.has(fold);
}
