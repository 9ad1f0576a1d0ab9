import type { Directory } from "../directory/directory.ts";
import { createDigest } from "../platform/canonical-json.ts";
import type { Instant } from "../platform/clock.ts";
import type { Database, Sql } from "../platform/database.ts";
import { Failure } from "../platform/failure.ts";
import { openByteStream, readFileMark } from "../platform/files.ts";
import type { Zone } from "../platform/time.ts";
import type { Lang } from "../platform/words.ts";
import {
  addBatch,
  asLoad,
  ensureSource,
  findSameContent,
  hasContent,
  listFindings,
  type RowCounts,
  takeSeq,
} from "./batch-store.ts";
import type { DueRules } from "./calendar-store.ts";
import { readDossierCodes } from "./code-store.ts";
import { takeCounts } from "./import-counts.ts";
import { takeDossiers } from "./import-dossiers.ts";
import { toReading } from "./reading.ts";
import type { Receipt, ReceiptWarning } from "./receipt.ts";
import type { Refusal } from "./refusals.ts";
import type { NamedSource } from "./source.ts";
import type { FileProfile } from "./sources/file-lines.ts";

export interface ImportRequest {
  readonly database: Database;
  readonly source: NamedSource<FileProfile>;
  readonly path: string;
  /** As the person named it. */
  readonly file: string;
  readonly directory: Directory;
  readonly zone: Zone;
  readonly now: () => Instant;
  /** Of the reasons in the file of rejected rows. */
  readonly lang: Lang;
  readonly skipInvalid: boolean;
  /** Read it even if the same bytes were imported before. */
  readonly force: boolean;
  /** When the file was written, where neither a column nor the rows say so. */
  readonly exportedAt: Instant | undefined;
  /** What dropped codes are found by (records.codeKey). */
  readonly codeKey?: string | undefined;
  /** What due dates are held against, to warn. */
  readonly dueRules?: DueRules | undefined;
  readonly signal: AbortSignal;
  readonly onRead?: (rows: number) => void;
  /** Runs in the import's transaction, so that the change and its record stand or fall together. */
  readonly onApplied?: (tx: Sql, receipt: Receipt) => Promise<void>;
}

/** What an adapter of content did in the open transaction. */
export interface TakenFile {
  readonly rows: RowCounts;
  readonly exportAt: number | undefined;
  readonly findings: Parameters<typeof addBatch>[2];
  readonly unitIds: Iterable<number>;
  readonly rejectedFile: string | undefined;
  readonly refusals: readonly Refusal[];
  /** Of the bytes that were read. */
  readonly sha256: string;
}

/**
 * One file, one transaction, one seq: killed at any instant, the cache is as it was before. The same bytes again are not read, unless the
 * source's profile reads them otherwise by now.
 * Failure kinds: invalid (all faults of the file, nothing imported), cancelled, unavailable, denied.
 */
export async function importFile(request: ImportRequest): Promise<Receipt> {
  const { database, source, path, file, now } = request;
  const startedAt = toSeconds(now());
  const before = await readFileMark(path);
  const reading = await toReading(source.profile);
  // Read for its digest first only where there is something to be the same as.
  let digestBefore: string | undefined;
  const findKnown = async (sql: Sql): Promise<Receipt | undefined> => {
    if (request.force || !(await hasContent(sql, source.name))) return undefined;
    digestBefore ??= await readDigest(path);
    const known = await findSameContent(sql, source.name, digestBefore, reading);
    return known === undefined ? undefined : describeKnown(source.name, file, digestBefore, known);
  };
  const known = await findKnown(database);
  if (known) return known;

  return database.transaction(async (tx) => {
    // Another process may have imported the same file while this one waited for its turn.
    const meanwhile = await findKnown(tx);
    if (meanwhile) return meanwhile;
    const seq = await takeSeq(tx);
    const stored = await ensureSource(tx, source.name);
    const place = { ...request, tx, seq, stored, nowSeconds: startedAt };
    const taken = await (isDossierFile(source)
      ? takeDossiers({ ...place, source })
      : takeCounts({ ...place, source: source as NamedSource<Extract<FileProfile, { content: "counts" }>> }));
    const { sha256 } = taken;
    if (sha256 !== (digestBefore ?? sha256) || (await readFileMark(path)) !== before) {
      throw new Failure("unavailable", {
        vi: `${file} bị ghi trong lúc đang đọc; chưa nhập gì`,
        en: `${file} was written to while it was read; nothing was imported`,
      });
    }
    const { rows, exportAt, findings, unitIds, rejectedFile, refusals } = taken;
    const finishedAt = toSeconds(now());
    const origin = { file, sha256, reading, declaredRows: undefined };
    const batch = { seq, sourceId: stored.id, startedAt, finishedAt, exportAt, ...origin, rows };
    await addBatch(tx, { ...batch, state: "done" }, findings, unitIds);
    const warnings = await describeFindings(tx, seq);
    const receipt = { source: source.name, seq, state: "done" as const, file, sha256, rows, warnings, rejectedFile, refusals };
    await request.onApplied?.(tx, { ...receipt, alreadyImportedAs: undefined });
    return { ...receipt, alreadyImportedAs: undefined };
  }, asLoad);
}

function isDossierFile(source: NamedSource<FileProfile>): source is NamedSource<Extract<FileProfile, { content: "dossiers" }>> {
  return source.profile.content === "dossiers";
}

async function readDigest(path: string): Promise<string> {
  const digest = createDigest();
  for await (const piece of openByteStream(path)) digest.add(piece);
  return digest.hex();
}

function describeKnown(source: string, file: string, sha256: string, seq: number): Receipt {
  const rows = { read: 0, new: 0, changed: 0, same: 0, stale: 0, sealed: 0, refused: 0 };
  return {
    source,
    seq,
    state: "done",
    file,
    sha256,
    rows,
    warnings: [],
    alreadyImportedAs: seq,
    rejectedFile: undefined,
    refusals: [],
  };
}

/** The findings of one import as they are shown, dossiers by their codes. */
export async function describeFindings(sql: Sql, seq: number): Promise<ReceiptWarning[]> {
  const findings = await listFindings(sql, seq, seq - 1);
  return Promise.all(
    findings.map(async ({ code, unit, count, dossiers, note }) => ({
      code,
      unit: unit || undefined,
      count,
      dossiers: await readDossierCodes(sql, dossiers),
      note: note || undefined,
    })),
  );
}

export function toSeconds(at: Instant): number {
  return Math.floor(at / 1000);
}
