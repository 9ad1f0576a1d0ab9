/** The bits of RFC 5280 §4.2.1.3 from the first, under the names that OpenSSL prints. */
const usages = [
  "Digital Signature",
  "Non Repudiation",
  "Key Encipherment",
  "Data Encipherment",
  "Key Agreement",
  "Certificate Sign",
  "CRL Sign",
  "Encipher Only",
  "Decipher Only",
] as const;

interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

const tags = { bits: 0x03, octets: 0x04, identifier: 0x06, extensions: 0xa3 } as const;
/** 2.5.29.15 */
const keyUsageIdentifier = "551d0f";

/**
 * What a certificate (DER) may be used for, which Node does not read. Undefined: it says nothing of it. Whether the certificate can be
 * believed is OpenSSL's matter.
 */
export function readKeyUsage(der: Uint8Array): readonly string[] | undefined {
  const [certificate] = readElements(der);
  const [body] = readElements(certificate?.content ?? der);
  const [extensions] = readElements(body?.content ?? der).flatMap(({ tag, content }) =>
    tag === tags.extensions ? readElements(content) : [],
  );
  for (const extension of readElements(extensions?.content ?? new Uint8Array())) {
    const [identifier, ...rest] = readElements(extension.content);
    const isKeyUsage =
      identifier?.tag === tags.identifier && Buffer.from(identifier.content).toString("hex") === keyUsageIdentifier;
    const value = rest.find(({ tag }) => tag === tags.octets);
    if (isKeyUsage && value) return readBits(value.content);
  }
  return undefined;
}

function readBits(der: Uint8Array): readonly string[] {
  const bits = readElements(der)[0];
  // The first byte tells how many of the last bits are unused; those are 0.
  const bytes = bits?.tag === tags.bits ? bits.content.subarray(1) : new Uint8Array();
  return usages.filter((_, n) => ((bytes[n >> 3] ?? 0) & (0x80 >> (n & 7))) !== 0);
}

/** Elements one after the other (X.690 §8.1); what is cut off ends the list. */
function readElements(der: Uint8Array): Element[] {
  const elements: Element[] = [];
  let at = 0;
  while (at + 2 <= der.length) {
    const tag = der[at] as number;
    let length = der[at + 1] as number;
    at += 2;
    if (length > 0x80) {
      const size = length - 0x80;
      length = 0;
      for (let n = 0; n < size; n++) length = length * 256 + (der[at + n] ?? 0);
      at += size;
    }
    if (at + length > der.length) break;
    elements.push({ tag, content: der.subarray(at, at + length) });
    at += length;
  }
  return elements;
}
