import type { Fault } from "../platform/failure.ts";
import type { Lang, Words } from "../platform/words.ts";
import { type Article, idShape, isIsoDate, type Source } from "./article.ts";
import { articleFaults as faultWords } from "./words.ts";

export interface ArticleFile {
  readonly text: string;
  /** As shown to a person. */
  readonly file: string;
  /** The folder it stands in. */
  readonly lang: Lang;
  readonly origin: Article["origin"];
}

interface Entry {
  readonly line: number;
  readonly values: readonly { readonly text: string; readonly line: number }[];
  readonly isList: boolean;
}

const listKeys = ["codes", "systems", "procedures", "sources", "related"] as const;
const scalarKeys = ["id", "title", "lang", "from", "until"] as const;
const knownKeys: readonly string[] = [...scalarKeys, ...listKeys];

/**
 * Reads one article. Its head is a small part of YAML (`key: value`, `key: [a, b]`, lines `  - item`), read here because thousands of articles
 * are read at a time and each fault needs its line. All faults at once. Pure.
 */
export function readArticle({ text, file, lang, origin }: ArticleFile): { article?: Article; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const blame = (line: number, message: Words, value?: string): void => {
    faults.push({ file, line, ...(value === undefined ? {} : { value }), message });
  };
  const lines = text
    .replace(/^\uFEFF/, "")
    .normalize("NFC")
    .split(/\r?\n/);
  const end = lines.indexOf("---", 1);
  if (lines[0] !== "---" || end < 0) return { faults: [{ file, line: 1, message: faultWords.noHead }] };
  const entries = readHead(lines.slice(1, end), blame);
  const one = (key: (typeof scalarKeys)[number]): string | undefined => entries.get(key)?.values[0]?.text;
  const many = (key: (typeof listKeys)[number]): readonly string[] => (entries.get(key)?.values ?? []).map((value) => value.text);
  const lineOf = (key: string): number => entries.get(key)?.line ?? 1;

  const id = one("id") ?? "";
  const name = /([^/\\]+)\.md$/.exec(file)?.[1];
  if (!idShape.test(id)) blame(lineOf("id"), faultWords.badId, id);
  else if (name !== undefined && name !== id) blame(lineOf("id"), faultWords.otherName(id, name), id);
  const title = one("title") ?? "";
  // What stands there and cannot be read was told of already.
  const isTold = faults.some(({ line }) => entries.has("title") && line === lineOf("title"));
  if (title === "" && !isTold) blame(lineOf("title"), faultWords.missing("title"));
  if (one("lang") !== lang) blame(lineOf("lang"), faultWords.otherLang(lang), one("lang"));
  for (const key of ["from", "until"] as const) {
    const value = one(key);
    if (value !== undefined && !isIsoDate(value)) blame(lineOf(key), faultWords.badDate(key), value);
  }
  const from = one("from");
  const until = one("until");
  if (from !== undefined && until !== undefined && until < from) blame(lineOf("until"), faultWords.ended, until);
  for (const { text: code, line } of entries.get("codes")?.values ?? []) {
    if (!/^([A-Z]+(-[A-Z0-9]+)*(-\*)?|[a-z]+(\.([a-z0-9]+|\*))?)$/.test(code)) blame(line, faultWords.badCode, code);
  }
  for (const { text: other, line } of entries.get("related")?.values ?? []) {
    if (!idShape.test(other)) blame(line, faultWords.badId, other);
  }
  for (const { text: procedure, line } of entries.get("procedures")?.values ?? []) {
    if (!/^\d\.\d{6}/.test(procedure)) blame(line, faultWords.badProcedure, procedure);
  }
  if (many("sources").length === 0) blame(lineOf("sources"), faultWords.noSource);
  const body = lines
    .slice(end + 1)
    .join("\n")
    .trim();
  if (body === "") blame(end + 1, faultWords.empty);
  if (faults.length > 0) return { faults: faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
  const bodyLine = end + 2 + lines.slice(end + 1).findIndex((line) => line.trim() !== "");
  return {
    faults,
    article: {
      id,
      lang,
      title,
      codes: many("codes"),
      systems: many("systems"),
      procedures: many("procedures"),
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      sources: many("sources").map(readSource),
      related: many("related"),
      relatedLine: lineOf("related"),
      body,
      file,
      bodyLine,
      origin,
    },
  };
}

function readHead(lines: readonly string[], blame: (line: number, message: Words, value?: string) => void): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let open: { readonly key: string; readonly line: number; readonly values: { text: string; line: number }[] } | undefined;
  for (const [at, raw] of lines.entries()) {
    const line = at + 2;
    if (raw.trim() === "" || raw.trimStart().startsWith("#")) continue;
    const item = /^\s+-\s+(.*)$/.exec(raw);
    if (item) {
      const value = readScalar(item[1] as string);
      if (!open) blame(line, faultWords.strayItem, raw.trim());
      else if (value === undefined) blame(line, faultWords.needsQuotes, raw.trim());
      else open.values.push({ text: value, line });
      continue;
    }
    open = undefined;
    const pair = /^([a-zA-Z]+):(?:\s+(.*))?$/.exec(raw);
    const key = pair?.[1] ?? "";
    const rest = (pair?.[2] ?? "").trim();
    if (!pair || !knownKeys.includes(key)) {
      blame(line, pair ? faultWords.unknownKey(key, knownKeys) : faultWords.notAPair, pair ? key : raw.trim());
      continue;
    }
    if (entries.has(key)) blame(line, faultWords.twice(key), key);
    const wantsList = (listKeys as readonly string[]).includes(key);
    const values: { text: string; line: number }[] = [];
    const inBrackets = /^\[(.*)\]$/.exec(rest);
    if (inBrackets) {
      for (const part of splitItems(inBrackets[1] as string)) {
        const value = readScalar(part);
        if (value === undefined) blame(line, faultWords.needsQuotes, part);
        else values.push({ text: value, line });
      }
    } else if (rest !== "") {
      const value = readScalar(rest);
      if (value === undefined) blame(line, faultWords.needsQuotes, rest);
      else values.push({ text: value, line });
    }
    const isList = inBrackets !== null || rest === "";
    if (rest !== "" && wantsList !== isList) blame(line, wantsList ? faultWords.needsList(key) : faultWords.needsOne(key), rest);
    entries.set(key, { line, values, isList });
    if (rest === "" && wantsList) open = { key, line, values };
  }
  return entries;
}

