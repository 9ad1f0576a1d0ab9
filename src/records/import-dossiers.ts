import type { Transaction } from "../platform/database.ts";
import { readFileSize } from "../platform/files.ts";
import type { StoredSource } from "./batch-store.ts";
import { faultyInput } from "./faulty-input.ts";
import type { ImportRequest, TakenFile } from "./import-file.ts";
import { createIntake, intakeSize } from "./intake.ts";
import { assertNotCancelled, readRows } from "./read-rows.ts";
import { readRowsApart } from "./read-rows-apart.ts";
import { sumRefusals } from "./refusals.ts";
import { toRejectedName, writeRejected } from "./rejected-file.ts";
import { rowWords } from "./row-words.ts";
import type { NamedSource } from "./source.ts";
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
  const { codeKey, dueRules, nowSeconds: now } = request;
  const intake = await createIntake(tx, { source: stored, seq, rules: toRules(profile, zone), now, codeKey, dueRules });
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

  const rejectedFile = rejected.length > 0 ? toRejectedName(file) : undefined;
  if (rejectedFile) {
    intake.findings.addMany("W-REJECTED", "", rejected.length);
    await writeRejected(path, rejected, { columns: profile.columns, profile, lang: request.lang });
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

export function toRules(
  profile: Pick<Extract<FileProfile, { content: "dossiers" }>, "onTime" | "dueIncludesPauses">,
  zone: { readonly offsetMinutes: number },
): TimelineRules {
  const { onTime, dueIncludesPauses } = profile;
  return { onTime, dueIncludesPauses, offsetSeconds: zone.offsetMinutes * 60 };
}
