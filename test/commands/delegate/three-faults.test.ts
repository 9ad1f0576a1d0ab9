import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SigningCity, startSigningCity } from "../../support/signing-city.ts";

/** One ward for each combination: is the regulation on record, does the software carry it, is the Chief of Office ready. */
const wards = ["27004", "27439", "27484", "27259", "27094", "25747", "26737", "26740"].map((unit, n) => ({
  unit,
  legal: (n & 1) === 0,
  carried: (n & 2) === 0,
  ready: (n & 4) === 0,
}));

describe("N15: the three faults of Tân Bình", () => {
  let world: SigningCity;
  beforeAll(async () => {
    world = await startSigningCity(wards.map(({ unit }) => unit));
    const [head, ...rows] = (await readFile(join(world.cwd, "grants.csv"), "utf8")).trim().split("\n");
    const without = wards.filter(({ legal }) => !legal).map(({ unit }) => unit);
    const kept = rows.filter((row) => !(without.some((unit) => row.startsWith(unit)) && row.includes("chanh-van-phong")));
    expect(rows.length - kept.length).toBe(4);
    await writeFile(join(world.cwd, "grants.csv"), `${[head, ...kept].join("\n")}\n`);
    for (const { unit, carried, ready } of wards) {
      if (!carried) world.city.faults.on("chief-cannot-sign", unit);
      if (ready) continue;
      world.documents.profiles.set(world.findStaffId(unit, "chanh-van-phong"), { serial: "9", bound: false });
    }
    expect((await world.run("delegate grant --file grants.csv")).code).toBe(0);
    await world.run("delegate verify");
  });
  afterAll(() => world.city.stop());

  it.each(wards)("are told apart: legal $legal, carried $carried, ready $ready", async ({ unit, legal, carried, ready }) => {
    const { code, stdout } = await world.run(`delegate can-sign chanh-van-phong cong-van ${unit} --json`);
    const answer = JSON.parse(stdout);
    expect(answer.codes).toEqual([
      ...(legal ? [] : ["DEL-TL-NO-REGULATION", "DEL-NO-GRANT"]),
      ...(carried ? [] : ["DEL-NOT-CARRIED"]),
      ...(ready ? [] : ["SIG-UNBOUND"]),
    ]);
    expect(answer.sides).toEqual({
      legal: legal ? "ok" : "missing",
      configuration: carried ? "ok" : "missing",
      readiness: ready ? "ok" : "missing",
    });
    expect(code).toBe(legal && carried && ready ? 0 : 4);
    // Every code with a side, an owner and a rule of its own; every owner is asked for what is theirs.
    for (const failed of answer.failed) {
      expect(failed).toMatchObject({
        rule: expect.stringMatching(/^[DL]\d+/),
        owner: expect.any(String),
        side: expect.any(String),
      });
    }
    const owners = new Set(answer.repair.map((step: { owner: string }) => step.owner));
    expect([owners.has("ward"), owners.has("province-it"), owners.has("support")]).toEqual([!legal, !carried, !ready]);
  });

  it("are named in words too, each with its owner", async () => {
    const all = wards.find(({ legal, carried, ready }) => !legal && !carried && !ready)!;
    const { stdout } = await world.run(`delegate can-sign chanh-van-phong cong-van ${all.unit} --lang vi`);
    expect(stdout).toMatch(/✗ Pháp lý +DEL-TL-NO-REGULATION .*→ phường, xã/);
    expect(stdout).toMatch(/✗ Cấu hình +DEL-NOT-CARRIED .*→ CNTT cấp tỉnh/);
    expect(stdout).toMatch(/✗ Sẵn sàng +SIG-UNBOUND .*→ tổ hỗ trợ/);
    expect(stdout).not.toContain("TUQ. ");
  });
});
