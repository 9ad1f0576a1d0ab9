import { formatCsv } from "../platform/csv.ts";
import type { Transaction } from "../platform/database.ts";
import { Failure, type Fault } from "../platform/failure.ts";
import { writeWhole } from "../platform/files.ts";
import type { Lang, Words } from "../platform/words.ts";
import type { StoredSource } from "./batch-store.ts";
import { createRowReader, type DossierRow, type RowFault } from "./dossier-row.ts";
import { faultyInput } from "./faulty-input.ts";
import type { ImportRequest, TakenFile } from "./import-file.ts";
import { createIntake, intakeSize } from "./intake.ts";
import { createPlainReader, type PlainReader } from "./plain-rows.ts";
import { addRow, createRowBatch } from "./row-batch.ts";
import type { Field, NamedSource } from "./source.ts";
import { type CsvRequest, readCsvSlabs, toCsvLine } from "./sources/csv.ts";
import { type FileLine, type FileProfile, findSheetProfile, toCsvProfile } from "./sources/file-lines.ts";
import { noteSheetNews } from "./sources/sheet-news.ts";
import { readSheetLines, type SheetNews, type SheetRequest } from "./sources/xlsx.ts";
import type { TimelineRules } from "./timeline.ts";

export interface TakeRequest<Profile extends FileProfile> extends Omit<ImportRequest, "source"> {
  readonly source: NamedSource<Profile>;
  readonly tx: Transaction;
  readonly seq: number;
  readonly stored: StoredSource;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly nowSeconds: number;
}

interface Rejected {
  readonly line: number;
  readonly texts: Readonly<Partial<Record<Field, string>>>;
  readonly reasons: readonly Words[];
}

/** A wrong profile makes every row of a million faulty: they are all counted, and this many told. */
const faultsKept = 10_000;

/** Reads a file of dossier rows into the open transaction. Faults are all collected before any is told. */
export async function takeDossiers(request: TakeRequest<Extract<FileProfile, { content: "dossiers" }>>): Promise<TakenFile> {
  const { source, file, path, tx, seq, stored, directory, zone, exportedAt, signal, onBytes, onRead } = request;
  const { profile } = source;
  const skip = request.skipInvalid || profile.skipInvalid;
  const exported = exportedAt === undefined ? undefined : Math.floor(exportedAt / 1000);
  const read = createRowReader({ source, directory, zone, exported });
  const { codeKey, nowSeconds } = request;
  const intake = await createIntake(tx, { source: stored, seq, rules: toRules(profile, zone), now: nowSeconds, codeKey });
  const batch = createRowBatch(intakeSize);
  let news: SheetNews | undefined;
  const faults: Fault[] = [];
  const rejected: Rejected[] = [];
  let faultCount = 0;
  let count = 0;
  const takeBatch = async (): Promise<void> => {
    // Once a fault stops the import there is nothing to gain from writing more of it.
    if (skip || faultCount === 0) await intake.takeBatch(batch);
    batch.size = 0;
  };
  const takeFull = async (): Promise<void> => {
    await takeBatch();
    onRead?.(count);
  };
  /** The row, undefined where it is refused. */
  const readCarefully = (item: FileLine<Field>): DossierRow | undefined => {
    const row = "fault" in item ? [] : read(item.texts);
    if (isRow(row)) return row;
    const { line } = item;
    const found = "fault" in item ? [{ field: undefined, value: undefined, message: item.fault }] : row;
    faultCount += found.length;
    if (skip) {
      const texts = "fault" in item ? {} : withoutUntold(item.texts, row);
      rejected.push({ line, texts, reasons: found.map(({ message }) => message) });
    } else if (faults.length < faultsKept) {
      const placeOf = (field: Field | undefined) => item.placeOf && { place: item.placeOf(field) };
      faults.push(...found.map(({ field, value, message }) => ({ file, line, ...placeOf(field), value, message })));
    }
    return undefined;
  };
  const assertGoing = (): void => {
    if (signal.aborted) throw new Failure("cancelled", { vi: "đã dừng; chưa nhập gì", en: "cancelled; nothing was imported" });
  };

  const columns = withoutAbsent(profile.columns as Readonly<Record<Field, string>>);
  const place = { path, file, columns, onBytes };
  const sheet = await findSheetProfile({ path, file, profile });
  if (sheet) await takeSheet({ ...place, profile: sheet });
  else await takeText({ ...place, profile: toCsvProfile(profile) });
  if (faultCount > 0 && !skip) throw faultyInput(file, faults, faultCount);
  await takeBatch();

  const rejectedFile = rejected.length > 0 ? `${file}.rejected.csv` : undefined;
  if (rejectedFile) {
    intake.findings.addMany("W-REJECTED", "", rejected.length);
    await writeWhole(`${path}.rejected.csv`, formatRejected(rejected, profile, request.lang));
  }
  if (news) noteSheetNews(intake.findings, news, count);
  // A row that was refused is not a row that vanished.
  const { counts, unitIds, exportAt } = await intake.finish({ full: profile.export === "full" && rejected.length === 0 });
  return {
    rows: { read: count, ...counts, refused: rejected.length },
    exportAt: exportAt ?? exported,
    findings: intake.findings.list(),
    unitIds,
    rejectedFile,
  };

  async function takeText(of: CsvRequest<Field>): Promise<void> {
    let plain: PlainReader | undefined;
    for await (const rows of readCsvSlabs(of)) {
      assertGoing();
      const { slab, from, places, width } = rows;
      plain ??= createPlainReader({ batch, codes: intake.codes, profile, zone, exported, places, width });
      for (let n = from; n < slab.size; n++) {
        count += 1;
        if (!plain.take(slab, n)) {
          const row = readCarefully(toCsvLine(rows, n));
          if (row) plain.learn(slab, n, row);
        }
        if (batch.size === intakeSize) await takeFull();
      }
    }
  }

  /** A sheet is held whole by who parses it: nothing is won by reading its rows in haste. */
  async function takeSheet(of: SheetRequest<Field>): Promise<void> {
    const onNews = (told: SheetNews): void => {
      news = told;
    };
    for await (const lines of readSheetLines({ ...of, onNews })) {
      assertGoing();
      for (const item of lines) {
        count += 1;
        const row = readCarefully(item);
        if (row) addRow(batch, row, item.line, intake.codes);
        if (batch.size === intakeSize) await takeFull();
      }
    }
  }
}

