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
  for (const { place, numbers } of totals) {
    const [declared, ...others] = numbers;
    // A row with several numbers is no count of its rows; which of them would be is not guessed.
    if (declared === undefined || others.length > 0 || declared === read) continue;
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
