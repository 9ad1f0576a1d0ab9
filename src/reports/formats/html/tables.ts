import type { Cell, FigureRow, TableBlock } from "../../blocks.ts";
import { formatBase, formatCell, formatRate, toBarShares } from "../cell-text.ts";
import type { RenderOptions } from "../format.ts";
import { formatWords } from "../words.ts";
import { escapeHtml } from "./escape.ts";

/** Main figures in one row of large tiles, the rates below them in smaller ones. */
export function renderFigures({ items }: FigureRow, options: RenderOptions): string {
  const row = (name: string, own: FigureRow["items"]): string =>
    own.length === 0 ? "" : `<dl class="tiles ${name}">${own.map((item) => renderTile(item, options)).join("")}</dl>`;
  const isSide = ({ weight }: FigureRow["items"][number]): boolean => weight === "side";
  // Where nothing is a main figure, or one alone, all stay among their neighbours.
  const hasMain = items.filter(({ weight }) => weight === "main").length > 1;
  return hasMain
    ? row(
        "main",
        items.filter((item) => !isSide(item)),
      ) + row("side", items.filter(isSide))
    : row("side", items);
}

function renderTile({ label, value, detail, weight }: FigureRow["items"][number], { lang, zone }: RenderOptions): string {
  const number = value.cell === "rate" ? formatRate(value, lang) : formatCell(value, lang, zone);
  const under = detail ? `<dd class="detail">${escapeHtml(detail[lang])}</dd>` : "";
  return `<div class="tile${weight === "alarm" ? " alarm" : ""}"><dt>${escapeHtml(label[lang])}</dt><dd class="number">${escapeHtml(number)}</dd>${under}</div>`;
}

/** A phone scrolls a table of so many columns, some of them text, sideways rather than breaking its cells at every word. */
const manyColumns = 5;

/**
 * A table in a box that scrolls by itself, so that the page never does; the box can be reached and moved with the keyboard.
 */
export function renderTable(block: TableBlock, id: string, options: RenderOptions): string {
  const { lang } = options;
  const bars = block.barColumn === null ? [] : toBarShares(block.rows.map((row) => row[block.barColumn as number]));
  const header = block.columns.findIndex(({ align }) => align === "left");
  const head = block.columns
    .map(({ title, align }, index) => {
      const span = index === block.barColumn ? ' colspan="2"' : "";
      return `<th scope="col" class="${align}"${span}>${escapeHtml(title[lang])}</th>`;
    })
    .join("");
  const rows = block.rows.map((row, at) => {
    const cells = row.map((cell, index) => {
      const tag = index === header ? "th" : "td";
      const scope = index === header ? ' scope="row"' : "";
      const own = `<${tag}${scope} class="${toCellClass(cell, block.columns[index]?.align ?? "left")}">${renderCell(cell, options)}</${tag}>`;
      return index === block.barColumn ? `<td class="barcell">${renderBar(bars[at])}</td>${own}` : own;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const isWide = block.columns.length >= manyColumns && block.columns.filter(({ align }) => align === "left").length > 1;
  const kind = block.barColumn === null ? (block.long ? "long" : isWide ? "wide" : "") : "ranking";
  return `<div class="box ${kind}" role="region" aria-labelledby="${id}-caption" tabindex="0"><table>
<caption id="${id}-caption">${escapeHtml(block.caption[lang])}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${rows.join("\n")}</tbody>
</table></div>`;
}

function toCellClass(cell: Cell, align: "left" | "right"): string {
  if (cell.cell === "rank" && cell.tied) return `${align} tied`;
  if (cell.cell === "absent") return `${align} none`;
  if (cell.cell === "text" && /^(\S{1,12}|.{1,7})$/u.test(cell.text.vi)) return `${align} short`;
  if (cell.cell === "text" && /\S{26}/.test(cell.text.vi)) return `${align} unbroken`;
  return cell.cell === "count" && cell.value === 0 ? `${align} zero` : align;
}

function renderCell(cell: Cell, { lang, zone }: RenderOptions): string {
  if (cell.cell === "rank" && cell.tied) return `<small>${escapeHtml(formatWords.tied[lang])}</small> ${cell.rank}`;
  if (cell.cell !== "rate") return escapeHtml(formatCell(cell, lang, zone));
  return `<b>${escapeHtml(formatRate(cell, lang))}</b> <small>${escapeHtml(formatBase(cell, lang))}</small>`;
}

/** The number stands beside it, so the bar is no news to a screen reader. */
function renderBar(share: number | undefined): string {
  if (share === undefined) return "";
  const width = Math.max(0, Math.min(100, Math.round(share * 1000) / 10));
  return `<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="10" rx="2"/><rect class="fill" width="${width}" height="10" rx="2"/></svg>`;
}
