import { createHash, hash } from "node:crypto";

/** RFC 8785: the same value gives the same bytes on every machine. Functions, undefined members and NaN are a bug of the caller. */
export async function toCanonicalJson(value: unknown): Promise<string> {
  // Asked for a hundred thousand times in one plan: each import of a module that is there already is looked up anew.
  canonicalize ??= (await import("canonicalize")).default;
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

let canonicalize: typeof import("canonicalize").default | undefined;

/** Lower-case hexadecimal SHA-256. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of what comes in pieces. `hex` ends it. */
export function createDigest(): { add(piece: Uint8Array): void; hex(): string } {
  const digest = createHash("sha256");
  return { add: (piece) => void digest.update(piece), hex: () => digest.digest("hex") };
}

/** The first 53 bits of the SHA-256: an exact number in JavaScript, SQLite and PostgreSQL. */
export function hash53(content: string | Uint8Array): number {
  // One call without an object of its own, a byte a character: asked for once a row, of millions.
  const bytes = hash("sha256", content, "binary");
  const at = (place: number): number => bytes.charCodeAt(place);
  const high = ((at(0) << 24) | (at(1) << 16) | (at(2) << 8) | at(3)) >>> 0;
  return high * 2 ** 21 + (at(4) << 13) + (at(5) << 5) + (at(6) >>> 3);
}
