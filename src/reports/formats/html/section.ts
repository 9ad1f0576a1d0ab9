import type { Words } from "../../../platform/words.ts";
import type { Block } from "../../blocks.ts";
import type { BuiltSection } from "../../model.ts";
import type { RenderOptions } from "../format.ts";
import { formatWords } from "../words.ts";
import { renderGrid, renderLines, renderShares } from "./charts.ts";
import { escapeHtml } from "./escape.ts";
import { renderFigures, renderTable } from "./tables.ts";

/** A section is a region named by its heading. Several rankings stand side by side where there is room. */
export function renderSection({ id, title, state, reason, blocks }: BuiltSection, options: RenderOptions): string {
  const own = escapeHtml(id);
  const slim =
    state === "ok" &&
    blocks.length === 1 &&
    blocks.every((block) => block.block === "paragraph" || (block.block === "note" && block.level === "note"));
  const body =
    state === "unavailable" && reason
      ? renderNote(formatWords.unavailable(reason), "attention", options)
      : renderBlocks(blocks, own, options);
  return `<section id="${own}" aria-labelledby="${own}-title"${slim ? ' class="slim"' : ""}>
<h2 id="${own}-title">${escapeHtml(title[options.lang])}</h2>
${body}
</section>`;
}

/** Neighbouring rankings share a grid, each with the notes that follow it in its own card, so that no note breaks the grid. */
function renderBlocks(blocks: readonly Block[], section: string, options: RenderOptions): string {
  const parts: string[] = [];
  let cards: string[] = [];
  const close = (): void => {
    if (cards.length > 0)
      parts.push(`<div class="cards">${cards.map((card) => `<div class="card">${card}</div>`).join("\n")}</div>`);
    cards = [];
  };
  for (const [index, block] of blocks.entries()) {
    const html = renderBlock(block, `${section}-${index}`, options);
    if (block.block === "table" && block.barColumn !== null) cards.push(html);
    else if (block.block === "note" && block.level === "note" && cards.length > 0) cards.push(`${cards.pop()}\n${html}`);
    else {
      close();
      parts.push(html);
    }
  }
  close();
  return parts.join("\n");
}

function renderBlock(block: Block, id: string, options: RenderOptions): string {
  const say = (text: Words): string => escapeHtml(text[options.lang]);
  switch (block.block) {
    case "heading":
      return `<h3>${say(block.text)}</h3>`;
    case "paragraph":
      return `<p class="lead">${say(block.text)}</p>`;
    case "note":
      return renderNote(block.text, block.level, options);
    case "list":
      return `<ul class="plain">${block.items.map((item) => `<li>${say(item)}</li>`).join("")}</ul>`;
    case "figures":
      return renderFigures(block, options);
    case "table":
      return renderTable(block, id, options);
    case "chart":
      if (block.chart === "lines") return renderLines(block, id, options);
      return block.chart === "shares" ? renderShares(block, id, options) : renderGrid(block, options);
  }
}

/** The sign and the label carry the meaning; the colour only repeats it. */
function renderNote(text: Words, level: "attention" | "note", { lang }: RenderOptions): string {
  if (level === "note") return `<p class="note">${escapeHtml(text[lang])}</p>`;
  return `<p class="alert"><strong><span aria-hidden="true">▲</span> ${escapeHtml(formatWords.attention[lang])}:</strong> ${escapeHtml(text[lang])}</p>`;
}
