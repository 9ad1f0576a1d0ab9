import { webcrypto } from "node:crypto";
import type { Instant } from "./clock.ts";

/** A certificate with its private key, both PEM; certificates between it and its root follow it. */
export interface KeyedCertificate {
  readonly certificate: string;
  readonly key: string;
}

interface Validity {
  readonly notBefore: Instant;
  readonly notAfter: Instant;
}

export interface CertificateRequest extends Validity {
  /** Names of the server; an IP address may stand among them. */
  readonly names: readonly string[];
  /** client: not good for a server. */
  readonly purpose?: "server" | "client";
  /** rsa-1024: too short to be trusted. */
  readonly keys?: "p-256" | "rsa-1024";
}

export interface Authority extends KeyedCertificate {
  issue(request: CertificateRequest): Promise<KeyedCertificate>;
  /** An authority below this one; with `below`, its certificates hold for names under that domain only. */
  delegate(name: string, validity: Validity & { readonly below?: string }): Promise<Authority>;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const shortRsa = { name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };

/** A certification authority of our own, for servers on loopback. Its key never leaves the process. */
export async function createAuthority(name: string, notBefore: Instant, notAfter: Instant): Promise<Authority> {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${name}`,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    keys,
    signingAlgorithm: algorithm,
    extensions: toAuthorityExtensions(x509),
  });
  return toAuthority(x509, { name: root.subject, pem: root.toString("pem"), keys, between: "" });
}

/** A certificate that nobody but its own server vouches for. */
export async function createSelfSigned({ names, notBefore, notAfter }: Validity & Pick<CertificateRequest, "names">) {
  const x509 = await loadX509();
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${names[0]}`,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    keys,
    signingAlgorithm: algorithm,
    extensions: toLeafExtensions(x509, names, "server"),
  });
  return { certificate: certificate.toString("pem"), key: await toPem(keys.privateKey) } satisfies KeyedCertificate;
}

type X509 = typeof import("@peculiar/x509");

async function loadX509(): Promise<X509> {
  // tsyringe, inside @peculiar/x509, needs this polyfill first.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto as never);
  return x509;
}

interface Issuer {
  readonly name: string;
  readonly pem: string;
  readonly keys: webcrypto.CryptoKeyPair;
  /** What a server must send with a certificate of this issuer. */
  readonly between: string;
}

async function toAuthority(x509: X509, issuer: Issuer): Promise<Authority> {
  let serial = 1;
  const sign = async (
    subject: string,
    { notBefore, notAfter }: Validity,
    publicKey: webcrypto.CryptoKey,
    extensions: InstanceType<X509["Extension"]>[],
  ): Promise<string> => {
    serial += 1;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial.toString(16).padStart(4, "0"),
      subject: `CN=${subject}`,
      issuer: issuer.name,
      notBefore: new Date(notBefore),
      notAfter: new Date(notAfter),
      publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm: algorithm,
      extensions,
    });
    return certificate.toString("pem");
  };
  return {
    certificate: issuer.pem,
    key: await toPem(issuer.keys.privateKey),
    async issue({ names, purpose = "server", keys = "p-256", ...validity }) {
      const own = await webcrypto.subtle.generateKey(keys === "p-256" ? algorithm : shortRsa, true, ["sign", "verify"]);
      const leaf = await sign(names[0] as string, validity, own.publicKey, toLeafExtensions(x509, names, purpose));
      return { certificate: [leaf, issuer.between].filter(Boolean).join("\n"), key: await toPem(own.privateKey) };
    },
    async delegate(name, { below, ...validity }) {
      const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
      const extensions = toAuthorityExtensions(x509);
      if (below) extensions.push(new x509.Extension("2.5.29.30", true, toNameConstraints(below)));
      const pem = await sign(name, validity, keys.publicKey, extensions);
      return toAuthority(x509, { name: `CN=${name}`, pem, keys, between: [pem, issuer.between].filter(Boolean).join("\n") });
    },
  };
}

function toAuthorityExtensions(x509: X509): InstanceType<X509["Extension"]>[] {
  return [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
  ];
}

function toLeafExtensions(x509: X509, names: readonly string[], purpose: "server" | "client"): InstanceType<X509["Extension"]>[] {
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
  return [
    new x509.SubjectAlternativeNameExtension(
      names.map((value) => ({ type: /^[\d.]+$|:/.test(value) ? ("ip" as const) : ("dns" as const), value })),
    ),
    new x509.ExtendedKeyUsageExtension([purpose === "server" ? serverAuth : clientAuth]),
  ];
}

/** NameConstraints ::= SEQUENCE { permittedSubtrees [0] { SEQUENCE { dNSName [2] } } } (RFC 5280 §4.2.1.10); for short names. */
function toNameConstraints(below: string): ArrayBuffer {
  const wrap = (tag: number, bytes: readonly number[]): number[] => [tag, bytes.length, ...bytes];
  const name = wrap(0x82, [...Buffer.from(below, "latin1")]);
  return Uint8Array.from(wrap(0x30, wrap(0xa0, wrap(0x30, name)))).buffer;
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${bytes.match(/.{1,64}/g)?.join("\n")}\n-----END PRIVATE KEY-----\n`;
}
