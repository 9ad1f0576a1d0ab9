import { toVisible } from "./table.ts";

/** One column of a screen. `sgr` is the colour, as ECMA-48 numbers: `1;33`. */
export interface Cell {
  readonly text: string;
  readonly sgr: string;
}

export type Line = readonly Cell[];
/** What a screen shows, from its first line down. */
export type Frame = readonly Line[];

const segmenter = new Intl.Segmenter("vi");
const blank: Cell = { text: " ", sgr: "" };

/** Text as cells, one a letter with its marks; control characters are shown, never sent. */
export function toCells(text: string, sgr = ""): Line {
  return [...segmenter.segment(toVisible(text.normalize("NFC")))].map(({ segment }) => ({ text: segment, sgr }));
}

/** Exactly so many columns: cut with an ellipsis, or filled up. */
export function fitCells(line: Line, columns: number): Line {
  if (line.length > columns)
    return columns < 1 ? [] : [...line.slice(0, columns - 1), { text: "…", sgr: line[columns - 1]?.sgr ?? "" }];
  return [...line, ...Array.from({ length: columns - line.length }, () => blank)];
}

/**
 * What to send so that a screen that shows `before` shows `after`: only the cells that differ. Without `before` the whole screen is drawn anew. Lines
 * must have the screen's width.
 */
export function drawChanges(before: Frame | undefined, after: Frame): string {
  let text = before ? "" : "\u001B[0m\u001B[2J";
  let sgr = "";
  for (const [row, line] of after.entries()) {
    let place = -1;
    for (const [column, cell] of line.entries()) {
      const old = before?.[row]?.[column] ?? (before ? undefined : blank);
      if (old?.text === cell.text && old.sgr === cell.sgr) continue;
      if (place !== column) text += `\u001B[${row + 1};${column + 1}H`;
      if (sgr !== cell.sgr) text += `\u001B[0${cell.sgr === "" ? "" : `;${cell.sgr}`}m`;
      sgr = cell.sgr;
      text += cell.text;
      place = column + 1;
    }
  }
  return sgr === "" ? text : `${text}\u001B[0m`;
}

/** A line as a terminal takes it. */
export function formatLine(line: Line, colour: boolean): string {
  if (!colour) return line.map(({ text }) => text).join("");
  let sgr = "";
  const text = line.map((cell) => {
    const change = cell.sgr === sgr ? "" : `\u001B[0${cell.sgr === "" ? "" : `;${cell.sgr}`}m`;
    sgr = cell.sgr;
    return change + cell.text;
  });
  return text.join("") + (sgr === "" ? "" : "\u001B[0m");
}
