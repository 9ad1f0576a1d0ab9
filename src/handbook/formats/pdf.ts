import type { Instant } from "../../platform/clock.ts";
import { formatSheets } from "../../platform/pdf-paper.ts";
import type { SheetBlock } from "../../platform/sheet-blocks.ts";
import type { Lang } from "../../platform/words.ts";
import type { Article } from "../article.ts";
import { parseBlocks, toPlainLine } from "../markdown.ts";
import { describeValidity } from "../validity.ts";
import { type Book, formatDay } from "./book.ts";
import { bookWords as words } from "./words.ts";

/** The handbook on paper: a tagged PDF with contents, page numbers and bookmarks. `at` is its only date. */
export function formatBookPdf(book: Book, at: Instant): Promise<Uint8Array> {
  const { lang, place, date, articles } = book;
  const titles = new Map(articles.map((article) => [article.id, article.title]));
  return formatSheets({
    title: words.title[lang],
    keywords: "wardctl handbook",
    lang,
    at,
    foot: [words.title[lang], ...(place === undefined ? [] : [place]), formatDay(date, lang)].join(" · "),
    pageOf: (page, of) => words.pageOf(page, of)[lang],
    alertLabel: words.caution[lang],
    blocks: [
      {
        kind: "title",
        above: place ?? "",
        text: words.title[lang],
        lines: [words.madeOn(articles.length, formatDay(date, lang))[lang]],
      },
      { kind: "contents", title: words.contents[lang] },
      ...articles.flatMap((article) => toSheets(article, titles, lang)),
    ],
  });
}

function toSheets(article: Article, titles: ReadonlyMap<string, string>, lang: Lang): SheetBlock[] {
  const { title, codes, sources, related, body } = article;
  const validity = describeValidity(article);
  const facts = [...codes, ...(validity ? [validity[lang]] : [])].join(" · ");
  const also = related.flatMap((id) => titles.get(id) ?? []);
  return [
    { kind: "heading", level: 1, text: title },
    ...(facts === "" ? [] : [{ kind: "note", text: facts } as const]),
    ...parseBlocks(body).map((block): SheetBlock => {
      if (block.kind === "heading") return { kind: "heading", level: 2, text: toPlainLine(block.text) };
      if (block.kind === "list") return { kind: "list", start: block.start, items: block.items.map(toPlainLine) };
      if (block.kind === "code") return { kind: "code", text: block.text };
      return { kind: block.kind === "note" ? "alert" : "text", text: toPlainLine(block.text) };
    }),
    {
      kind: "note",
      text: `${words.sources[lang]}: ${sources.map(({ name, address }) => (address === undefined ? name : `${name} <${address}>`)).join("; ")}`,
    },
    ...(also.length > 0 ? [{ kind: "note", text: `${words.related[lang]}: ${also.join("; ")}` } as const] : []),
  ];
}
