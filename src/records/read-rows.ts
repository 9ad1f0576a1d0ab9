import type { Directory } from "../directory/directory.ts";
import { createDigest } from "../platform/canonical-json.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { toNormalText } from "../platform/text.ts";
import type { Zone } from "../platform/time.ts";
import type { Words } from "../platform/words.ts";
import type { Codes } from "./code-store.ts";
import { parseDossierCode } from "./dossier-code.ts";
import { createRowReader, type DossierRow, type RowFault } from "./dossier-row.ts";
import { createPlainReader, type PlainReader } from "./plain-rows.ts";
import { addRow, createRowBatch, emptyBatch, type RowBatch } from "./row-batch.ts";
import type { Field, NamedSource } from "./source.ts";
import { type CsvRequest, readCsvSlabs, readTotal, toCsvLine } from "./sources/csv.ts";
import { type FileLine, type FileProfile, findSheetProfile, toCsvProfile } from "./sources/file-lines.ts";
import { readSheetLines, type SheetNews, type SheetRequest } from "./sources/xlsx.ts";
import type { UnitScope } from "./unit-cell.ts";

/** Which rows are to be read and how. All of it can be sent to another thread. */
export interface ReadRequest {
  readonly source: NamedSource<Extract<FileProfile, { content: "dossiers" }>>;
  readonly path: string;
  /** As shown in messages. */
  readonly file: string;
  readonly zone: Zone;
  readonly scope: UnitScope;
  /** When the file was written, epoch seconds. */
  readonly exported: number | undefined;
  /** Leave rows out that cannot be read. */
  readonly skip: boolean;
}

export interface RejectedRow {
  readonly line: number;
  /** By the name of the column in the profile. */
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly reasons: readonly Words[];
  /** The same without values. */
  readonly kinds: readonly Words[];
}

export interface RowsRead {
  readonly count: number;
  readonly sha256: string;
  readonly faults: readonly Fault[];
  readonly faultCount: number;
  readonly rejected: readonly RejectedRow[];
  readonly news: SheetNews | undefined;
  /** Rows that were refused once and mended: never all there is. */
  readonly fedBack: boolean;
}

export interface RowReading {
  readonly directory: Directory;
  readonly codes: Codes;
  /** Rows of a batch at most. */
  readonly batchSize: number;
  /** Of the first batch, where somebody waits for it; each further one is twice as large, up to `batchSize`. */
  readonly firstSize?: number;
  /** `read`: rows of the file until here. The batch is read into again afterwards. */
  readonly take: (batch: RowBatch, read: number) => Promise<void>;
  /** Asked now and then; throws to stop. */
  readonly assertGoing: () => void;
}

/** A wrong profile makes every row of a million faulty: they are all counted, and this many told. */
const faultsKept = 10_000;

