import type { BatchState, RowCounts } from "./batch-store.ts";
import type { Refusal } from "./refusals.ts";
import type { WarningCode } from "./warnings.ts";

export interface ReceiptWarning {
  readonly code: WarningCode;
  /** Undefined for the whole source. */
  readonly unit: string | undefined;
  readonly count: number;
  /** The first dossiers meant. */
  readonly dossiers: readonly string[];
  readonly note: string | undefined;
}

/** What one import did. */
export interface Receipt {
  readonly source: string;
  readonly seq: number;
  readonly state: BatchState;
  /** The file as the person named it; undefined for a REST source. */
  readonly file: string | undefined;
  readonly sha256: string | undefined;
  readonly rows: RowCounts;
  readonly warnings: readonly ReceiptWarning[];
  /** The same bytes were imported as this seq before; nothing was done now. */
  readonly alreadyImportedAs: number | undefined;
  /** Where the rows that were not taken went. */
  readonly rejectedFile: string | undefined;
  /** Why rows were refused. */
  readonly refusals: readonly Refusal[];
}

const attention: ReadonlySet<WarningCode> = new Set<WarningCode>([
  "W-ORDER",
  "W-FUTURE",
  "W-MISSING",
  "W-CONFLICT",
  "W-REJECTED",
  "W-DECLARED",
  "W-SEALED",
]);

/** Somebody must look at it; the others are notes. */
export function needsAttention(code: WarningCode): boolean {
  return attention.has(code);
}
