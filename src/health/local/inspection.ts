import type { LookedCertificate } from "./look.ts";

interface Signed {
  readonly site: string;
  readonly certificate?: Pick<LookedCertificate, "issuer" | "reaches" | "ofHost"> | undefined;
}

export interface Inspection {
  readonly issuer: string;
  readonly sites: number;
  /** This machine's own store knows the root. */
  readonly trusted: boolean;
}

const leastSites = 2;

/**
 * One issuer that public roots do not know, over unrelated sites, with certificates made out for each of them. An issuer of a single
 * site is that site's own (a ministry's root); one certificate for all is a portal.
 */
export function findInspection(looks: readonly Signed[]): Inspection | undefined {
  const byIssuer = new Map<string, { sites: Set<string>; trusted: boolean }>();
  for (const { site, certificate } of looks) {
    if (!certificate?.ofHost || certificate.reaches === "bundled" || certificate.reaches === "given") continue;
    const entry = byIssuer.get(certificate.issuer) ?? { sites: new Set(), trusted: false };
    entry.sites.add(site);
    entry.trusted ||= certificate.reaches === "system";
    byIssuer.set(certificate.issuer, entry);
  }
  const [found] = [...byIssuer]
    .filter(([, { sites }]) => sites.size >= leastSites)
    .sort((a, b) => b[1].sites.size - a[1].sites.size);
  return found && { issuer: found[0].replaceAll("\n", ", "), sites: found[1].sites.size, trusted: found[1].trusted };
}
