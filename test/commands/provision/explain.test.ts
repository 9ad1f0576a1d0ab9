import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CityAccount } from "../../../src/city/account-store.ts";
import { createFaults } from "../../../src/city/faults.ts";
import { sha256 } from "../../../src/platform/canonical-json.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

const hired = "CB1977704";
let workspace: CityWorkspace;
beforeEach(async () => {
  const faults = createFaults();
  faults.on("departments-without-accounts", "27004");
  workspace = await startCityWorkspace({ faults, newHires: [hired] });
  await workspace.run("provision plan roster.csv --save plan.json");
  expect((await workspace.run("provision apply plan.json --yes")).code).toBe(0);
});
afterEach(() => workspace.city.stop());

const find = (externalId: string): CityAccount =>
  [...workspace.core.accounts.documents.accounts.values()].find((account) => account.externalId === externalId) as CityAccount;

async function explain(key: string, flags = "--system documents") {
  const { code, stdout, stderr } = await workspace.run(`provision explain ${key} --json ${flags}`);
  expect(stderr).toBe("");
  const document = JSON.parse(stdout);
  return { code, document, account: document.accounts[0] };
}

describe("provision explain", () => {
  it("names link, roster line with the file's SHA-256, plan, who applied it and when it was read back", async () => {
    const { code, document, account } = await explain(hired);
    const roster = await readFile(join(workspace.folder, "roster.csv"));
    const plan = JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8"));
    const line =
      roster
        .toString("utf8")
        .split("\r\n")
        .findIndex((row) => row.startsWith(hired)) + 1;
    expect(code).toBe(0);
    expect(document).toMatchObject({
      schema: "wardctl.provision-explain/1",
      subject: `person/${hired}`,
      managed: true,
      username: { state: "issued", name: find(hired).userName },
      source: { file: "roster.csv", sha256: sha256(roster), lines: [line], plan: plan.planId },
    });
    expect(account).toMatchObject({
      system: "documents",
      why: "written",
      reason: "no-account",
      correlation: "link",
      plan: plan.planId,
      actor: "tester",
      active: true,
      targetId: find(hired).id,
      readBackAt: "2025-07-03T10:00:00+07:00",
    });
    expect(account.attributes.every(({ source }: { source: string }) => source === "roster")).toBe(true);
    expect(document.history.length).toBeGreaterThan(0);
  });

  it("tells an account that was only found from one that it wrote, and a department's by its rule and owner", async () => {
    const clerk = workspace.core.people.find(({ posts }) => posts.some(({ position }) => position === "van-thu"))
      ?.staffId as string;
    expect((await explain(clerk)).account).toMatchObject({ why: "found-as-wanted", operation: null });
    const { document, account } = await explain("27004/van-hoa-xa-hoi/document-inbox");
    expect(document.source).toMatchObject({ rule: "document-inbox", owner: expect.stringMatching(/^CB/) });
    expect(account).toMatchObject({ why: "written", username: "vhxh.27004" });
  });

  it("says who disabled a leaver, by which plan and why", async () => {
    await workspace.run(`provision leave ${hired} --save leave.json`);
    expect((await workspace.run("provision apply leave.json --yes")).code).toBe(0);
    const { document, account } = await explain(hired);
    expect(account).toMatchObject({ why: "disabled-by-plan", reason: "posts-ended", actor: "tester", active: false });
    expect(document).toMatchObject({
      declared: { kind: "leave", effective: "2025-07-03" },
      username: { state: "retired" },
      source: { file: "roster.csv" },
    });
    const { stdout } = await workspace.run(`provision explain ${hired} --lang vi`);
    expect(stdout).toContain("do wardctl khóa (đã hết nhiệm vụ)");
    expect(stdout).toContain("Báo nghỉ từ 2025-07-03");
    expect(stdout).toContain("đã cất, không cấp lại");
  });

  it("does not take for its own what somebody else did", async () => {
    find(hired).active = false;
    find(hired).attributes["title"] = "Giám đốc";
    const { account } = await explain(hired);
    expect(account).toMatchObject({ why: "disabled-elsewhere" });
    expect(account.differences).toEqual(expect.arrayContaining([expect.stringMatching(/^title: .* → Giám đốc$/)]));
    expect(account.attributes.find(({ attribute }: { attribute: string }) => attribute === "title").source).toBe("unmanaged");
    workspace.core.accounts.documents.accounts.delete(find(hired).id);
    expect((await explain(hired)).account).toMatchObject({ why: "gone", username: null });
  });

  it("invents nothing about an account nobody claims, and refuses what is nowhere", async () => {
    workspace.core.accounts.documents.accounts.set("x", {
      id: "x",
      userName: "khach.tham",
      displayName: "Khách",
      active: true,
      attributes: {},
    });
    const { document, account } = await explain("khach.tham");
    expect(document).toMatchObject({ subject: null, managed: false, source: null, username: null, history: [] });
    expect(account).toMatchObject({ why: "unmanaged", plan: null, actor: null, reason: null, readBackAt: null });
    expect(account.attributes).toEqual([{ attribute: "displayName", value: "Khách", source: "unmanaged" }]);
    const { code, stderr } = await workspace.run("provision explain CB1977799");
    expect(code).toBe(2);
    expect(stderr).toContain("CB19777");
  });
});
