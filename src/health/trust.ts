import { X509Certificate } from "node:crypto";
import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from "node:tls";
import { Failure } from "../platform/failure.ts";

/** Whom probes believe. One secure context for all: a context per connection costs half as much again (check.md §3). */
export interface Trust {
  readonly context: SecureContext;
  /** Does the chain, its dates aside, reach a root we trust? OpenSSL names only the last error, and a date hides a missing issuer. */
  reaches(leaf: X509Certificate): boolean;
  /** Is a trusted chain one that only this machine's own store believes, not the bundled roots nor those given to us? */
  restsOnSystem(leaf: X509Certificate): boolean;
}

/** Bundled roots, the machine's own, and those of the PEM text. Failure kind: invalid (no certificate in the text). */
export function createTrust(extraPem: string | undefined, file = "ca"): Trust {
  const extra = extraPem === undefined ? [] : splitPem(extraPem);
  if (extraPem !== undefined && extra.length === 0) {
    throw new Failure("invalid", { vi: `${file}: không có chứng thư PEM`, en: `${file}: no PEM certificate in it` });
  }
  const system = readSystemRoots();
  const roots = [...new Set([...rootCertificates, ...system, ...extra])];
  const context = guard(file, () => createSecureContext({ ca: roots, minVersion: "TLSv1.2" }));
  let own: ReadonlySet<string> | undefined;
  return {
    context,
    reaches: createReach(roots),
    restsOnSystem(leaf) {
      own ??= listOwnSubjects(system, [...rootCertificates, ...extra]);
      return own.size > 0 && own.has(findTop(leaf).issuer);
    },
  };
}

/** Whether a chain, its dates aside, ends at one of these PEM roots; they are parsed when first asked. */
export function createReach(roots: readonly string[]): (leaf: X509Certificate) => boolean {
  let parsed: Map<string, X509Certificate[]> | undefined;
  return (leaf) => {
    parsed ??= groupBySubject(roots);
    return climbs(leaf, parsed);
  };
}

/** Names of roots that stand in the machine's store alone. By name: the chain itself has been verified by then. */
function listOwnSubjects(system: readonly string[], others: readonly string[]): ReadonlySet<string> {
  const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, "");
  const known = new Set(others.map(body));
  const alone = system.filter((pem) => !known.has(body(pem)));
  if (alone.length === 0) return new Set();
  const elsewhere = new Set(others.map((pem) => new X509Certificate(pem).subject));
  return new Set(alone.map((pem) => new X509Certificate(pem).subject).filter((subject) => !elsewhere.has(subject)));
}

/** The last certificate that came with the leaf. */
function findTop(leaf: X509Certificate): X509Certificate {
  let at = leaf;
  for (let depth = 0; depth < 10; depth++) {
    const next = at.issuerCertificate;
    if (!next || next.fingerprint256 === at.fingerprint256) return at;
    at = next;
  }
  return at;
}

function climbs(leaf: X509Certificate, roots: ReadonlyMap<string, readonly X509Certificate[]>): boolean {
  let at = leaf;
  for (let depth = 0; depth < 10; depth++) {
    const { issuer } = at;
    const signed = (by: X509Certificate): boolean => at.checkIssued(by) && at.verify(by.publicKey);
    if (roots.get(issuer)?.some((root) => root.fingerprint256 === at.fingerprint256 || signed(root))) return true;
    const next = at.issuerCertificate;
    if (!next || next.fingerprint256 === at.fingerprint256 || !signed(next)) return false;
    at = next;
  }
  return false;
}

function groupBySubject(roots: readonly string[]): Map<string, X509Certificate[]> {
  const groups = new Map<string, X509Certificate[]>();
  for (const pem of roots) {
    const root = new X509Certificate(pem);
    groups.set(root.subject, [...(groups.get(root.subject) ?? []), root]);
  }
  return groups;
}

// Node 22 before 22.15 has no such function.
export function readSystemRoots(): readonly string[] {
  return typeof getCACertificates === "function" ? getCACertificates("system") : [];
}

export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

function guard<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Failure("invalid", { vi: `${file}: chứng thư hỏng`, en: `${file}: a damaged certificate` }, { cause: error });
  }
}