/** Reads a file of dossier rows, batch by batch. Faults are all collected before any is told. Failure kinds: invalid, denied. */
export async function readRows(request: ReadRequest, reading: RowReading): Promise<RowsRead> {
  const { source, file, path, zone, scope, exported, skip } = request;
  const { codes, batchSize, take, assertGoing } = reading;
  const { profile } = source;
  const read = createRowReader({ source, directory: reading.directory, scope, zone, exported });
  const batch = createRowBatch(batchSize);
  let room = reading.firstSize ?? batchSize;
  const digest = createDigest();
  let news: SheetNews | undefined;
  let fedBack = false;
  const faults: Fault[] = [];
  const rejected: RejectedRow[] = [];
  let faultCount = 0;
  let count = 0;
  const takeBatch = async (): Promise<void> => {
    // Once a fault stops the import there is nothing to gain from writing more of it.
    if (batch.size > 0 && (skip || faultCount === 0)) await take(batch, count);
    emptyBatch(batch);
    room = Math.min(room * 2, batchSize);
  };
  /** The row, undefined where it is refused. */
  const readCarefully = (item: FileLine<Field>): DossierRow | undefined => {
    const row = "fault" in item ? [] : read(item.texts);
    if (isRow(row)) return row;
    const { line } = item;
    const found = "fault" in item ? [{ field: undefined, value: undefined, message: item.fault, reason: item.fault }] : row;
    faultCount += found.length;
    if (skip) {
      const texts = "fault" in item ? {} : withoutUntold(item.texts, row);
      rejected.push({ line, texts, reasons: found.map(({ message }) => message), kinds: found.map(({ reason }) => reason) });
    } else if (faults.length < faultsKept) {
      const placeOf = (field: Field | undefined) => item.placeOf && { place: item.placeOf(field) };
      faults.push(...found.map(({ field, value, message }) => ({ file, line, ...placeOf(field), value, message })));
    }
    return undefined;
  };

  const columns = withoutAbsent(profile.columns as Readonly<Record<Field, string>>);
  const titles = Object.entries(columns).map(([field, title]) => [field as Field, toNormalText(title)] as const);
  /** Files put one behind the other, and prints with a heading on every page, say it again and again: nobody's row. */
  const isHeadings = (item: FileLine<Field>): boolean =>
    "texts" in item && titles.every(([field, title]) => toNormalText(item.texts[field]) === title);
  const place = { path, file, columns, onBytes: digest.add };
  const sheet = await findSheetProfile({ path, file, profile });
  if (sheet) await takeSheet({ ...place, profile: sheet });
  else await takeText({ ...place, profile: toCsvProfile(profile) });
  await takeBatch();
  return { count, sha256: digest.hex(), faults, faultCount, rejected, news, fedBack };

  async function takeText(of: CsvRequest<Field>): Promise<void> {
    let plain: PlainReader | undefined;
    const totals: SheetNews["totals"][number][] = [];
    for await (const rows of readCsvSlabs(of)) {
      assertGoing();
      const { slab, from, places, width } = rows;
      fedBack = rows.fedBack;
      plain ??= createPlainReader({ batch, codes, profile, zone, exported, places, width });
      for (let n = from; n < slab.size; n++) {
        count += 1;
        if (!plain.take(slab, n)) {
          const item = toCsvLine(rows, n);
          if (isHeadings(item)) {
            count -= 1;
            continue;
          }
          const total = isDossier(item) ? undefined : readTotal(rows, n, of.profile.skipRows);
          if (total) {
            const { line } = item;
            count -= 1;
            totals.push({ line, place: `${file}:${line}`, numbers: total, rowsBefore: count });
            continue;
          }
          const row = readCarefully(item);
          if (row) plain.learn(slab, n, row);
        }
        if (batch.size === room) await takeBatch();
      }
    }
    if (totals.length > 0) news = { totals, hiddenRows: [], hiddenColumns: [] };
  }

  /** A sheet is held whole by who parses it: nothing is won by reading its rows in haste. */
  async function takeSheet(of: SheetRequest<Field>): Promise<void> {
    const onNews = (told: SheetNews): void => {
      news = told;
    };
    for await (const lines of readSheetLines({ ...of, onNews })) {
      assertGoing();
      for (const item of lines) {
        if (isHeadings(item)) continue;
        count += 1;
        const row = readCarefully(item);
        if (row) addRow(batch, row, item.line, codes);
        if (batch.size === room) await takeBatch();
      }
    }
  }
}

export function assertNotCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure("cancelled", { vi: "đã dừng; chưa nhập gì", en: "cancelled; nothing was imported" });
}

/** A row that has its key is what it says, whatever its first cell begins with. */
function isDossier(item: FileLine<Field>): boolean {
  return "texts" in item && parseDossierCode(item.texts.code.trim()) !== undefined;
}

function isRow(row: DossierRow | readonly RowFault[]): row is DossierRow {
  return !Array.isArray(row);
}

/** The cells of a refused row that may be written down. */
function withoutUntold(texts: RejectedRow["texts"], faults: readonly RowFault[]): RejectedRow["texts"] {
  const untold = faults.filter(({ value }) => value === undefined).map(({ field }) => [field, ""]);
  return { ...texts, ...Object.fromEntries(untold) };
}

function withoutAbsent<Name extends string>(columns: Readonly<Record<Name, string | undefined>>): Record<Name, string> {
  return Object.fromEntries(Object.entries(columns).filter(([, title]) => title !== undefined)) as Record<Name, string>;
}
