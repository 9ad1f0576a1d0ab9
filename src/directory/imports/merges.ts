import { Failure } from "../../platform/failure.ts";
import { toFold } from "../../platform/text.ts";
import type { Words } from "../../platform/words.ts";
import { type Directory, firstDay } from "../directory.ts";
import { explainResolution } from "../explain-unit.ts";
import type { FormerKind } from "../former-unit.ts";
import { type Merger, saveMergers } from "../former-unit-store.ts";
import { resolveUnit } from "../resolve-unit.ts";
import { type IsoDate, unitCodeShape } from "../unit.ts";
import { readYesNo } from "./read-cells.ts";
import type { ImportContext, TableImport, TableRow } from "./table-import.ts";

const kinds: Readonly<Record<string, FormerKind>> = {
  phuong: "phuong",
  xa: "xa",
  "thi tran": "thi-tran",
  huyen: "huyen",
  khac: "khac",
};

/** Conversion tables: which former unit went, whole or in part, into which unit. */
export const merges: TableImport = {
  name: "merges",
  about: { vi: "bảng chuyển đổi đơn vị cũ → mới", en: "conversion table, former unit → unit" },
  columns: [
    { key: "new_code", headings: ["mã mới"], required: true },
    { key: "old_code", headings: ["mã cũ"], required: true },
    { key: "old_name", headings: ["tên cũ"], required: true },
    { key: "old_type", headings: ["loại cũ"], required: true },
    { key: "old_district", headings: ["quận huyện cũ"] },
    { key: "old_province", headings: ["tỉnh cũ"], required: true },
    { key: "partial", headings: ["một phần"], required: true },
    { key: "population_follows", headings: ["dân số theo"] },
    { key: "note", headings: ["ghi chú"] },
  ],
  plan(rows, context) {
    const effective = context.effective ?? findDate(rows);
    if (effective === undefined || context.directory(effective) === undefined) throw needDate(effective);
    const mergers = rows.map((row) => readMerger(row, effective, context));
    assertOnce(rows, mergers, context);
    const codes = countDistinct(mergers, ({ former }) => former.code);
    return {
      effective,
      counts: {
        rows: mergers.length,
        partial: mergers.filter((merger) => merger.partial).length,
        units: countDistinct(mergers, ({ code }) => code),
        formerUnits: codes,
        withoutCode: countDistinct(mergers, ({ former }) => former.code ?? former.name) - codes,
        formerProvinces: countDistinct(mergers, ({ former }) => former.province),
      },
      save: (tx) => saveMergers(mergers, tx),
    };
  },
};

/** Districts ended on 2025-07-01: a table that names every former unit's district tells of the mergers of that day. */
function findDate(rows: readonly TableRow[]): IsoDate | undefined {
  return rows.every((row) => row.cell("old_district") !== "") ? firstDay : undefined;
}

function needDate(given: IsoDate | undefined): Failure {
  if (given === undefined) {
    return new Failure(
      "usage",
      { vi: "tệp không cho biết ngày có hiệu lực", en: "the file does not say from which day it holds" },
      { hint: { vi: "thêm --effective 2025-07-01", en: "add --effective 2025-07-01" } },
    );
  }
  return new Failure("usage", {
    vi: `--effective ${given}: trước ${firstDay} chưa có các đơn vị mới`,
    en: `--effective ${given}: before ${firstDay} the new units did not exist`,
  });
}

function readMerger(row: TableRow, effective: IsoDate, context: ImportContext): Merger {
  const code = row.cell("new_code");
  const oldCode = row.cell("old_code");
  const kind = kinds[toFold(row.cell("old_type"))];
  const name = row.cell("old_name");
  const province = row.cell("old_province");
  const directory = context.directory(effective) as Directory;
  const unknown = /^\d+$/.test(code) ? explainResolution(code, resolveUnit(code, directory), directory) : noDigits(code);
  if (unknown) context.fault(row, code, { vi: `cột new_code: ${unknown.vi}`, en: `column new_code: ${unknown.en}` });
  // Districts that became special zones, and land a district ran itself, had no code of a commune.
  if (!unitCodeShape.test(oldCode) && (oldCode !== "" || (kind !== "huyen" && kind !== "khac"))) {
    context.fault(row, oldCode, {
      vi: `mã cũ '${oldCode}' phải có 5 chữ số`,
      en: `old code '${oldCode}' must have 5 digits`,
    });
  }
  if (!kind) {
    const known = "phường, xã, thị trấn, huyện, khác";
    context.fault(row, row.cell("old_type"), {
      vi: `loại cũ '${row.cell("old_type")}' không rõ (biết: ${known})`,
      en: `old type '${row.cell("old_type")}' is not known (known: ${known})`,
    });
  }
  if (name === "") context.fault(row, name, { vi: "thiếu tên cũ", en: "the old name is missing" });
  if (province === "") context.fault(row, province, { vi: "thiếu tỉnh cũ", en: "the old province is missing" });
  return {
    code,
    partial: readYesNo(row, "partial", context),
    populationFollows: row.cell("population_follows") !== "" && readYesNo(row, "population_follows", context),
    note: row.cell("note"),
    former: {
      ...(oldCode === "" ? {} : { code: oldCode }),
      name,
      kind: kind ?? "khac",
      district: row.cell("old_district"),
      province,
      until: effective,
    },
  };
}

function noDigits(code: string): Words {
  return { vi: `'${code}' phải có 5 chữ số`, en: `'${code}' must have 5 digits` };
}

/** The same merger twice, or one old code under two names, is a slip of whoever made the table. */
function assertOnce(rows: readonly TableRow[], mergers: readonly Merger[], context: ImportContext): void {
  const seen = new Map<string, number>();
  const names = new Map<string, { readonly text: string; readonly line: number }>();
  for (const [i, { code, former }] of mergers.entries()) {
    const row = rows[i] as TableRow;
    const key = `${code} ${former.code ?? former.name}`;
    const line = seen.get(key);
    if (line !== undefined) {
      context.fault(row, key, { vi: `${key} đã có ở dòng ${line}`, en: `${key} already stands on line ${line}` });
    }
    seen.set(key, line ?? row.line);
    if (former.code === undefined) continue;
    const text = [former.kind, former.name, former.district, former.province].join(", ");
    const known = names.get(former.code);
    if (known && known.text !== text) {
      context.fault(row, former.code, {
        vi: `mã cũ ${former.code} ở dòng ${known.line} là đơn vị khác (${known.text})`,
        en: `old code ${former.code} is another unit on line ${known.line} (${known.text})`,
      });
    }
    names.set(former.code, known ?? { text, line: row.line });
  }
}

function countDistinct(mergers: readonly Merger[], read: (merger: Merger) => string | undefined): number {
  return new Set(mergers.map(read).filter((text) => text !== undefined)).size;
}
