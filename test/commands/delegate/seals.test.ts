import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantedSeals } from "../../../src/city/seals.ts";
import { hasOpenssl } from "../../support/openssl-authority.ts";
import { type CityWorkspace, openCityWorkspace } from "../../support/whole-city.ts";

describe.skipIf(!hasOpenssl)("seals and clerks of the whole city", () => {
  let city: CityWorkspace;
  beforeAll(async () => {
    city = await openCityWorkspace();
    await city.run("provision plan roster.csv --save plan.json");
    await city.run("provision apply plan.json --yes");
    await city.run("delegate grant --file grants.csv");
    await city.run("delegate verify");
  });
  afterAll(() => city.stop());

  const canIssue = async (unit: string, now?: string) => {
    const { code, stdout } = await city.run(`delegate can-issue chu-tich cong-van ${unit} --json`, {
      env: now === undefined ? {} : { WARDCTL_NOW: now },
    });
    return { code, ...JSON.parse(stdout) };
  };

  it("are not known to be good before they were checked", async () => {
    expect(await canIssue("19777")).toMatchObject({ code: 8, answer: "UNKNOWN", seal: "unknown", clerk: "ok" });
    expect(await canIssue("19804")).toMatchObject({ answer: "DENY", codes: ["ISS-SEAL-EXPIRED"] });
  });

  it("let every unit issue but those where the city plants a fault, each with its own code and owner", async () => {
    const { code, stdout } = await city.run("delegate certificates check --json");
    expect(code).toBe(8);
    const { certificates } = JSON.parse(stdout);
    expect(certificates).toHaveLength(city.open.city.units.length - 1);
    const planted = Object.fromEntries(
      certificates
        .filter(({ verdict }: { verdict: string }) => verdict !== "VALID")
        .map(({ unit, codes }: { unit: string; codes: string[] }) => [unit, codes[0]]),
    );
    expect(planted).toEqual({
      "19753": "SIG-UNBOUND",
      "19804": "SIG-EXPIRED",
      "19831": "SIG-REVOKED",
      "19930": "SIG-SUBJECT-STALE",
    });
    const expected = {
      "19753": ["ISS-SEAL-UNBOUND", "support"],
      "19804": ["ISS-SEAL-EXPIRED", "ca"],
      "19831": ["ISS-SEAL-REVOKED", "ca"],
      "19867": ["ISS-SEAL-NONE", "ca"],
      "19930": ["ISS-SEAL-STALE", "ca"],
    } as const;
    expect(Object.keys(expected)).toEqual(Object.keys(plantedSeals).sort());
    for (const [unit, [issueCode, owner]] of Object.entries(expected)) {
      const answer = await canIssue(unit);
      expect(answer, unit).toMatchObject({ code: 4, answer: "DENY", codes: [issueCode], signing: { answer: "ALLOW" } });
      expect(answer.failed).toMatchObject([{ premise: "seal", code: issueCode, owner, repair: expect.any(String) }]);
    }
    for (const unit of ["19777", "27004", "20182"]) expect(await canIssue(unit)).toMatchObject({ code: 0, answer: "ALLOW" });
    const gaps = JSON.parse((await city.run("delegate gaps --class issue --json")).stdout).gaps as { unit: string }[];
    expect([...new Set(gaps.map(({ unit }) => unit))]).toEqual(Object.keys(expected));
  });

  it("are known as long as the list of revoked ones is, and then it is the network team's", async () => {
    const later = "2025-07-11T10:00:00+07:00";
    await city.run("delegate verify", { env: { WARDCTL_NOW: later } });
    const answer = await canIssue("19777", later);
    expect(answer).toMatchObject({ answer: "UNKNOWN", codes: ["SIG-REVINFO-UNKNOWN"], seal: "unknown" });
    expect(answer.failed).toMatchObject([{ owner: "network", repair: expect.stringContaining("certificates check") }]);
  });

  it("follow what the system says since: a seal unbound, a clerk locked out", async () => {
    city.open.city.faults.on("seal-unbound", "19777");
    city.open.city.faults.on("clerk-locked", "19774");
    await city.run("delegate verify");
    expect(await canIssue("19777")).toMatchObject({ answer: "DENY", codes: ["ISS-SEAL-UNBOUND"] });
    expect(await canIssue("19774")).toMatchObject({ answer: "DENY", codes: ["ISS-CLERK-ACCOUNT"], clerk: "missing" });
    city.open.city.faults.off("seal-unbound", "19777");
    city.open.city.faults.off("clerk-locked", "19774");
    await city.run("delegate verify");
    expect(await canIssue("19777")).toMatchObject({ answer: "ALLOW" });
    expect(await canIssue("19774")).toMatchObject({ answer: "ALLOW" });
  });
});
