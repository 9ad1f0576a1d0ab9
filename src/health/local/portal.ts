/** What a target showed that a portal would show of all of them. */
export interface PortalSign {
  readonly site: string;
  /** Host of a redirect to another site. */
  readonly redirectHost?: string | undefined;
  readonly certificate?: { readonly fingerprint: string; readonly ofHost: boolean } | undefined;
}

export interface Portal {
  /** The redirect's host or the certificate's fingerprint. */
  readonly key: string;
  readonly host: string | undefined;
  /** Unrelated sites that showed it. */
  readonly sites: number;
}

const leastSites = 3;

/**
 * A captive portal: one redirect host, or one certificate, from three unrelated sites (check.md §7). A server that shows a certificate of
 * its own name is itself, wherever it redirects: a single sign-on that many systems share is no portal. A `Via` header says nothing (tailscale #14856).
 */
export function findPortal(signs: readonly PortalSign[]): Portal | undefined {
  const sites = new Map<string, { host: string | undefined; sites: Set<string> }>();
  const note = (key: string, host: string | undefined, site: string): void => {
    const entry = sites.get(key) ?? { host, sites: new Set() };
    entry.sites.add(site);
    sites.set(key, entry);
  };
  for (const { site, redirectHost, certificate } of signs) {
    if (certificate?.ofHost) continue;
    if (redirectHost !== undefined) note(redirectHost, redirectHost, site);
    if (certificate) note(certificate.fingerprint, undefined, site);
  }
  const [found] = [...sites].filter(([, one]) => one.sites.size >= leastSites).sort((a, b) => b[1].sites.size - a[1].sites.size);
  return found && { key: found[0], host: found[1].host, sites: found[1].sites.size };
}
