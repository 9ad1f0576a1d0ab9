import type { Directory } from "../src/directory/directory.ts";
import { formatUnitName } from "../src/directory/unit.ts";
import { formatCount } from "../src/platform/format.ts";
import type { Output } from "../src/platform/output.ts";
import { needsAttention, type Receipt, type ReceiptWarning } from "../src/records/receipt.ts";
import type { Outcome } from "./exit-codes.ts";
import { receiptWords as words } from "./receipt-words.ts";

/** The import receipt that scripts read (docs: interfaces). */
export function toReceiptDocument(receipt: Receipt, say: Output["say"]): Record<string, unknown> {
  const { source, seq, state, file, sha256, rows, warnings, alreadyImportedAs, rejectedFile, refusals } = receipt;
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
    refusals: refusals.map(({ reason, count }) => ({ reason: say(reason), count })),
    rejectedFile: rejectedFile ?? null,
    ...(alreadyImportedAs !== undefined && { alreadyImportedAs }),
  };
}

export function formatReceipt(receipt: Receipt, out: Output, directory: Directory): string {
  const { alreadyImportedAs, rows, warnings, rejectedFile, refusals, source, file, seq, state } = receipt;
  const what = file ?? source;
  if (alreadyImportedAs !== undefined) return out.say(words.already(what, alreadyImportedAs));
  const lines = [out.say(state === "partial" ? words.partial(what, seq) : words.done(what, seq)), out.say(words.rows(rows))];
  if (rejectedFile !== undefined) lines.push(out.say(words.rejected(rows.refused, rejectedFile)));
  for (const refusal of refusals.slice(0, refusalsShown)) lines.push(out.say(words.refusal(refusal)));
  if (refusals.length > refusalsShown) lines.push("  …");
  for (const code of new Set(warnings.map((warning) => warning.code))) {
    lines.push(
      formatWarning(
        warnings.filter((warning) => warning.code === code),
        out,
        directory,
      ),
    );
  }
  return lines.join("\n");
}

const refusalsShown = 10;
const unitsShown = 4;
const dossiersShown = 3;

/** One line a code, whatever the number of units: the document under --json has each. */
function formatWarning(same: readonly ReceiptWarning[], out: Output, directory: Directory): string {
  const { code } = same[0] as ReceiptWarning;
  const count = same.reduce((sum, warning) => sum + warning.count, 0);
  const units = [...same]
    .sort((a, b) => b.count - a.count)
    .flatMap(({ unit, count }) => (unit === undefined ? [] : [{ unit, count }]));
  const names = units.slice(0, unitsShown).map(({ unit, count }) => {
    const known = directory.findUnit(unit);
    return `${known ? formatUnitName(known) : unit}${units.length > 1 ? ` ${formatCount(count, out.lang)}` : ""}`;
  });
  const told = same.flatMap(({ note, dossiers }) => (note === undefined ? dossiers : [note]));
  const parts = [...names, ...(units.length > unitsShown ? ["…"] : [])].join(", ");
  const examples = told.slice(0, dossiersShown).join(", ") + (count > dossiersShown ? ", …" : "");
  return [`${code} ${out.say(words.warning(code, count))}`, parts, told.length > 0 ? examples : ""]
    .filter((part) => part !== "")
    .join(" · ");
}

export function decideOutcome(receipt: Receipt): Outcome {
  if (receipt.state === "partial" || receipt.rows.refused > 0) return "partial";
  return receipt.warnings.some(({ code }) => needsAttention(code)) ? "attention" : "ok";
}

/** All unavailable is unavailable; some of it done is partial; partial beats attention. */
export function joinOutcomes(outcomes: readonly Outcome[]): Outcome {
  const [first] = outcomes;
  if (outcomes.includes("cancelled")) return "cancelled";
  if (first !== undefined && outcomes.every((outcome) => outcome === first)) return first;
  const worked: readonly Outcome[] = ["ok", "attention"];
  const some: readonly Outcome[] = [...worked, "partial"];
  // Nothing of it was done, for different reasons: what a script can do about it is to try again.
  if (first !== undefined && !outcomes.some((outcome) => some.includes(outcome)))
    return outcomes.includes("unavailable") ? "unavailable" : first;
  if (outcomes.every((outcome) => worked.includes(outcome))) return "attention";
  return "partial";
}
