import type { Words } from "../platform/words.ts";

/**
 * One thing that doctor looked at. ok: in order · note: works, and worth knowing · problem: something will fail or mislead, and
 * `remedy` says what to do.
 */
export interface Finding {
  /** Stable name in JSON: `node`, `settings`, `secret`, `audit`. */
  readonly id: string;
  readonly state: "ok" | "note" | "problem";
  readonly words: Words;
  readonly remedy?: Words;
}

export function ok(id: string, words: Words): Finding {
  return { id, state: "ok", words };
}

export function note(id: string, words: Words, remedy?: Words): Finding {
  return { id, state: "note", words, remedy };
}

export function problem(id: string, words: Words, remedy?: Words): Finding {
  return { id, state: "problem", words, remedy };
}
