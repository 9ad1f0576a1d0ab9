import type { Findings } from "../warnings.ts";
import type { SheetNews } from "./xlsx.ts";

/** `read`: rows that were read, where a total row of the sheet counts them. */
export function noteSheetNews(
  findings: Findings,
  { totals, hiddenRows, hiddenColumns }: SheetNews,
  read: number | undefined,
): void {
  if (hiddenRows.length > 0) findings.add("W-HIDDEN", "", undefined, formatRuns(hiddenRows));
  for (const column of hiddenColumns) findings.add("W-HIDDEN", "", undefined, column);
  if (read === undefined) return;
  for (const [at, { place, numbers, rowsBefore }] of totals.entries()) {
    const [declared, ...others] = numbers;
    // A row with several numbers is no count of its rows; which of them would be is not guessed.
    if (declared === undefined || others.length > 0) continue;
    const sinceLast = rowsBefore - (totals[at - 1]?.rowsBefore ?? 0);
    const untilNext = (totals[at + 1]?.rowsBefore ?? read) - rowsBefore;
    // Of the whole sheet, of what stands above it, or of its own group above or below.
    if ([read, rowsBefore, sinceLast, untilNext].includes(declared)) continue;
    findings.add("W-DECLARED", "", undefined, `${place}: ${declared} ≠ ${read}`);
  }
}

/** `5, 7–9`. */
function formatRuns(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else runs.push([line, line]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
