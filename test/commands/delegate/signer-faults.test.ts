import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { denyCodes, findOwner, isEvidence } from "../../../src/delegation/deny-codes.ts";
import { findSignerFault, onSiteCodes, type SignerCode, signerCodes } from "../../../src/delegation/signer-codes.ts";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

/** The rows of the page on signers' certificates, and how wardctl comes to know of each. */
const rows: Readonly<Record<string, "checked" | "entered">> = {
  "SIG-EXPIRED": "checked",
  "SIG-SOON": "checked",
  "SIG-REVOKED": "checked",
  "SIG-SUBJECT-STALE": "checked",
  "SIG-UNBOUND": "checked",
  "SIG-PIN-LOCK": "entered",
  "SIG-DRIVER": "entered",
  "SIG-NO-DEVICE": "entered",
  "SIG-IMAGE": "entered",
  "SIG-WRONG-TYPE": "checked",
  "SIG-PROFILE": "checked",
  "SIG-CHAIN": "checked",
  "SIG-CLOCK": "entered",
  "SIG-REVINFO-UNKNOWN": "checked",
  "SIG-PLUGIN": "entered",
};

describe("the faults of a signer's certificate, token and computer", () => {
  let world: SigningCity;
  beforeAll(async () => {
    world = await startSigningCity([tanBinh]);
    await world.run("delegate grant --file grants.csv");
    await world.run("delegate push --yes");
  });
  afterAll(() => world.city.stop());

  it("are all on the page, each seen by a check or entered by a technician", () => {
    // Beside the page's rows: a certificate whose first day is still to come.
    expect(signerCodes.toSorted()).toEqual([...Object.keys(rows), "SIG-NOT-YET"].sort());
    for (const [code, way] of Object.entries(rows)) {
      expect(onSiteCodes.includes(code as SignerCode), code).toBe(way === "entered");
    }
  });

  it("are matters of readiness, of not knowing, or of warning: never of authority", () => {
    for (const code of signerCodes) {
      const { effect, owner } = findSignerFault(code);
      if (effect === "denies") expect(denyCodes[code as keyof typeof denyCodes], code).toEqual({ owner, side: "readiness" });
      else if (effect === "unknown") expect([isEvidence(code), findOwner("SIG-REVINFO-UNKNOWN")], code).toEqual([true, owner]);
      else expect(Object.hasOwn(denyCodes, code), code).toBe(false);
    }
  });

  it.each(onSiteCodes)(
    "%s is entered, keeps from signing as a matter of readiness alone, and is lifted when it is mended",
    async (code) => {
      const chief = world.findStaffId(tanBinh, "chanh-van-phong");
      const ask = async () => JSON.parse((await world.run(`delegate can-sign ${chief} cong-van ${tanBinh} --json`)).stdout);
      const { owner } = findSignerFault(code);
      const entered = JSON.parse((await world.run(`delegate certificates fault ${chief} ${code} --json`)).stdout);
      expect(entered).toMatchObject({ code, owner, remedy: expect.stringMatching(/.{10}/) });
      expect(await ask()).toMatchObject({
        answer: "DENY",
        codes: [code],
        failed: [{ premise: "certificate", side: "readiness", owner }],
        sides: { legal: "ok", configuration: "ok", readiness: "missing" },
        repair: [{ action: "mend-on-site", owner, detail: expect.stringContaining(`${code} --mended`) }],
      });
      await world.run(`delegate certificates fault ${chief} ${code} --mended`);
      expect(await ask()).toMatchObject({ answer: "ALLOW" });
    },
  );
});
