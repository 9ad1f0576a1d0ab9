import { type Article, type ArticleLink, toCodeKey } from "./article.ts";
import { shippedLinks } from "./shipped-links.ts";

/** An article with what it answers, without its text: known without reading a file. */
export interface LinkedArticle extends ArticleLink {
  readonly codes: readonly string[];
  readonly systems: readonly string[];
}

/**
 * The article for a failure code (`ACC-UNIT-MISSING`), a reason (`tls.expired`), a warning (`W-SILENT`) or a system (`documents`). An article that
 * names the code itself goes before one that names its kind (`tls.*`), and one that names it early before one that names it late. Pure.
 */
export function findArticleFor(code: string, articles: readonly LinkedArticle[] = shippedLinks): ArticleLink | undefined {
  const { exact, families } = tableOf(articles);
  const asked = toCodeKey(code);
  const own = exact.get(asked);
  if (own) return own.link;
  for (let at = asked.length; at > 0; at--) {
    const family = families.get(asked.slice(0, at));
    if (family) return family.link;
  }
  return undefined;
}

interface Claim {
  readonly link: ArticleLink;
  readonly place: number;
}

const tables = new WeakMap<readonly LinkedArticle[], { exact: Map<string, Claim>; families: Map<string, Claim> }>();

function tableOf(articles: readonly LinkedArticle[]) {
  const known = tables.get(articles);
  if (known) return known;
  const exact = new Map<string, Claim>();
  const families = new Map<string, Claim>();
  const claim = (table: Map<string, Claim>, key: string, link: ArticleLink, place: number): void => {
    const before = table.get(key);
    if (!before || place < before.place) table.set(key, { link, place });
  };
  for (const { id, title, codes, systems } of articles) {
    const link = { id, title };
    for (const [place, code] of codes.entries()) {
      const key = toCodeKey(code);
      if (key.endsWith("*")) claim(families, key.slice(0, -1), link, place);
      else claim(exact, key, link, place);
    }
    // After every code: a system's name is no failure.
    for (const [place, system] of systems.entries()) claim(exact, toCodeKey(system), link, 1_000 + place);
  }
  const made = { exact, families };
  tables.set(articles, made);
  return made;
}

/** What `findArticleFor` needs of articles; one of which a language is missing shows the other's title. Pure. */
export function toLinkedArticles(articles: readonly Article[]): LinkedArticle[] {
  const byId = new Map<string, Article[]>();
  for (const article of articles) byId.set(article.id, [...(byId.get(article.id) ?? []), article]);
  return [...byId.values()].map((same) => {
    const any = same[0] as Article;
    const titleIn = (lang: Article["lang"]): string => same.find((one) => one.lang === lang)?.title ?? any.title;
    return { id: any.id, title: { vi: titleIn("vi"), en: titleIn("en") }, codes: any.codes, systems: any.systems };
  });
}
