import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { Differential } from "./differential-words.ts";
import type { Target, Trail } from "./layer.ts";
import type { CertificateFacts, OtherFamily, ProbeFacts } from "./probe-result.ts";

/** What a probe leaves behind: everything that was seen on the way, and nothing that could be somebody's secret. */
export function toFacts(
  trail: Trail,
  { proxy }: Target,
  otherFamily: OtherFamily | undefined,
  differential: Differential | undefined,
): ProbeFacts {
  const { address, ttlSeconds, systemAddresses, protocol, status, location, server, certificate, earliestExpiry, hops, notes } =
    trail;
  if (
    otherFamily?.family === 6 &&
    (otherFamily.outcome === "timeout" || otherFamily.outcome === "reset" || otherFamily.outcome === "refused")
  ) {
    notes.add("net.v6broken");
  }
  const family = isIP(address ?? "");
  return {
    address,
    family: family === 4 || family === 6 ? family : undefined,
    ttlSeconds,
    systemAddresses,
    otherFamily,
    proxy: proxy && { at: `${proxy.host}:${proxy.port}`, ...trail.proxyAnswer },
    protocol,
    status,
    location: location === undefined ? undefined : withoutQuery(location),
    server,
    certificate: certificate && toCertificateFacts(certificate),
    earliestExpiry,
    hops: hops.length > 0 ? hops : undefined,
    notes: notes.size > 0 ? [...notes] : undefined,
    differential,
  };
}

function toCertificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    from: certificate.validFrom,
    until: certificate.validTo,
    fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
  };
}

/** A query may hold a ticket of somebody's session. */
export function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, "").slice(0, 200);
}
