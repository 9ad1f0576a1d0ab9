import { toFold } from "../../platform/text.ts";
import { readInstant, toIsoDate, vietnamZone } from "../../platform/time.ts";
import { saveChanges } from "../change-store.ts";
import { type DatedChange, firstDay } from "../directory.ts";
import { toNameKey } from "../name-index.ts";
import { type IsoDate, kindNames, type Province, type Unit } from "../unit.ts";
import type { ImportContext, TableImport, TableRow } from "./table-import.ts";

const kinds: Readonly<Record<string, string>> = {
  phuong: "phuong",
  xa: "xa",
  "dac khu": "dac-khu",
  tinh: "tinh",
  "thanh pho": "thanh-pho",
};
const provinceKinds: readonly string[] = ["tinh", "thanh-pho"];
const renaming = /^(doi ten|ten|rename|name)$/;

/** Later changes of kind (`xã -> phường`) and name (`đổi tên`, to the name in the row), each from its day on. */
export const changes: TableImport = {
  name: "changes",
  about: { vi: "thay đổi loại hoặc tên đơn vị theo ngày", en: "dated changes of kind or name" },
  columns: [
    { key: "code", headings: ["mã"], required: true },
    { key: "name", headings: ["tên"], required: true },
    { key: "change", headings: ["thay đổi"], required: true },
    { key: "effective", headings: ["hiệu lực từ"], required: true },
    { key: "basis", headings: ["căn cứ"], required: true },
  ],
  plan(rows, context) {
    const seen = new Map<string, number>();
    const read = rows.flatMap((row) => {
      const change = readChange(row, context);
      if (!change) return [];
      const key = `${change.code} ${change.effective}`;
      const line = seen.get(key);
      if (line !== undefined) {
        context.fault(row, key, { vi: `${key} đã có ở dòng ${line}`, en: `${key} already stands on line ${line}` });
      }
      seen.set(key, line ?? row.line);
      return [change];
    });
    return {
      counts: {
        rows: read.length,
        units: read.filter(({ code }) => code.length === 5).length,
        provinces: read.filter(({ code }) => code.length === 2).length,
      },
      save: (tx) => saveChanges(read, tx),
    };
  },
};

function readChange(row: TableRow, context: ImportContext): DatedChange<string> | undefined {
  const effective = readDay(row, context);
  const basis = row.cell("basis");
  if (basis === "")
    context.fault(row, basis, { vi: "thiếu căn cứ (số văn bản)", en: "the basis is missing (the document's number)" });
  if (!effective) return undefined;
  const entry = findEntry(row, effective, context);
  if (!entry) return undefined;
  const parts = row
    .cell("change")
    .split(",")
    .map((part) => part.trim());
  const renamed = parts.some((part) => renaming.test(toFold(part)));
  const arrows = parts.filter((part) => !renaming.test(toFold(part)));
  const kind = arrows.length === 1 ? readKind(row, arrows[0] as string, entry, context) : undefined;
  if (arrows.length > 1 || (arrows.length === 0 && !renamed)) explainChange(row, context);
  if (!renamed && toNameKey(row.cell("name")) !== toNameKey(entry.name)) {
    context.fault(row, row.cell("name"), {
      vi: `${entry.code} tên là '${entry.name}', không phải '${row.cell("name")}'; đổi tên thì ghi 'đổi tên' ở cột change`,
      en: `${entry.code} is called '${entry.name}', not '${row.cell("name")}'; for a new name write 'đổi tên' in the column change`,
    });
  }
  return { code: entry.code, effective, basis, ...(kind ? { kind } : {}), ...(renamed ? { name: row.cell("name") } : {}) };
}

function readDay(row: TableRow, context: ImportContext): IsoDate | undefined {
  const text = row.cell("effective") || context.effective || "";
  const at = readInstant(text, vietnamZone);
  const day = at === undefined ? undefined : toIsoDate(at, vietnamZone);
  if (day !== undefined && day > firstDay) return day;
  context.fault(row, text, {
    vi: `ngày hiệu lực '${text}' phải là một ngày sau ${firstDay} (2026-04-30 hoặc 30/4/2026)`,
    en: `effective day '${text}' must be a day after ${firstDay} (2026-04-30 or 30/4/2026)`,
  });
  return undefined;
}

/** The unit or province as it is on the day before the change. */
function findEntry(row: TableRow, effective: IsoDate, context: ImportContext): Unit | Province | undefined {
  const code = row.cell("code");
  const before = context.directory(dayBefore(effective));
  const entry = code.length === 2 ? before?.findProvince(code) : before?.findUnit(code);
  if (!entry) {
    context.fault(row, code, {
      vi: `mã '${code}' không phải là đơn vị (5 chữ số) hay tỉnh (2 chữ số)`,
      en: `code '${code}' is neither a unit (5 digits) nor a province (2 digits)`,
    });
  }
  return entry;
}

function readKind(row: TableRow, text: string, entry: Unit | Province, context: ImportContext): string | undefined {
  const [from, to, ...more] = text.split(/->|→/).map((side) => kinds[toFold(side)]);
  const fits = (kind: string): boolean => provinceKinds.includes(kind) === (entry.code.length === 2);
  if (!from || !to || more.length > 0 || !fits(from) || !fits(to)) {
    explainChange(row, context);
    return undefined;
  }
  if (from !== entry.kind) {
    const is = entry.kind in kindNames ? kindNames[entry.kind as Unit["kind"]].toLowerCase() : entry.kind;
    context.fault(row, text, {
      vi: `${entry.code} ${entry.name} trước ngày đó là ${is}, không phải như '${text}'`,
      en: `${entry.code} ${entry.name} is ${is} before that day, not as in '${text}'`,
    });
  }
  return to;
}

function explainChange(row: TableRow, context: ImportContext): void {
  const text = row.cell("change");
  context.fault(row, text, {
    vi: `thay đổi '${text}' không đọc được; ghi 'xã -> phường', 'tỉnh -> thành phố' hoặc 'đổi tên'`,
    en: `change '${text}' is not readable; write 'xã -> phường', 'tỉnh -> thành phố' or 'đổi tên'`,
  });
}

function dayBefore(day: IsoDate): IsoDate {
  return toIsoDate(Date.parse(`${day}T00:00:00+07:00`) - 86_400_000, vietnamZone);
}
