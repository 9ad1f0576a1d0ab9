import { findArticleFor } from "../src/handbook/find-article-for.ts";
import type { Output } from "../src/platform/output.ts";
import type { Words } from "../src/platform/words.ts";

/** The handbook's article for a code, reason or system, as programs read it; null where there is none. */
export function toArticleMember(
  code: string,
  { say }: Pick<Output, "say">,
): { readonly id: string; readonly title: string } | null {
  const article = findArticleFor(code);
  return article ? { id: article.id, title: say(article.title) } : null;
}

const label = { vi: "Sổ tay", en: "Handbook" };

/** `Sổ tay: token-khoa-pin  Token bị khóa …`, each article once. */
export function listArticleLines(codes: Iterable<string>, atMost = 3): Words[] {
  const articles = new Map([...codes].flatMap((code) => findArticleFor(code) ?? []).map((article) => [article.id, article]));
  return [...articles.values()]
    .slice(0, atMost)
    .map(({ id, title }) => ({ vi: `${label.vi}: ${id}  ${title.vi}`, en: `${label.en}: ${id}  ${title.en}` }));
}

/** Below a result, for a person. */
export function noteArticles(codes: Iterable<string>, out: Pick<Output, "note">): void {
  for (const line of listArticleLines(codes)) out.note(line);
}
