import type { Instant } from "../platform/clock.ts";
import type { DenyCode } from "./deny-codes.ts";
import type { Register } from "./facts.ts";
import type { Grant } from "./grant.ts";
import { contains } from "./interval.ts";
import { toLegalState } from "./legal.ts";

export type GrantState = "live" | "pending" | "not-yet" | "expired" | "revoked" | "suspended" | "lapsed" | "unlawful";

const states: Readonly<Partial<Record<DenyCode, GrantState>>> = {
  "DEL-REVOKED": "revoked",
  "DEL-EXPIRED": "expired",
  "DEL-PENDING": "pending",
  "DEL-SUSPENDED": "suspended",
  "DEL-NOT-YET": "not-yet",
  "DEL-LAPSED": "lapsed",
};

/** What a grant is on paper at one instant; the most final of several. */
export function toGrantState(register: Register, grant: Grant, at: Instant): GrantState {
  const failing = toLegalState(register, grant).conditions.filter(({ holds }) => !contains(holds, at));
  const codes = failing.flatMap(({ codesAt }) => codesAt(at));
  if (codes.length === 0) return "live";
  const found = (Object.keys(states) as DenyCode[]).find((code) => codes.includes(code));
  return (found && states[found]) ?? "unlawful";
}
