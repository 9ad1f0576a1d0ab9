import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

export interface HeldToken {
  readonly header: "authorization" | "cookie";
  readonly value: string;
  /** Epoch milliseconds; undefined: for as long as the server takes it. */
  readonly until?: number;
}

/**
 * A token outlives the run closed with the very secret that it was given for: whoever could open it could as well sign in. So the cache holds
 * nothing that opens a door.
 */
export function sealToken(token: HeldToken, secret: string): Uint8Array {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", toKey(secret, salt), iv);
  const closed = Buffer.concat([cipher.update(JSON.stringify(token), "utf8"), cipher.final()]);
  return Buffer.concat([salt, iv, cipher.getAuthTag(), closed]);
}

/** Undefined when it was closed with another secret, or is damaged. */
export function openToken(sealed: Uint8Array, secret: string): HeldToken | undefined {
  try {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv("aes-256-gcm", toKey(secret, bytes.subarray(0, 16)), bytes.subarray(16, 28));
    decipher.setAuthTag(bytes.subarray(28, 44));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]).toString("utf8")) as HeldToken;
  } catch {
    return undefined;
  }
}

function toKey(secret: string, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, "wardctl check token", 32));
}
