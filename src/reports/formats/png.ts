import type { Drawing, Shape } from "../../platform/drawing.ts";
import { formatPng } from "../../platform/png.ts";
import type { Block, FigureRow, LineChart, ShareChart, TableBlock } from "../blocks.ts";
import type { Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { formatCell, formatRate, toBarShares, toShown } from "./cell-text.ts";
import { drawLines, drawShares, inks } from "./chart-drawing.ts";
import type { Format, RenderOptions } from "./format.ts";
import { listFacts } from "./heading.ts";
import { formatWords as words } from "./words.ts";

/** One picture for a chat or a slide: the totals, the day, the channels and the first of the rankings. */
export const pngFormat: Format = { render: renderPng };

const width = 1280;
const edge = 40;
const gap = 32;
/** Pixels for each unit of the drawing. */
export const posterZoom = 1.5;
const half = (width - 2 * edge - gap) / 2;

async function renderPng(report: Report, options: RenderOptions): Promise<Uint8Array> {
  const drawing = drawPoster(report, options);
  return formatPng(drawing, posterZoom, { "wardctl-model": options.modelSha256, Title: toShown(report.city) });
}

/** The picture before it is one. */
export function drawPoster(report: Report, options: RenderOptions): Drawing {
  const { lang, zone } = options;
  const blocks = report.sections.flatMap((section) => section.blocks);
  const shapes: Shape[] = [
    { shape: "rect", x: 0, y: 0, width, height: 112, fill: inks.band },
    say(edge, 44, shorten(toShown(report.city), 20, 700), 20, "#cfe3e6", { bold: true }),
    say(edge, 88, kindTitles[report.kind][lang], 36, inks.white, { bold: true }),
    say(width - edge, 84, words.asOf(report.asOf, zone)[lang], 24, inks.white, { anchor: "end", bold: true }),
    say(edge, 142, shorten(listFacts(report, options).slice(0, 2).join(" · "), 15, width - 2 * edge), 15, inks.soft),
  ];
  let y = 162;
  const figures = blocks.find(
    (block): block is FigureRow => block.block === "figures" && block.items.some(({ weight }) => weight === "main"),
  );
  if (figures) y = drawFigures(shapes, figures, y, options);
  const lines = blocks.find((block): block is LineChart => block.block === "chart" && block.chart === "lines");
  const shares = blocks.find((block): block is ShareChart => block.block === "chart" && block.chart === "shares");
  if (lines || shares) {
    const lineWidth = shares ? 720 : width - 2 * edge;
    if (lines) place(shapes, drawLines(lines, lang, lineWidth, 250), edge, y + 34, lines.caption[lang], y);
    const at = lines ? edge + 720 + gap : edge;
    if (shares) place(shapes, drawShares(shares, lang, width - edge - at), at, y + 34, shares.caption[lang], y);
    y += 34 + (lines ? 250 : 150) + 30;
  }
  // What others published stands in other files: a picture has room for the report's own.
  const rankings = report.sections
    .filter(({ id }) => id !== "declared")
    .flatMap((section) => section.blocks)
    .filter(isRanking)
    .sort((a, b) => Number(isOfRates(a)) - Number(isOfRates(b)))
    .slice(0, 4);
  for (let from = 0; from < rankings.length; from += 2) {
    const heights = rankings
      .slice(from, from + 2)
      .map((ranking, at) => drawRanking(shapes, ranking, edge + at * (half + gap), y, options));
    y += Math.max(...heights) + 26;
  }
  const silent = findAlert(blocks);
  if (silent) {
    // The typeface has no such sign.
    shapes.push({
      shape: "area",
      points: [
        [edge, y + 14],
        [edge + 18, y + 14],
        [edge + 9, y - 2],
      ],
      fill: inks.alarm,
    });
    shapes.push(say(edge + 28, y + 12, shorten(toShown(silent.text[lang]), 15, width - 2 * edge - 30), 15, inks.ink));
    y += 36;
  }
  const foot = [options.meeting === undefined ? words.notKept : words.keptAs(options.meeting), words.model(options.modelSha256)]
    .map((own) => toShown(own[lang]))
    .join(" · ");
  shapes.push(say(edge, y + 12, foot, 12, inks.soft));
  return { width, height: Math.ceil(y + 34), shapes };
}

function say(
  x: number,
  y: number,
  text: string,
  size: number,
  fill: string,
  more: { readonly bold?: boolean; readonly anchor?: "end" | "middle" } = {},
): Shape {
  return { shape: "text", x, y, text, size, fill, ...more };
}

/** Letters of the typeface are 0.58 of its size wide on average; what would not fit ends in `…`. */
function shorten(text: string, size: number, room: number): string {
  const most = Math.floor(room / (size * 0.58));
  return [...text].length <= most
    ? text
    : `${[...text]
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

function place(shapes: Shape[], drawing: Drawing, x: number, y: number, caption: string, top: number): void {
  shapes.push(say(x, top + 18, shorten(toShown(caption), 18, drawing.width), 18, inks.ink, { bold: true }));
  shapes.push(...drawing.shapes.map((shape) => move(shape, x, y)));
}

function move(shape: Shape, dx: number, dy: number): Shape {
  if (shape.shape === "area" || shape.shape === "line")
    return { ...shape, points: shape.points.map(([x, y]) => [x + dx, y + dy] as const) };
  return { ...shape, x: shape.x + dx, y: shape.y + dy };
}

/** The main figures in large type, the rates below them in smaller. */
function drawFigures(shapes: Shape[], { items }: FigureRow, top: number, { lang, zone }: RenderOptions): number {
  let y = top;
  for (const [own, size, height] of [
    [items.filter(({ weight }) => weight !== "side"), 44, 112],
    [items.filter(({ weight }) => weight === "side"), 30, 92],
  ] as const) {
    if (own.length === 0) continue;
    const each = (width - 2 * edge - 16 * (own.length - 1)) / own.length;
    for (const [at, { label, value, detail, weight }] of own.entries()) {
      const x = edge + at * (each + 16);
      const number = value.cell === "rate" ? formatRate(value, lang) : formatCell(value, lang, zone);
      const ink = weight === "alarm" ? inks.alarm : inks.ink;
      shapes.push({ shape: "rect", x, y, width: each, height, fill: inks.faint });
      shapes.push({ shape: "rect", x, y, width: 5, height, fill: weight === "alarm" ? inks.alarm : inks.band });
      shapes.push(say(x + 20, y + 26, shorten(toShown(label[lang]), 16, each - 30), 16, inks.soft, { bold: true }));
      shapes.push(say(x + 20, y + 26 + size, number, size, ink, { bold: true }));
      if (detail) shapes.push(say(x + 20, y + height - 12, shorten(toShown(detail[lang]), 13, each - 30), 13, inks.soft));
    }
    y += height + 16;
  }
  return y + 8;
}

function isRanking(block: Block): block is TableBlock {
  return block.block === "table" && block.barColumn === 2 && block.rows[0]?.[0]?.cell === "rank";
}

function isOfRates(block: TableBlock): boolean {
  return block.rows.some((row) => row[block.barColumn ?? 2]?.cell === "rate");
}

const rankingRow = 30;

/** Ties can be many: a picture says how many it leaves out. */
const rankingRows = 6;

function drawRanking(shapes: Shape[], block: TableBlock, x: number, top: number, { lang, zone }: RenderOptions): number {
  const bar = block.barColumn ?? 2;
  const shares = toBarShares(block.rows.map((row) => row[bar]));
  const shown = block.rows.slice(0, rankingRows);
  shapes.push(say(x, top + 18, shorten(toShown(block.caption[lang]), 17, half), 17, inks.ink, { bold: true }));
  // A rate stands with its base.
  const room = half - 270 - (isOfRates(block) ? 165 : 70);
  for (const [at, row] of shown.entries()) {
    const y = top + 34 + at * rankingRow;
    const [rank, name, figure] = row.map((cell) => (cell.cell === "rank" ? String(cell.rank) : formatCell(cell, lang, zone)));
    shapes.push(say(x + 22, y + 20, rank ?? "", 15, inks.soft, { anchor: "end" }));
    shapes.push(say(x + 34, y + 20, shorten(name ?? "", 15, 232), 15, inks.ink));
    shapes.push({ shape: "rect", x: x + 270, y: y + 5, width: room, height: 20, fill: inks.faint });
    shapes.push({
      shape: "rect",
      x: x + 270,
      y: y + 5,
      width: room * Math.min(1, shares[at] ?? 0),
      height: 20,
      fill: inks.series[0],
    });
    shapes.push(say(x + half, y + 20, figure ?? "", 15, inks.ink, { anchor: "end", bold: true }));
  }
  const left = block.rows.length - shown.length;
  if (left > 0) shapes.push(say(x + 34, top + 34 + shown.length * rankingRow + 16, words.moreRows(left)[lang], 13, inks.soft));
  return 34 + shown.length * rankingRow + (left > 0 ? 22 : 0);
}

function findAlert(blocks: readonly Block[]) {
  return blocks.find(
    (block): block is Extract<Block, { block: "note" }> => block.block === "note" && block.level === "attention",
  );
}
