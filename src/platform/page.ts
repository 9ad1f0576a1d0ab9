import { createHash } from "node:crypto";
import type { PdfBlock } from "./pdf.ts";
import type { Lang } from "./words.ts";

/** What a printed page and a web page can both show. */
export type PageBlock = Extract<
  PdfBlock,
  { readonly kind: "title" | "heading" | "text" | "small" | "rule" | "table" | "fields" }
>;

/** One HTML file that asks nothing of any host: style inside, no script, and a policy that would refuse both; made to be printed on A4. */
export function formatPage({
  title,
  lang,
  blocks,
}: {
  readonly title: string;
  readonly lang: Lang;
  readonly blocks: readonly PageBlock[];
}): string {
  const digest = createHash("sha256").update(style).digest("base64");
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
${blocks.map(formatBlock).join("\n")}
</main>
</body>
</html>
`;
}

function formatBlock(block: PageBlock): string {
  switch (block.kind) {
    case "title":
      return `<h1>${escapeHtml(block.text)}</h1>`;
    case "heading":
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case "text":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "small":
      return `<p class="small">${escapeHtml(block.text)}</p>`;
    case "rule":
      return "<hr>";
    case "fields":
      return `<table class="fields"><tbody>\n${block.fields
        .map(
          ({ label, value }) =>
            `<tr><th scope="row">${escapeHtml(label)}</th><td${value === "" ? ' class="blank"' : ""}>${escapeHtml(value)}</td></tr>`,
        )
        .join("\n")}\n</tbody></table>`;
    case "table": {
      const cell = (tag: "th" | "td", text: string, at: number): string => {
        const scope = tag === "th" ? ' scope="col"' : "";
        return `<${tag}${scope}${block.columns[at]?.align === "right" ? ' class="number"' : ""}>${escapeHtml(text)}</${tag}>`;
      };
      const head = block.columns.map(({ title }, at) => cell("th", title, at)).join("");
      const rows = block.rows.map((row) => `<tr>${row.map((text, at) => cell("td", text, at)).join("")}</tr>`);
      return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
    }
  }
}

function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "<br>");
}

const style = `
@page { size: A4; margin: 18mm; }
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #111; font: 15px/1.5 "Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; break-after: avoid; }
p { margin: .35rem 0; }
.small { font-size: .85rem; color: #444; overflow-wrap: anywhere; }
hr { border: 0; border-top: 1px solid #777; margin: 1rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
thead th { border-bottom: 1.5px solid #333; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.fields th { width: 30%; font-weight: normal; color: #444; }
.blank { border-bottom: 1px dotted #333; height: 1.6rem; }
@media print { body { font-size: 10.5pt; } main { padding: 0; max-width: none; } .wide { overflow: visible; } }
`;
