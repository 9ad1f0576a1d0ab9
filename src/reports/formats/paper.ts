import type { Drawing } from "../../platform/drawing.ts";
import type { Words } from "../../platform/words.ts";
import type { Block, ChartBlock, FigureRow, Level, TableBlock } from "../blocks.ts";
import type { Report } from "../model.ts";
import { formatCell, formatRate, toBarShares, toShown } from "./cell-text.ts";
import { drawLines, drawShares } from "./chart-drawing.ts";
import { toChartTable } from "./chart-table.ts";
import type { RenderOptions } from "./format.ts";
import { formatWords as words } from "./words.ts";

/** A report as it stands on sheets of paper: text of one language, in order; Word and PDF differ only in how they draw it. */
export type PaperPart =
  | { readonly part: "section" | "heading" | "text"; readonly text: string }
  | { readonly part: "note"; readonly level: Level; readonly text: string }
  | { readonly part: "list"; readonly items: readonly string[] }
  | { readonly part: "figures"; readonly items: readonly PaperFigure[] }
  | PaperTable
  | { readonly part: "picture"; readonly caption: string; readonly drawing: Drawing; readonly alt: string };

export interface PaperFigure {
  readonly label: string;
  readonly value: string;
  readonly detail: string | undefined;
  readonly weight: FigureRow["items"][number]["weight"];
}

export interface PaperTable {
  readonly part: "table";
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  /** Needs the long side of the sheet. */
  readonly wide: boolean;
  /** Column with a bar for each row, its length from 0 to 1. */
  readonly bars: { readonly column: number; readonly shares: readonly (number | undefined)[] } | undefined;
}

/** So many columns of figures do not fit upright beside a unit's name. */
const uprightColumns = 10;

export function toPaper(report: Report, options: RenderOptions): PaperPart[] {
  const { lang } = options;
  return report.sections.flatMap(({ title, state, reason, blocks }): PaperPart[] => {
    const head: PaperPart = { part: "section", text: toShown(title[lang]) };
    if (state === "unavailable" && reason)
      return [head, { part: "note", level: "attention", text: toShown(words.unavailable(reason)[lang]) }];
    return [head, ...blocks.flatMap((block) => toParts(block, options))];
  });
}

function toParts(block: Block, options: RenderOptions): PaperPart[] {
  const say = (text: Words): string => toShown(text[options.lang]);
  switch (block.block) {
    case "heading":
      return [{ part: "heading", text: say(block.text) }];
    case "paragraph":
      return [{ part: "text", text: say(block.text) }];
    case "note":
      return [{ part: "note", level: block.level, text: say(block.text) }];
    case "list":
      return [{ part: "list", items: block.items.map(say) }];
    case "figures":
      return [toFigures(block, options)];
    case "table":
      return [toTable(block, options)];
    case "chart":
      return toChart(block, options);
  }
}

function toFigures({ items }: FigureRow, { lang, zone }: RenderOptions): PaperPart {
  return {
    part: "figures",
    items: items.map(({ label, value, detail, weight }) => ({
      label: toShown(label[lang]),
      value: value.cell === "rate" ? formatRate(value, lang) : formatCell(value, lang, zone),
      detail: detail ? toShown(detail[lang]) : undefined,
      weight,
    })),
  };
}

function toTable({ caption, columns, rows, barColumn }: TableBlock, { lang, zone }: RenderOptions): PaperTable {
  return {
    part: "table",
    caption: toShown(caption[lang]),
    columns: columns.map(({ title, align }) => ({ title: toShown(title[lang]), align })),
    rows: rows.map((row) => row.map((cell) => formatCell(cell, lang, zone))),
    wide: columns.length > uprightColumns,
    bars: barColumn === null ? undefined : { column: barColumn, shares: toBarShares(rows.map((row) => row[barColumn])) },
  };
}

/** A picture and, where its figures do not stand in it, the table below it. */
function toChart(block: ChartBlock, options: RenderOptions): PaperPart[] {
  const figures = toTable(toChartTable(block), options);
  if (block.chart === "grid") return [figures];
  const drawing = block.chart === "lines" ? drawLines(block, options.lang, 640, 230) : drawShares(block, options.lang, 640);
  const names = figures.columns.map(({ title }) => title);
  const alt = `${figures.caption}. ${names.join(", ")}: ${figures.rows.map((row) => row.join(", ")).join("; ")}.`;
  const picture: PaperPart = { part: "picture", caption: figures.caption, drawing, alt };
  return block.chart === "shares" ? [picture] : [picture, { ...figures, caption: words.dataTable[options.lang] }];
}
