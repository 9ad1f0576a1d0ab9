import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";

/** A file of the repository, from its root. */
export const toPath = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
export const readPage = (name: string): string => readFileSync(toPath(name), "utf8");

/** Every page of the documents, README first, from the repository's root. */
export function listPages(): string[] {
  const inDocs = readdirSync(toPath("docs"), { recursive: true })
    .map((name) => `docs/${String(name)}`)
    .filter((name) => name.endsWith(".md"));
  return ["README.md", "CHANGELOG.md", ...inDocs.sort()];
}

interface Block {
  readonly kind: string;
  /** Lines that go on after a backslash are one. */
  readonly lines: readonly string[];
}

function listBlocks(text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].map(([, kind, body]) => ({
    kind: kind as string,
    lines: (body as string)
      .replaceAll(/\\\n\s*/g, "")
      .split("\n")
      .filter(Boolean),
  }));
}

/** Lines to type, as printed in `sh` blocks, without their comments. */
export function listShellLines(text: string): string[] {
  return listBlocks(text)
    .filter(({ kind }) => kind === "sh")
    .flatMap(({ lines }) => lines.map((line) => line.replace(/\s+#\s.*$/, "").trim()));
}

/** What wardctl is told in a line to type: without its first word, a pipe or a redirection. */
export function toArguments(line: string): string {
  return line.replace(/^wardctl\s*/, "").replace(/\s(?:\||>{1,2}|2>)\s.*$/, "");
}

/** Every command line that a page shows, in blocks of any kind and in the text: `provision plan roster.csv --save plan.json`. */
export function listCommandLines(text: string): string[] {
  const inBlocks = listBlocks(text).flatMap(({ lines }) => lines.map((line) => line.replace(/\s+#\s.*$/, "").trim()));
  const inText = [...text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`\n]+)`/g)].map((span) => span[1] as string);
  return [...inBlocks, ...inText].filter((line) => /^wardctl [a-z]/.test(line)).map(toArguments);
}

/** What GitHub calls the headings of a page, for links: `#beyond-this-machine`. */
export function listAnchors(text: string): Set<string> {
  const headings = [...text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm)];
  const names = headings.map((heading) =>
    (heading[1] as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set(names);
}

/** Where a page's links and pictures lead inside the repository: file from its root, and the heading. */
export function listLinks(page: string, text: string): { readonly file: string; readonly anchor: string | undefined }[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]+`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((link) => link[1] as string)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file, anchor] = target.split("#") as [string, string?];
      return { file: file === "" ? page : normalize(join(dirname(page), file)), anchor };
    });
}
