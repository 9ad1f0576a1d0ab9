import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { citySystems } from "../../../src/city/city.ts";
import { createFaults } from "../../../src/city/faults.ts";
import { isAccountOperation } from "../../../src/provision/operation.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { applyInOwnProcess } from "../../support/apply-in-own-process.ts";
import {
  type CityWorkspace,
  type CityWorkspaceOptions,
  canaryToken,
  cityNow,
  startCityWorkspace,
} from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

async function start(options: CityWorkspaceOptions = {}): Promise<CityWorkspace> {
  workspace = await startCityWorkspace(options);
  return workspace;
}

const tanBinh = (): CityWorkspaceOptions => {
  const faults = createFaults();
  faults.on("departments-without-accounts", "27004");
  return { faults, newHires: ["CB1977704"], systems: citySystems };
};

const readPlan = async (file = "plan.json"): Promise<Plan> => JSON.parse(await readFile(join(workspace.folder, file), "utf8"));

function expectNoDuplicates(): void {
  for (const system of citySystems) {
    const accounts = workspace.dump(system);
    expect(new Set(accounts.map(({ userName }) => userName.toLowerCase())).size).toBe(accounts.length);
    expect(new Set(accounts.map(({ externalId }) => externalId)).size).toBe(accounts.length);
  }
}

