import type { ProbeResult } from "../probe-result.ts";

/**
 * Whose certificate must be judged again when our clock turns out to be `skewMs` ahead: those found out of date, and those found in date
 * that are not at the corrected time. Pure.
 */
export function listToRejudge(results: readonly ProbeResult[], skewMs: number): readonly string[] {
  return results
    .filter(({ at, reason, also = [], seen }) => {
      if ([reason, ...also].some((one) => one === "tls.expired" || one === "tls.notyet")) return true;
      if (!seen?.certificate) return false;
      const corrected = at - skewMs;
      const until = Math.min(Date.parse(seen.certificate.until), Date.parse(seen.earliestExpiry ?? seen.certificate.until));
      return corrected < Date.parse(seen.certificate.from) || corrected > until;
    })
    .map(({ endpoint }) => endpoint);
}
