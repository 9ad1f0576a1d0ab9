import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity, tanBinh } from "../../support/signing-city.ts";

describe("rights that are over stay in the document system's list", () => {
  let world: SigningCity;
  beforeAll(async () => {
    world = await startSigningCity([tanBinh]);
  });
  afterAll(() => world.city.stop());

  it("and are not counted as carried by push or verify", async () => {
    const count = async (verb: string, now: string): Promise<number> => {
      const { systems } = JSON.parse((await world.run(`delegate ${verb} --json`, { now })).stdout);
      return (systems[0].readBack ?? systems[0]).rights;
    };
    const lone = `delegate grant --unit ${tanBinh} --to-position chanh-van-phong --capacity TL --doc-types bao-cao --basis-kind quy-che-lam-viec`;
    const basis = ["--basis-number", "01/QĐ-UBND", "--basis-date", "2025-07-01", "--clause", "khoản 2 Điều 7", "--json"];
    const { stdout } = await world.run([...lone.split(" "), ...basis], { now: "2025-07-03T10:00" });
    const [{ id }] = JSON.parse(stdout).recorded;
    const before = await count("push --yes", "2025-07-03T10:05");
    await world.run(`delegate revoke ${id} --reason thử`, { now: "2025-07-03T10:10" });
    expect(await count("push --yes", "2025-07-03T10:15")).toBe(before - 1);
    expect(await count("verify", "2025-07-03T10:20")).toBe(before - 1);
  });

  it("and the file of rights is not taken for one of records", async () => {
    const { code, stderr } = await world.run("import grants.csv --lang vi");
    expect([code, stderr]).toEqual([2, expect.stringContaining("delegate grant --file grants.csv")]);
  });
});
