import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { judgeChain } from "../../../src/delegation/certificates/chain-verdict.ts";
import { readCertificate, splitPem, toPem } from "../../../src/platform/certificate-file.ts";
import {
  type ChainRun,
  findOpensslVersion,
  readRevocationList,
  toSerial,
  verifyChain,
  verifyChains,
} from "../../../src/platform/openssl.ts";
import { createOpensslAuthority, hasOpenssl } from "../../support/openssl-authority.ts";

/** NIST PKITS as Debian's python3-cryptography-vectors installs it; another place is named by PKITS. */
const pkits = process.env["PKITS"] ?? "/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data";
const hasPkits = hasOpenssl && existsSync(join(pkits, "certs"));
if (!hasPkits) console.warn("SKIPPED: the PKITS files (python3-cryptography-vectors) or openssl are not installed");

/** Signer profile (delegate.md §7): without policies, DSA, delta lists, onlySomeReasons, a separate cRLIssuer, and names other than DN. */
const left = /[Pp]olic|DSA|[Dd]elta|onlySomeReasons|cRLIssuer|RFC822|DNS|URI/;

describe.skipIf(!hasPkits)("certificate paths of NIST PKITS", () => {
  let folder: string;
  let files: { readonly anchors: string; readonly authorities: string; readonly revocationLists: string };
  const at = Date.parse("2026-01-01T00:00:00Z");
  const toFile = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "wardctl-test-pkits-"));
    const read = (kind: string, label: string, only: (name: string) => boolean): string =>
      readdirSync(join(pkits, kind))
        .filter(only)
        .map((name) => toPem(readFileSync(join(pkits, kind, name)), label))
        .join("");
    files = {
      anchors: toFile(
        "anchors.pem",
        read("certs", "CERTIFICATE", (name) => name === "TrustAnchorRootCertificate.crt"),
      ),
      authorities: toFile(
        "cas.pem",
        read("certs", "CERTIFICATE", (name) => !/EE\.crt$/.test(name) && !name.startsWith("TrustAnchor")),
      ),
      revocationLists: toFile(
        "crls.pem",
        read("crls", "X509 CRL", () => true),
      ),
    };
  });

  const names = hasPkits
    ? readdirSync(join(pkits, "certs")).filter((name) => /^(Valid|Invalid).*EE\.crt$/.test(name) && !left.test(name))
    : [];

  it("are judged as the bare openssl does, all of them, and never accepted where they should be refused", async () => {
    const wrong: string[] = [];
    let correct = 0;
    const certificates = names.map((name) =>
      toFile(`${name}.pem`, toPem(readFileSync(join(pkits, "certs", name)), "CERTIFICATE")),
    );
    const runs = await verifyChains(certificates, { ...files, at });
    for (const [n, name] of names.entries()) {
      const run = runs[n] as ChainRun;
      const { verdict } = judgeChain(run);
      const flags = [
        "verify",
        "-no-CApath",
        "-no-CAstore",
        "-CAfile",
        files.anchors,
        "-untrusted",
        files.authorities,
        "-CRLfile",
        files.revocationLists,
      ];
      const { status, stderr } = spawnSync(
        "openssl",
        [...flags, "-crl_check_all", "-extended_crl", "-attime", String(at / 1000), certificates[n] as string],
        { encoding: "utf8" },
      );
      const bare = status === 0;
      const numbers = [...stderr.matchAll(/^error (\d+) at (\d+)/gm)].map(([, number, depth]) => `${number} at ${depth}`);
      const ours = run.state === "judged" ? run.errors.map(({ number, depth }) => `${number} at ${depth}`) : [run.state];
      if (bare !== (verdict === "VALID")) wrong.push(`${name}: bare ${bare}, ours ${verdict}`);
      if (numbers.join() !== ours.join()) wrong.push(`${name}: bare ${numbers.join()}, ours ${ours.join()}`);
      if (verdict === "VALID" && name.startsWith("Invalid")) wrong.push(`${name}: accepted`);
      if ((verdict === "VALID") === name.startsWith("Valid")) correct += 1;
    }
    expect(wrong).toEqual([]);
    expect([correct, names.length]).toEqual([names.length, names.length]);
    expect(names.length).toBe(114);
  }, 60_000);

  it("are unknown, never valid and never revoked, when lists are missing or past their next update", async () => {
    const certificate = toFile(
      "sound.pem",
      toPem(readFileSync(join(pkits, "certs", "ValidCertificatePathTest1EE.crt")), "CERTIFICATE"),
    );
    const [unrelated] = splitPem(readFileSync(files.revocationLists, "utf8"), "X509 CRL");
    const none = toFile("none.pem", unrelated!);
    expect(judgeChain(await verifyChain({ ...files, certificate, at }))).toEqual({
      verdict: "VALID",
      codes: [],
      isRevoked: false,
    });
    expect(judgeChain(await verifyChain({ ...files, revocationLists: none, certificate, at }))).toMatchObject({
      verdict: "UNKNOWN",
      codes: ["SIG-REVINFO-UNKNOWN"],
    });
    const late = Date.parse("2040-01-01T00:00:00Z");
    expect(judgeChain(await verifyChain({ ...files, certificate, at: late })).verdict).not.toBe("VALID");
  });
});

