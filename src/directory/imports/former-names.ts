import { type RetiredName, saveRetiredNames } from "../former-unit-store.ts";
import { unitCodeShape } from "../unit.ts";
import type { TableImport } from "./table-import.ts";

/** Names given up in the rearrangements of 2023–2025, before districts ended: each leads to the former unit that took the place in. */
export const formerNames: TableImport = {
  name: "former-names",
  about: { vi: "tên đã bỏ trước 01/7/2025", en: "names given up before 2025-07-01" },
  columns: [
    { key: "former_name", headings: ["tên đã bỏ"], required: true },
    { key: "former_code", headings: ["mã đã bỏ"], required: true },
    { key: "merged_into_old_code", headings: ["nhập vào mã"], required: true },
  ],
  plan(rows, context) {
    const seen = new Map<string, number>();
    const names = rows.map((row): RetiredName => {
      const name = row.cell("former_name");
      if (name === "") context.fault(row, name, { vi: "thiếu tên", en: "the name is missing" });
      for (const key of ["former_code", "merged_into_old_code"]) {
        const code = row.cell(key);
        if (unitCodeShape.test(code)) continue;
        context.fault(row, code, {
          vi: `cột ${key}: mã '${code}' phải có 5 chữ số`,
          en: `column ${key}: code '${code}' must have 5 digits`,
        });
      }
      const code = row.cell("former_code");
      const line = seen.get(`${code} ${name}`);
      if (line !== undefined) {
        context.fault(row, code, {
          vi: `${code} ${name} đã có ở dòng ${line}`,
          en: `${code} ${name} already stands on line ${line}`,
        });
      }
      seen.set(`${code} ${name}`, line ?? row.line);
      return { name, code, intoCode: row.cell("merged_into_old_code") };
    });
    return { counts: { rows: names.length }, save: (tx) => saveRetiredNames(names, tx) };
  },
};
