import { webcrypto } from "node:crypto";
import type { Instant } from "./clock.ts";

/** A certificate with its private key, both PEM. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority extends KeyedCertificate {
  /** Issues a server certificate for the names; an IP address may stand among them. */
  issue(request: {
    readonly names: readonly string[];
    readonly notBefore: Instant;
    readonly notAfter: Instant;
  }): Promise<KeyedCertificate>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A certification authority of our own, for servers on loopback. Its key never leaves the process. */
export async function createAuthority(name: string, notBefore: Instant, notAfter: Instant): Promise<Authority> {
  // tsyringe, inside @peculiar/x509, needs this polyfill first.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto as never);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${name}`,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  let serial = 1;
  return {
    certificate: root.toString("pem"),
    key: await toPem(keys.privateKey),
    async issue({ names, notBefore: from, notAfter: to }) {
      const own = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      serial += 1;
      const leaf = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(4, "0"),
        subject: `CN=${names[0]}`,
        issuer: root.subject,
        notBefore: new Date(from),
        notAfter: new Date(to),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            names.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? ("ip" as const) : ("dns" as const), value })),
          ),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        ],
      });
      return { certificate: leaf.toString("pem"), key: await toPem(own.privateKey) };
    },
  };
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${bytes.match(/.{1,64}/g)?.join("\n")}\n-----END PRIVATE KEY-----\n`;
}
