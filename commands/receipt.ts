import type { Directory } from "../src/directory/directory.ts";
import { formatUnitName } from "../src/directory/unit.ts";
import type { Output } from "../src/platform/output.ts";
import { needsAttention, type Receipt, type ReceiptWarning } from "../src/records/receipt.ts";
import type { Outcome } from "./exit-codes.ts";
import { receiptWords as words } from "./receipt-words.ts";

/** The import receipt that scripts read (docs: interfaces). */
export function toReceiptDocument(receipt: Receipt): Record<string, unknown> {
  const { source, seq, state, file, sha256, rows, warnings, alreadyImportedAs, rejectedFile } = receipt;
  return {
    source,
    seq,
    state,
    file: file ?? null,
    sha256: sha256 ?? null,
    rows,
    warnings: warnings.map(({ code, unit, count, dossiers, note }) => ({
      code,
      unit: unit ?? null,
      count,
      dossiers,
      note: note ?? null,
    })),
    rejectedFile: rejectedFile ?? null,
    ...(alreadyImportedAs !== undefined && { alreadyImportedAs }),
  };
}

export function formatReceipt(receipt: Receipt, out: Output, directory: Directory): string {
  const { alreadyImportedAs, rows, warnings, rejectedFile, source, file, seq, state } = receipt;
  const what = file ?? source;
  if (alreadyImportedAs !== undefined) return out.say(words.already(what, alreadyImportedAs));
  const lines = [out.say(state === "partial" ? words.partial(what, seq) : words.done(what, seq)), out.say(words.rows(rows))];
  if (rejectedFile !== undefined) lines.push(out.say(words.rejected(rows.refused, rejectedFile)));
  for (const warning of warnings) lines.push(formatWarning(warning, out, directory));
  return lines.join("\n");
}

function formatWarning({ code, unit, count, dossiers, note }: ReceiptWarning, out: Output, directory: Directory): string {
  const known = unit === undefined ? undefined : directory.findUnit(unit);
  const where = known ? ` · ${formatUnitName(known)}` : "";
  const examples = dossiers.slice(0, 3).join(", ");
  const more = dossiers.length > 3 || count > dossiers.length ? ", …" : "";
  const detail = note ?? (examples ? `${examples}${more}` : undefined);
  return `${code}${where}: ${out.say(words.warning(code, count))}${detail ? ` (${detail})` : ""}`;
}

export function decideOutcome(receipt: Receipt): Outcome {
  if (receipt.state === "partial" || receipt.rows.refused > 0) return "partial";
  return receipt.warnings.some(({ code }) => needsAttention(code)) ? "attention" : "ok";
}
