import { sha256 } from "../../platform/canonical-json.ts";
import type { Lang } from "../../platform/words.ts";
import { escapeHtml } from "../../reports/formats/html/escape.ts";
import type { Assets } from "../assets.ts";
import { boardWords as words } from "../words.ts";
import { type PageOptions, renderBody } from "./page.ts";
import type { RenderedBoard } from "./parts.ts";

/**
 * The board as one file that asks nothing of any host: style, script and both languages inside, each allowed by its own hash and nothing else. Without
 * scripts it shows everything but the panels of the units.
 */
export function renderStillPage(rendered: Readonly<Record<Lang, RenderedBoard>>, page: PageOptions, assets: Assets): string {
  const { lang, city } = page;
  const other = lang === "vi" ? "en" : "vi";
  // A file has no typeface beside it: the machine's own is taken.
  const style = assets.style.replace(/@font-face \{[^}]*\}\n/g, "");
  const { script } = assets;
  const policy = [
    "default-src 'none'",
    `script-src '${toHash(script)}'`,
    `style-src '${toHash(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const body = (own: Lang): string =>
    `<div hidden data-title="${escapeHtml(words.title(city)[own])}"></div>\n${renderBody(rendered[own], { ...page, lang: own, isStill: true })}`;
  return `<!doctype html>
<html lang="${lang}" data-still>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(words.title(city)[lang])}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body(lang)}
<template data-lang="${other}">
${body(other)}
</template>
<script>${script}</script>
</body>
</html>
`;
}

function toHash(text: string): string {
  return `sha256-${Buffer.from(sha256(text), "hex").toString("base64")}`;
}
