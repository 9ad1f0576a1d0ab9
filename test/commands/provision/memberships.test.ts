import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Plan } from "../../../src/provision/plan.ts";
import { applyInOwnProcess } from "../../support/apply-in-own-process.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

const templates = `
  positions:
    van-thu:
      systems:
        documents: { roles: [doc.route], groups: ["unit:\${unit_code}:clerks"] }
        dossiers: {}
      functional: [vp/clerk]
`;

async function start(text = templates): Promise<void> {
  workspace = await startCityWorkspace({ newHires: ["CB2700405"] });
  await writeTemplates(text);
}

async function writeTemplates(text: string): Promise<void> {
  const file = join(workspace.folder, "wardctl.yaml");
  const yaml = await readFile(file, "utf8");
  await writeFile(file, yaml.replace(/\nprovision:\n(?:[\s\S]*?\n)??(?= {2}systems:)/, `\nprovision:${text}`));
}

const clerks = (): string[] =>
  workspace.core.people.filter(({ posts }) => posts.some(({ position }) => position === "van-thu")).map(({ staffId }) => staffId);
const membersOf = (name: string): readonly string[] => {
  const group = [...workspace.core.accounts.documents.groups.values()].find(({ displayName }) => displayName === name);
  const ids = new Map(
    [...workspace.core.accounts.documents.accounts.values()].map(({ id, externalId }) => [id, externalId ?? ""]),
  );
  return (group?.members ?? []).map(({ value }) => ids.get(value) ?? value).toSorted();
};

describe("roles and groups over SCIM", () => {
  it("are planned person by person, given, read back, and the second plan is empty", async () => {
    await start();
    const text = await workspace.run("provision plan roster.csv --lang vi --save plan.json");
    expect(text.code).toBe(8);
    expect(text.stdout).toMatch(/Tạo nhóm 4 · Phân quyền 4 ·/);
    expect(text.stdout).toContain("± Phân quyền");
    expect(text.stdout).toMatch(/documents: \+nhóm access:vanthu\.27004, \+nhóm unit:27004:clerks, \+vai trò doc\.route/);
    const plan = JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8")) as Plan;
    const [clerk = ""] = clerks();
    expect(plan.operations.find(({ kind, subject }) => kind === "assign" && subject.staffId === clerk)).toMatchObject({
      before: { memberships: [] },
      after: { memberships: ["group:access:vanthu.27004", "group:unit:27004:clerks", "role:doc.route"] },
      sources: { "role:doc.route": "position van-thu" },
    });
    const before = workspace.city.requests.length;
    const applied = await workspace.run("provision apply plan.json --yes --outcome out.csv");
    const looked = workspace.city.requests
      .slice(before)
      .filter(({ method, path }) => method === "GET" && /\/Users\/./.test(path));
    expect(looked).toEqual([]);
    expect(applied.stderr).not.toContain("failed");
    expect(applied.code).toBe(0);
    expect(membersOf("unit:27004:clerks")).toEqual([clerk]);
    expect(membersOf("access:vanthu.27004")).toHaveLength(2);
    expect(await readFile(join(workspace.folder, "out.csv"), "utf8")).toContain("group:unit:27004:clerks,create-group,done");
    const again = await workspace.run("provision plan roster.csv --json");
    expect([again.code, JSON.parse(again.stdout).operations]).toEqual([0, []]);
    expect((await workspace.run("provision verify plan.json")).code).toBe(0);
    expect((await workspace.run("provision drift")).code).toBe(0);
  });

  it("are stopped by a guard when many would lose one, and go on with the number typed", async () => {
    await start("\n  classes: { cong_chuc: { documents: { roles: [doc.read] }, dossiers: {} } }\n");
    await workspace.run("provision plan roster.csv --save plan.json");
    expect((await workspace.run("provision apply plan.json --yes")).code).toBe(0);
    await writeTemplates("\n  classes: { cong_chuc: { documents: {}, dossiers: {} } }\n");
    const planned = await workspace.run("provision plan roster.csv --save less.json");
    expect(planned.code).toBe(6);
    const [, count] = /role doc\.read would be taken from (\d+) people/.exec(planned.stdout) ?? [];
    const stopped = await workspace.run("provision apply less.json --yes");
    expect(stopped.code).toBe(6);
    expect(stopped.stderr).toContain(`--confirm-removals ${count}`);
    expect((await workspace.run(`provision apply less.json --yes --confirm-removals ${count}`)).code).toBe(0);
  });

  it("move and leave with the person", async () => {
    await start();
    await workspace.run("provision plan roster.csv --save plan.json");
    await workspace.run("provision apply plan.json --yes");
    const [clerk = ""] = clerks();
    const moved = await workspace.run(
      `provision move ${clerk} --to-unit 19777 --department van-phong --position van-thu --effective 2025-07-03 --save move.json`,
    );
    expect(moved.stdout).toContain("+group unit:19777:clerks");
    expect(moved.stdout).toContain("−group unit:27004:clerks");
    expect((await workspace.run("provision apply move.json --yes")).code).toBe(0);
    expect(membersOf("unit:19777:clerks")).toContain(clerk);
    expect(membersOf("unit:27004:clerks")).toEqual([]);
    const left = await workspace.run(`provision leave ${clerk} --save leave.json`);
    expect(left.stdout).toContain("−role doc.route (every post has ended)");
    expect((await workspace.run("provision apply leave.json --yes")).code).toBe(0);
    expect(membersOf("unit:19777:clerks")).not.toContain(clerk);
  });
});

