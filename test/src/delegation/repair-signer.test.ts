import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideSigning } from "../../../src/delegation/decide.ts";
import type { SigningFacts } from "../../../src/delegation/facts.ts";
import type { RepairAction } from "../../../src/delegation/repair.ts";
import {
  findSignerFault,
  onSiteCodes,
  type SignerCode,
  signerCodes,
  signerDenials,
} from "../../../src/delegation/signer-codes.ts";
import { applyRepair } from "../../support/apply-repair.ts";
import { makeCertificate, signerArbitrary } from "../../support/signer-world.ts";
import {
  base,
  docType,
  goodAccount,
  makeFacts,
  makePerson,
  people,
  types,
  unit,
  worldArbitrary,
} from "../../support/signing-world.ts";

const staffId = people.head;
const question = { staffId, unit, docType: docType("cong-van"), at: base, asOf: base };

const withCertificate = (change: Parameters<typeof makeCertificate>[1]): SigningFacts =>
  makeFacts({ signer: { certificates: [makeCertificate(staffId, change)], tokens: [], isChecking: true } });
const withToken = (code: SignerCode, certificates = [makeCertificate(staffId)]): SigningFacts => {
  const seen = { staffId, code, state: "seen" as const, at: base - 5, recordedAt: base - 5, recordedBy: "x" };
  return makeFacts({ signer: { certificates, tokens: [seen], isChecking: true } });
};
const told = (facts: SigningFacts) => {
  const { answer, codes, repair } = decideSigning(facts, question);
  return { answer, codes, repair: repair.map(({ action, owner, fault }) => [action, owner, ...(fault ? [fault] : [])]) };
};

describe("the repair of what keeps a signer's means from working", () => {
  it.each<[SignerCode, Parameters<typeof makeCertificate>[1], string, string]>([
    ["SIG-REVOKED", { revokedAt: base - 5 }, "renew-certificate", "ca"],
    ["SIG-EXPIRED", { notAfter: base - 5 }, "renew-certificate", "ca"],
    ["SIG-NOT-YET", { notBefore: base + 5 }, "renew-certificate", "ca"],
    ["SIG-PROFILE", { codes: ["SIG-PROFILE"] }, "renew-certificate", "ca"],
    ["SIG-SUBJECT-STALE", { codes: ["SIG-SUBJECT-STALE"] }, "correct-subject", "ca"],
    ["SIG-WRONG-TYPE", { codes: ["SIG-WRONG-TYPE"] }, "use-own-certificate", "support"],
    ["SIG-CHAIN", { codes: ["SIG-CHAIN"] }, "install-chain", "support"],
  ])("of %s is one step of its owner, and a look at what comes of it", (code, change, action, owner) => {
    expect(told(withCertificate(change))).toEqual({
      answer: "DENY",
      codes: [code],
      repair: [
        [action, owner],
        ["check-certificate", "support"],
      ],
    });
    expect(findSignerFault(code).owner).toBe(owner);
  });

  it.each(onSiteCodes)("of %s is what a technician or the holder mends there", (code) => {
    const { owner } = findSignerFault(code);
    expect(told(withToken(code))).toEqual({ answer: "DENY", codes: [code], repair: [["mend-on-site", owner, code]] });
  });

  it("asks for a look at the certificate, not at the document system, where only that is not known", () => {
    expect(told(withCertificate({ crlNextUpdate: base - 5 }))).toEqual({
      answer: "UNKNOWN",
      codes: ["SIG-REVINFO-UNKNOWN"],
      repair: [["check-certificate", "network"]],
    });
  });

  it("does not hide behind a locked token that the certificate is not known to be good", () => {
    expect(told(withToken("SIG-PIN-LOCK", [makeCertificate(staffId, { crlNextUpdate: base - 5 })]))).toEqual({
      answer: "DENY",
      codes: ["SIG-PIN-LOCK", "SIG-REVINFO-UNKNOWN"],
      repair: [
        ["mend-on-site", "ca", "SIG-PIN-LOCK"],
        ["check-certificate", "network"],
      ],
    });
  });

  it("knows that an expired certificate is expired, however old the revocation list", () => {
    expect(told(withCertificate({ notAfter: base - 5, crlNextUpdate: base - 5 })).codes).toEqual(["SIG-EXPIRED"]);
  });

  it("says which day is over where the document system has another one than the certificate", () => {
    const facts = withCertificate({});
    const account = { ...goodAccount, certificate: { ...goodAccount.certificate!, notAfter: base - 5 } };
    expect(told({ ...facts, people: [makePerson(staffId, account)] })).toEqual({
      answer: "DENY",
      codes: ["SIG-EXPIRED"],
      repair: [
        ["renew-certificate", "ca"],
        ["check-certificate", "support"],
      ],
    });
  });

  it("I15: turns DENY into ALLOW, and no proper part of it does, for every code of the table", () => {
    const seen = new Map<string, number>();
    let repaired = 0;
    const asked = Object.values(people).flatMap((staff) =>
      types.map((key) => ({ ...question, staffId: staff, docType: docType(key) })),
    );
    fc.assert(
      fc.property(worldArbitrary({ fresh: true }), signerArbitrary, (world, signer) => {
        const facts = { ...world, signer };
        for (const each of asked) {
          const { answer, codes, repair } = decideSigning(facts, each);
          if (answer !== "DENY" || !codes.some((code) => code in signerDenials)) continue;
          repaired++;
          for (const code of codes) seen.set(code, (seen.get(code) ?? 0) + 1);
          const mended = decideSigning(applyRepair(facts, each, repair), each).answer;
          const parts = listProperParts(repair).filter(
            (part) => decideSigning(applyRepair(facts, each, part), each).answer === "ALLOW",
          );
          if (mended !== "ALLOW" || parts.length > 0) {
            expect({ asked: each, codes, repair, mended, parts }).toEqual({
              asked: each,
              codes,
              repair,
              mended: "ALLOW",
              parts: [],
            });
          }
        }
      }),
      { numRuns: 1_500, seed: 68 },
    );
    expect(repaired).toBeGreaterThan(10_000);
    for (const code of Object.keys(signerDenials)) expect([code, (seen.get(code) ?? 0) > 100]).toEqual([code, true]);
    expect(signerCodes.filter((code) => !(code in signerDenials))).toEqual(["SIG-SOON", "SIG-REVINFO-UNKNOWN"]);
  }, 300_000);
});

/** All of a short repair; of a long one those that leave out one step: leaving out more never allows more. */
function listProperParts(steps: readonly RepairAction[]): RepairAction[][] {
  const parts = Array.from({ length: 2 ** steps.length - 1 }, (_, part) => steps.filter((_step, at) => (part & (1 << at)) !== 0));
  return steps.length <= 4 ? parts : parts.filter((part) => part.length >= steps.length - 1);
}