/** Undefined for what YAML would read otherwise than it looks: a colon, a sign of its own at the start. */
function readScalar(text: string): string | undefined {
  const trimmed = text.trim();
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(trimmed);
  if (quoted) return (quoted[1] as string).replace(/\\(["\\])/g, "$1");
  if (/^["'[\]{}&*!|>%@`#,?-]/.test(trimmed) || /:(\s|$)|\s#/.test(trimmed)) return undefined;
  return trimmed;
}

/** By commas outside quotes. */
function splitItems(text: string): string[] {
  return text.trim() === "" ? [] : (text.match(/("(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []);
}

/** `Nghị định 30/2020/NĐ-CP, Điều 13 <https://…>`: a name, and an address where there is one. */
function readSource(text: string): Source {
  const found = /^(.*?)\s*<(https?:\/\/[^>\s]+)>$/.exec(text);
  return found ? { name: found[1] as string, address: found[2] as string } : { name: text };
}

/** The head and body of an article as a file. */
export function formatArticle({
  id,
  lang,
  title,
  codes,
  systems,
  procedures,
  from,
  until,
  sources,
  related,
  body,
}: Omit<Article, "file" | "bodyLine" | "relatedLine" | "origin">): string {
  const scalar = (text: string): string =>
    readScalar(text) === text && !text.includes(",") && text !== "" ? text : `"${text.replace(/(["\\])/g, "\\$1")}"`;
  const list = (key: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`${key}: [${values.map(scalar).join(", ")}]`];
  return [
    "---",
    `id: ${id}`,
    `title: ${scalar(title)}`,
    `lang: ${lang}`,
    ...list("codes", codes),
    ...list("systems", systems),
    ...list("procedures", procedures),
    ...(from === undefined ? [] : [`from: ${from}`]),
    ...(until === undefined ? [] : [`until: ${until}`]),
    "sources:",
    ...sources.map(({ name, address }) => `  - ${scalar(address === undefined ? name : `${name} <${address}>`)}`),
    ...list("related", related),
    "---",
    "",
    body.trim(),
    "",
  ].join("\n");
}
