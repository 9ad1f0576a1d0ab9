import fc from "fast-check";
import type { CertificateReading, SignerFacts, TokenReading } from "../../src/delegation/certificates/certificate-reading.ts";
import { onSiteCodes, type SignerCode } from "../../src/delegation/signer-codes.ts";
import { toSerial } from "../../src/platform/openssl.ts";
import { base, goodAccount, people, span } from "./signing-world.ts";

/** A sound certificate, checked lately: the one that \`goodAccount\` uses. */
export function makeCertificate(staffId: string, change: Partial<CertificateReading> = {}): CertificateReading {
  return {
    staffId,
    serial: toSerial(goodAccount.certificate!.serial),
    sha256: "00",
    at: base - 20,
    notBefore: base - 1_000_000,
    notAfter: base + 1_000_000,
    crlNextUpdate: base + 1_000_000,
    verdict: "VALID",
    codes: [],
    recordedAt: base - 20,
    ...change,
  };
}

const shift = fc.integer({ min: -span, max: span });
const wholeCodes: readonly SignerCode[] = ["SIG-SUBJECT-STALE", "SIG-WRONG-TYPE", "SIG-PROFILE", "SIG-CHAIN"];

const certificateArbitrary = (staffId: string): fc.Arbitrary<CertificateReading> =>
  fc
    .record({
      codes: fc.oneof(fc.constant([]), fc.subarray([...wholeCodes])),
      notBefore: fc.option(shift, { nil: undefined, freq: 4 }),
      notAfter: fc.option(shift, { nil: undefined, freq: 4 }),
      revokedAt: fc.option(shift, { nil: undefined, freq: 3 }),
      staleAt: fc.option(shift, { nil: undefined, freq: 8 }),
    })
    .map(({ codes, notBefore = -1000, notAfter = 1000, revokedAt, staleAt = 1000 }) =>
      makeCertificate(staffId, {
        codes,
        verdict: codes.length > 0 ? "INVALID" : "VALID",
        notBefore: base + notBefore,
        notAfter: base + notAfter,
        revokedAt: revokedAt === undefined ? undefined : base + revokedAt,
        crlNextUpdate: base + staleAt,
      }),
    );

const tokenArbitrary = fc
  .record({
    staffId: fc.constantFrom(...Object.values(people)),
    code: fc.constantFrom(...onSiteCodes),
    state: fc.constantFrom("seen" as const, "seen" as const, "mended" as const),
    at: shift,
  })
  .map(({ at, ...rest }): TokenReading => ({ ...rest, at: base + at, recordedAt: base - 10, recordedBy: "technician" }));

/** What was found of everybody's certificate, and what technicians saw. */
export const signerArbitrary: fc.Arbitrary<SignerFacts> = fc.record({
  certificates: fc.tuple(...Object.values(people).map(certificateArbitrary)),
  tokens: fc.array(tokenArbitrary, { maxLength: 4 }).map((tokens) => tokens.toSorted((a, b) => a.at - b.at)),
  isChecking: fc.constant(true),
});
