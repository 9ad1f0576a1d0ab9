/** The part of Markdown that articles are written in. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  /** `start`: number of the first item; undefined where they have none. Code between two items parts a list, its numbers go on. */
  | { readonly kind: "list"; readonly start: number | undefined; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly text: string }
  /** `> …`: a caution. */
  | { readonly kind: "note"; readonly text: string };

export type Inline =
  | { readonly kind: "text" | "bold" | "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly address: string };

/** Headings (`##`), paragraphs, lists of one level, fenced code, `>` notes. Anything else is a paragraph as it stands. Pure. */
export function parseBlocks(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as string;
    const take = (test: (next: string) => boolean): string[] => {
      const from = at;
      while (at < lines.length && test(lines[at] as string)) at++;
      return lines.slice(from, at);
    };
    if (line.trim() === "") at++;
    else if (line.startsWith("```")) {
      at++;
      blocks.push({ kind: "code", text: take((next) => !next.startsWith("```")).join("\n") });
      at++;
    } else if (line.startsWith("#")) {
      at++;
      blocks.push({ kind: "heading", text: line.replace(/^#+\s*/, "") });
    } else if (line.startsWith(">")) {
      const text = take((next) => next.startsWith(">")).map((next) => next.replace(/^>\s?/, ""));
      blocks.push({ kind: "note", text: text.join(" ") });
    } else if (itemShape.test(line)) {
      const start = /^\d+/.exec(line)?.[0];
      const taken = take((next) => itemShape.test(next) || (/^\s+\S/.test(next) && next.trim() !== ""));
      const items: string[] = [];
      for (const next of taken) {
        if (itemShape.test(next)) items.push(next.replace(itemShape, ""));
        else items.push(`${items.pop() ?? ""} ${next.trim()}`.trim());
      }
      blocks.push({ kind: "list", start: start === undefined ? undefined : Number(start), items });
    } else {
      blocks.push({
        kind: "paragraph",
        text: take((next) => next.trim() !== "" && !/^(#|>|```)/.test(next) && !itemShape.test(next)).join(" "),
      });
    }
  }
  return blocks;
}

const itemShape = /^(?:[-*]|\d{1,2}\.)\s+/;

/** `code`, **bold**, [text](address). Pure. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:[^)\s]+)\)/g)) {
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    const [whole, code, bold, link, address] = match;
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (bold !== undefined) parts.push({ kind: "bold", text: bold });
    else parts.push({ kind: "link", text: link as string, address: address as string });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

/** Without any sign of Markdown: for searching and for plain paper. A line a block or item. */
export function toPlainText(markdown: string): string {
  return parseBlocks(markdown)
    .flatMap((block) => (block.kind === "list" ? block.items : [block.text]))
    .map(toPlainLine)
    .join("\n");
}

export function toPlainLine(text: string): string {
  return parseInline(text)
    .map((part) => part.text)
    .join("");
}

/** Lines of code that begin with `wardctl `: what an article tells people to run. */
export function listCommands(markdown: string): string[] {
  return parseBlocks(markdown)
    .flatMap((block) => (block.kind === "code" ? block.text.split("\n") : []))
    .filter((line) => line.startsWith("wardctl "));
}
