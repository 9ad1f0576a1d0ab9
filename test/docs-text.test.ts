import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { listPlaces, type Place } from "../commands/completion/command-tree.ts";
import { bugExitCode, exitCodes } from "../commands/exit-codes.ts";
import { nouns } from "../commands/nouns.ts";
import { listAnchors, listCommandLines, listLinks, listPages, listShellLines, readPage, toPath } from "./support/docs-pages.ts";

const languages = ["vi", "en"] as const;
const texts = new Map(listPages().map((page) => [page, readPage(page)]));
const textOf = (page: string): string => texts.get(page) as string;

/** What is wrong with a command line as a page shows it: a verb or a flag that wardctl has not got. */
function findFault(line: string, places: ReadonlyMap<string, Place>): string | undefined {
  const words = line.replaceAll(/'[^']*'|"[^"]*"/g, "text").split(/\s+/);
  const named = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  const known = words.slice(0, named < 0 ? undefined : named);
  const depth = [3, 2, 1].find((count) => known.length >= count && places.has(known.slice(0, count).join(" ")));
  const place = places.get(known.slice(0, depth ?? 0).join(" "));
  if (depth === undefined || !place) return `no command ${words[0]}`;
  // What a noun with verbs is given is a verb, or something that is no word of ours: a unit, a date, a file.
  const unknownVerb = place.next.length > 0 ? known[depth] : undefined;
  if (unknownVerb !== undefined) return `no verb ${unknownVerb}`;
  const flags = place.flags.flatMap(({ name, short }) => [name, short]);
  return words.find((word) => /^--?[a-z]/.test(word) && !flags.includes(word.replace(/=.*$/, "")));
}

interface SchemaPart {
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly items?: SchemaPart;
}

/** Keys of wardctl.yaml down to a depth; below lie names and shapes that the pages show as examples. */
function listKeys({ properties = {}, items }: SchemaPart, depth: number): string[][] {
  if (depth === 0) return [];
  const own = Object.entries(properties).flatMap(([key, part]) => [
    [key],
    ...listKeys(part, depth - 1).map((path) => [key, ...path]),
  ]);
  return items ? [...own, ...listKeys(items, depth)] : own;
}

describe("the text of the documents", () => {
  it("shows only commands and flags that there are", async () => {
    const places = new Map((await listPlaces("en")).map((place) => [place.words, place]));
    const faults = [...texts].flatMap(([page, text]) =>
      listCommandLines(text).flatMap((line) => {
        const fault = findFault(line, places);
        return fault === undefined ? [] : [`${page}: wardctl ${line}: ${fault}`];
      }),
    );
    expect(faults).toEqual([]);
    expect(findFault("provision plan roster.csv --save plan.json", places)).toBeUndefined();
    expect(findFault("provision plan roster.csv --safe plan.json", places)).toBe("--safe");
    expect(findFault("provision plam roster.csv", places)).toBe("no verb plam");
  });

  it("links only to files and headings that are there", () => {
    const broken = [...texts].flatMap(([page, text]) =>
      listLinks(page, text)
        .filter(({ file, anchor }) => {
          if (!existsSync(toPath(file))) return true;
          return anchor !== undefined && !(file.endsWith(".md") && listAnchors(readPage(file)).has(anchor));
        })
        .map(({ file, anchor }) => `${page}: ${file}${anchor === undefined ? "" : `#${anchor}`}`),
    );
    expect(broken).toEqual([]);
  });

  it("has the same pages for people in both languages, with the same commands in the same order", () => {
    // The English table of exit codes stands beside the pages that scripts need.
    const names = languages.map((lang) =>
      readdirSync(toPath(`docs/${lang}`))
        .filter((name) => name !== "exit-codes.md")
        .sort(),
    );
    expect(names[0]).toEqual(names[1]);
    for (const name of names[0] as string[]) {
      const shown = languages.map((lang) => {
        const text = textOf(`docs/${lang}/${name}`);
        return [...listShellLines(text), ...listCommandLines(text)].map((line) =>
          line.replaceAll(/<[^>]*>/g, "<>").replaceAll(/--lang (vi|en)/g, "--lang"),
        );
      });
      expect(shown[0], name).toEqual(shown[1]);
    }
  });

  it("is led to, page for page, and names every command in both guides", () => {
    const linked = new Set(
      [...texts].flatMap(([page, text]) => listLinks(page, text).flatMap(({ file }) => (file === page ? [] : file))),
    );
    const pages = [...texts.keys()].filter((page) => page.startsWith("docs/") && !page.startsWith("docs/decisions/"));
    expect(pages.filter((page) => !linked.has(page))).toEqual([]);
    for (const lang of languages) {
      const guide = new Set(listCommandLines(textOf(`docs/${lang}/README.md`)).map((line) => line.split(/\s/)[0] as string));
      expect(
        Object.keys(nouns).filter((noun) => !guide.has(noun)),
        lang,
      ).toEqual([]);
    }
  });

  it("has a line for every verb and every setting", async () => {
    const all = [...texts.values()].join("\n");
    const verbs = (await listPlaces("en")).filter(({ words, next }) => words !== "" && next.length === 0);
    // In full, or by the verb alone on its noun's own page.
    const isTold = (words: string): boolean => all.includes(words) || all.includes(`\`${words.split(" ").slice(1).join(" ")}`);
    expect(verbs.map(({ words }) => words).filter((words) => !isTold(words))).toEqual([]);
    const schema = JSON.parse(readPage("docs/wardctl.schema.json")) as SchemaPart;
    expect(listKeys(schema, 3).filter((path) => !all.includes(path.at(-1) as string))).toEqual([]);
  });

  it("gives every exit code its line in both languages, and no other", () => {
    const codes = [...new Set([...Object.values(exitCodes), bugExitCode])].sort((a, b) => a - b);
    for (const page of ["docs/exit-codes.md", "docs/vi/exit-codes.md"]) {
      const rows = [...textOf(page).matchAll(/^\| (\d+) \|/gm)].map((row) => Number(row[1]));
      // 78 is the installed package's on a Node that is too old.
      expect(rows, page).toEqual([...codes.filter((code) => code < 78), 78, 130]);
    }
  });
});
