import { listZipSizes, readZipBytes } from "./zip-entries.ts";

const [cellStart, cellEnd, address] = [Buffer.from("<c "), Buffer.from("</c>"), Buffer.from(' r="')];

/** More than this is no sheet that people work with: a program's text may not be longer, and reading it takes ten times as much memory. */
export const sheetBytesAtMost = 256 * 1024 * 1024;

/** Of the largest part, unpacked; undefined where it can be read. */
export function findTooLargePart(workbook: Uint8Array): number | undefined {
  const largest = Math.max(0, ...listZipSizes(workbook));
  return largest > sheetBytesAtMost ? largest : undefined;
}

/**
 * `A1:K2001`, the range of all sheets that holds any cell with something in it: what lies outside is formatted and empty, up to the last of a
 * million rows. Undefined where a sheet does not say where its cells are. Pure.
 */
export function findFilledRange(workbook: Uint8Array): string | undefined {
  const most = { row: 1, column: 1 };
  const entries = readZipBytes(workbook, (name) => /(?:^|\/)worksheets\/[^/]+\.xml$/i.test(name), sheetBytesAtMost);
  for (const xml of entries) {
    if (xml === undefined) return undefined;
    for (let end = xml.indexOf(cellEnd); end >= 0; end = xml.indexOf(cellEnd, end + cellEnd.length)) {
      const start = xml.lastIndexOf(cellStart, end);
      const at = start < 0 ? -1 : xml.indexOf(address, start + cellStart.length - 1);
      if (at < 0 || at > end || xml.indexOf(0x3e, start) < at) return undefined;
      let place = at + address.length;
      let column = 0;
      for (; isLetter(xml[place]); place++) column = column * 26 + (xml[place] as number) - 64;
      let row = 0;
      for (; isDigit(xml[place]); place++) row = row * 10 + (xml[place] as number) - 48;
      if (row === 0 || column === 0) return undefined;
      if (row > most.row) most.row = row;
      if (column > most.column) most.column = column;
    }
  }
  return `A1:${toLetters(most.column)}${most.row}`;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 65 && byte <= 90;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** `A`, `Z`, `AA`. */
export function toLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
