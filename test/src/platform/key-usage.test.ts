import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readKeyUsage } from "../../../src/platform/key-usage.ts";
import { hasOpenssl } from "../../support/openssl-authority.ts";

describe.skipIf(!hasOpenssl)("what a certificate may be used for", () => {
  const folder = mkdtempSync(join(tmpdir(), "wardctl-test-key-usage-"));
  const key = join(folder, "key.pem");
  const openssl = (...words: string[]): string =>
    execFileSync("openssl", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const make = (...extensions: string[]): string => {
    const named = extensions.flatMap((text) => ["-addext", text]);
    return openssl("req", "-x509", "-key", key, "-subj", "/CN=x", ...named);
  };
  if (hasOpenssl) openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key);

  it.each([
    ["digitalSignature"],
    ["nonRepudiation"],
    ["critical,digitalSignature,nonRepudiation"],
    ["keyEncipherment,dataEncipherment"],
    ["critical,keyCertSign,cRLSign"],
    ["keyAgreement,encipherOnly"],
    ["keyAgreement,decipherOnly"],
    [
      "digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,keyAgreement,keyCertSign,cRLSign,encipherOnly,decipherOnly",
    ],
  ])("is read as openssl reads it: %s", (usage) => {
    const pem = make("basicConstraints=critical,CA:TRUE", `keyUsage=${usage}`, "extendedKeyUsage=emailProtection");
    const printed = execFileSync("openssl", ["x509", "-noout", "-ext", "keyUsage"], { input: pem, encoding: "utf8" });
    const line = printed.split("\n")[1]?.trim() ?? "";
    expect(readKeyUsage(new X509Certificate(pem).raw)).toEqual(line.split(", "));
  });

  it("is unknown where it does not say, and where the bytes are cut off or are none", () => {
    expect(readKeyUsage(new X509Certificate(make("subjectAltName=DNS:x")).raw)).toBeUndefined();
    const { raw } = new X509Certificate(make("keyUsage=nonRepudiation"));
    expect(readKeyUsage(raw)).toEqual(["Non Repudiation"]);
    for (let length = 0; length < raw.length; length++) expect(readKeyUsage(raw.subarray(0, length))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => readKeyUsage(bytes) === undefined || true));
  });
});
