import type { Instant } from "../../platform/clock.ts";
import { dimensions } from "../../readiness/readiness.ts";
import { escapeHtml } from "../../reports/formats/html/escape.ts";
import type { BoardReason, BoardUnit } from "../board.ts";
import { cellWords, dimensionQuestions, dimensionWords, formatMoment, verdictWords, boardWords as words } from "../words.ts";
import type { RenderOptions } from "./options.ts";
import { renderSign } from "./signs.ts";

/** What the panel of a unit shows: each dimension with its reasons, who mends it, and the command to copy. */
export function renderDetail(unit: BoardUnit, at: Instant, { lang, zone }: RenderOptions): string {
  const since =
    unit.since === undefined ? "" : ` <small>${escapeHtml(words.since(formatMoment(unit.since, at, zone, lang))[lang])}</small>`;
  const parts = dimensions.map((dimension) => {
    const { verdict, reasons } = unit.cells[dimension];
    const list = reasons.length === 0 ? "" : `<ul>${reasons.map((reason) => renderReason(reason, lang)).join("")}</ul>`;
    return `<section class="dimension ${verdict}" data-dimension="${dimension}"><h3>${renderSign(verdict)} ${escapeHtml(dimensionWords[dimension][lang])} <span class="state">${escapeHtml(cellWords[verdict][lang])}</span></h3><p class="asks">${escapeHtml(dimensionQuestions[dimension][lang])}</p>${list}</section>`;
  });
  return `<header class="detail-head ${unit.verdict}"><h2 id="detail-title" tabindex="-1">${escapeHtml(unit.name[lang])} <small>${unit.code}</small></h2><p class="verdict">${renderSign(unit.verdict)} <b>${escapeHtml(verdictWords[unit.verdict][lang])}</b>${since}</p></header>${unit.first ? renderFirst(unit.first, lang) : ""}${parts.join("")}`;
}

function renderFirst(first: NonNullable<BoardUnit["first"]>, lang: RenderOptions["lang"]): string {
  return `<div class="first-box"><p class="label">${escapeHtml(words.first[lang])}</p><p class="what">${escapeHtml(first.inWords[lang])}</p>${renderOwner(first, lang)}${renderCommands(first, lang)}</div>`;
}

function renderReason(reason: BoardReason, lang: RenderOptions["lang"]): string {
  const code = reason.code === undefined ? "" : ` <code class="reason-code">${escapeHtml(reason.code)}</code>`;
  return `<li class="${reason.weight}"><p>${escapeHtml(reason.inWords[lang])}${code}</p>${renderOwner(reason, lang)}${renderCommands(reason, lang)}${renderArticle(reason, lang)}</li>`;
}

function renderArticle({ article }: BoardReason, lang: RenderOptions["lang"]): string {
  if (!article) return "";
  return `<p class="article">${escapeHtml(words.handbook[lang])}: ${escapeHtml(article.title[lang])} <code>wardctl handbook show ${escapeHtml(article.id)}</code></p>`;
}

function renderOwner({ owner }: BoardReason, lang: RenderOptions["lang"]): string {
  return owner ? `<p class="owner">${escapeHtml(words.owner[lang])}: <b>${escapeHtml(owner[lang])}</b></p>` : "";
}

function renderCommands({ commands }: BoardReason, lang: RenderOptions["lang"]): string {
  return commands
    .map(
      (command) =>
        `<p class="command"><span class="unseen">${escapeHtml(words.remedy[lang])}: </span><code>${escapeHtml(command)}</code><button type="button" class="copy" data-copy="${escapeHtml(command)}" data-done="${escapeHtml(words.copied[lang])}">${escapeHtml(words.copy[lang])}</button></p>`,
    )
    .join("");
}
