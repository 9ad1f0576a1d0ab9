import type { Lang, Words } from "../platform/words.ts";

/** `2025-07-01`. */
type IsoDate = string;

/** One page of the handbook, in one language. The other language's page has the same id. */
export interface Article {
  /** Lower-case words joined by hyphens; the same in every language. */
  readonly id: string;
  readonly lang: Lang;
  readonly title: string;
  /** Failure and reason codes it answers, its own first: `ACC-UNIT-MISSING`, `tls.expired`; `proxy.*` stands for all of them. */
  readonly codes: readonly string[];
  /** Systems it is about, by the name other rooms use, its own first: `documents`. */
  readonly systems: readonly string[];
  /** Procedures it is about, by national code. */
  readonly procedures: readonly string[];
  /** First and last day that it holds. */
  readonly from?: IsoDate;
  readonly until?: IsoDate;
  readonly sources: readonly Source[];
  readonly related: readonly string[];
  /** Line that names them. */
  readonly relatedLine: number;
  /** Markdown. */
  readonly body: string;
  /** Where it stands, as shown to a person. */
  readonly file: string;
  /** Line that the body begins on. */
  readonly bodyLine: number;
  readonly origin: "built-in" | "own";
}

/** What an article rests on: a decree's article, a dispatch, a field report, an address. */
export interface Source {
  readonly name: string;
  readonly address?: string;
}

/** What other commands show of an article. */
export interface ArticleLink {
  readonly id: string;
  readonly title: Words;
}

export function isIsoDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const idShape = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether an article answers a code; `proxy.*` and `W-*` answer all that begin so. */
export function answersCode(codes: readonly string[], code: string): boolean {
  return codes.some((one) => matchesCode(one, code));
}

/** One failure has two spellings: `net.timeout` where it is probed, `NET-TIMEOUT` where a unit or a meeting names it. */
export function toCodeKey(code: string): string {
  return code.toLowerCase().replaceAll("-", ".");
}

export function matchesCode(pattern: string, code: string): boolean {
  const own = toCodeKey(pattern);
  const asked = toCodeKey(code);
  return own.endsWith("*") ? asked.startsWith(own.slice(0, -1)) : own === asked;
}

/** Whether it holds on a day. */
export function holdsOn({ from, until }: Pick<Article, "from" | "until">, date: IsoDate): boolean {
  return (from === undefined || from <= date) && (until === undefined || date <= until);
}
