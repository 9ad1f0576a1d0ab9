import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Plan } from "../../../src/provision/plan.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

it("rows that were set aside, mended and planned alone, give their people accounts and say nothing of anybody else", async () => {
  workspace = await startCityWorkspace();
  const { run, folder } = workspace;
  const roster = join(folder, "roster.csv");
  const row = "NEW1,Lê Thị Song,,03/11/1980,99999,van-phong,chuyen-vien,cong_chuc,01/07/2025,,,,\r\n";
  await writeFile(roster, (await readFile(roster, "utf8")) + row);
  expect((await run("provision plan roster.csv")).code).toBe(3);
  expect((await run("provision plan roster.csv --save all.json --skip-invalid")).code).toBe(7);
  expect((await run("provision apply all.json --yes")).code).toBe(0);
  const aside = join(folder, "roster.invalid.csv");
  await writeFile(aside, (await readFile(aside, "utf8")).replace("99999", "27004"));
  const planned = await run("provision plan roster.invalid.csv --save rest.json --json");
  const plan = JSON.parse(planned.stdout) as Plan;
  expect(plan.operations.map(({ kind, subject }) => `${kind} ${subject.staffId}`)).toEqual(["create NEW1", "create NEW1"]);
  expect([plan.questions, plan.guards.filter(({ tripped }) => tripped), plan.people.units]).toEqual([[], [], []]);
  expect((await run("provision apply rest.json --yes")).code).toBe(0);
  const rest = JSON.parse((await run("provision plan roster.invalid.csv --json")).stdout) as Plan;
  expect([rest.operations, rest.questions, rest.ownerless]).toEqual([[], [], []]);
});