describe("provision apply, killed among roles and groups", () => {
  it("gives everybody everything once, makes each group once, and loses nobody", async () => {
    let writes = 0;
    let killAt = 0;
    let kill = (): void => undefined;
    const systems = ["documents", "dossiers"] as const;
    workspace = await startCityWorkspace({
      empty: true,
      systems,
      before: [
        {
          handle(request) {
            // The request that is being looked at is still carried out; its answer finds nobody.
            if (request.method !== "GET" && ++writes === killAt) kill();
            return false;
          },
        },
      ],
    });
    await writeTemplates(
      `\n  classes: { ${["can_bo", "cong_chuc"].map((name) => `${name}: { ${systems.map((system) => `${system}: { roles: [${system}.read], groups: ["unit:\${unit_code}"] }`).join(", ")} }`).join(", ")} }\n`,
    );
    // Such a server shows whoever was put into a group twice.
    for (const system of systems) workspace.core.accounts[system].groupLies.add("stores-duplicate-members");
    await workspace.run("provision plan roster.csv --save plan.json");
    const { operations, totals } = JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8")) as Plan;
    expect(totals.assign).toBeGreaterThan(40);
    // Among the accounts, at the groups, and twice among those who are put into them.
    const accounts = totals.create;
    for (const point of [20, accounts - 15, 30, 25]) {
      [writes, killAt] = [0, point];
      expect(
        await applyInOwnProcess(workspace.folder, (own) => {
          kill = own;
        }),
      ).toBeNull();
    }
    killAt = 0;
    expect(await applyInOwnProcess(workspace.folder, () => undefined)).toBe(0);
    for (const system of systems) {
      const { groups, accounts: made } = workspace.core.accounts[system];
      expect(new Set([...made.values()].map(({ externalId }) => externalId)).size).toBe(made.size);
      expect([...groups.values()].map(({ displayName }) => displayName).toSorted()).toEqual(["unit:19777", "unit:27004"]);
      const wanted = operations.filter((one) => one.kind === "assign" && one.system === system);
      const people = [...groups.values()].flatMap(({ members }) => members.map(({ value }) => made.get(value)?.externalId));
      expect(people.toSorted()).toEqual(wanted.map(({ subject }) => subject.staffId).toSorted());
      const roles = [...made.values()].flatMap(({ attributes }) => (attributes["roles"] ?? []) as readonly { value: string }[]);
      expect(roles.map(({ value }) => value)).toEqual(wanted.map(() => `${system}.read`));
    }
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
    expect((await workspace.run("audit verify")).code).toBe(0);
  }, 60_000);
});

describe("why somebody has a role or not", () => {
  const explain = async (line: string): Promise<{ readonly why: string; readonly text: string }> => {
    const json = await workspace.run(`provision explain ${line} --system documents --json`);
    const [account] = JSON.parse(json.stdout).accounts;
    return {
      why: account.memberships[0]?.why,
      text: (await workspace.run(`provision explain ${line} --system documents`)).stdout,
    };
  };

  it("is the template, the roster's line, the plan and who applied it, or the first condition that fails", async () => {
    await start();
    const [clerk = "", other = ""] = clerks();
    expect((await workspace.run(`provision explain ${clerk} --role doc.route --group x`)).code).toBe(2);
    await workspace.run("provision plan roster.csv --save plan.json");
    await workspace.run("provision apply plan.json --yes");
    const given = await explain(`${clerk} --role doc.route`);
    expect(given.why).toBe("given");
    expect(given.text).toMatch(/From roster\.csv, line \d+ .*plan/);
    expect(given.text).toContain("✓ role doc.route: given by wardctl and read back ← position van-thu");
    expect(given.text).toContain("tester applied plan");
    expect((await explain(`${clerk} --group unit:19777:clerks`)).text).toContain("another place; they are in: 27004/van-phong");
    expect((await explain(`${clerk} --role doc.rout`)).text).toContain("no template names it; did you mean doc.route?");
    const officer = workspace.core.people.find(({ posts }) => posts[0]?.position === "chuyen-vien")?.staffId;
    expect((await explain(`${officer} --role doc.route`)).text).toContain(
      "they hold no position or class that gives it ← position van-thu",
    );
    await writeTemplates(
      `${templates}  additions: [{ staffId: ${officer}, system: documents, role: doc.draft, reason: thay, until: 2025-07-02 }]\n  denials: [{ staffId: ${other}, system: documents, role: doc.route, reason: "xem xét" }]\n`,
    );
    expect((await explain(`${officer} --role doc.draft`)).text).toContain("the addition ran out: thay, 2025-07-02");
    expect((await explain(`${other} --role doc.route`)).why).toBe("no-longer-wanted");
    const account = [...workspace.core.accounts.documents.accounts.values()].find(({ externalId }) => externalId === officer);
    account!.attributes["roles"] = [{ value: "doc.approve" }];
    expect((await explain(`${officer} --role doc.approve`)).why).toBe("unmanaged");
    const whole = await workspace.run(`provision explain ${clerk} --lang vi`);
    expect(whole.stdout).toContain("✓ vai trò doc.route: do wardctl cấp, đọc lại đúng ← chức vụ van-thu");
  });
});
