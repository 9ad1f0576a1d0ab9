import { webcrypto } from "node:crypto";
import type { Instant } from "./clock.ts";

export interface SigningLeaf {
  /** Distinguished name, such as `C=VN, O=…, CN=…`. */
  readonly subject: string;
  /** Hexadecimal. */
  readonly serial: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
}

/** A certification authority of our own for certificates that sign documents. Its key never leaves the process. All PEM. */
export interface SigningAuthority {
  readonly certificate: string;
  issue(leaf: SigningLeaf): Promise<string>;
  listRevoked(request: {
    readonly revoked: readonly { readonly serial: string; readonly at: Instant }[];
    readonly thisUpdate: Instant;
    readonly nextUpdate: Instant;
  }): Promise<string>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** For rehearsals: the leaves share one key, which nobody keeps. */
export async function createSigningAuthority(name: string, notBefore: Instant, notAfter: Instant): Promise<SigningAuthority> {
  // tsyringe, inside @peculiar/x509, needs this polyfill first.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto as never);
  const [keys, leafKeys] = await Promise.all([1, 2].map(() => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"])));
  if (!keys || !leafKeys) throw new Error("no keys");
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    certificate: root.toString("pem"),
    async issue({ subject, serial, notBefore: from, notAfter: to }) {
      const leaf = await x509.X509CertificateGenerator.create({
        serialNumber: serial,
        subject,
        issuer: root.subject,
        notBefore: new Date(from),
        notAfter: new Date(to),
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.BasicConstraintsExtension(false),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
        ],
      });
      return leaf.toString("pem");
    },
    async listRevoked({ revoked, thisUpdate, nextUpdate }) {
      const list = await x509.X509CrlGenerator.create({
        issuer: root.subject,
        thisUpdate: new Date(thisUpdate),
        nextUpdate: new Date(nextUpdate),
        // Without a reason the package writes an empty list of extensions, which OpenSSL refuses (RFC 5280 §5.1).
        entries: revoked.map(({ serial, at }) => ({
          serialNumber: serial,
          revocationDate: new Date(at),
          reason: x509.X509CrlReason.superseded,
        })),
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
      });
      return list.toString("pem").replaceAll(/(BEGIN|END) CRL/g, "$1 X509 CRL");
    },
  };
}
