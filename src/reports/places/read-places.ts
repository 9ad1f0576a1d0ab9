import { readWordPlaces } from "../../platform/docx-text.ts";
import { readPdfTexts } from "../../platform/pdf-text.ts";
import { formatCellName, parseXlsx, type SheetCell } from "../../platform/xlsx.ts";
import { findRowName, type Place, placeWords } from "./place.ts";

/** The places of a binary document in their order: cells of a workbook, cells and paragraphs of a Word file, stretches of text of a PDF. */
export const readPlaces = {
  xlsx: readWorkbook,
  docx: async (bytes: Uint8Array) => readWord(bytes),
  pdf: async (bytes: Uint8Array) => readPdf(bytes),
} satisfies Record<string, (bytes: Uint8Array) => Promise<Place[]>>;

async function readWorkbook(bytes: Uint8Array): Promise<Place[]> {
  const sheets = await parseXlsx(bytes, "").catch(() => []);
  return sheets.flatMap(({ name, rows }) => {
    const heading = rows.find(({ cells }) => cells.filter(isFilled).length > 1);
    const isTable = heading?.cells.every(({ kind }) => kind === "text" || kind === "empty") === true;
    return rows.flatMap(({ line, cells }) =>
      cells.flatMap((cell, at): Place[] => {
        if (!isFilled(cell)) return [];
        const own = formatCellName(line, at + 1);
        const below = isTable && line > heading.line;
        // What stands beside a figure names it, also where the sheet is no table.
        const row = findRowName(
          cells.filter(({ kind }) => kind === "text").map(({ text }) => text),
          cell.text,
        );
        const where = placeWords.sheetCell(name, own, row, below ? heading.cells[at]?.text : undefined);
        return [{ key: `${name}!${own}`, where, text: cell.text }];
      }),
    );
  });
}

function isFilled({ kind }: SheetCell): boolean {
  return kind !== "empty";
}

function readWord(bytes: Uint8Array): Place[] {
  const places = readWordPlaces(bytes);
  const rows = Map.groupBy(places, ({ cell }) => cell && `t${cell.table} r${cell.row}`);
  const headings = new Map(places.map(({ text, cell }) => [cell && `t${cell.table} r${cell.row} c${cell.column}`, text]));
  return places.map(({ text, paragraph, cell }) => {
    if (!cell) return { key: `p${paragraph}`, where: placeWords.paragraph(paragraph), text };
    const { table, row, column } = cell;
    const beside = rows.get(`t${table} r${row}`)?.map((own) => own.text) ?? [];
    const heading = row > 1 ? headings.get(`t${table} r1 c${column}`) : undefined;
    const where = placeWords.tableCell(table, [row, column], findRowName(beside, text), heading);
    return { key: `t${table} r${row} c${column}`, where, text };
  });
}

function readPdf(bytes: Uint8Array): Place[] {
  const lines = Map.groupBy(readPdfTexts(bytes), ({ page, line }) => `${page}/${line}`);
  return [...lines].flatMap(([line, texts]) =>
    texts.map((own, at) => {
      const beside = texts.map(({ text }) => text);
      return {
        key: `${line}/${at}`,
        where: placeWords.pageLine(own.page, own.line, findRowName(beside, own.text)),
        text: own.text,
      };
    }),
  );
}
