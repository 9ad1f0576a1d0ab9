import type { Command } from "commander";
import { type Article, idShape } from "../../src/handbook/article.ts";
import { type Block, parseBlocks, parseInline } from "../../src/handbook/markdown.ts";
import { describeValidity } from "../../src/handbook/validity.ts";
import { Failure } from "../../src/platform/failure.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { findNearest } from "../../src/platform/text.ts";
import type { Cli } from "../cli.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { openHandbook } from "./open-handbook.ts";
import { toMembers } from "./search.ts";
import { handbookWords as words } from "./words.ts";

export function declareShow(noun: Command, cli: Cli): void {
  cli
    .verb(noun, { name: "show", about: words.show, example: "wardctl handbook show token-khoa-pin" })
    .argument("<id>", cli.say(words.id))
    .action((id: string, _options: unknown, command: Command) => cli.run(command, (context) => showArticle(id, context)));
}

async function showArticle(id: string, context: Pick<Context, "findWorkspace" | "out">): Promise<Outcome> {
  const { out } = context;
  const { articles } = await openHandbook(context);
  const same = articles.filter((article) => article.id === id.toLowerCase());
  const article = same.find(({ lang }) => lang === out.lang) ?? same[0];
  if (!article) {
    const near = idShape.test(id) ? findNearest(id, new Set(articles.map((one) => one.id)), 3) : undefined;
    throw new Failure("invalid", words.noSuch(id), { hint: near ? words.didYouMean(near) : words.searchFirst });
  }
  if (article.lang !== out.lang) out.note(words.otherLang);
  const titles = new Map(articles.map((one) => [`${one.lang}/${one.id}`, one.title]));
  const related = article.related.map((other) => ({
    id: other,
    title: titles.get(`${out.lang}/${other}`) ?? titles.get(`${article.lang}/${other}`) ?? other,
  }));
  await out.emit({
    document: { schema: "wardctl.handbook-article/1", ...toMembers(article), related, body: article.body },
    render: () => renderArticle(article, related, out),
  });
  return "ok";
}

/** Lines are no longer than a person reads with ease. */
const readableColumns = 88;

function renderArticle(
  article: Article,
  related: readonly { readonly id: string; readonly title: string }[],
  out: Output,
): string {
  const { say, paint } = out;
  const width = Math.min(out.width, readableColumns);
  const { codes, systems, sources } = article;
  const validity = describeValidity(article);
  const facts = [
    ...(codes.length > 0 ? [codes.join(" · ")] : []),
    ...(systems.length > 0 ? [systems.join(" · ")] : []),
    ...(validity ? [say(validity)] : []),
  ];
  return [
    [paint.bold(wrapWords(article.title, width)), ...facts.map((line) => paint.dim(wrapWords(line, width)))].join("\n"),
    ...parseBlocks(article.body).map((block) => renderBlock(block, out, width)),
    [
      paint.bold(say(words.sources)),
      ...sources.map(({ name, address }) => wrapWords(`- ${name}${address ? ` ${address}` : ""}`, width, "  ")),
    ].join("\n"),
    ...(related.length > 0
      ? [[paint.bold(say(words.related)), ...related.map(({ id, title }) => `- ${paint.cyan(id)}  ${title}`)].join("\n")]
      : []),
  ].join("\n\n");
}

function renderBlock(block: Block, { paint }: Output, width: number): string {
  const inline = (text: string): string =>
    parseInline(text)
      .map((part) => {
        if (part.kind === "bold") return paint.bold(part.text);
        if (part.kind === "code") return paint.cyan(part.text);
        return part.kind === "link" ? `${part.text} (${part.address})` : part.text;
      })
      .join("");
  const wrap = (text: string, first: string, rest: string): string => wrapWords(`${first}${inline(text)}`, width, rest);
  switch (block.kind) {
    case "heading":
      return paint.bold(inline(block.text));
    case "paragraph":
      return wrap(block.text, "", "");
    case "note":
      return paint.yellow(wrap(block.text, "! ", "  "));
    case "code":
      return block.text
        .split("\n")
        .map((line) => `    ${paint.cyan(line)}`)
        .join("\n");
    case "list":
      return block.items
        .map((item, at) => {
          const sign = block.start === undefined ? "- " : `${block.start + at}. `;
          return wrap(item, sign, " ".repeat(sign.length));
        })
        .join("\n");
  }
}
