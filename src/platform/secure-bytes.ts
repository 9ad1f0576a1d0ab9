import { randomBytes } from "node:crypto";

/** Bytes nobody can guess. For everything else there is random.ts, which can be repeated. */
export function readSecureBytes(count: number): Uint8Array {
  return randomBytes(count);
}