describe("provision", () => {
  it("finds the departments of Tân Bình without document accounts, makes exactly those, and then has nothing more to do", async () => {
    const { run, countWrites, dump } = await start(tanBinh());
    const coverage = await run("provision coverage --unit 27004 --json");
    expect(coverage.code).toBe(8);
    expect(JSON.parse(coverage.stdout).findings.map((finding: { functionalKey: string }) => finding.functionalKey)).toEqual([
      "27004/kinh-te-ha-tang-do-thi/document-inbox",
      "27004/van-hoa-xa-hoi/document-inbox",
      "27004/trung-tam-pvhcc/document-inbox",
    ]);

    const planned = await run("provision plan roster.csv --save plan.json --json");
    expect(planned.code).toBe(8);
    expect(JSON.parse(planned.stdout)).toMatchObject({ schema: "wardctl.plan/1", totals: { create: 8, update: 0, question: 0 } });
    expect(countWrites()).toBe(0);

    const applied = await run("provision apply plan.json --yes --outcome out.csv --json");
    expect(applied.code).toBe(0);
    expect(JSON.parse(applied.stdout)).toMatchObject({
      schema: "wardctl.outcome/1",
      finished: true,
      writesSent: 8,
      totals: { done: 8 },
    });
    expect(countWrites()).toBe(8);
    const { records } = JSON.parse((await run("audit show --action provision.create --json")).stdout);
    expect(records.map(({ subject }: { subject: string }) => subject)).toContain("27004/van-hoa-xa-hoi/document-inbox");
    expect(records).toHaveLength(8);
    expect(dump("documents").map(({ externalId }) => externalId)).toContain("27004/van-hoa-xa-hoi/document-inbox");
    expectNoDuplicates();
    const outcome = (await readFile(join(workspace.folder, "out.csv"), "utf8")).split("\r\n");
    expect(outcome[0]).toBe("\uFEFFid,system,subject,kind,state,targetId,message,subjectState");
    expect(outcome.filter((line) => line.includes(",done,"))).toHaveLength(8);

    expect((await run("provision plan roster.csv --save again.json")).code).toBe(0);
    expect((await run("provision apply again.json")).code).toBe(0);
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expect((await run("provision coverage")).code).toBe(0);
    expect((await run("provision verify plan.json")).code).toBe(0);
    expect(countWrites()).toBe(8);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("tells the directory who works where once all is done", async () => {
    const { run } = await start({ newHires: ["CB1977704"] });
    await run("provision plan roster.csv --save plan.json");
    await run("provision apply plan.json --yes");
    const { openSqlite } = await import("../../../src/platform/sqlite.ts");
    const { allMigrations } = await import("../../../src/workspace/migrations.ts");
    const { createPeopleStore } = await import("../../../src/directory/people-store.ts");
    const database = await openSqlite(join(workspace.folder, ".wardctl", "cache.db"), allMigrations, () => cityNow);
    const posts = await createPeopleStore(database).listPosts({ unit: "27004", at: "2025-07-03" });
    expect(posts).toHaveLength(workspace.core.people.filter(({ posts: [post] }) => post?.unit === "27004").length);
    await database.close();
  });

  it("says what was done though the outcome file cannot be written", async () => {
    const { run, countWrites } = await start(tanBinh());
    await run("provision plan roster.csv --save plan.json");
    const applied = await run("provision apply plan.json --yes --outcome roster.csv/out.csv --json");
    expect(applied.code).not.toBe(0);
    expect(applied.stderr).toContain("roster.csv/out.csv");
    expect(JSON.parse(applied.stdout)).toMatchObject({ finished: true, totals: { done: 8 } });
    expect(countWrites()).toBe(8);
  });

  it("stores nothing for a plan that is not saved", async () => {
    const { run, folder } = await start(tanBinh());
    await run("provision plan roster.csv");
    const { openSqlite } = await import("../../../src/platform/sqlite.ts");
    const { allMigrations } = await import("../../../src/workspace/migrations.ts");
    const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => cityNow);
    for (const table of ["provision_username", "provision_seen_name", "provision_plan", "provision_link", "audit"]) {
      expect(await database.all(`SELECT * FROM ${table}`)).toEqual([]);
    }
    await database.close();
  });

  it("is told in Vietnamese, department accounts first", async () => {
    const { run } = await start(tanBinh());
    const { stdout, stderr } = await run("provision plan roster.csv --lang vi");
    expect(stdout).toContain("Tạo 8 · Sửa 0 · Mở lại 0 · Khóa 0 · Giữ nguyên 142 · Hỏi 0");
    expect(stdout).toContain("27004 Phường Tân Bình · 3 phòng ban");
    expect(stdout).toContain(
      "+ Tạo vhxh.27004 · Phòng Văn hóa – Xã hội – Phường Tân Bình (27004) · documents · chưa có tài khoản",
    );
    expect(stderr).toContain("Chưa ghi gì.");
  });

  it("with faulty rows does nothing, or sets them aside and goes on", async () => {
    const { run, folder } = await start({ empty: true, systems: ["documents"] });
    await copyFile(fileURLToPath(new URL("../../../fixtures/rosters/dirty.csv", import.meta.url)), join(folder, "dirty.csv"));
    const refused = await run("provision plan dirty.csv --save plan.json");
    expect(refused.code).toBe(3);
    expect(refused.stderr.match(/^dirty\.csv:\d+:\d+: /gm)).toHaveLength(11);
    expect(await readdir(folder)).not.toContain("plan.json");
    expect((await run("provision doctor dirty.csv")).code).toBe(3);
    const skipped = await run("provision plan dirty.csv --skip-invalid --only kind=person --save plan.json");
    expect(skipped.code).toBe(7);
    expect((await readPlan()).operations.map(({ subject }) => subject.staffId)).toEqual(["CB2700413"]);
    expect(await readFile(join(folder, "dirty.invalid.csv"), "utf8")).toContain("CB2700403");
  });

  it("plans only what was asked for", async () => {
    const { run } = await start(tanBinh());
    const count = async (flags: string): Promise<number> =>
      JSON.parse((await run(`provision plan roster.csv --json ${flags}`)).stdout).operations.length;
    expect(await count("--only kind=functional")).toBe(3);
    expect(await count("--only kind=person")).toBe(5);
    expect(await count("--only unit=19777")).toBe(5);
    expect(await count("--except unit=19777")).toBe(3);
    expect(await count("--system video")).toBe(1);
    expect(await count("--except system=documents")).toBe(4);
    expect((await run("provision plan roster.csv --only kind=robot")).code).toBe(2);
    expect((await run("provision plan roster.csv --system mail")).code).toBe(2);
  });

  it("refuses a plan that was edited or torn, and writes nothing", async () => {
    const { run, folder, countWrites } = await start(tanBinh());
    await run("provision plan roster.csv --save plan.json");
    const text = await readFile(join(folder, "plan.json"), "utf8");
    await writeFile(join(folder, "edited.json"), text.replaceAll("vhxh.27004", "vhxh.27005"));
    await writeFile(join(folder, "torn.json"), text.slice(0, text.length / 2));
    expect((await run("provision apply edited.json --yes")).code).toBe(6);
    expect((await run("provision apply torn.json --yes")).code).toBe(6);
    expect(countWrites()).toBe(0);
  });

  it("refuses a plan when an account moved meanwhile, names what moved, and writes nothing", async () => {
    const { run, core, countWrites } = await start(tanBinh());
    const { accounts } = core.accounts.documents;
    const someone = [...accounts.values()].find(({ externalId }) => externalId === "CB2700405")!;
    const name = someone.displayName;
    someone.displayName = `${name} Cũ`;
    await run("provision plan roster.csv --save plan.json");
    someone.displayName = `${name} Mới`;
    const applied = await run("provision apply plan.json --yes");
    expect(applied.code).toBe(6);
    expect(applied.stderr).toContain(`display name ${name} Cũ → ${name} Mới`);
    expect(countWrites()).toBe(0);
  });

  it("refuses a plan that ran out", async () => {
    const { run } = await start(tanBinh());
    await run("provision plan roster.csv --save plan.json");
    expect((await run("provision apply plan.json --yes", { WARDCTL_NOW: "2025-07-06T10:00:01+07:00" })).code).toBe(6);
    expect((await run("provision apply plan.json --yes", { WARDCTL_NOW: "2025-07-06T09:59:00+07:00" })).code).toBe(0);
  });

  it("stops when too many accounts would be disabled, and goes on only with the exact number", async () => {
    const { run, folder, countWrites } = await start();
    const roster = await readFile(join(folder, "roster.csv"), "utf8");
    const ended = roster.replaceAll(",01/07/2025,,", ",01/07/2025,02/07/2025,");
    await writeFile(join(folder, "ended.csv"), ended);
    const planned = await run("provision plan ended.csv --save plan.json");
    expect(planned.code).toBe(6);
    expect(planned.stdout).toContain("documents: 26 accounts would be disabled (limit 5)");
    expect((await run("provision apply plan.json --yes")).code).toBe(6);
    expect((await run("provision apply plan.json --yes --confirm-disables 51")).code).toBe(6);
    expect(countWrites()).toBe(0);
    expect((await run("provision apply plan.json --yes --confirm-disables 52")).code).toBe(0);
    expect(countWrites()).toBe(52);
  });

  it("stops when the roster lost more than a fifth of the people it had, and asks about each", async () => {
    const { run, folder } = await start({ newHires: ["CB1977704"] });
    await run("provision plan roster.csv --save plan.json");
    await run("provision apply plan.json --yes");
    const lines = (await readFile(join(folder, "roster.csv"), "utf8")).split("\r\n");
    await writeFile(join(folder, "short.csv"), lines.filter((_, n) => n < 8 || n > 14).join("\r\n"));
    const planned = await run("provision plan short.csv --save short.json");
    expect(planned.code).toBe(6);
    expect(planned.stdout).toContain("the roster lacks 7 people who have accounts (limit 5, 20%)");
    expect(planned.stdout).toContain("Disable 0");
    expect((await run("provision apply short.json --yes")).code).toBe(6);
    expect((await run("provision apply short.json --yes --confirm-missing 7")).code).toBe(8);
  });

  it("needs --yes without a terminal", async () => {
    const { run, countWrites } = await start(tanBinh());
    await run("provision plan roster.csv --save plan.json");
    const refused = await run("provision apply plan.json");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--yes");
    expect(countWrites()).toBe(0);
  });

  it("plans nothing new while a system cannot be read, unless it is left out by name", async () => {
    const { run, folder } = await start(tanBinh());
    const yaml = await readFile(join(folder, "wardctl.yaml"), "utf8");
    await writeFile(join(folder, "wardctl.yaml"), yaml.replace("/video/scim/v2", "/video/nothing"));
    const planned = await run("provision plan roster.csv");
    expect(planned.code).toBe(5);
    expect(planned.stderr).toContain("--except system=video");
    const without = await run("provision plan roster.csv --except system=video --json");
    expect(without.code).toBe(8);
    expect(JSON.parse(without.stdout).systems.find(({ name }: { name: string }) => name === "video").state).toBe("left-out");
  });

  it("goes on without a system that cannot be read when no new name is needed, plans nothing there and says so", async () => {
    const { run, folder, core } = await start({ systems: citySystems });
    const yaml = await readFile(join(folder, "wardctl.yaml"), "utf8");
    await writeFile(join(folder, "wardctl.yaml"), yaml.replace("/video/scim/v2", "/video/nothing"));
    for (const system of citySystems) {
      const [first] = core.accounts[system].accounts.values();
      first!.active = false;
    }
    const planned = await run("provision plan roster.csv --json");
    expect(planned.code).toBe(7);
    const { operations, systems } = JSON.parse(planned.stdout);
    expect(operations.map(({ system, kind }: { system: string; kind: string }) => `${kind} ${system}`)).toEqual(
      expect.arrayContaining(["enable documents", "enable feedback"]),
    );
    expect(operations.some(({ system }: { system: string }) => system === "video")).toBe(false);
    expect(systems.find(({ name }: { name: string }) => name === "video").state).toBe("failed");
  });

  it("never gives a name to another that was once seen on a system", async () => {
    const { run, core, folder } = await start({ newHires: ["CB1977704"], systems: ["documents"] });
    const before = JSON.parse((await run("provision plan roster.csv --json")).stdout);
    const name: string = before.operations[0].username;
    core.accounts.documents.accounts.set("old", {
      id: "old",
      userName: name,
      externalId: "LEAVER",
      active: false,
      attributes: {},
    });
    const second = JSON.parse((await run("provision plan roster.csv --save plan.json --json")).stdout).operations[0].username;
    expect(second).toBe(`${name}2`);
    core.accounts.documents.accounts.delete("old");
    const roster = await readFile(join(folder, "roster.csv"), "utf8");
    const row = roster.split("\r\n").find((line) => line.startsWith("CB1977704"));
    await writeFile(
      join(folder, "roster.csv"),
      `${roster}${row?.replace("CB1977704", "CB1977799").replace(/,\d+\/\d+\/\d+,/, ",,")}\r\n`,
    );
    const third = JSON.parse((await run("provision plan roster.csv --json")).stdout).operations;
    expect(third.map(({ username }: { username: string }) => username)).toEqual([second, `${name}3`]);
  });

  it("keeps a name for its owner for ever: of one who was found, who left, whose accounts are gone, who returns", async () => {
    const { run, core, folder } = await start({ systems: ["documents"] });
    const planAndApply = async (flags = ""): Promise<number> => {
      await run(`provision plan roster.csv --save plan.json ${flags}`);
      return (await run("provision apply plan.json --yes")).code;
    };
    expect(await planAndApply()).toBe(0);
    const { accounts } = core.accounts.documents;
    const find = () => [...accounts.values()].find(({ externalId }) => externalId === "CB1977704")!;
    const found = find();
    accounts.delete(found.id);
    expect(await planAndApply("--recreate CB1977704")).toBe(0);
    const someone = find();
    expect(someone.userName).toBe(found.userName);
    const roster = await readFile(join(folder, "roster.csv"), "utf8");
    const left = roster.replace(/^(CB1977704.*,01\/07\/2025),,/m, "$1,02/07/2025,");
    await writeFile(join(folder, "roster.csv"), left);
    expect(await planAndApply()).toBe(0);
    expect(accounts.get(someone.id)?.active).toBe(false);
    accounts.delete(someone.id);
    // Somebody else of that name, and the one who left comes back.
    const other = roster
      .split("\r\n")
      .find((line) => line.startsWith("CB1977704"))
      ?.replace("CB1977704", "AA1977700");
    await writeFile(join(folder, "roster.csv"), `${roster}${other?.replace(/,\d+\/\d+\/\d+,/, ",,")}\r\n`);
    expect(await planAndApply("--recreate CB1977704")).toBe(0);
    const names = [...accounts.values()].filter(({ externalId }) => externalId === "CB1977704" || externalId === "AA1977700");
    expect(Object.fromEntries(names.map(({ externalId, userName }) => [externalId, userName]))).toEqual({
      CB1977704: someone.userName,
      AA1977700: `${someone.userName}2`,
    });
  });

  it("keeps the token out of every output, plan, database and log", async () => {
    const { run, folder } = await start(tanBinh());
    let said = "";
    for (const line of [
      "plan roster.csv --save plan.json",
      "plan roster.csv --json",
      "apply plan.json --yes --outcome out.csv",
      "status --json",
      "verify plan.json --json",
    ]) {
      const { stdout, stderr } = await run(`provision ${line}`);
      said += stdout + stderr;
    }
    const denied = await run("provision plan roster.csv", { CITY_TOKEN: "wrong-canary-4711" });
    expect(denied.code).toBe(4);
    said += denied.stdout + denied.stderr;
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile()))
      said += await readFile(join(file.parentPath, file.name), "latin1");
    expect(said).not.toContain(canaryToken);
    expect(said).not.toContain("wrong-canary-4711");
  });

  it("Ctrl-C sends nothing more, keeps what was done and says how to go on", async () => {
    const stop = new AbortController();
    let posts = 0;
    const { run, folder, countWrites } = await start({
      ...tanBinh(),
      empty: true,
      before: [
        {
          handle(request) {
            if (request.method === "POST" && ++posts === 5) stop.abort();
            return false;
          },
        },
      ],
    });
    await run("provision plan roster.csv --save plan.json");
    const { runWardctl } = await import("../../support/run-wardctl.ts");
    const env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken };
    const stopped = await runWardctl("provision apply plan.json --yes", { cwd: folder, env, signal: stop.signal });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("wardctl provision apply plan.json");
    const total = (await readPlan()).operations.length;
    expect(countWrites()).toBeGreaterThanOrEqual(5);
    expect(countWrites()).toBeLessThan(total);
    expect((await run("provision status")).code).toBe(8);
    expect((await run("provision apply --resume --yes")).code).toBe(0);
    expect(countWrites()).toBe(total);
    expectNoDuplicates();
  });

  it("going on after a stop leaves alone what somebody changed meanwhile, and says so", async () => {
    const stop = new AbortController();
    let patches = 0;
    const { run, folder, core, countWrites } = await start({
      systems: ["documents"],
      before: [
        {
          handle(request) {
            if (request.method === "PATCH" && ++patches === 1) stop.abort();
            return false;
          },
        },
      ],
    });
    const accounts = [...core.accounts.documents.accounts.values()].slice(0, 12);
    for (const account of accounts) account.active = false;
    await run("provision plan roster.csv --save plan.json");
    const { runWardctl } = await import("../../support/run-wardctl.ts");
    const env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken };
    expect((await runWardctl("provision apply plan.json --yes", { cwd: folder, env, signal: stop.signal })).code).toBe(130);
    const sent = countWrites();
    expect(sent).toBeLessThan(12);
    const left = [...core.accounts.documents.accounts.values()].findLast(({ active }) => !active)!;
    left.displayName = `${left.displayName} (đổi)`;
    const again = await run("provision apply plan.json --yes --json");
    expect(again.code).toBe(7);
    expect(JSON.parse(again.stdout).totals).toEqual({ done: 11, failed: 1, unknown: 0, skipped: 0 });
    expect(countWrites()).toBe(11);
    expect(core.accounts.documents.accounts.get(left.id)?.active).toBe(false);
  });

  it("lets one process write at a time", async () => {
    const { run } = await start({ ...tanBinh(), empty: true });
    await run("provision plan roster.csv --save plan.json");
    const both = await Promise.all([run("provision apply plan.json --yes"), run("provision apply plan.json --yes")]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 5]);
    expectNoDuplicates();
  });
});

