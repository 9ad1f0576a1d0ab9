import type { Paint } from "./paint.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

/**
 * A table for a terminal: thin rules; cells are wrapped only where it would not fit into `width`. Control characters in data are
 * shown, never sent.
 */
export async function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width = Number.POSITIVE_INFINITY,
): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const rule = "─";
  const none = "";
  const titles = columns.map((column) => column.title);
  const shown = rows.map((row) => row.map(toVisible));
  const natural = titles.map((_title, at) => gap + findWidest([titles, ...shown].map((row) => row[at] ?? "")));
  const longestWords = titles.map((_title, at) => gap + findWidest(shown.flatMap((row) => (row[at] ?? "").split(" "))));
  const widths = fitWidths(natural, longestWords, width + gap);
  const table = new Table({
    head: titles.map((title) => paint.bold(title)),
    colWidths: widths,
    wordWrap: true,
    colAligns: columns.map((column) => column.align ?? "left"),
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
    chars: {
      top: none,
      "top-mid": none,
      "top-left": none,
      "top-right": none,
      bottom: none,
      "bottom-mid": none,
      "bottom-left": none,
      "bottom-right": none,
      left: none,
      "left-mid": none,
      mid: none,
      "mid-mid": none,
      right: none,
      "right-mid": none,
      middle: none,
    },
  });
  table.push(...shown);
  const lines = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  const headLines = Math.max(...titles.map((title, at) => wrapWords(title, (widths[at] as number) - gap).split("\n").length));
  const longest = findWidest(lines);
  return [...lines.slice(0, headLines), rule.repeat(longest), ...lines.slice(headLines)].join("\n");
}

const gap = 2;
const narrowest = 10 + gap;

/**
 * Takes from the widest column, again and again, until the table fits or nothing can be taken any more: first where no word is cut, for an id that
 * somebody has to type is worth nothing without its end, then anywhere.
 */
function fitWidths(natural: readonly number[], longestWords: readonly number[], width: number): number[] {
  const widths = [...natural];
  const shrink = (least: (at: number) => number): void => {
    for (let over = widths.reduce((sum, one) => sum + one, 0) - width; over > 0; over--) {
      const free = widths.map((one, at) => (one > Math.min(natural[at] as number, least(at)) ? one : 0));
      const widest = free.indexOf(Math.max(...free));
      if (free[widest] === 0) return;
      widths[widest] = (widths[widest] as number) - 1;
    }
  };
  shrink((at) => Math.max(narrowest, longestWords[at] as number));
  shrink(() => narrowest);
  return widths;
}

/** Control characters, and the marks that turn the reading direction around and so let a text look like another. */
const controls = /[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\u001B(?!\[[0-9;]*m)/g;

/** Keeps colour sequences of ours, shows every other control character as a picture. */
export function toVisible(text: string): string {
  return text.replace(/\r?\n/g, " ").replace(controls, "�");
}

const colour = /\u001B\[[0-9;]*m/g;

/** Not by Math.max(...): the arguments of a call go on the stack, and a country's rows do not fit there. */
function findWidest(texts: readonly string[]): number {
  return texts.reduce((widest, text) => Math.max(widest, displayWidth(text)), 0);
}

/** Letters, digits and marks that always stand alone: each is one place wide, Vietnamese ones in composed form too. */
const plain = /^[\u0020-\u007E\u00A0-\u02AF\u1E00-\u1EFF\u2013-\u2026]*$/;

function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  return [...new Intl.Segmenter("vi").segment(text.replace(colour, ""))].length;
}

/** Text in lines of at most `width`, parted between words; those after the first begin with `indent`. Words that are longer stay whole. */
export function wrapWords(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (displayWidth(last) + 1 + displayWidth(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines.join("\n");
}
