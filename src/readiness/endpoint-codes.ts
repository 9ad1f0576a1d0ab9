import type { OwnerKey } from "./owners.ts";

/** Reasons of a probe that people know under another name (domain.md §10). */
const named: Readonly<Record<string, string>> = {
  "rt.fee": "PAY-GATEWAY",
  "rt.stale": "SYNC-LAG",
  "rt.sync": "SYNC-UNKNOWN",
  "rt.fail": "CANARY-LOST",
  "rt.queue": "QUEUE-DOWN",
  "rt.service": "SERVICE-DOWN",
  local: "NET-LOCAL",
};

/** `net.timeout` → `NET-TIMEOUT`, `http.slow` → `HTTP-SLOW`, `rt.fee` → `PAY-GATEWAY`. */
export function toFailureCode(reason: string | undefined): string {
  if (reason === undefined) return "NET-UNKNOWN";
  return named[reason] ?? reason.toUpperCase().replaceAll(".", "-");
}

/** Whose it is as long as no shared cause says otherwise. */
export function findEndpointOwner(layer: string | undefined): OwnerKey {
  if (layer === "name") return "network";
  return layer === "network" ? "carrier" : "system-owner";
}
