import { toFold } from "../../platform/text.ts";
import type { ColumnFinding } from "./describe-columns.ts";
import { rateHeading } from "./field-words.ts";

/** What a table of totals says of each row beside its totals. */
export type CountField = "name" | "start" | "asOf";

export type CountColumns = Readonly<Partial<Record<"unit" | CountField, string>>>;

/** How offices head them, without marks. */
const headings: Readonly<Record<CountField, RegExp>> = {
  name: /^(ten( don vi)?|don vi|name)$/,
  start: /^(tu|tu ngay|tu luc|ngay bat dau|bat dau|start)$/,
  asOf: /^((so lieu )?(tinh )?(den|toi)( ngay| luc| het ngay)?|thoi diem( bao cao)?|ngay (bao cao|so lieu)|luc|as of)$/,
};

/** Pure. By their headings; a unit also by its codes, and where a total for all units leaves its code blank. */
export function chooseCountColumns(findings: readonly ColumnFinding[]): CountColumns {
  const open = findings.filter(({ heading, metric, personal }) => heading !== "" && metric === undefined && !personal);
  const headed = (field: CountField): ColumnFinding | undefined =>
    open.find(({ heading, candidates, datePatterns, realDates }) => {
      const dated = datePatterns.length > 0 || realDates;
      return isHeaded(heading, field) && dated === (field !== "name") && candidates.every((other) => other.field !== "unit");
    });
  const unit =
    open.find(({ candidates }) => candidates.some(({ field }) => field === "unit")) ??
    open.find(({ heading, filled }) => filled === 0 && rateHeading("unit", heading) === 1);
  const columns = { unit, name: headed("name"), start: headed("start"), asOf: headed("asOf") };
  return Object.fromEntries(Object.entries(columns).flatMap(([field, found]) => (found ? [[field, found.heading]] : [])));
}

/** The first of these that a table needs and lacks: a workbook may say its instant in its title, a text file cannot. */
export function listMissing(columns: CountColumns, format: "csv" | "xlsx"): ("unit" | CountField)[] {
  const needed: ("unit" | CountField)[] = format === "csv" ? ["unit", "asOf"] : ["unit"];
  return needed.filter((field) => columns[field] === undefined);
}

function isHeaded(heading: string, field: CountField): boolean {
  return headings[field].test(
    toFold(heading.split(" / ").at(-1) ?? "")
      .replaceAll("_", " ")
      .trim(),
  );
}
