import { formatCsv } from "../platform/csv.ts";
import type { Transaction } from "../platform/database.ts";
import { readFileSize, writeWhole } from "../platform/files.ts";
import type { Lang } from "../platform/words.ts";
import type { StoredSource } from "./batch-store.ts";
import { faultyInput } from "./faulty-input.ts";
import type { ImportRequest, TakenFile } from "./import-file.ts";
import { createIntake, intakeSize } from "./intake.ts";
import { assertNotCancelled, type RejectedRow, readRows } from "./read-rows.ts";
import { readRowsApart } from "./read-rows-apart.ts";
import { sumRefusals } from "./refusals.ts";
import { rowWords } from "./row-words.ts";
import type { Field, NamedSource } from "./source.ts";
import { refusalHeads } from "./sources/csv.ts";
import { type FileProfile, findFormat } from "./sources/file-lines.ts";
import { noteSheetNews } from "./sources/sheet-news.ts";
import type { TimelineRules } from "./timeline.ts";

export interface TakeRequest<Profile extends FileProfile> extends Omit<ImportRequest, "source"> {
  readonly source: NamedSource<Profile>;
  readonly tx: Transaction;
  readonly seq: number;
  readonly stored: StoredSource;
  readonly nowSeconds: number;
}

/** A smaller file is read before a thread has started. */
const apartFromBytes = 4 * 1024 * 1024;

/** Reads a file of dossier rows into the open transaction. Faults are all collected before any is told. */
export async function takeDossiers(request: TakeRequest<Extract<FileProfile, { content: "dossiers" }>>): Promise<TakenFile> {
  const { source, file, path, tx, seq, stored, directory, zone, exportedAt, signal, onRead } = request;
  const { profile } = source;
  const skip = request.skipInvalid || profile.skipInvalid;
  const exported = exportedAt === undefined ? undefined : Math.floor(exportedAt / 1000);
  const { codeKey, nowSeconds } = request;
  const intake = await createIntake(tx, { source: stored, seq, rules: toRules(profile, zone), now: nowSeconds, codeKey });
  const isLarge = (await readFileSize(path)) >= apartFromBytes && (await findFormat(path)) === "text";
  const { count, sha256, faults, faultCount, rejected, news, fedBack } = await (isLarge ? readRowsApart : readRows)(
    { source, path, file, zone, exported, skip },
    {
      directory,
      codes: intake.codes,
      batchSize: intakeSize,
      assertGoing: () => assertNotCancelled(signal),
      async take(batch, read) {
        const more = batch.size === intakeSize;
        await intake.takeBatch(batch);
        if (more) onRead?.(read);
      },
    },
  );
  if (faultCount > 0 && !skip) throw faultyInput(file, faults, faultCount, rowWords.skipOrMend);

  const rejectedFile = rejected.length > 0 ? `${file}.rejected.csv` : undefined;
  if (rejectedFile) {
    intake.findings.addMany("W-REJECTED", "", rejected.length);
    await writeWhole(`${path}.rejected.csv`, formatRejected(rejected, profile, request.lang));
  }
  if (news) noteSheetNews(intake.findings, news, count);
  // A row that was refused is not a row that vanished, and refused rows that were mended are not all there is.
  const whole = profile.export === "full" && rejected.length === 0 && !fedBack;
  const { counts, unitIds, exportAt } = await intake.finish({ full: whole });
  return {
    rows: { read: count, ...counts, refused: rejected.length },
    exportAt: exportAt ?? exported,
    findings: intake.findings.list(),
    unitIds,
    rejectedFile,
    refusals: sumRefusals(rejected.flatMap(({ kinds }) => kinds)),
    sha256,
  };
}

/** The mapped columns under their own headings, so that the mended file can be fed back as it is. */
function formatRejected(
  rejected: readonly RejectedRow[],
  profile: Extract<FileProfile, { content: "dossiers" }>,
  lang: Lang,
): string {
  const fields = Object.entries(profile.columns).filter(([, title]) => title !== undefined) as [Field, string][];
  const head = [...fields.map(([, title]) => title), ...refusalHeads];
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
