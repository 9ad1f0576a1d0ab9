import { formatCount, formatPercent } from "../../platform/format.ts";
import type { Words } from "../../platform/words.ts";
import type { Block, ChartBlock, FigureRow, TableBlock } from "../blocks.ts";
import type { BuiltSection, Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { formatCell, formatRate, toShown } from "./cell-text.ts";
import { listFooter } from "./footer.ts";
import type { Format, RenderOptions } from "./format.ts";
import { gridSigns, gridWords, formatWords as words } from "./words.ts";

export const markdownFormat: Format = { render: renderMarkdown };

function renderMarkdown(report: Report, options: RenderOptions): string {
  const { lang, zone } = options;
  const names = report.sources.map(({ name }) => name);
  const facts = [
    words.window(report, zone),
    words.units(report),
    ...(names.length > 0 ? [words.sources(names)] : []),
    words.previous(report, zone),
  ];
  const parts = [
    `# ${escapeMarkdown(`${kindTitles[report.kind][lang]} · ${report.city} · ${words.asOf(report.asOf, zone)[lang]}`)}`,
    facts.map((fact) => `- ${escapeMarkdown(fact[lang])}`).join("\n"),
    ...report.sections.flatMap((section) => renderSection(section, options)),
    "---",
    ...listFooter(report, options).map((line) => `*${escapeMarkdown(line)}*`),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderSection({ title, state, reason, blocks }: BuiltSection, options: RenderOptions): string[] {
  const heading = `## ${escapeMarkdown(title[options.lang])}`;
  if (state === "unavailable" && reason) return [heading, `> **${escapeMarkdown(words.unavailable(reason)[options.lang])}**`];
  return [heading, ...blocks.map((block) => renderBlock(block, options))];
}

function renderBlock(block: Block, options: RenderOptions): string {
  const say = (text: Words): string => escapeMarkdown(text[options.lang]);
  switch (block.block) {
    case "heading":
      return `### ${say(block.text)}`;
    case "paragraph":
      return say(block.text);
    case "note":
      return block.level === "attention" ? `> **${words.attention[options.lang]}:** ${say(block.text)}` : `> ${say(block.text)}`;
    case "list":
      return block.items.map((item) => `- ${say(item)}`).join("\n");
    case "figures":
      return renderFigures(block, options);
    case "table":
      return renderTable(block, options);
    case "chart":
      return renderChart(block, options);
  }
}

function renderFigures({ items }: FigureRow, { lang, zone }: RenderOptions): string {
  return items
    .map(({ label, value, detail }) => {
      const number = value.cell === "rate" ? formatRate(value, lang) : formatCell(value, lang, zone);
      return `- ${escapeMarkdown(label[lang])}: **${escapeMarkdown(number)}**${detail ? ` (${escapeMarkdown(detail[lang])})` : ""}`;
    })
    .join("\n");
}

function renderTable({ caption, columns, rows }: TableBlock, { lang, zone }: RenderOptions): string {
  return `**${escapeMarkdown(caption[lang])}**\n\n${formatRows(
    columns.map(({ title, align }) => ({ title: title[lang], align })),
    rows.map((row) => row.map((cell) => formatCell(cell, lang, zone))),
  )}`;
}

/** The figures of a chart: Markdown draws none. */
function renderChart(block: ChartBlock, { lang }: RenderOptions): string {
  const caption = `**${escapeMarkdown(block.caption[lang])}**`;
  const right = (title: string) => ({ title, align: "right" as const });
  const left = (title: string) => ({ title, align: "left" as const });
  switch (block.chart) {
    case "lines":
      return `${caption}\n\n${formatRows(
        [left(words.hour[lang]), ...block.series.map((name) => right(name[lang]))],
        block.points.map(({ at, values }) => [at.slice(11, 16), ...values.map((value) => formatCount(value, lang))]),
      )}`;
    case "shares": {
      const whole = block.parts.reduce((sum, { value }) => sum + value, 0);
      return `${caption}\n\n${formatRows(
        [left(words.part[lang]), right(words.dossiers[lang]), right(words.share[lang])],
        block.parts.map(({ label, value }) => [
          label[lang],
          formatCount(value, lang),
          whole === 0 ? "–" : formatPercent(value, whole, lang),
        ]),
      )}`;
    }
    case "grid":
      return `${caption}\n\n${formatRows(
        [left(words.state[lang]), ...block.columns.map((name) => left(name[lang]))],
        block.rows.map(({ label, states }) => [
          label[lang],
          ...states.map((state) => `${gridSigns[state]} ${gridWords[state][lang]}`),
        ]),
      )}`;
  }
}

function formatRows(
  columns: readonly { readonly title: string; readonly align: "left" | "right" }[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  const rule = `| ${columns.map(({ align }) => (align === "right" ? "---:" : "---")).join(" | ")} |`;
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join("\n");
}

/** Text that no Markdown renderer takes for markup: GFM's inline signs, HTML, links, and line starts that would be a list or heading. */
export function escapeMarkdown(text: string): string {
  return toShown(text)
    .replace(/[\\`*_[\]<>|~&#]/g, "\\$&")
    .replace(/^(\s*)([-+=])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(\s)/, "$1\\$2$3")
    .replace(/:\/\//g, ":\\//");
}
