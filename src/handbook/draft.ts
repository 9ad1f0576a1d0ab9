import { type Article, idShape } from "./article.ts";
import { foldLetters } from "./search.ts";

/** What an article is written from. */
export type Draft = Pick<
  Article,
  "id" | "lang" | "title" | "codes" | "systems" | "procedures" | "sources" | "related" | "body"
> & {
  readonly from?: string;
};

/** A difficulty that is over, as the handbook needs it: no unit's or person's name is taken over. */
export interface Lesson {
  /** `VM-12`. */
  readonly number: string;
  readonly title: string;
  readonly code: string | undefined;
  readonly system: string | undefined;
  readonly tried: readonly string[];
  readonly resolution: string;
  readonly learned: string | undefined;
  /** The day it was closed. */
  readonly closedOn: string;
}

/** `Token bị khóa` as `token-bi-khoa`. */
export function toArticleId(title: string): string {
  const id = foldLetters(title)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  return idShape.test(id) ? id : "bai-moi";
}

const headings = {
  vi: { tried: "Đã thử", mended: "Cách đã xử lý", learned: "Rút kinh nghiệm", source: "Vướng mắc" },
  en: { tried: "What was tried", mended: "What mended it", learned: "What was learned", source: "Difficulty" },
};

/** An article from what a meeting closed, in the language that it was written in. Pure. */
export function toDraft(lesson: Lesson, lang: Article["lang"]): Draft {
  const { number, title, code, system, tried, resolution, learned, closedOn } = lesson;
  const words = headings[lang];
  const part = (heading: string, text: string): string => `## ${heading}\n${text.trim()}`;
  return {
    id: toArticleId(title),
    lang,
    title,
    codes: code === undefined ? [] : [code],
    systems: system === undefined ? [] : [system],
    procedures: [],
    from: closedOn,
    sources: [{ name: `${words.source} ${number}, ${closedOn}` }],
    related: [],
    body: [
      ...(tried.length > 0 ? [part(words.tried, tried.map((text) => `- ${text.replace(/\s+/g, " ").trim()}`).join("\n"))] : []),
      part(words.mended, resolution),
      ...(learned === undefined ? [] : [part(words.learned, learned)]),
    ].join("\n\n"),
  };
}
