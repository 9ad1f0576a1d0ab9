import { X509Certificate } from "node:crypto";
import type { Instant } from "./clock.ts";
import { readKeyUsage } from "./key-usage.ts";
import { toSerial } from "./openssl.ts";

/** What stands in a certificate, for people to read; it proves nothing. */
export interface CertificateText {
  readonly pem: string;
  readonly serial: string;
  /** Attributes by short name, in order: `CN`, `O`, `OU`, `title`, `emailAddress`. */
  readonly subject: readonly (readonly [name: string, value: string])[];
  readonly issuer: readonly (readonly [name: string, value: string])[];
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** SHA-256 of its bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly key: { readonly type: string; readonly bits: number };
  /** `Digital Signature`, `Non Repudiation`; undefined: it does not say. */
  readonly keyUsage: readonly string[] | undefined;
}

/** PEM or DER. Undefined: no certificate. */
export function readCertificate(bytes: Uint8Array): CertificateText | undefined {
  try {
    const certificate = new X509Certificate(bytes);
    const { publicKey } = certificate;
    const details = publicKey.asymmetricKeyDetails ?? {};
    return {
      pem: certificate.toString(),
      serial: toSerial(certificate.serialNumber),
      subject: toAttributes(certificate.subject),
      issuer: toAttributes(certificate.issuer),
      notBefore: certificate.validFromDate.getTime(),
      notAfter: certificate.validToDate.getTime(),
      sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
      key: {
        type: publicKey.asymmetricKeyType ?? "unknown",
        bits: details.modulusLength ?? curveBits[details.namedCurve ?? ""] ?? 256,
      },
      keyUsage: readKeyUsage(certificate.raw),
    };
  } catch {
    return undefined;
  }
}

const curveBits: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

/** A line an attribute; OpenSSL writes what is no plain character with a backslash. */
function toAttributes(text: string): [string, string][] {
  return text.split("\n").flatMap((line): [string, string][] => {
    const [, name, value] = /^([\w.]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, (value as string).replace(/\\([,+"\\<>;= #])/g, "$1").normalize("NFC")]];
  });
}

/** PEM armour of one kind, each block by itself: tools read only the first of a file. */
export function splitPem(text: string, label: string): string[] {
  return (
    text.match(new RegExp(`-----BEGIN ${label}-----[\\s\\S]*?-----END ${label}-----`, "g"))?.map((block) => `${block}\n`) ?? []
  );
}

/** DER bytes in PEM armour; text that is PEM already stays. */
export function toPem(bytes: Uint8Array, label: string): string {
  const text = Buffer.from(bytes).toString("latin1");
  if (text.includes(`-----BEGIN ${label}-----`)) return text;
  const body =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g)
      ?.join("\n") ?? "";
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}
