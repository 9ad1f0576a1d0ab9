import { escapeHtml } from "../../reports/formats/html/escape.ts";
import { keyWords, boardWords as words } from "../words.ts";
import type { RenderOptions } from "./options.ts";
import type { PartName, RenderedBoard } from "./parts.ts";
import { signSprite } from "./signs.ts";

export interface PageOptions extends RenderOptions {
  readonly city: string;
  /** The clock was set by the person. */
  readonly clockPinned: boolean;
}

/** All that stands between <body> and </body>, but for scripts. */
export function renderBody(
  { parts, details }: RenderedBoard,
  { lang, clockPinned, isStill }: PageOptions & { readonly isStill: boolean },
): string {
  const part = (name: PartName, tag = "div"): string => `<${tag} data-part="${name}">${parts[name]}</${tag}>`;
  const panel = (name: PartName, extra = ""): string =>
    `<section class="card" data-part="${name}" aria-labelledby="${name}-title"${parts[name] === "" ? " hidden" : ""}>${parts[name]}${extra}</section>`;
  const say = (name: "search" | "help" | "fullScreen" | "theme" | "otherLang"): string => escapeHtml(words[name][lang]);
  const state = isStill ? words.still : words.live;
  return `${signSprite}
<a class="skip" href="#units">${escapeHtml(words.skip[lang])}</a>
<header class="masthead">
${part("standing")}
<div class="side"><p class="when" data-part="asof">${parts.asof}</p>
<p class="state ${isStill ? "still" : "live"}" data-state><span class="dot" aria-hidden="true"></span> <span class="told">${escapeHtml(state[lang])}</span>${clockPinned ? ` <span class="pinned">· ${escapeHtml(words.pinned[lang])}</span>` : ""}</p></div>
<nav class="tools" aria-label="${say("help")}"><label class="search"><span class="unseen">${say("search")}</span><input type="search" data-search autocomplete="off" spellcheck="false" placeholder="${say("search")}"><kbd aria-hidden="true">/</kbd></label>${tool("lang", "l", words.otherLang[lang], lang === "vi" ? "en" : "vi")}${tool("theme", "t", words.theme[lang])}${tool("full", "f", words.fullScreen[lang])}${tool("help", "?", words.help[lang])}</nav>
<p class="alert lost" data-lost hidden role="alert">${escapeHtml(words.lost[lang])}</p>
</header>
<main>
<section id="units" class="card units" aria-labelledby="matrix-title">${part("matrix")}<p class="note keys">${escapeHtml(words.matrixHelp[lang])}</p></section>
<div class="panels">
<section class="card" aria-labelledby="counts-title">${part("counts")}${part("curve")}</section>
${panel("difficulties")}
${panel("causes")}
${panel("silent")}
${panel("trend")}
</div>
</main>
<footer><p>${escapeHtml(words.madeBy[lang])}</p></footer>
<div class="toasts" role="status" aria-live="polite" data-toasts></div>
<dialog class="panel" data-detail aria-labelledby="detail-title">${closeButton(lang)}<div data-detail-body></div></dialog>
<dialog class="panel help" data-help aria-labelledby="help-title">${closeButton(lang)}<h2 id="help-title">${say("help")}</h2>${renderKeys(lang)}</dialog>
${[...details].map(([code, html]) => `<template data-detail-of="${code}">${html}</template>`).join("\n")}`;
}

function tool(name: string, key: string, label: string, lang?: string): string {
  return `<button type="button" data-tool="${name}" aria-keyshortcuts="${key}"><span${lang ? ` lang="${lang}"` : ""}>${escapeHtml(label)}</span> <kbd aria-hidden="true">${key}</kbd></button>`;
}

function closeButton(lang: RenderOptions["lang"]): string {
  return `<form method="dialog"><button class="close" aria-label="${escapeHtml(words.close[lang])}"><svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#sign-no-go"/></svg></button></form>`;
}

function renderKeys(lang: RenderOptions["lang"]): string {
  const rows = [
    ["← ↑ → ↓", keyWords.arrows],
    ["Enter", keyWords.enter],
    ["/", keyWords.slash],
    ["f", keyWords.f],
    ["l", keyWords.l],
    ["t", keyWords.t],
    ["p", keyWords.p],
    ["?", keyWords.help],
    ["Esc", keyWords.esc],
  ] as const;
  return `<dl class="keylist">${rows.map(([key, what]) => `<div><dt><kbd>${escapeHtml(key)}</kbd></dt><dd>${escapeHtml(what[lang])}</dd></div>`).join("")}</dl>`;
}

export interface LivePage extends PageOptions {
  /** Number of the last change that stands in it. */
  readonly eventId: string;
}

/** The page that the server gives: style, script and typeface are files beside it, so that its policy allows nothing inline. */
export function renderLivePage(rendered: RenderedBoard, page: LivePage): string {
  const { lang, city, eventId } = page;
  return `<!doctype html>
<html lang="${lang}" data-event="${escapeHtml(eventId)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(words.title(city)[lang])}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/board.css">
<script src="/board.js" defer></script>
</head>
<body>
${renderBody(rendered, { ...page, isStill: false })}
</body>
</html>
`;
}
