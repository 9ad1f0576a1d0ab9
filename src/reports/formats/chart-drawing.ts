import type { Drawing, Point, Shape } from "../../platform/drawing.ts";
import { formatCount, formatPercent } from "../../platform/format.ts";
import type { Lang } from "../../platform/words.ts";
import type { LineChart, ShareChart } from "../blocks.ts";
import { toShown } from "./cell-text.ts";
import { toTicks } from "./html/axis.ts";

/** For paper and pictures: contrast of at least 4.5:1 on white; series differ by dash, marker and pattern as well. */
export const inks = {
  ink: "#14212b",
  soft: "#475863",
  line: "#d5dcdf",
  faint: "#e7ecec",
  band: "#0c3d4a",
  white: "#ffffff",
  alarm: "#a5182a",
  series: ["#0b6f78", "#b0501a", "#5b4ba6"],
} as const;

const textSize = 12;

export function toSeriesInk(at: number): string {
  return inks.series[at % inks.series.length] as string;
}

/** The day's lines with their axis and legend. */
export function drawLines({ series, points }: LineChart, lang: Lang, width: number, height: number): Drawing {
  const ticks = toTicks(Math.max(0, ...points.flatMap(({ values }) => values)));
  const top = ticks.at(-1) ?? 1;
  const [left, right, above, below] = [14 + 7.5 * formatCount(top, lang).length, width - 10, 30, height - 24];
  const x = (index: number): number => left + ((right - left) * (index + 0.5)) / Math.max(points.length, 1);
  const y = (value: number): number => below - ((below - above) * value) / top;
  const shapes: Shape[] = [];
  for (const tick of ticks) {
    shapes.push({
      shape: "line",
      points: [
        [left, y(tick)],
        [right, y(tick)],
      ],
      stroke: inks.line,
      width: 0.75,
    });
    shapes.push({
      shape: "text",
      x: left - 6,
      y: y(tick) + 4,
      text: formatCount(tick, lang),
      size: textSize,
      fill: inks.soft,
      anchor: "end",
    });
  }
  const each = Math.ceil((points.length * 30) / (right - left));
  for (const [index, { at }] of points.entries()) {
    if (index % each !== 0) continue;
    shapes.push({
      shape: "text",
      x: x(index),
      y: height - 6,
      text: `${Number(at.slice(11, 13))}h`,
      size: textSize,
      fill: inks.soft,
      anchor: "middle",
    });
  }
  // The first series lies on top.
  for (let own = series.length - 1; own >= 0; own--) {
    const path = points.map(({ values }, index): Point => [x(index), y(values[own] ?? 0)]);
    shapes.push({ shape: "line", points: path, stroke: toSeriesInk(own), width: 2.5, ...toDash(own) });
    for (const point of path) shapes.push(drawMarker(own, point));
  }
  let at = left;
  for (const [own, name] of series.entries()) {
    const text = toShown(name[lang]);
    shapes.push({
      shape: "line",
      points: [
        [at, 12],
        [at + 34, 12],
      ],
      stroke: toSeriesInk(own),
      width: 2.5,
      ...toDash(own),
    });
    shapes.push(drawMarker(own, [at + 17, 12]));
    shapes.push({ shape: "text", x: at + 40, y: 16, text, size: textSize, fill: inks.ink });
    at += 64 + text.length * 7;
  }
  return { width, height, shapes };
}

function toDash(series: number): { readonly dash?: readonly [number, number] } {
  return series === 0 ? {} : { dash: [7, 5] };
}

function drawMarker(series: number, [x, y]: Point): Shape {
  const fill = toSeriesInk(series);
  return series === 0
    ? { shape: "circle", x, y, radius: 3.6, fill }
    : { shape: "rect", x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4, fill };
}

/** One bar of the whole, each part with its own pattern, and its legend with the figures. */
export function drawShares({ parts }: ShareChart, lang: Lang, width: number): Drawing {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  const shapes: Shape[] = [];
  let from = 0;
  for (const [index, { value }] of parts.entries()) {
    const part = whole === 0 ? 0 : (value / whole) * width;
    shapes.push(...drawPattern(index, from, 0, part, 44));
    from += part;
  }
  for (const [index, { label, value }] of parts.entries()) {
    const y = 76 + index * 26;
    shapes.push(...drawPattern(index, 0, y - 14, 18, 18));
    const share = whole === 0 ? "–" : formatPercent(value, whole, lang);
    shapes.push({ shape: "text", x: 26, y, text: toShown(label[lang]), size: 13, fill: inks.ink });
    shapes.push({ shape: "text", x: width - 84, y, text: formatCount(value, lang), size: 13, fill: inks.ink, anchor: "end" });
    shapes.push({ shape: "text", x: width, y, text: share, size: 13, fill: inks.ink, anchor: "end", bold: true });
  }
  return { width, height: 62 + parts.length * 26, shapes };
}

/** Plain, striped, dotted: told apart without colour. Stripes and dots are cut at the rectangle by reckoning, not by clipping. */
export function drawPattern(index: number, x: number, y: number, width: number, height: number): Shape[] {
  if (width <= 0) return [];
  const shapes: Shape[] = [{ shape: "rect", x, y, width, height, fill: toSeriesInk(index) }];
  if (index % 3 === 1) {
    for (let start = 8; start < width + height; start += 9) {
      const from: Point = start < width ? [x + start, y] : [x + width, y + start - width];
      const to: Point = start < height ? [x, y + start] : [x + start - height, y + height];
      shapes.push({ shape: "line", points: [from, to], stroke: inks.white, width: 1.2 });
    }
  }
  if (index % 3 === 2) {
    for (let across = 6; across < width - 2; across += 10)
      for (let down = 6; down < height - 2; down += 10)
        shapes.push({ shape: "circle", x: x + across, y: y + down, radius: 1.8, fill: inks.white });
  }
  return shapes;
}
