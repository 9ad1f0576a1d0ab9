import { randomBytes, randomUUID } from "node:crypto";

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

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: 48 bits of milliseconds and 80 of chance, 26 letters that sort by time and hold none that look alike. */
export function createUlid(now: number): string {
  const time = BigInt(Math.floor(now));
  let bits = (time << 80n) | BigInt(`0x${randomBytes(10).toString("hex")}`);
  let text = "";
  for (let at = 0; at < 26; at++) {
    text = crockford[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}
