import { formatCount, formatPercent } from "../../platform/format.ts";
import { formatTable, wrapWords } from "../../platform/table.ts";
import type { Words } from "../../platform/words.ts";
import type { Block, FigureRow, GridChart, LineChart, ShareChart, TableBlock } from "../blocks.ts";
import type { BuiltSection, Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { formatCell, formatRate, toBarShares, toShown } from "./cell-text.ts";
import { listFooter } from "./footer.ts";
import type { Format, RenderOptions } from "./format.ts";
import { toBar, toSparkline } from "./sparkline.ts";
import { gridSigns, formatWords as words } from "./words.ts";

export const terminalFormat: Format = { render: renderTerminal };

async function renderTerminal(report: Report, options: RenderOptions): Promise<string> {
  const { lang, zone, paint } = options;
  const names = report.sources.map(({ name }) => name);
  const head = [
    paint.bold(
      `${kindTitles[report.kind][lang].toLocaleUpperCase("vi")} · ${toShown(report.city)} · ${words.asOf(report.asOf, zone)[lang]}`,
    ),
    [
      words.window(report, zone),
      words.units(report),
      ...(names.length > 0 ? [words.sources(names)] : []),
      words.previous(report, zone),
    ]
      .map((part) => toShown(part[lang]))
      .join(" · "),
  ].map((line) => wrap(line, options));
  const parts: string[] = [head.join("\n")];
  for (const section of report.sections) parts.push(await renderSection(section, options));
  const footer = listFooter(report, options).map((line) => wrap(line, options));
  parts.push(paint.dim(footer.join("\n")));
  return `${parts.join("\n\n")}\n`;
}

/** Between words; what follows stands under the text, not under its sign. */
function wrap(text: string, { width }: RenderOptions, indent = ""): string {
  return width === undefined || !Number.isFinite(width) ? text : wrapWords(text, width, indent);
}

async function renderSection({ title, state, reason, blocks }: BuiltSection, options: RenderOptions): Promise<string> {
  const { lang, paint } = options;
  const heading = paint.cyan(paint.bold(`■ ${title[lang]}`));
  if (state === "unavailable" && reason) return `${heading}\n${paint.red(`✕ ${toShown(words.unavailable(reason)[lang])}`)}`;
  const parts: string[] = [];
  for (const block of blocks) parts.push(await renderBlock(block, options));
  return [heading, ...parts].join("\n");
}

async function renderBlock(block: Block, options: RenderOptions): Promise<string> {
  const { lang, paint } = options;
  const say = (text: Words): string => toShown(text[lang]);
  switch (block.block) {
    case "heading":
      return paint.bold(say(block.text));
    case "paragraph":
      return wrap(say(block.text), options);
    case "note":
      return block.level === "attention"
        ? paint.yellow(wrap(`! ${say(block.text)}`, options, "  "))
        : paint.dim(wrap(`· ${say(block.text)}`, options, "  "));
    case "list":
      return block.items.map((item) => wrap(`- ${say(item)}`, options, "  ")).join("\n");
    case "figures":
      return renderFigures(block, options);
    case "table":
      return renderTable(block, options);
    case "chart":
      if (block.chart === "lines") return renderLines(block, options);
      return block.chart === "shares" ? renderShares(block, options) : renderGrid(block, options);
  }
}

/** Values in one column, the largest type a terminal has: bold. */
function renderFigures({ items }: FigureRow, { lang, zone, paint }: RenderOptions): string {
  const values = items.map(({ value }) => (value.cell === "rate" ? formatRate(value, lang) : formatCell(value, lang, zone)));
  const width = Math.max(...values.map((value) => value.length));
  return items
    .map(({ label, detail, weight }, index) => {
      const value = (values[index] as string).padStart(width);
      const number = weight === "alarm" ? paint.red(paint.bold(value)) : paint.bold(value);
      return `${number}  ${toShown(label[lang])}${detail ? paint.dim(`  ${toShown(detail[lang])}`) : ""}`;
    })
    .join("\n");
}

const barWidth = 16;

async function renderTable(block: TableBlock, { lang, zone, paint, all, width }: RenderOptions): Promise<string> {
  const caption = paint.bold(toShown(block.caption[lang]));
  if (block.long && !all) return `${caption}\n${paint.dim(`· ${words.longTable(block.rows.length)[lang]}`)}`;
  const shares = block.barColumn === null ? [] : toBarShares(block.rows.map((row) => row[block.barColumn as number]));
  const columns = block.columns.map(({ title, short, align }) => ({ title: toShown((short ?? title)[lang]), align }));
  const rows = block.rows.map((row, index) => {
    const cells = row.map((cell) => formatCell(cell, lang, zone));
    const share = shares[index];
    return block.barColumn === null ? cells : [...cells, share === undefined ? "" : toBar(share, barWidth)];
  });
  const drawn = formatTable(block.barColumn === null ? columns : [...columns, { title: "" }], rows, paint, width);
  const names = block.columns.flatMap(({ title, short }) => (short ? [`- ${toShown(title[lang])}`] : []));
  return [caption, drawn, ...names].join("\n");
}

function renderLines({ caption, series, points }: LineChart, { lang, paint }: RenderOptions): string {
  const hours = points.map(({ at }) => at.slice(11, 13));
  const width = Math.max(...series.map((name) => name[lang].length));
  const lines = series.map((name, index) => {
    const values = points.map(({ values: own }) => own[index] as number);
    return `${name[lang].padEnd(width)}  ${toSparkline(values)}  ${values.map((value) => formatCount(value, lang)).join(" ")}`;
  });
  const range = hours.length === 0 ? "" : ` ${Number(hours[0])}h–${Number(hours.at(-1))}h`;
  return [paint.bold(`${caption[lang]}${range}`), ...lines].join("\n");
}

function renderShares({ caption, parts }: ShareChart, { lang, paint }: RenderOptions): string {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  const width = Math.max(...parts.map(({ label }) => label[lang].length));
  const rows = parts.map(({ label, value }) => {
    const share = whole === 0 ? "–" : formatPercent(value, whole, lang);
    return `${label[lang].padEnd(width)}  ${formatCount(value, lang).padStart(7)}  ${share.padStart(7)}  ${whole === 0 ? "" : toBar(value / whole, barWidth)}`;
  });
  return [paint.bold(caption[lang]), ...rows.map((row) => row.trimEnd())].join("\n");
}

/** Only what does not pass, unless all is asked for. */
async function renderGrid({ caption, columns, rows }: GridChart, { lang, paint, all, width }: RenderOptions): Promise<string> {
  const title = paint.bold(caption[lang]);
  const shown = all ? rows : rows.filter(({ states }) => states.some((state) => state !== "pass"));
  if (shown.length === 0) return `${title}\n${words.gridAllPass(rows.length)[lang]}`;
  const table = formatTable(
    [{ title: words.state[lang] }, ...columns.map((name) => ({ title: toShown(name[lang]) }))],
    shown.map(({ label, states }) => [toShown(label[lang]), ...states.map((state) => gridSigns[state])]),
    paint,
    width,
  );
  return `${title}\n${words.gridSome(shown.length, rows.length)[lang]}\n${table}`;
}
