import { formatDate } from "../../platform/format.ts";
import { readInstant, vietnamZone } from "../../platform/time.ts";
import type { Lang } from "../../platform/words.ts";
import type { Article } from "../article.ts";

/** The handbook as it is printed: one language, articles in order of their titles. */
export interface Book {
  readonly lang: Lang;
  /** Of the workspace; undefined without one. */
  readonly place: string | undefined;
  /** The day it was made, `2025-07-03`. */
  readonly date: string;
  readonly articles: readonly Article[];
}

/** Articles of one language in the order of its alphabet. Pure. */
export function toBook(articles: readonly Article[], { lang, place, date }: Omit<Book, "articles">): Book {
  const collator = new Intl.Collator(lang);
  return {
    lang,
    place,
    date,
    articles: articles
      .filter((article) => article.lang === lang)
      .sort((a, b) => collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1)),
  };
}

export function formatDay(date: string, lang: Lang): string {
  return formatDate(readInstant(date, vietnamZone) ?? 0, vietnamZone, lang);
}
