import { createHash } from "node:crypto";
import type { Lang } from "../../platform/words.ts";
import type { Article } from "../article.ts";
import { toSearchPage } from "../find-articles.ts";
import { type Block, parseBlocks, parseInline } from "../markdown.ts";
import { describeValidity } from "../validity.ts";
import { type Book, formatDay } from "./book.ts";
import { toPageScript } from "./script.ts";
import { bookStyle } from "./style.ts";
import { bookWords as words } from "./words.ts";

/**
 * The handbook in one HTML file: it asks nothing of any host and runs nothing but its own script, named by its digest. Without the script all articles are
 * there, one below the other; so they are on paper.
 */
export function formatBookPage(book: Book): string {
  const { lang, place, date, articles } = book;
  const say = (text: { readonly vi: string; readonly en: string }): string => escapeHtml(text[lang]);
  const script = toPageScript();
  const title = [words.title[lang], ...(place === undefined ? [] : [place])].join(" · ");
  const data = {
    pages: articles.map((article) => ({ id: article.id, ...toSearchPage(article) })),
    hint: words.hint[lang],
    none: words.none[lang],
    countOf: words.countOf[lang],
  };
  const policy = [
    "default-src 'none'",
    `style-src '${digest(bookStyle)}'`,
    `script-src '${digest(script)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const titles = new Map(articles.map((article) => [article.id, article.title]));
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
<style>${bookStyle}</style>
</head>
<body>
<a class="skip" href="#main">${say(words.skip)}</a>
<header><h1>${say(words.title)}</h1>${place === undefined ? "" : `<p>${escapeHtml(place)}</p>`}<p>${say(words.madeOn(articles.length, formatDay(date, lang)))}</p></header>
<search class="ask"><label for="words">${say(words.search)}</label><input id="words" type="search" autocomplete="off" spellcheck="false" aria-describedby="told"><p id="told" role="status">${say(words.hint)}</p></search>
<main id="main" tabindex="-1">
<nav id="contents" aria-label="${say(words.contents)}"><h2>${say(words.contents)}</h2>
<ol>${articles.map(({ id, title: name }) => `<li><a href="#${id}">${escapeHtml(name)}</a></li>`).join("\n")}</ol></nav>
<section id="found" aria-label="${say(words.found)}" hidden><ol></ol></section>
${articles.map((article) => formatArticle(article, titles, lang)).join("\n")}
</main>
<footer><p>${say(words.madeOn(articles.length, formatDay(date, lang)))} · wardctl</p></footer>
<script type="application/json" id="handbook-data">${embed(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function formatArticle(article: Article, titles: ReadonlyMap<string, string>, lang: Lang): string {
  const { id, title, codes, systems, sources, related, body } = article;
  const validity = describeValidity(article);
  const facts = [
    ...(codes.length > 0 ? [codes.join(" · ")] : []),
    ...(systems.length > 0 ? [systems.join(" · ")] : []),
    ...(validity ? [validity[lang]] : []),
  ];
  const also = related.filter((other) => titles.has(other));
  return `<article id="${id}">
<h2 tabindex="-1">${escapeHtml(title)}</h2>
${facts.map((fact) => `<p class="facts">${escapeHtml(fact)}</p>`).join("\n")}
${parseBlocks(body)
  .map((block) => formatBlock(block, lang))
  .join("\n")}
<h3>${words.sources[lang]}</h3>
<ul>${sources.map(({ name, address }) => `<li>${address === undefined ? escapeHtml(name) : `<a class="source" rel="noreferrer" href="${escapeHtml(address)}">${escapeHtml(name)}</a>`}</li>`).join("")}</ul>
${also.length > 0 ? `<h3>${words.related[lang]}</h3>\n<ul>${also.map((other) => `<li><a href="#${other}">${escapeHtml(titles.get(other) ?? other)}</a></li>`).join("")}</ul>` : ""}
<p class="back"><a href="#main">${escapeHtml(words.back[lang])}</a></p>
</article>`;
}

function formatBlock(block: Block, lang: Lang): string {
  switch (block.kind) {
    case "heading":
      return `<h3>${formatInline(block.text)}</h3>`;
    case "paragraph":
      return `<p>${formatInline(block.text)}</p>`;
    case "note":
      return `<p class="caution"><strong>${words.caution[lang]}:</strong> ${formatInline(block.text)}</p>`;
    case "code":
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`;
    case "list": {
      const items = block.items.map((item) => `<li>${formatInline(item)}</li>`).join("");
      return block.start === undefined
        ? `<ul>${items}</ul>`
        : `<ol${block.start === 1 ? "" : ` start="${block.start}"`}>${items}</ol>`;
    }
  }
}

function formatInline(text: string): string {
  return parseInline(text)
    .map((part) => {
      const shown = escapeHtml(part.text);
      if (part.kind === "bold") return `<strong>${shown}</strong>`;
      if (part.kind === "code") return `<code>${shown}</code>`;
      return part.kind === "link" ? `<a rel="noreferrer" href="${escapeHtml(part.address)}">${shown}</a>` : shown;
    })
    .join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (sign) => entities[sign] as string);
}

/** Inside a script element no `</script>` and no comment may begin. */
function embed(value: unknown): string {
  return JSON.stringify(value).replace(/[<\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
