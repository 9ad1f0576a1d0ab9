import type { Lang, Words } from "./words.ts";

/**
 * What the caller should do about it. The one table that turns a kind into an exit code is commands/exit-codes.ts.
 *
 * usage: mend the command line · invalid: mend the input · denied: get the right · unavailable: try again later ·
 * unsafe: a rule of ours stopped it · partial: some of it was done · attention: done, and someone must act ·
 * cancelled: stopped by the person.
 */
export type FailureKind = "usage" | "invalid" | "denied" | "unavailable" | "unsafe" | "partial" | "attention" | "cancelled";

/** One thing wrong with an input. Lines and columns count from 1. */
export interface Fault {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** What a person calls the place, where lines and columns are not it: `DS!H8` of a spreadsheet. */
  readonly place?: string;
  readonly value?: string;
  readonly message: Words;
}

export interface FailureDetails {
  readonly hint?: Words;
  readonly faults?: readonly Fault[];
  readonly cause?: unknown;
}

/** The only error that is not a bug. Anything else thrown prints its stack and exits 1. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly words: Words;
  readonly hint: Words | undefined;
  readonly faults: readonly Fault[];

  constructor(kind: FailureKind, words: Words, details: FailureDetails = {}) {
    super(words.en, { cause: details.cause });
    this.name = "Failure";
    this.kind = kind;
    this.words = words;
    this.hint = details.hint;
    this.faults = details.faults ?? [];
  }
}

/** `roster.csv:37:4: unit code '2700' is not a unit`, the way editors and compilers print a place. */
export function formatFault(fault: Fault, lang: Lang): string {
  if (fault.place !== undefined) return `${fault.file} ${fault.place}: ${fault.message[lang]}`;
  const place = [fault.file, fault.line, fault.line === undefined ? undefined : fault.column]
    .filter((part) => part !== undefined)
    .join(":");
  return `${place}: ${fault.message[lang]}`;
}
