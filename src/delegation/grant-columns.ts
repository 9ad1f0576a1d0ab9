import type { CsvRecord } from "../platform/csv.ts";
import type { Fault } from "../platform/failure.ts";
import { findNearest, toToneKey } from "../platform/text.ts";

/** The columns of a grants file. `needed` ones must stand in the head; each has its Vietnamese heading too. */
export const grantColumns = {
  unit: { heading: "Mã đơn vị", needed: true },
  from_position: { heading: "Chức vụ giao", needed: true },
  to_position: { heading: "Chức vụ nhận", needed: true },
  capacity: { heading: "Thể thức ký", needed: true },
  doc_types: { heading: "Loại văn bản", needed: true },
  from: { heading: "Từ ngày", needed: true },
  to: { heading: "Đến ngày", needed: false },
  basis_kind: { heading: "Loại căn cứ", needed: true },
  basis_number: { heading: "Số căn cứ", needed: true },
  basis_date: { heading: "Ngày căn cứ", needed: true },
  clause: { heading: "Điều khoản", needed: false },
  person: { heading: "Mã NV", needed: false },
  legal_basis: { heading: "Căn cứ pháp luật", needed: false },
  parent: { heading: "Quyền gốc", needed: false },
  except_types: { heading: "Trừ loại văn bản", needed: false },
  departments: { heading: "Phòng ban", needed: false },
  except_departments: { heading: "Trừ phòng ban", needed: false },
  procedures: { heading: "Nhóm thủ tục", needed: false },
  except_procedures: { heading: "Trừ nhóm thủ tục", needed: false },
  basis_signed_at: { heading: "Ký lúc", needed: false },
  basis_sha256: { heading: "SHA-256 căn cứ", needed: false },
} as const;

export type GrantColumn = keyof typeof grantColumns;

/** The texts of one grant as somebody gave them, and how to name the place of each in a message. */
export interface GrantText {
  readonly cells: Readonly<Partial<Record<GrantColumn, string>>>;
  readonly place: (column: GrantColumn) => Pick<Fault, "file" | "line" | "column">;
  /** The row of the file as it stands there. */
  readonly raw?: readonly string[];
}

const names = Object.keys(grantColumns) as GrantColumn[];

/** The rows below the head, or what is wrong with the head. */
export function readGrantRows(
  records: readonly CsvRecord[],
  file: string,
): { readonly rows: GrantText[]; readonly faults: Fault[] } {
  const [head, ...body] = records;
  if (!head) return { rows: [], faults: [{ file, message: { vi: "tệp rỗng", en: "the file is empty" } }] };
  const columns = head.cells.map((cell) => findColumn(cell));
  const faults = head.cells.flatMap((cell, at): Fault[] => {
    if (columns[at] || cell.trim() === "") return [];
    const near = findNearest(cell.trim().toLowerCase(), names);
    return [
      {
        file,
        line: head.line,
        column: at + 1,
        value: cell,
        message: {
          vi: `không có cột '${cell}'${near ? ` (có phải '${near}'?)` : ""}`,
          en: `there is no column '${cell}'${near ? ` (did you mean '${near}'?)` : ""}`,
        },
      },
    ];
  });
  for (const name of names) {
    if (!grantColumns[name].needed || columns.includes(name)) continue;
    faults.push({ file, line: head.line, message: { vi: `thiếu cột '${name}'`, en: `column '${name}' is missing` } });
  }
  const rows = body.map(
    (record): GrantText => ({
      raw: record.cells,
      cells: Object.fromEntries(columns.flatMap((name, at) => (name ? [[name, record.cells[at]?.trim() ?? ""]] : []))),
      place: (column) => ({
        file,
        line: record.line,
        column: columns.indexOf(column) < 0 ? undefined : columns.indexOf(column) + 1,
      }),
    }),
  );
  return { rows, faults };
}

/** The texts of one grant given by flags: a fault names the flag. */
export function toFlagText(cells: GrantText["cells"]): GrantText {
  return { cells, place: (column) => ({ file: `--${column.replaceAll("_", "-")}` }) };
}

function findColumn(heading: string): GrantColumn | undefined {
  const key = toToneKey(heading);
  return names.find((name) => name === key || toToneKey(grantColumns[name].heading) === key);
}
