import { type CsvSlab, countCells, readCell } from "../../platform/csv-slab.ts";
import { streamSlabs } from "../../platform/csv-stream.ts";
import type { Fault } from "../../platform/failure.ts";
import { findNearest, toNormalText } from "../../platform/text.ts";
import type { Words } from "../../platform/words.ts";
import { faultyInput } from "../faulty-input.ts";
import { rowWords } from "../row-words.ts";
import type { SourceProfile } from "../source.ts";

/** One record of a file: the mapped cells by field, or why it cannot be read at all. */
export type CsvLine<Name extends string> = { readonly line: number } & (
  | { readonly texts: Readonly<Record<Name, string>> }
  | { readonly fault: Words }
);

export interface CsvRequest<Name extends string> {
  readonly path: string;
  /** As shown in messages. */
  readonly file: string;
  readonly profile: Pick<Extract<SourceProfile, { kind: "csv" }>, "delimiter" | "encoding">;
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
  for await (const slab of streamSlabs(path, file, { ...profile, onBytes })) {
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

/** One record, its mapped cells alone. */
export function toCsvLine<Name extends string>({ slab, places, width }: CsvSlabOf<Name>, n: number): CsvLine<Name> {
  const line = slab.lines[n] as number;
  const count = countCells(slab, n);
  // A record that slipped sideways may show another column's value under an allowed heading: nothing of it is kept.
  if (count !== width) return { line, fault: rowWords.cellCount(count, width) };
  const texts = Object.fromEntries(places.map(([name, at]) => [name, toNfc(readCell(slab, n, at))])) as Record<Name, string>;
  return { line, texts };
}

/** The same as batches of records. */
export async function* readCsvLines<Name extends string>(request: CsvRequest<Name>): AsyncGenerator<readonly CsvLine<Name>[]> {
  for await (const rows of readCsvSlabs(request)) {
    const { slab, from } = rows;
    yield Array.from({ length: slab.size - from }, (_, n) => toCsvLine(rows, from + n));
  }
}

function findColumns<Name extends string>(
  cells: readonly string[],
  line: number,
  { columns, file, profile }: Pick<CsvRequest<Name>, "columns" | "file" | "profile">,
): [Name, number][] {
  const heads = cells.map(toNormalText);
  const separator = cells.length === 1 ? ["\t", ";", ","].find((sign) => cells[0]?.includes(sign)) : undefined;
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
