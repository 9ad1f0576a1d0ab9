import type { Paint } from "./paint.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

/**
 * A table for a terminal: thin rules; cells are wrapped only where it would not fit into `width`. Control characters in data are
 * shown, never sent. Every cell is measured once, so that a list as long as a country takes no longer than to read it.
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  paint: Paint,
  width = Number.POSITIVE_INFINITY,
): string {
  const shown = rows.map((row) => columns.map((_column, at) => toVisible(row[at] ?? "")));
  const measured = shown.map((row) => row.map(displayWidth));
  const titles = columns.map(({ title }) => title);
  const natural = titles.map((title) => gap + displayWidth(title));
  for (const row of measured) {
    for (const [at, own] of row.entries()) if (own + gap > (natural[at] as number)) natural[at] = own + gap;
  }
  const total = natural.reduce((sum, one) => sum + one, 0);
  const widths = total <= width + gap ? natural : fitWidths(natural, measureWords([titles, ...shown]), width + gap);
  const inner = widths.map((own) => own - gap);
  const aligns = columns.map(({ align }) => align ?? "left");
  const head = layOutRow(titles, titles.map(displayWidth), inner, aligns, paint.bold);
  const body = shown.flatMap((row, at) => layOutRow(row, measured[at] as number[], inner, aligns));
  const longest = inner.reduce((sum, own) => sum + own + gap, -gap);
  return [...head, "─".repeat(Math.max(longest, 0)), ...body].join("\n");
}

/** The widest word of each column. */
function measureWords(rows: readonly (readonly string[])[]): number[] {
  const widest: number[] = [];
  for (const row of rows) {
    for (const [at, text] of row.entries()) {
      for (const word of text.split(" ")) widest[at] = Math.max(widest[at] ?? 0, gap + displayWidth(word));
    }
  }
  return widest;
}

function layOutRow(
  cells: readonly string[],
  cellWidths: readonly number[],
  widths: readonly number[],
  aligns: readonly ("left" | "right")[],
  paint: (text: string) => string = (text) => text,
): string[] {
  const fits = cellWidths.every((own, at) => own <= (widths[at] as number));
  if (fits) return [layOutLine(cells, cellWidths, widths, aligns, paint)];
  const wrapped = cells.map((cell, at) => wrapCell(cell, widths[at] as number));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((lines) => lines[line] ?? "");
    return layOutLine(parts, parts.map(displayWidth), widths, aligns, paint);
  });
}

function layOutLine(
  cells: readonly string[],
  cellWidths: readonly number[],
  widths: readonly number[],
  aligns: readonly ("left" | "right")[],
  paint: (text: string) => string,
): string {
  let line = "";
  let owed = 0;
  for (const [at, cell] of cells.entries()) {
    const room = (widths[at] as number) - (cellWidths[at] as number);
    if (cell === "") owed += room;
    else if (aligns[at] === "right") {
      line += " ".repeat(owed + room) + paint(cell);
      owed = 0;
    } else {
      line += " ".repeat(owed) + paint(cell);
      owed = room;
    }
    owed += gap;
  }
  return line;
}

/** Parted between words; a word that is wider than the column goes on in the next line, so that nothing of it is lost. */
function wrapCell(text: string, width: number): string[] {
  const lines = wrapWords(text, width)
    .split("\n")
    .flatMap((line) => (displayWidth(line) <= width ? [line] : cutLine(line, width)))
    .filter((line, at) => line !== "" || at === 0);
  return text.includes("\u001B") ? carryColour(lines) : lines;
}

function cutLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let last = "";
  let room = width;
  for (const piece of listPieces(line)) {
    if (!piece.startsWith("\u001B") && room-- === 0) {
      // A code such as NET-CONGESTED is read more easily where it breaks at its dash.
      const dash = last.includes("\u001B") ? -1 : last.lastIndexOf("-");
      const kept = dash >= width / 4 && dash < last.length - 1 ? last.slice(dash + 1) : "";
      lines.push(last.slice(0, last.length - kept.length));
      last = kept;
      room = width - 1 - displayWidth(kept);
    }
    last += piece;
  }
  return [...lines, last];
}

/** Letters, and sequences of colour whole. */
function listPieces(text: string): string[] {
  return text.split(colourParts).flatMap((part) => (part.startsWith("\u001B") ? [part] : toLetters(part)));
}

/** A colour that a line ends in is ended there and begun anew in the next one: other columns stand between. */
function carryColour(lines: readonly string[]): string[] {
  let open = "";
  return lines.map((line) => {
    const begun = open + line;
    for (const sequence of line.match(colour) ?? []) open = endOfColour.test(sequence) ? "" : open + sequence;
    return open === "" ? begun : `${begun}\u001B[0m`;
  });
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
  // Rather that than a line that the terminal breaks in the middle of another column.
  shrink(() => narrowest / 2);
  return widths;
}

/** Control characters, and the marks that turn the reading direction around and so let a text look like another. */
const controls = /[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\u001B(?!\[[0-9;]*m)/g;

/** Keeps colour sequences of ours, shows every other control character as a picture. */
export function toVisible(text: string): string {
  return text.replace(/\r?\n/g, " ").replace(controls, "�");
}

const colour = /\u001B\[[0-9;]*m/g;
const colourParts = /(\u001B\[[0-9;]*m)/;
const endOfColour = /\u001B\[(?:0|22|39|49)?m/;

/** Letters, digits, marks and arrows that always stand alone: each is one place wide, Vietnamese ones in composed form too. */
const plain = /^[\u0020-\u007E\u00A0-\u02AF\u1E00-\u1EFF\u2013-\u2026\u2190-\u2193\u2500-\u259F]*$/;

function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  const bare = text.replace(colour, "");
  return plain.test(bare) ? bare.length : toLetters(bare).length;
}

/** Made where a text first needs it: most runs never do. */
let segmenter: Intl.Segmenter | undefined;

function toLetters(text: string): string[] {
  if (plain.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter("vi");
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
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
