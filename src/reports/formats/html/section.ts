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
  const { lang } = options;
  const own = escapeHtml(id);
  const cards = blocks.filter((block) => block.block === "table" && block.barColumn !== null).length;
  const slim =
    state === "ok" &&
    blocks.length === 1 &&
    blocks.every((own) => own.block === "paragraph" || (own.block === "note" && own.level === "note"));
  const kind = cards > 1 ? ' class="cards"' : slim ? ' class="slim"' : "";
  const body =
    state === "unavailable" && reason
      ? renderNote(formatWords.unavailable(reason), "attention", options)
      : blocks.map((block, index) => renderBlock(block, `${own}-${index}`, options)).join("\n");
  return `<section id="${own}" aria-labelledby="${own}-title"${kind}>
<h2 id="${own}-title">${escapeHtml(title[lang])}</h2>
${body}
</section>`;
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
