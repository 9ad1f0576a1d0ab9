import { type CsvRecord, parseCsv } from "./csv.ts";
import { decodeText } from "./decode.ts";
import { Failure } from "./failure.ts";
import { readBytes } from "./files.ts";
import { toNormalText } from "./text.ts";
import { parseXlsx } from "./xlsx.ts";

/** A CSV or XLSX file as records by heading; `line` is that of the file. Headings and cells are brought to NFC and trimmed. */
export interface TableFile {
  readonly headings: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: Readonly<Record<string, string>> }[];
}

/** The first row that has a cell is the heading. `shownAs` names the file in messages. Failure kinds: invalid, denied. */
export async function readTableFile(path: string, shownAs: string, sheet?: string): Promise<TableFile> {
  const [head, ...rest] = await readTableRecords(path, shownAs, sheet);
  if (!head) throw new Failure("invalid", words.empty(shownAs));
  const headings = head.cells.map(toNormalText);
  const twice = headings.find((heading, at) => heading !== "" && headings.indexOf(heading) !== at);
  if (twice !== undefined) throw new Failure("invalid", words.twice(shownAs, twice));
  const rows = rest.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      headings.flatMap((heading, at): [string, string][] => {
        const cell = toNormalText(cells[at] ?? "");
        return heading === "" || cell === "" ? [] : [[heading, cell]];
      }),
    ),
  }));
  return { headings, rows };
}

/** A CSV or XLSX file as it stands, rows without anything in them left out. Failure kinds: invalid, denied. */
export async function readTableRecords(path: string, shownAs: string, sheet?: string): Promise<readonly CsvRecord[]> {
  const bytes = await readBytes(path);
  const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const records = isWorkbook ? await readSheet(bytes, shownAs, sheet) : await parseCsv(decodeText(bytes, shownAs), shownAs);
  return records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
}

async function readSheet(
  bytes: Uint8Array,
  file: string,
  name: string | undefined,
): Promise<{ line: number; cells: readonly string[] }[]> {
  const sheets = (await parseXlsx(bytes, file)).filter(({ hidden, rows }) => !hidden && rows.length > 0);
  const [found, ...others] = name === undefined ? sheets : sheets.filter((each) => each.name === name);
  if (!found || (name === undefined && others.length > 0)) {
    throw new Failure(
      "invalid",
      words.sheet(
        file,
        sheets.map((each) => each.name),
      ),
    );
  }
  const unread = found.rows.flatMap(({ cells, line }) =>
    cells.some(({ kind }) => kind === "empty-formula" || kind === "error") ? [line] : [],
  );
  if (unread.length > 0) throw new Failure("invalid", words.formula(file, unread[0] as number));
  return found.rows.map(({ line, cells }) => ({ line, cells: cells.map(({ text }) => text) }));
}

const words = {
  empty: (file: string) => ({ vi: `${file}: không có dòng nào`, en: `${file}: has no rows` }),
  twice: (file: string, heading: string) => ({
    vi: `${file}: cột '${heading}' có hai lần`,
    en: `${file}: column '${heading}' comes twice`,
  }),
  sheet: (file: string, names: readonly string[]) => ({
    vi: `${file}: chưa rõ trang nào; có: ${names.join(", ")}`,
    en: `${file}: which sheet is not clear; there are: ${names.join(", ")}`,
  }),
  formula: (file: string, line: number) => ({
    vi: `${file}:${line}: ô công thức chưa có kết quả`,
    en: `${file}:${line}: a formula without a result`,
  }),
};
