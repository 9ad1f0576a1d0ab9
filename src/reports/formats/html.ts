import { sha256 } from "../../platform/canonical-json.ts";
import { formatDate, formatTime } from "../../platform/format.ts";
import { readInstant } from "../../platform/time.ts";
import type { Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { listFooter } from "./footer.ts";
import type { Format, RenderOptions } from "./format.ts";
import { embedJson, escapeHtml } from "./html/escape.ts";
import { renderSection } from "./html/section.ts";
import { pageStyle } from "./html/style.ts";
import { formatWords as words } from "./words.ts";

/**
 * One file that asks nothing of any host: style and drawings inside, no script, and a policy that would refuse both. The model rides along as data.
 */
export const htmlFormat: Format = { render: renderPage };

function renderPage(report: Report, options: RenderOptions): string {
  const { lang, zone } = options;
  const title = `${kindTitles[report.kind][lang]} · ${report.city} · ${words.asOf(report.asOf, zone)[lang]}`;
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body class="${report.kind}">
<a class="skip" href="#main">${escapeHtml(words.skip[lang])}</a>
${renderMasthead(report, options)}
<main id="main">
${report.sections.map((section) => renderSection(section, options)).join("\n")}
</main>
<footer>
${listFooter(report, options)
  .map((line) => `<p>${escapeHtml(line)}</p>`)
  .join("\n")}
<p>${escapeHtml(words.madeBy[lang])}</p>
</footer>
<script type="application/json" id="report-model">${embedJson(report)}</script>
</body>
</html>
`;
}

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${Buffer.from(sha256(pageStyle), "hex").toString("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function renderMasthead(report: Report, { lang, zone }: RenderOptions): string {
  const at = readInstant(report.asOf, zone) ?? 0;
  const complete = report.total.reporting === report.total.expected && report.units.every(({ state }) => state !== "stale");
  const chips = [
    `<li class="${complete ? "whole" : "short"}">${escapeHtml(`${complete ? "✓" : "!"} ${words.units(report)[lang]}`)}</li>`,
    ...[words.window(report, zone), words.previous(report, zone)].map((chip) => `<li>${escapeHtml(chip[lang])}</li>`),
    ...(report.sources.length > 0 ? [`<li>${escapeHtml(words.sources(report.sources.map(({ name }) => name))[lang])}</li>`] : []),
  ];
  return `<header class="masthead">
<div class="who"><p class="city">${escapeHtml(report.city)}</p><h1>${escapeHtml(kindTitles[report.kind][lang])}</h1></div>
<p class="when"><span>${escapeHtml(words.asOfLabel[lang])}</span> <time datetime="${escapeHtml(report.asOf)}"><b>${formatTime(at, zone)}</b> ${formatDate(at, zone, lang)}</time></p>
<ul class="chips">${chips.join("")}</ul>
</header>`;
}
