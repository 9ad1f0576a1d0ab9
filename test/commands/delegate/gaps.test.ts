import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";
import { type SigningCity, startSigningCity, tanBinh, viDa } from "../../support/signing-city.ts";

let world: SigningCity;
beforeAll(async () => {
  world = await startSigningCity();
  await world.run("delegate grant --file grants.csv");
});
afterAll(() => world.city.stop());

const gapsOf = async (line: string, now?: string) => {
  const { code, stdout } = await world.run(`delegate gaps ${line} --json`, { now });
  return { code, ...JSON.parse(stdout) };
};

it("knows nothing before the first read-back, and says so instead of calling it a gap", async () => {
  const { code, schema, window, gaps } = await gapsOf("");
  expect(code).toBe(8);
  expect(schema).toBe("wardctl.gaps/1");
  expect(window).toEqual({ from: "2025-07-03T10:00:00+07:00", to: "2025-07-03T10:00:00+07:00" });
  expect(new Set(gaps.map((gap: { class: string }) => gap.class))).toEqual(new Set(["unknown"]));
  expect(gaps).toHaveLength(2 * 15);
});

it("finds no gap where the head and the deputy can sign", async () => {
  await world.run("delegate verify");
  expect(await gapsOf("")).toMatchObject({ code: 0, gaps: [] });
});

it("finds the unit whose leaders cannot sign, type by type, and shows it as one line", async () => {
  for (const position of ["chu-tich", "pho-chu-tich"])
    world.documents.profiles.set(world.findStaffId(tanBinh, position), { bound: false });
  await world.run("delegate verify");
  const { code, gaps } = await gapsOf("");
  expect(code).toBe(8);
  // Six types are the Chief of Office's by order; nine have nobody.
  expect(gaps).toHaveLength(9);
  expect(gaps[0]).toEqual({
    unit: tanBinh,
    docType: "quyet-dinh",
    department: "*",
    procedure: "*",
    from: "2025-07-03T10:00:00+07:00",
    to: null,
    class: "gap",
    workingMinutes: null,
    article: { id: "khoang-trong-ky", title: "A document type that nobody can sign" },
  });
  expect((await gapsOf("--class single")).gaps).toHaveLength(6);
  expect((await gapsOf("--doc-type quyet-dinh")).gaps).toHaveLength(1);
  expect((await gapsOf(`--unit ${viDa}`)).gaps).toEqual([]);
  const table = await world.run("delegate gaps --lang vi");
  expect(table.stdout.split("\n")[2]).toMatch(
    /^27004 Phường Tân Bình\s+không ai ký được\s+Quyết định, Báo cáo, Tờ trình \+6\s+đang diễn ra\s+…/,
  );
});

it("sees ahead: a certificate that runs out opens a gap at that instant", async () => {
  for (const position of ["chu-tich", "pho-chu-tich"]) {
    world.documents.profiles.set(world.findStaffId(tanBinh, position), {
      serial: "1",
      notAfter: "2025-07-10T00:00:00+07:00",
      bound: true,
    });
  }
  await world.run("delegate verify");
  expect((await gapsOf("")).gaps).toEqual([]);
  expect((await gapsOf("--days 3")).gaps).toEqual([]);
  const { gaps, window } = await gapsOf("--days 10 --doc-type quyet-dinh");
  expect(window.to).toBe("2025-07-13T10:00:00+07:00");
  expect(gaps).toEqual([
    {
      unit: tanBinh,
      docType: "quyet-dinh",
      department: "*",
      procedure: "*",
      from: "2025-07-10T00:00:00+07:00",
      to: "2025-07-13T10:00:00+07:00",
      class: "gap",
      workingMinutes: 1200,
      article: { id: "khoang-trong-ky", title: "A document type that nobody can sign" },
    },
  ]);
});

it("says that nobody is known rather than that nobody can sign", async () => {
  const cwd = await makeTestFolder();
  await writeFile(join(cwd, "wardctl.yaml"), 'name: Test\nprovince: "79"\nunits: ["27004"]\n');
  const { code, stderr } = await runWardctl("delegate gaps", { cwd });
  expect(code).toBe(8);
  expect(stderr).toContain("No staff of these units is in the register");
});
