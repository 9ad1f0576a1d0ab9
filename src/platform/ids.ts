import { randomUUID } from "node:crypto";

export interface Ids {
  /** A new id that has never been given before; sorts by time when made by createIds. */
  next(): string;
}

export function createIds(now: () => number): Ids {
  return {
    next: () => `${now().toString(36).padStart(9, "0")}-${randomUUID().replaceAll("-", "").slice(0, 12)}`,
  };
}

export function createCountingIds(prefix: string): Ids {
  let count = 0;
  return { next: () => `${prefix}${++count}` };
}
