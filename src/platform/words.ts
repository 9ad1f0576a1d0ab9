/** Text for a person, always in both languages, so that any of it can be shown in either at the last moment. */
export type Lang = "vi" | "en";

export interface Words {
  readonly vi: string;
  readonly en: string;
}

/** A catalogue's entries are Words or functions to Words: a language that is missing does not compile. */
export type Catalogue = Readonly<Record<string, Words | ((...values: never[]) => Words)>>;

/** Builds both languages from one function, for text whose numbers or dates are formatted by language. */
export function both(build: (lang: Lang) => string): Words {
  return { vi: build("vi"), en: build("en") };
}

/** The same text in both languages: codes, names, file paths. */
export function verbatim(text: string): Words {
  return { vi: text, en: text };
}

export function joinWords(parts: readonly Words[], separator: string): Words {
  return both((lang) => parts.map((part) => part[lang]).join(separator));
}
