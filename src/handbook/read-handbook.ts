import { fileURLToPath } from "node:url";
import { Failure, type Fault } from "../platform/failure.ts";
import { findUpwards, isPresent, listFiles, readText } from "../platform/files.ts";
import type { Lang } from "../platform/words.ts";
import type { Article } from "./article.ts";
import { readArticle } from "./read-article.ts";
import { articleFaults as faultWords } from "./words.ts";

export interface Handbook extends Folder {
  /** Articles that name others which are not there. */
  readonly strays: readonly Fault[];
}

interface Folder {
  /** Own articles stand before built-in ones of the same id and language, and in their place. */
  readonly articles: readonly Article[];
  /** What is wrong, by file and line; a faulty article is not among the articles. */
  readonly faults: readonly Fault[];
}

const langs: readonly Lang[] = ["vi", "en"];

/** Articles that ship, and those of a workspace's folder where one is given. Failure kinds: denied. */
export async function readHandbook(own?: { readonly folder: string; readonly shownAs: string } | undefined): Promise<Handbook> {
  const shipped = await readFolder(await findShippedFolder(), "handbook", "built-in");
  const added = own && (await isPresent(own.folder)) ? await readFolder(own.folder, own.shownAs, "own") : undefined;
  const taken = new Set(added?.articles.map(({ lang, id }) => `${lang}/${id}`));
  const articles = [...(added?.articles ?? []), ...shipped.articles.filter(({ lang, id }) => !taken.has(`${lang}/${id}`))];
  const ids = new Set(articles.map(({ id }) => id));
  // No reason to leave an article out: it is only told by `check`.
  const strays = articles.flatMap(({ related, relatedLine, file }) =>
    related
      .filter((id) => !ids.has(id))
      .map((id): Fault => ({ file, line: relatedLine, message: faultWords.noSuchRelated(id), value: id })),
  );
  return { articles, faults: [...shipped.faults, ...(added?.faults ?? [])], strays };
}

/** Every fault of a handbook at once. Failure kind: invalid. */
export function assertSound({ faults: broken, strays }: Handbook): void {
  const faults = [...broken, ...strays];
  if (faults.length > 0) throw new Failure("invalid", faultWords.faulty(faults.length), { faults });
}

async function readFolder(folder: string, shownAs: string, origin: Article["origin"]): Promise<Folder> {
  const articles: Article[] = [];
  const faults: Fault[] = [];
  for (const lang of langs) {
    const path = `${folder}/${lang}`;
    if (!(await isPresent(path))) continue;
    const files = await listFiles(path, ".md");
    const read = await Promise.all(
      files.map(async (file) => {
        const name = file.slice(path.length + 1);
        return readArticle({ text: await readText(file), file: `${shownAs}/${lang}/${name}`, lang, origin });
      }),
    );
    for (const one of read) {
      faults.push(...one.faults);
      if (one.article) articles.push(one.article);
    }
  }
  return { articles, faults };
}

/** From the sources and from the built package the way up is not equally long. */
async function findShippedFolder(): Promise<string> {
  const root = await findUpwards(fileURLToPath(new URL(".", import.meta.url)), "fixtures/handbook");
  if (root === undefined) throw new Error("the handbook's articles are missing from the package");
  return `${root}/fixtures/handbook`;
}
