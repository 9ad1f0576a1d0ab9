import { type CsvCell, formatCsv } from "../../platform/csv.ts";
import { Failure } from "../../platform/failure.ts";
import { formatPercent } from "../../platform/format.ts";
import { readInstant, toLocalTime } from "../../platform/time.ts";
import type { Block, Cell, TableBlock } from "../blocks.ts";
import type { Report } from "../model.ts";
import { stateTitles } from "../words.ts";
import { formatCell, toShown } from "./cell-text.ts";
import { toChartTable } from "./chart-table.ts";
import { figureColumns, sortUnits } from "./figure-columns.ts";
import type { Format, RenderOptions } from "./format.ts";
import { formatWords as words } from "./words.ts";

export const csvDialects = ["rfc4180", "excel-vi"] as const;
export type CsvDialect = (typeof csvDialects)[number];

/**
 * One table of the report. `rfc4180` is for programs: commas, stable names, ISO 8601, a point in decimals. `excel-vi` opens in a Vietnamese
 * Excel by a double click: byte order mark, semicolons, a comma in decimals, headings and dates for people.
 */
export const csvFormat: Format = { render: renderCsv };

/** The table of every figure of every unit; the others are named by their section. */
export const unitTable = "units";

function renderCsv(report: Report, options: RenderOptions): string {
  const dialect = options.csvDialect ?? "rfc4180";
  const name = options.table ?? unitTable;
  const table = findTable(report, name);
  const rows = table ? listTableRows(table, dialect, options) : listUnitRows(report, dialect, options);
  return dialect === "excel-vi" ? `\uFEFF${formatCsv(rows, ";")}` : formatCsv(rows);
}

function listUnitRows(report: Report, dialect: CsvDialect, options: RenderOptions): CsvCell[][] {
  const { lang, modelSha256 } = options;
  const people = dialect === "excel-vi";
  const write = (cell: Cell): CsvCell => toCsvCell(cell, dialect, options);
  const titles = [
    words.unitCode,
    words.state,
    words.unitState,
    words.delivered,
    ...figureColumns.map(({ title }) => title),
    words.asOfLabel,
    words.modelTitle,
  ];
  const keys = [
    "code",
    "name",
    "state",
    "lastDeliveryAt",
    ...figureColumns.map(({ key }) => (key.startsWith("rate.") ? `${key}Percent` : key)),
    "asOf",
    "modelSha256",
  ];
  const head = people ? titles.map((title) => toShown(title[lang])) : keys;
  const rows = sortUnits(report.units).map((unit): CsvCell[] => [
    unit.code,
    toShown(unit.name),
    people ? stateTitles[unit.state][lang] : unit.state,
    unit.lastDeliveryAt === null ? undefined : write({ cell: "instant", at: unit.lastDeliveryAt }),
    ...figureColumns.map(({ read }) => write(read(unit))),
    write({ cell: "instant", at: report.asOf }),
    modelSha256,
  ]);
  return [head, ...rows];
}

/** Undefined for `units`, which is none of the sections'. Failure kind: usage (there is no such table). */
export function findTable(report: Report, name: string): TableBlock | undefined {
  if (name === unitTable) return undefined;
  const tables = listTables(report);
  const found = tables.get(name);
  if (!found) throw new Failure("usage", words.noTable(name), { hint: words.tables([unitTable, ...tables.keys()]) });
  return found;
}

/** A rate is followed by its numerator and denominator, as in every other format. */
function listTableRows(found: TableBlock, dialect: CsvDialect, options: RenderOptions): CsvCell[][] {
  const { lang } = options;
  const isRate = found.columns.map((_column, at) => found.rows.some((row) => row[at]?.cell === "rate"));
  const head = found.columns.flatMap(({ title }, at) =>
    isRate[at] ? [toShown(title[lang]), words.numerator[lang], words.denominator[lang]] : [toShown(title[lang])],
  );
  const rows = found.rows.map((row) =>
    row.flatMap((cell, at): CsvCell[] => {
      const own = toCsvCell(cell, dialect, options);
      if (!isRate[at]) return [own];
      return cell.cell === "rate" ? [own, cell.numerator, cell.denominator] : [own, undefined, undefined];
    }),
  );
  return [head, ...rows];
}

/** `rankings`, `rankings-2`: tables and charts' figures by section, in the report's order. */
export function listTables(report: Report): Map<string, TableBlock> {
  const tables = new Map<string, TableBlock>();
  for (const { id, blocks } of report.sections) {
    const own = blocks.flatMap(toTables);
    // The unit table of the sections shows some of the figures that `units` holds all of.
    if (id === unitTable) continue;
    for (const [at, block] of own.entries()) tables.set(at === 0 ? id : `${id}-${at + 1}`, block);
  }
  return tables;
}

function toTables(block: Block): TableBlock[] {
  if (block.block === "table") return [block];
  return block.block === "chart" ? [toChartTable(block)] : [];
}

function toCsvCell(cell: Cell, dialect: CsvDialect, options: RenderOptions): CsvCell {
  const { lang, zone } = options;
  switch (cell.cell) {
    case "count":
    case "delta":
      return cell.value;
    case "rank":
      return cell.rank;
    case "rate": {
      const percent = formatPercent(cell.numerator, cell.denominator, "en").replaceAll(/[%,]/g, "");
      return dialect === "excel-vi" ? percent.replace(".", ",") : percent;
    }
    case "instant": {
      const at = readInstant(cell.at, zone);
      if (dialect === "rfc4180" || at === undefined) return toShown(cell.at);
      const { year, month, day, hour, minute } = toLocalTime(at, zone);
      const two = (n: number): string => String(n).padStart(2, "0");
      return `${two(day)}/${two(month)}/${year} ${two(hour)}:${two(minute)}`;
    }
    case "text":
      return toShown(cell.text[lang]);
    case "absent":
      return cell.reason ? formatCell(cell, lang, zone) : undefined;
  }
}