describe("what openssl says", () => {
  const judged = (...numbers: readonly (readonly [number, number])[]): ChainRun => ({
    state: "judged",
    isValid: false,
    errors: numbers.map(([number, depth]) => ({ number, depth })),
  });

  it.each<[string, ChainRun, string, readonly string[]]>([
    ["no openssl", { state: "absent" }, "UNKNOWN", ["SIG-REVINFO-UNKNOWN"]],
    ["a file it could not read", { state: "unreadable", said: "x" }, "UNKNOWN", ["SIG-REVINFO-UNKNOWN"]],
    ["a list past its next update", judged([12, 0]), "UNKNOWN", ["SIG-REVINFO-UNKNOWN"]],
    ["a list from the future and none at all", judged([11, 0], [3, 1]), "UNKNOWN", ["SIG-REVINFO-UNKNOWN"]],
    ["revoked with an old list", judged([12, 0], [23, 0]), "INVALID", ["SIG-REVOKED"]],
    ["expired", judged([10, 0]), "INVALID", ["SIG-EXPIRED"]],
    ["an authority expired", judged([10, 1]), "INVALID", ["SIG-CHAIN"]],
    ["an authority revoked", judged([23, 1]), "INVALID", ["SIG-CHAIN"]],
    ["no issuer", judged([20, 0], [21, 0]), "INVALID", ["SIG-CHAIN"]],
    ["expired and revoked", judged([10, 0], [23, 0]), "INVALID", ["SIG-REVOKED", "SIG-EXPIRED"]],
    ["a number nobody thought of", judged([3, 0], [999, 0]), "INVALID", ["SIG-CHAIN"]],
    ["exit 0 and OK", { state: "judged", isValid: true, errors: [] }, "VALID", []],
  ])("is taken rightly: %s", (_name, run, verdict, codes) => {
    expect(judgeChain(run)).toMatchObject({ verdict, codes });
  });

  it("knows a serial in whatever spelling", () => {
    expect([toSerial("0x03:ca:0f"), toSerial("03CA0F"), toSerial("0")]).toEqual(["3CA0F", "3CA0F", "0"]);
  });

  it.skipIf(!hasOpenssl)("says of many at once what it says of each alone, whatever stands among them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "wardctl-test-openssl-"));
    const authority = createOpensslAuthority(folder);
    const issue = (name: string, from?: string, to?: string): string =>
      authority.issue({ name, subject: `/C=VN/O=UBND/CN=error ${name}: verification failed`, bits: 1024, from, to });
    const [sound, revoked] = [issue("sound"), issue("revoked")];
    const over = issue("over", "20240101000000Z", "20250101000000Z");
    authority.revoke(revoked, "20250702000000Z");
    const garbage = join(folder, "garbage.pem");
    writeFileSync(garbage, "garbage\n");
    const certificates = [over, sound, garbage, sound, revoked, join(folder, "not-there"), over, revoked, sound];
    const fresh = authority.list("fresh", "20250701000000Z", "20250801000000Z");
    const old = authority.list("old", "20250601000000Z", "20250602000000Z");
    const requests = [fresh, old, garbage].map((revocationLists) => {
      return { anchors: authority.anchor, revocationLists, at: Date.parse("2025-07-03T00:00:00Z") };
    });
    for (const request of requests) {
      const alone = new Map<string, ChainRun>();
      for (const certificate of new Set(certificates)) {
        alone.set(certificate, await verifyChain({ ...request, certificate }));
      }
      expect(await verifyChains(certificates, request)).toEqual(certificates.map((file) => alone.get(file)));
    }
    expect(await verifyChains([sound, over], requests[0] as (typeof requests)[number])).toMatchObject([
      { isValid: true, errors: [] },
      { isValid: false, errors: [{ number: 10, depth: 0 }] },
    ]);
  });

  it.skipIf(!hasOpenssl)("trusts nothing but the anchors it is given", async () => {
    expect(await findOpensslVersion()).toMatch(/^OpenSSL [3-9]/);
    const folder = mkdtempSync(join(tmpdir(), "wardctl-test-openssl-"));
    const request = {
      anchors: join(folder, "none"),
      revocationLists: join(folder, "none"),
      certificate: join(folder, "none"),
      at: 0,
    };
    expect(await verifyChain(request)).toMatchObject({ state: "unreadable" });
    expect(await readRevocationList("nonsense")).toBeUndefined();
    expect(readCertificate(Buffer.from("nonsense"))).toBeUndefined();
    execFileSync("true");
  });
});
