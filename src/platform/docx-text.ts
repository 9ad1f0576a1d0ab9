import { readZipTexts } from "./zip-entries.ts";

/** A paragraph, or a cell of a table of more than one row; what lies in one row side by side is laid out with a table and is none. */
export interface WordPlace {
  readonly text: string;
  /** From 1; empty paragraphs do not count. */
  readonly paragraph: number;
  readonly cell: { readonly table: number; readonly row: number; readonly column: number } | undefined;
}

const mark = /<(\/?)w:(tbl|tr|tc|p|t|tab|br)(?=[\s/>])[^>]*?(\/?)>([^<]*)/g;
/** A report of a whole province has some thousand cells of some hundred bytes of markup each. */
const mostBytes = 64 * 1024 * 1024;

/** What a Word file says, in its order (ECMA-376 part 1, 17.3 and 17.4). Foreign or damaged bytes give nothing. */
export function readWordPlaces(bytes: Uint8Array): WordPlace[] {
  const [xml = ""] = readZipTexts(bytes, (name) => name === "word/document.xml", mostBytes);
  const rowsOf = countRows(xml);
  const places: WordPlace[] = [];
  let [tables, grids, row, column, paragraph, text] = [0, 0, 0, 0, 0, ""];
  let inGrid = false;
  const put = (): void => {
    const said = toPlain(text).replace(/\s+/g, " ").trim();
    text = "";
    if (said === "") return;
    if (!inGrid) paragraph += 1;
    places.push({ text: said, paragraph, cell: inGrid ? { table: grids, row, column } : undefined });
  };
  for (const [, closes, name, empty, after] of xml.matchAll(mark)) {
    if (name === "t" && closes === "") text += after;
    else if (name === "tab" || name === "br") text += " ";
    else if (name === "tbl" && closes === "") {
      tables += 1;
      inGrid = (rowsOf[tables - 1] ?? 0) > 1;
      if (inGrid) grids += 1;
      row = 0;
    } else if (name === "tbl") inGrid = false;
    else if (name === "tr" && closes === "") [row, column] = [row + 1, 0];
    else if (name === "tc" && closes === "") [column, text] = [column + 1, ""];
    else if (name === "tc" && inGrid) put();
    else if (name === "p" && (closes !== "" || empty !== "")) {
      if (inGrid) text += " ";
      else put();
    }
  }
  return places;
}

function countRows(xml: string): number[] {
  return xml
    .split(/<w:tbl(?=[\s>])/)
    .slice(1)
    .map((table) => ((table.split("</w:tbl>")[0] as string).match(/<w:tr(?=[\s>])/g) ?? []).length);
}

function toPlain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
