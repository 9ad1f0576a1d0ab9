import { readInstant, type Zone } from "../../platform/time.ts";
import type { Lang, Words } from "../../platform/words.ts";
import { verbatim } from "../../platform/words.ts";
import { type BookCell, type BookColumn, type BookSheet, formatBook } from "../../platform/xlsx-book.ts";
import { type Block, type Cell, left, right, type TableBlock, table, text } from "../blocks.ts";
import type { BuiltSection, Report } from "../model.ts";
import { kindTitles, stateTitles } from "../words.ts";
import { formatCell, toShown } from "./cell-text.ts";
import { toChartTable } from "./chart-table.ts";
import { figureColumns, sortUnits } from "./figure-columns.ts";
import { listFooter } from "./footer.ts";
import type { Format, RenderOptions } from "./format.ts";
import { hashKeyword, listFacts, toTitle } from "./heading.ts";
import { formatWords as words } from "./words.ts";

/** A sheet that sums up and a sheet for each table: whoever gets it can sort, filter and add up. */
export const xlsxFormat: Format = { render: renderXlsx };

function renderXlsx(report: Report, options: RenderOptions): Promise<Uint8Array> {
  const { lang, zone, modelSha256 } = options;
  const tables = [...report.sections.flatMap(listNamedTables), ...listUnitTable(report)];
  return formatBook({
    title: toTitle(report, options),
    keywords: hashKeyword(modelSha256),
    properties: {
      wardctlModel: modelSha256,
      wardctlAsOf: report.asOf,
      ...(options.meeting !== undefined && { wardctlMeeting: options.meeting }),
    },
    at: readInstant(report.asOf, zone) ?? 0,
    zone,
    foot: `${toShown(report.city)} · ${words.model(modelSha256)[lang]}`,
    sheets: [sumUp(report, options), ...tables.map((own) => toSheet(own, lang, zone))],
  });
}

interface NamedTable {
  readonly name: Words;
  readonly block: TableBlock;
  /** What is said about it below it on other pages. */
  readonly notes: readonly Words[];
}

function listNamedTables({ title, blocks }: BuiltSection): NamedTable[] {
  return blocks.flatMap((block, at): NamedTable[] => {
    const own = toTable(block);
    if (!own) return [];
    // A ranking has a sheet of its own name; what is alone in its section has the section's.
    const name =
      (block.block === "table" && block.barColumn !== null) || (block.block === "chart" && block.chart === "grid")
        ? own.caption
        : title;
    return [{ name, block: own, notes: listNotes(blocks, at) }];
  });
}

function toTable(block: Block): TableBlock | undefined {
  if (block.block === "chart") return toChartTable(block);
  return block.block === "table" ? block : undefined;
}

/** The remarks right below a table are about it. */
function listNotes(blocks: readonly Block[], table: number): Words[] {
  const notes: Words[] = [];
  for (const block of blocks.slice(table + 1)) {
    if (block.block !== "note" || block.level !== "note") break;
    notes.push(block.text);
  }
  return notes;
}

/** All figures of all units, which the sections show some of. */
function listUnitTable({ units }: Report): NamedTable[] {
  if (units.length === 0) return [];
  const columns = [
    left(words.state),
    left(words.unitCode),
    left(words.unitState),
    left(words.delivered),
    ...figureColumns.map(({ title }) => right(title)),
  ];
  const rows = sortUnits(units).map((unit): Cell[] => [
    text(verbatim(unit.name)),
    text(verbatim(unit.code)),
    text(stateTitles[unit.state]),
    unit.lastDeliveryAt === null ? { cell: "absent", reason: null } : { cell: "instant", at: unit.lastDeliveryAt },
    ...figureColumns.map(({ read }) => read(unit)),
  ]);
  return [{ name: words.allFigures, block: table(words.allFigures, columns, rows), notes: [] }];
}

function toSheet({ name, block, notes }: NamedTable, lang: Lang, zone: Zone): BookSheet {
  // A rate is never shown without its base: it is three columns, so that both can be added up.
  const isRate = block.columns.map((_column, at) => block.rows.some((row) => row[at]?.cell === "rate"));
  const columns = block.columns.flatMap(({ title, align }, at): BookColumn[] => {
    const own = { title: toShown(title[lang]), align };
    return isRate[at]
      ? [own, { title: words.numerator[lang], align: "right" }, { title: words.denominator[lang], align: "right" }]
      : [own];
  });
  const rows = block.rows.map((row) =>
    row.flatMap((cell, at) => (isRate[at] ? toRateCells(cell, lang, zone) : [toBookCell(cell, lang, zone)])),
  );
  return {
    name: toShown(name[lang]),
    above: [
      [{ kind: "text", text: toShown(block.caption[lang]), style: "heading" }],
      ...notes.map((note): BookCell[] => [{ kind: "text", text: toShown(note[lang]), style: "aside" }]),
    ],
    table: { columns, rows },
  };
}