describe("provision apply, killed", () => {
  it("at several points, then run again: nobody twice, nobody lost", async () => {
    let posts = 0;
    let killAt = 0;
    let kill = (): void => undefined;
    const { run, dump, countWrites } = await start({
      empty: true,
      systems: ["documents", "dossiers", "video"],
      before: [
        {
          handle(request) {
            // The request that is being looked at is still carried out; its answer finds nobody.
            if (request.method === "POST" && ++posts === killAt) kill();
            return false;
          },
        },
      ],
    });
    await run("provision plan roster.csv --save plan.json");
    const { operations } = await readPlan();
    expect(operations.length).toBeGreaterThan(80);
    for (const point of [1, 13, 24]) {
      [posts, killAt] = [0, point];
      const code = await applyInOwnProcess(workspace.folder, (own) => {
        kill = own;
      });
      expect(code).toBeNull();
      expect(countWrites()).toBeLessThan(operations.length);
      expectNoDuplicates();
    }
    killAt = 0;
    expect(await applyInOwnProcess(workspace.folder, () => undefined)).toBe(0);
    for (const system of citySystems) {
      const own = operations.filter(isAccountOperation).filter((operation) => operation.system === system);
      const wanted = own.map(({ after }) => after.externalId);
      const made = dump(system).map(({ externalId }) => externalId);
      expect(made.sort()).toEqual([...wanted].sort());
    }
    expectNoDuplicates();
    expect(countWrites()).toBe(operations.length);
    // What landed is seen and not sent again: no more than was under way when the process died.
    const creates = workspace.city.requests.filter(({ method }) => method === "POST");
    expect(creates.length).toBeLessThanOrEqual(operations.length + 10);
    expect((await run("provision plan roster.csv")).code).toBe(0);
    expect((await run("audit verify")).code).toBe(0);
  });
});