function isRow(row: DossierRow | readonly RowFault[]): row is DossierRow {
  return !Array.isArray(row);
}

/** The cells of a refused row that may be written down. */
function withoutUntold(texts: Rejected["texts"], faults: readonly RowFault[]): Rejected["texts"] {
  const untold = faults.filter(({ value }) => value === undefined).map(({ field }) => [field, ""]);
  return { ...texts, ...Object.fromEntries(untold) };
}

function withoutAbsent<Name extends string>(columns: Readonly<Record<Name, string | undefined>>): Record<Name, string> {
  return Object.fromEntries(Object.entries(columns).filter(([, title]) => title !== undefined)) as Record<Name, string>;
}

/** The mapped columns under their own headings, so that the mended file can be fed back as it is. */
function formatRejected(
  rejected: readonly Rejected[],
  profile: Extract<FileProfile, { content: "dossiers" }>,
  lang: Lang,
): string {
  const fields = Object.entries(profile.columns).filter(([, title]) => title !== undefined) as [Field, string][];
  const head = [...fields.map(([, title]) => title), "line", "reason"];
  const rows = rejected.map(({ line, texts, reasons }) => [
    ...fields.map(([field]) => texts[field] ?? ""),
    line,
    reasons.map((words) => words[lang]).join("; "),
  ]);
  // The mark tells spreadsheets and the next import that this is UTF-8, whatever the source's own encoding.
  return `\uFEFF${formatCsv([head, ...rows], profile.kind === "csv" ? profile.delimiter : ",")}`;
}

export function toRules(
  profile: Pick<Extract<FileProfile, { content: "dossiers" }>, "onTime" | "dueIncludesPauses">,
  zone: { readonly offsetMinutes: number },
): TimelineRules {
  const { onTime, dueIncludesPauses } = profile;
  return { onTime, dueIncludesPauses, offsetSeconds: zone.offsetMinutes * 60 };
}
