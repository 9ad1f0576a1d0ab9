import { Failure } from "../../platform/failure.ts";
import type { LdapResult } from "../../platform/ldap.ts";
import type { WriteResult } from "../connector.ts";
import { ldapFaults as words } from "./ldap-words.ts";

/** RFC 4511 appendix A: the session has no right to be here or to do this. */
const denied = new Set([8, 13, 48, 49, 50]);

/** The server stopped in the middle or cannot say: time limit, busy, unavailable, other, an error of its own. */
const undecided = new Set([1, 3, 51, 52, 80]);

/** Busy or late: fewer at a time. */
const strained = new Set([3, 51, 52]);

export function isStrained({ code }: LdapResult): boolean {
  return strained.has(code);
}

/** Not let in. Nothing more may be sent then. */
export function assertAllowed(system: string, { code, message }: LdapResult): void {
  if (denied.has(code)) throw new Failure("denied", words.notAllowed(system, code, shorten(message)));
}

/**
 * What came of a write. A taken name is 68 where the entry itself is there and 19 where a rule says that it must be unique (slapd's overlay);
 * 16, 20, 32 and 122: the entry is not any more what was read. All of them are conflicts to be looked up. Failure kind: denied.
 */
export function toWriteResult(system: string, result: LdapResult, id: string | undefined): WriteResult {
  const { code, message } = result;
  if (code === 0) return { outcome: "done", id };
  assertAllowed(system, result);
  const told = words.refused(system, code, shorten(message));
  if (undecided.has(code)) return { outcome: "unknown", message: told };
  return { outcome: "refused", conflict: [16, 19, 20, 32, 68, 122].includes(code), message: told };
}

/** The server's answer to a search has to be whole. Failure kinds: denied, unavailable. */
export function assertRead(system: string, result: LdapResult): void {
  assertAllowed(system, result);
  if (result.code !== 0) throw new Failure("unavailable", words.notRead(system, result.code, shorten(result.message)));
}

/** Some servers repeat values in what they say; a message is read by people. */
function shorten(message: string): string {
  return message.replaceAll("\0", "").slice(0, 200);
}
