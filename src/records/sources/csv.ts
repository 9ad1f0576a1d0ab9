import { doubleQuotes } from "../../platform/csv-faults.ts";
import { type CsvSlab, countCells, readCell } from "../../platform/csv-slab.ts";
import { streamSlabs } from "../../platform/csv-stream.ts";
import { Failure, type Fault } from "../../platform/failure.ts";
import { findNearest, toNormalText } from "../../platform/text.ts";
import type { Words } from "../../platform/words.ts";
import { faultyInput } from "../faulty-input.ts";
import { rowWords } from "../row-words.ts";
import type { SourceProfile } from "../source.ts";
import { isSkipped, listWholeNumbers } from "./total-rows.ts";

/** One record of a file: the mapped cells by field, or why it cannot be read at all. */
export type CsvLine<Name extends string> = { readonly line: number } & (
  | { readonly texts: Readonly<Record<Name, string>> }
  | { readonly fault: Words }
);

export interface CsvRequest<Name extends string> {
  readonly path: string;
  /** As shown in messages. */
  readonly file: string;
  readonly profile: Partial<Pick<Extract<SourceProfile, { kind: "csv" }>, "delimiter" | "encoding" | "quotes" | "skipRows">>;
  /** Field → heading: the allow-list. No other cell leaves this function, whatever it holds. */
  readonly columns: Readonly<Record<Name, string>>;
  readonly onBytes: (bytes: Uint8Array) => void;
}

/** Records where they stand, from the first below the headings. */
export interface CsvSlabOf<Name extends string> {
  readonly slab: CsvSlab;
  /** The first record that is a row. */
  readonly from: number;
  /** In which column each field is. */
  readonly places: readonly (readonly [Name, number])[];
  /** How many cells a row has. */
  readonly width: number;
  /** Whether these are rows that were refused once: their file ends in the headings of `refusalHeads`. */
  readonly fedBack: boolean;
}

/** What stands beside a refused row: its line, and why. */
export const refusalHeads = ["line", "reason"] as const;

/** Slabs of rows, each good until the next one. Failure kind: invalid (headings missing or doubled, bytes or quotes that cannot be read). */
export async function* readCsvSlabs<Name extends string>(request: CsvRequest<Name>): AsyncGenerator<CsvSlabOf<Name>> {
  const { path, file, profile, onBytes } = request;
  let places: readonly (readonly [Name, number])[] | undefined;
  let width = 0;
  let fedBack = false;
  for await (const slab of withAdvice(streamSlabs(path, file, { ...profile, onBytes }))) {
    let from = 0;
    if (!places) {
      width = countCells(slab, 0);
      const heads = Array.from({ length: width }, (_, column) => readCell(slab, 0, column));
      places = findColumns(heads, slab.lines[0] as number, request);
      fedBack = refusalHeads.every((head, at) => heads[width - refusalHeads.length + at] === head);
      from = 1;
    }
    yield { slab, from, places, width, fedBack };
  }
  if (!places) throw faultyInput(file, [{ file, line: 1, message: rowWords.noHeader }]);
}

/** Where the marks are not those of a CSV, a profile may say that none are meant. */
async function* withAdvice<Slab>(slabs: AsyncIterable<Slab>): AsyncGenerator<Slab> {
  try {
    yield* slabs;
  } catch (error) {
    if (!(error instanceof Failure) || error.hint !== doubleQuotes) throw error;
    throw new Failure(error.kind, error.words, { faults: error.faults, hint: rowWords.quotesNone });
  }
}

/** One record, its mapped cells alone. */
export function toCsvLine<Name extends string>({ slab, places, width }: CsvSlabOf<Name>, n: number): CsvLine<Name> {
  const line = slab.lines[n] as number;
  const count = countCells(slab, n);
  // A record that slipped sideways may show another column's value under an allowed heading: nothing of it is kept.
  if (count !== width) return { line, fault: rowWords.cellCount(count, width) };
  const texts = Object.fromEntries(places.map(([name, at]) => [name, toNfc(readCell(slab, n, at))])) as Record<Name, string>;
  return { line, texts };
}

/** The whole numbers of a row that `skipRows` names, undefined where it is none. Ask of rows that cannot be read otherwise. */
export function readTotal<Name extends string>(
  { slab }: CsvSlabOf<Name>,
  n: number,
  skipRows: readonly string[] = [],
): readonly number[] | undefined {
  const cells = Array.from({ length: countCells(slab, n) }, (_, at) => ({ kind: "text", text: readCell(slab, n, at) }) as const);
  return isSkipped(cells, skipRows) ? listWholeNumbers(cells) : undefined;
}

/** The same as batches of records, of a table of totals: its total row says no unit. `isUnit` knows what is one by its name. */
export async function* readCsvLines<Name extends string>(
  request: CsvRequest<Name> & { readonly isUnit?: ((text: string) => boolean) | undefined },
): AsyncGenerator<readonly CsvLine<Name>[]> {
  const { profile, isUnit = (text) => /^\d{1,5}$/.test(text) } = request;
  for await (const rows of readCsvSlabs(request)) {
    const { slab, from } = rows;
    yield Array.from({ length: slab.size - from }, (_, n) => {
      const line = toCsvLine(rows, from + n);
      if ("fault" in line || !("unit" in line.texts) || isUnit(String(line.texts.unit).trim())) return line;
      if (!readTotal(rows, from + n, profile.skipRows)) return line;
      return { ...line, texts: { ...line.texts, unit: "", ...("name" in line.texts && { name: "" }) } };
    });
  }
}

function findColumns<Name extends string>(
  cells: readonly string[],
  line: number,
  { columns, file, profile }: Pick<CsvRequest<Name>, "columns" | "file" | "profile">,
): [Name, number][] {
  const heads = cells.map(toNormalText);
  const separator = cells.length === 1 ? ["\t", ";", ",", "|"].find((sign) => cells[0]?.includes(sign)) : undefined;
  if (separator !== undefined) {
    throw faultyInput(file, [{ file, line, message: rowWords.otherSeparator(separator, profile.delimiter) }]);
  }
  // Without one heading of ours the line may be a row, and a row's cells are not told.
  const near = Object.values<string>(columns).some((title) => heads.includes(toNormalText(title))) ? heads : [];
  const faults: Fault[] = [];
  const places = (Object.entries(columns) as [Name, string][]).map(([name, title]): [Name, number] => {
    const wanted = toNormalText(title);
    const at = heads.indexOf(wanted);
    if (at < 0) faults.push({ file, line, value: title, message: rowWords.noColumn(title, findNearest(wanted, near)) });
    else if (heads.lastIndexOf(wanted) !== at) faults.push({ file, line, value: title, message: rowWords.twoColumns(title) });
    return [name, at];
  });
  if (faults.length > 0) throw faultyInput(file, faults, faults.length, rowWords.inspect(file));
  return places;
}

function toNfc(cell: string): string {
  for (let i = 0; i < cell.length; i++) if (cell.charCodeAt(i) > 127) return cell.normalize("NFC");
  return cell;
}