const whole = "#,##0";

function toRateCells(cell: Cell, lang: Lang, zone: Zone): BookCell[] {
  if (cell.cell !== "rate") return [toBookCell(cell, lang, zone), undefined, undefined];
  return [
    toBookCell(cell, lang, zone),
    { kind: "number", value: cell.numerator, format: whole },
    { kind: "number", value: cell.denominator, format: cell.atMost ? `"≥ "${whole}` : whole },
  ];
}

function toBookCell(cell: Cell, lang: Lang, zone: Zone): BookCell {
  switch (cell.cell) {
    case "text":
      return { kind: "text", text: toShown(cell.text[lang]) };
    case "count":
      return { kind: "number", value: cell.value, format: whole };
    case "delta":
      return { kind: "number", value: cell.value, format: `+${whole};−${whole};0` };
    case "rate":
      return { kind: "number", value: cell.numerator / cell.denominator, format: cell.atMost ? '"≤ "0.00%' : "0.00%" };
    case "rank":
      return { kind: "number", value: cell.rank, format: cell.tied ? `0" (${words.tied[lang]})"` : "0" };
    case "instant": {
      const at = readInstant(cell.at, zone);
      return at === undefined ? { kind: "text", text: toShown(cell.at) } : { kind: "date", at };
    }
    case "absent":
      return cell.reason ? { kind: "text", text: formatCell(cell, lang, zone), style: "soft" } : undefined;
  }
}

/** What is no table, in the report's order, and where the tables are. */
function sumUp(report: Report, options: RenderOptions): BookSheet {
  const { lang, zone } = options;
  const at = readInstant(report.asOf, zone);
  const line = (content: string, style?: "strong" | "soft" | "heading" | "title"): BookCell[] => [
    { kind: "text", text: content, ...(style && { style }) },
  ];
  const lines: (readonly BookCell[])[] = [
    line(`${kindTitles[report.kind][lang]} · ${toShown(report.city)}`, "title"),
    [{ kind: "text", text: words.asOfLabel[lang], style: "strong" }, at === undefined ? undefined : { kind: "date", at }],
    ...listFacts(report, options).map((fact) => line(fact)),
  ];
  for (const { title, state, reason, blocks } of report.sections) {
    const told = new Set(blocks.flatMap((block, at) => (toTable(block) ? listNotes(blocks, at) : [])));
    const own = blocks.flatMap((block) => (block.block === "note" && told.has(block.text) ? [] : toLines(block, options)));
    if (state === "unavailable" && reason) own.push(line(words.unavailable(reason)[lang], "strong"));
    if (own.length > 0) lines.push([], line(toShown(title[lang]), "heading"), ...own);
  }
  lines.push([], ...listFooter(report, options).map((text) => line(text, "soft")));
  return { name: words.summary[lang], above: lines, table: undefined, widths: [90, 18, 44] };
}

function toLines(block: Block, { lang, zone }: RenderOptions): BookCell[][] {
  const say = (content: Words): string => toShown(content[lang]);
  switch (block.block) {
    case "heading":
      return [[{ kind: "text", text: say(block.text), style: "strong" }]];
    case "paragraph":
      return [[{ kind: "text", text: say(block.text) }]];
    case "note":
      return [
        [
          block.level === "attention"
            ? { kind: "text", text: `${words.attention[lang]}: ${say(block.text)}`, style: "strong" }
            : { kind: "text", text: say(block.text), style: "soft" },
        ],
      ];
    case "list":
      return block.items.map((item) => [{ kind: "text", text: say(item) }]);
    case "figures":
      return block.items.map(({ label, value, detail }) => [
        { kind: "text", text: say(label) },
        emphasise(toBookCell(value, lang, zone)),
        detail ? { kind: "text", text: say(detail), style: "soft" } : undefined,
      ]);
    default:
      return [];
  }
}

function emphasise(cell: BookCell): BookCell {
  return cell?.kind === "number" ? { ...cell, strong: true } : cell;
}
