import type { Lang } from "../platform/words.ts";
import { type Article, answersCode, holdsOn } from "./article.ts";
import { toPlainText } from "./markdown.ts";
import { createSearchIndex, cutSnippet, type SearchIndex, type SearchPage, searchPages } from "./search.ts";

/** Articles of a handbook, ready to be searched; built once a run. */
export interface ArticleIndex {
  readonly articles: readonly Article[];
  /** One a language: `can` is no Vietnamese word in an English text. */
  readonly parts: readonly { readonly lang: Lang; readonly articles: readonly Article[]; readonly index: SearchIndex }[];
}

export interface ArticleQuery {
  /** What a person typed; empty for all that the filters leave. */
  readonly words: string;
  readonly lang: Lang;
  readonly code?: string | undefined;
  readonly system?: string | undefined;
  /** The day the article must hold on; any day without it. */
  readonly validAt?: string | undefined;
}

export interface FoundArticle {
  /** In the language asked for where it is written in it. */
  readonly article: Article;
  readonly score: number;
  readonly snippet: ReturnType<typeof cutSnippet>;
  /** Where the words stand in the title. */
  readonly titleMarks: ReturnType<typeof cutSnippet>["marks"];
}

export function toSearchPage({ id, title, codes, systems, procedures, body }: Article): SearchPage {
  return { title, keys: [id, ...codes, ...systems, ...procedures], text: toPlainText(body) };
}

export function indexArticles(articles: readonly Article[]): ArticleIndex {
  const parts = (["vi", "en"] as const).map((lang) => {
    const own = articles.filter((article) => article.lang === lang);
    return { lang, articles: own, index: createSearchIndex(own.map(toSearchPage)) };
  });
  return { articles, parts };
}

/** A find in the language that is not read counts little, and only with every word: `so` is a word of both. */
const otherLanguageShare = 0.3;

/** Articles that answer a question, best first; each once, whichever language its words were found in. Pure. */
export function searchArticles(index: ArticleIndex, query: ArticleQuery): FoundArticle[] {
  const isWanted = (article: Article): boolean =>
    (query.code === undefined || answersCode(article.codes, query.code)) &&
    (query.system === undefined || article.systems.includes(query.system)) &&
    (query.validAt === undefined || holdsOn(article, query.validAt));
  const best = new Map<string, FoundArticle>();
  for (const { lang, articles, index: part } of index.parts) {
    const answer =
      query.words.trim() === ""
        ? { hits: articles.flatMap((article, page) => (isWanted(article) ? [{ page, score: 1, whole: true }] : [])), words: [] }
        : searchPages(part, query.words, (page) => isWanted(articles[page] as Article));
    const share = lang === query.lang ? 1 : otherLanguageShare;
    for (const { page, score, whole } of answer.hits) {
      if (lang !== query.lang && !whole) continue;
      const article = articles[page] as Article;
      const before = best.get(article.id);
      if (before && (before.score >= score * share || before.article.lang === query.lang)) continue;
      const text = part.pages[page]?.text ?? "";
      best.set(article.id, {
        article,
        score: score * share,
        // Cut when it is looked at: of hundreds found a person sees eight.
        get snippet() {
          return cutSnippet(text.replaceAll("\n", " "), answer.words);
        },
        get titleMarks() {
          return cutSnippet(article.title, answer.words, article.title.length).marks;
        },
      });
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}
