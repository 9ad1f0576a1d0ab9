import type { Command } from "commander";
import { type Article, isIsoDate } from "../../src/handbook/article.ts";
import { type FoundArticle, indexArticles, searchArticles } from "../../src/handbook/find-articles.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { ListFormat, Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { isSheet, readWholeNumber } from "../options.ts";
import { openHandbook } from "./open-handbook.ts";
import { handbookWords as words } from "./words.ts";

export function declareSearch(noun: Command, cli: Cli): void {
  cli
    .withFormat(cli.verb(noun, { name: "search", about: words.search, example: "wardctl handbook search chua ky duoc" }))
    .argument("[words...]", cli.say(words.words))
    .option("--system <name>", cli.say(words.system))
    .option("--code <code>", cli.say(words.code))
    .option("--valid-at <date>", cli.say(words.validAt))
    .option("--limit <n>", cli.say(words.limit), readWholeNumber)
    .action((asked: readonly string[], options: SearchOptions, command: Command) =>
      cli.run(command, (context) => searchHandbook(asked, options, context)),
    );
}

interface SearchOptions {
  readonly system?: string;
  readonly code?: string;
  readonly validAt?: string;
  readonly limit?: number;
  readonly format: ListFormat;
}

const shownAtMost = 8;

async function searchHandbook(
  asked: readonly string[],
  { system, code, validAt, limit, format }: SearchOptions,
  context: Pick<Context, "findWorkspace" | "out">,
): Promise<Outcome> {
  if (validAt !== undefined && !isIsoDate(validAt)) throw new Failure("usage", words.badDate(validAt));
  const { out } = context;
  const { articles } = await openHandbook(context);
  const query = asked.join(" ");
  const found = searchArticles(indexArticles(articles), { words: query, lang: out.lang, code, system, validAt });
  const shown = found.slice(0, limit ?? (query === "" ? found.length : shownAtMost));
  if (isSheet(format, out)) {
    await out.list({
      schema: "wardctl.handbook-search/1",
      name: "articles",
      items: shown,
      format,
      empty: words.nothing,
      columns: [
        { key: "id", title: words.idTitle, value: ({ article }) => article.id },
        { key: "title", title: words.titleTitle, value: ({ article }) => article.title },
        { key: "codes", title: words.codesTitle, value: ({ article }) => article.codes },
        { key: "systems", title: words.systemsTitle, value: ({ article }) => article.systems },
        { key: "snippet", title: words.snippetTitle, value: ({ snippet }) => snippet.text },
        { key: "origin", title: words.originTitle, value: ({ article }) => article.origin },
      ],
    });
    return "ok";
  }
  await out.emit({
    format,
    document: {
      schema: "wardctl.handbook-search/1",
      query,
      lang: out.lang,
      found: found.length,
      articles: shown.map(({ article, score, snippet, titleMarks }) => ({
        ...toMembers(article),
        score: Math.round(score * 1000) / 1000,
        titleMarks,
        snippet: { text: snippet.text, marks: snippet.marks },
      })),
    },
    render: () => renderFound(shown, query, out),
  });
  if (shown.length < found.length) out.note(words.more(shown.length, found.length));
  if (found.length === 0) out.note(words.tryOther);
  return "ok";
}

/** An article without its text, as programs read it. */
export function toMembers({ id, lang, title, codes, systems, procedures, from, until, sources, related, origin, file }: Article) {
  return {
    id,
    lang,
    title,
    codes,
    systems,
    procedures,
    from: from ?? null,
    until: until ?? null,
    sources: sources.map(({ name, address }) => ({ name, address: address ?? null })),
    related,
    origin,
    file,
  };
}

function renderFound(found: readonly FoundArticle[], query: string, { say, paint, width }: Output): string {
  if (found.length === 0) return say(words.nothing);
  const columns = Math.min(width, 100);
  if (query === "") {
    const widest = Math.max(...found.map(({ article }) => article.id.length));
    return found.map(({ article }) => `${paint.cyan(article.id.padEnd(widest))}  ${article.title}`).join("\n");
  }
  return found
    .map(({ article, snippet, titleMarks }) =>
      [
        `${paint.bold(markWords(article.title, titleMarks, paint.yellow))}  ${paint.cyan(article.id)}`,
        ...wrapWords(snippet.text, columns - 4)
          .split("\n")
          .map((line, at, lines) => {
            const from = lines.slice(0, at).reduce((sum, before) => sum + before.length + 1, 0);
            const marks = snippet.marks.map(([start, end]) => [start - from, end - from] as const);
            return `    ${markWords(
              line,
              marks.filter(([start, end]) => start >= 0 && end <= line.length),
              paint.yellow,
            )}`;
          }),
        ...(article.codes.length > 0 ? [`    ${paint.dim(article.codes.join(" · "))}`] : []),
      ].join("\n"),
    )
    .join("\n\n");
}

function markWords(text: string, marks: FoundArticle["titleMarks"], mark: (text: string) => string): string {
  let from = 0;
  const parts = marks.flatMap(([start, end]) => {
    const before = text.slice(from, start);
    from = end;
    return [before, mark(text.slice(start, end))];
  });
  return [...parts, text.slice(from)].join("");
}
