import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Plan } from "../../../src/provision/plan.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

describe("a commune that became a ward", () => {
  it("keeps its department's account: the key changes, the account and its name stay", async () => {
    // Trảng Bom, a ward since 30 April 2026 (237/NQ-UBTVQH16).
    const unit = "26248";
    workspace = await startCityWorkspace({ units: [unit, "19777"], empty: true });
    const before = { WARDCTL_NOW: "2026-04-20T10:00:00+07:00" };
    const after = { WARDCTL_NOW: "2026-05-04T10:00:00+07:00" };
    const line = `provision plan roster.csv --only kind=functional --only unit=${unit}`;
    expect((await workspace.run(`${line} --save plan.json`, before)).code).toBe(8);
    expect((await workspace.run("provision apply plan.json --yes", before)).code).toBe(0);
    const find = (key: string) =>
      [...workspace.core.accounts.documents.accounts.values()].find(({ externalId }) => externalId === key);
    const old = find(`${unit}/kinh-te/document-inbox`);
    expect(old?.userName).toBe(`kt.${unit}`);

    const roster = join(workspace.folder, "roster.csv");
    const text = await readFile(roster, "utf8");
    await writeFile(roster, text.replaceAll(`${unit},kinh-te,`, `${unit},kinh-te-ha-tang-do-thi,`));
    const plan = JSON.parse((await workspace.run(`${line} --save plan.json --json`, after)).stdout) as Plan;
    expect(plan.questions).toEqual([]);
    expect(plan.operations.filter(({ kind }) => kind !== "update")).toEqual([]);
    expect(plan.operations.map(({ targetId }) => targetId)).toContain(old?.id);
    expect((await workspace.run("provision apply plan.json --yes", after)).code).toBe(0);
    expect(find(`${unit}/kinh-te-ha-tang-do-thi/document-inbox`)).toMatchObject({ id: old?.id, userName: `kt.${unit}` });
    expect(find(`${unit}/kinh-te/document-inbox`)).toBeUndefined();
    const again = JSON.parse((await workspace.run(`${line} --json`, after)).stdout) as Plan;
    expect([again.operations, again.questions]).toEqual([[], []]);
    expect((await workspace.run("provision drift", after)).code).toBe(0);
  });
});
