import { createHash } from "node:crypto";

/** RFC 8785: the same value gives the same bytes on every machine. Functions, undefined members and NaN are a bug of the caller. */
export async function toCanonicalJson(value: unknown): Promise<string> {
  const { default: canonicalize } = await import("canonicalize");
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
