import type { Words } from "../platform/words.ts";

/** The first place where a document is not what it should be. */
export interface Difference {
  /** `units[3].figures.received.total`, `line 12`, `sheet 'Units', cell C7`; `bytes` where no place that is read differs. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  /** `where` and `found` for people, where they are no code. */
  readonly said?: Words;
  readonly saidFound?: Words;
}
