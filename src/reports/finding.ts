import type { Words } from "../platform/words.ts";
import type { Level } from "./blocks.ts";

/** Something the reader of the figures must know; codes as in records-and-reports.md §7. Undefined unit: the whole area. */
export interface Finding {
  readonly code: string;
  readonly level: Level;
  readonly unit: string | undefined;
  readonly expected?: number;
  readonly found?: number;
  readonly delta?: number;
  readonly message: Words;
  /** Without the unit, where many units may have the same: what a line over all of them says. */
  readonly title?: Words;
}
