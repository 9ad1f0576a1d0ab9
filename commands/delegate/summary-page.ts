import { allDocTypes, docTypes, findDocType, listKeys } from "../../src/delegation/doc-types.ts";
import type { ScopeBook } from "../../src/delegation/scope-book.ts";
import type { UnitSummary } from "../../src/delegation/summary.ts";
import { formatUnitName } from "../../src/directory/unit.ts";
import type { WordDocument } from "../../src/platform/docx.ts";
import type { Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { escapeHtml } from "../../src/reports/formats/html/escape.ts";
import { formatBasis, formatPost, formatWindow } from "./grant-text.ts";
import { formatNarrowing } from "./scope-text.ts";
import { summaryWords as words } from "./summary-words.ts";
import { delegateWords, stateWords } from "./words.ts";

export interface SummaryPage {
  readonly title: string;
  readonly asOf: string;
  readonly heading: readonly string[];
  /** Lines of a cell are parted by `\n`. */
  readonly units: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[];
}

/** The page as text, in one language. */
export function toSummaryPage(
  units: readonly UnitSummary[],
  names: ReadonlyMap<string, string>,
  { zone, lang, when, book }: { readonly zone: Zone; readonly lang: Lang; readonly when: string; readonly book: ScopeBook },
): SummaryPage {
  const say = (staffIds: readonly string[]): string =>
    staffIds.length === 0 ? words.vacant[lang] : staffIds.map((staffId) => names.get(staffId) ?? staffId).join(", ");
  return {
    title: words.title[lang],
    asOf: words.asOf(when)[lang],
    heading: [words.who, words.block, words.types, words.window, words.basis, words.state].map((title) => title[lang]),
    units: units.map(({ unit, heads, rows }) => ({
      name: `${formatUnitName(unit)} (${unit.code})`,
      rows: [
        [
          `${formatPost({ position: "chu-tich" }, lang)}\n${say(heads)}`,
          "CHỦ TỊCH\nTM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
          delegateWords.allTypes(docTypes.length)[lang],
          "",
          words.own[lang],
          "",
        ],
        ...rows.map(({ grant, state, holders, blocks }) => [
          `${formatPost(grant.to, lang)}\n${say(holders)}`,
          blocks.map((lines) => lines.join(" / ")).join("\n"),
          [formatAllTypes(grant.docTypes, lang), formatNarrowing(grant.narrowing, book, lang)]
            .filter((part) => part !== "")
            .join("\n"),
          formatWindow(grant, zone, lang),
          formatBasis(grant.basis, lang, zone),
          stateWords[state][lang],
        ]),
      ],
    })),
  };
}

/** Every name: on paper nothing can be unfolded. */
function formatAllTypes(mask: number, lang: Lang): string {
  if (mask === allDocTypes) return delegateWords.allTypes(docTypes.length)[lang];
  return listKeys(mask)
    .map((key) => findDocType(key)?.name[lang] ?? key)
    .join(", ");
}

/** One self-contained file: no script, no address, prints on landscape A4. */
export function formatSummaryHtml({ title, asOf, heading, units }: SummaryPage, lang: Lang): string {
  const cell = (text: string, tag: "td" | "th"): string =>
    `<${tag}${tag === "th" ? ' scope="col"' : ""}>${text.split("\n").map(escapeHtml).join("<br>")}</${tag}>`;
  const row = (cells: readonly string[], tag: "td" | "th"): string => `<tr>${cells.map((text) => cell(text, tag)).join("")}</tr>`;
  const sections = units.map(
    ({ name, rows }) =>
      `<section><h2>${escapeHtml(name)}</h2>\n<table><thead>${row(heading, "th")}</thead>\n<tbody>\n${rows.map((cells) => row(cells, "td")).join("\n")}\n</tbody></table></section>`,
  );
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
@page { size: A4 landscape; margin: 15mm }
body { font: 12pt/1.35 "Times New Roman", "Liberation Serif", serif; margin: 1.5rem; color: #000; background: #fff }
h1 { font-size: 16pt; margin: 0 } h2 { font-size: 13pt; margin: 1.2rem 0 .4rem }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #555; padding: .3rem .5rem; text-align: left; vertical-align: top }
th { background: #eee } thead { display: table-header-group } tr, h2 { break-inside: avoid } h2 { break-after: avoid }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(asOf)}</p>
${sections.join("\n")}
</main>
</body>
</html>
`;
}

export function toSummaryWord({ title, asOf, heading, units }: SummaryPage): WordDocument {
  return {
    title,
    font: "Times New Roman",
    sizePt: 11,
    landscape: true,
    marginsTwips: { top: 850, bottom: 850, left: 1134, right: 850 },
    pageNumberPt: 11,
    footer: [],
    blocks: [
      { kind: "paragraph", align: "center", texts: [{ text: title.toUpperCase(), bold: true, sizePt: 14 }] },
      { kind: "paragraph", align: "center", texts: [{ text: asOf, italic: true }] },
      ...units.flatMap(({ name, rows }) => [
        { kind: "paragraph", texts: [{ text: name, bold: true, sizePt: 13 }], beforePt: 12, afterPt: 4, keepNext: true } as const,
        { kind: "grid", widthsTwips: [2500, 3000, 3900, 2050, 2100, 1300], rows: [heading, ...rows] } as const,
      ]),
    ],
  };
}
