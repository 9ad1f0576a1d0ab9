import type { Instant } from "../platform/clock.ts";
import { toScalarText } from "../platform/exact-json.ts";
import { readPointer } from "../platform/json-pointer.ts";
import { readInstant, vietnamZone } from "../platform/time.ts";
import type { Account } from "./account.ts";

/** Milliseconds between 1601, where Windows counts from (MS-DTYP §2.3.3), and 1970. */
const fileTimeOffsetMs = 11_644_473_600_000;

/**
 * A last sign-in as systems write it: ISO 8601, LDAP's generalized time (RFC 4517 §3.3.13), Windows' count of 100 ns, or seconds or milliseconds since
 * 1970. Null: never. Undefined: not understood, and then nothing is concluded from it.
 */
export function readSignInTime(value: unknown): Instant | null | undefined {
  if (value === undefined || value === null) return null;
  const text = toScalarText(value)?.trim();
  if (text === undefined) return undefined;
  if (text === "" || text === "0") return null;
  const general = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?Z$/.exec(text);
  if (general) {
    const [, year, month, day, hours, minutes, seconds] = general;
    return readInstant(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`, vietnamZone);
  }
  if (!/^\d+$/.test(text)) return readInstant(text, vietnamZone);
  if (text.length >= 17) return Math.floor(Number(text) / 10_000) - fileTimeOffsetMs;
  if (text.length >= 12) return Number(text);
  return text.length >= 9 ? Number(text) * 1000 : undefined;
}

/** The member of an account that says so. */
export function toSignIn(value: unknown): Pick<Account, "lastSignInAt"> {
  const lastSignInAt = readSignInTime(value);
  return lastSignInAt === undefined ? {} : { lastSignInAt };
}

/** The same reader, which also takes the last sign-in from where the pointer says. */
export function withSignIn(
  read: (value: unknown) => Account | undefined,
  pointer: string | undefined,
): (value: unknown) => Account | undefined {
  if (pointer === undefined) return read;
  return (value) => {
    const account = read(value);
    return account && { ...account, ...toSignIn(readPointer(value, pointer)) };
  };
}
