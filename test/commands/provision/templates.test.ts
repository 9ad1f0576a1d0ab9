import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isAccountOperation } from "../../../src/provision/operation.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

beforeEach(async () => {
  workspace = await startCityWorkspace();
});

async function writeTemplates(text: string): Promise<void> {
  const file = join(workspace.folder, "wardctl.yaml");
  await writeFile(file, (await readFile(file, "utf8")).replace("provision:\n", `provision:\n${text}`));
}

it("closes the accounts that a position does not use, opens them for whoever is named, and explains both", async () => {
  const [first, second] = workspace.core.people
    .filter(({ posts }) => posts.some(({ position }) => position === "van-thu"))
    .map(({ staffId }) => staffId);
  await writeTemplates(
    `  positions: { van-thu: { title: "Văn thư, lưu trữ", systems: { documents: {} } } }\n  additions: [{ staffId: ${first}, system: dossiers, reason: "trực một cửa", until: 2025-12-31 }]\n`,
  );
  const planned = await workspace.run("provision plan roster.csv --save plan.json --json");
  const plan = JSON.parse(planned.stdout) as Plan;
  const disables = plan.operations.filter(({ kind }) => kind === "disable");
  expect(disables).toMatchObject([{ system: "dossiers", reason: "not-entitled", subject: { staffId: second } }]);
  expect((await workspace.run("provision apply plan.json --yes")).code).toBe(0);
  expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
  expect((await workspace.run("provision drift")).code).toBe(0);
  const explain = async (id = ""): Promise<Record<string, never>> =>
    JSON.parse((await workspace.run(`provision explain ${id} --json`)).stdout);
  expect((await explain(first))["source"]).toMatchObject({
    grants: [
      { system: "documents", granted: true, source: "position van-thu" },
      { system: "dossiers", granted: true, source: "addition: trực một cửa" },
    ],
  });
  const closed = await explain(second);
  expect(closed["source"]).toMatchObject({ grants: [{ granted: true }, { system: "dossiers", granted: false, source: "none" }] });
  expect(closed["accounts"]).toMatchObject([{ active: true }, { why: "disabled-by-plan", reason: "not-entitled" }]);
  expect(
    plan.operations.filter(isAccountOperation).find(({ system, subject }) => system === "documents" && subject.staffId === second)
      ?.after.attributes.title,
  ).toBe("Văn thư, lưu trữ");
});

it("refuses a template of a position that does not exist", async () => {
  await writeTemplates("  positions: { van-thy: { systems: { documents: {} } } }\n");
  const { code, stderr } = await workspace.run("provision plan roster.csv");
  expect(code).toBe(3);
  expect(stderr).toContain("van-thu");
});
