import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { vendorDocsDefinition } from "../../../src/provision/connectors/definitions/vendor-docs.ts";
import { isAccountOperation } from "../../../src/provision/operation.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import type { VendorLie } from "../../support/vendor-fake.ts";
import { startVendorWorkspace, type VendorWorkspace, vendorAccounts, vendorEnvironment } from "../../support/vendor-workspace.ts";

let workspace: VendorWorkspace;
afterEach(() => workspace.server.stop());

async function start(...lies: readonly VendorLie[]): Promise<VendorWorkspace> {
  workspace = await startVendorWorkspace(...lies);
  return workspace;
}

function expectEverybodyOnce(): void {
  const names = [...workspace.server.users.values()].map(({ tenDangNhap }) => tenDangNhap.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(vendorAccounts);
}

describe("provision of a vendor's system without a staff id", () => {
  it("plans, applies, and has nothing more to do: its own records say whose account is whose", async () => {
    const { run, server } = await start();
    const planned = await run("provision plan roster.csv --save plan.json --json");
    expect(planned.code).toBe(8);
    expect(JSON.parse(planned.stdout).totals).toMatchObject({ create: vendorAccounts, question: 0 });
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expect(server.counts.writes).toBe(vendorAccounts);
    expectEverybodyOnce();
    expect([...server.users.values()].find(({ tenDangNhap }) => tenDangNhap === "lantt")).toEqual({
      id: expect.any(Number),
      tenDangNhap: "lantt",
      hoTen: "Trần Thị Lan",
      chucVu: expect.stringContaining("Phó Chủ tịch"),
      maDonVi: "27004",
      trangThai: 1,
    });

    expect((await run("provision plan roster.csv --save again.json")).code).toBe(0);
    expect((await run("provision apply again.json --yes")).code).toBe(0);
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expect((await run("provision verify plan.json")).code).toBe(0);
    expect((await run("provision coverage")).code).toBe(0);
    expect(server.counts.writes).toBe(vendorAccounts);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("changes a title and disables who left, and keeps what others keep there", async () => {
    const { run, server, folder } = await start();
    await run("provision plan roster.csv --save plan.json");
    await run("provision apply plan.json --yes");
    for (const user of server.users.values()) user["ghiChu"] = `của ${user.id}`;
    const roster = await readFile(join(folder, "roster.csv"), "utf8");
    const changed = roster
      .replace(/^(CB2700404.*),Văn thư,/m, "$1,Công chức chuyên môn,")
      .replace(/^(CB2700406.*01\/07\/2025),,/m, "$1,02/07/2025,");
    await writeFile(join(folder, "roster.csv"), changed);
    await run("provision plan roster.csv --save next.json");
    expect((await run("provision apply next.json --yes")).code).toBe(0);
    expect(server.counts.writes).toBe(vendorAccounts + 2);
    const off = [...server.users.values()].filter((user) => user["trangThai"] === 0);
    expect(off).toMatchObject([{ hoTen: "Lê Hoà" }]);
    expect([...server.users.values()].every((user) => user["ghiChu"] === `của ${user.id}`)).toBe(true);
  });

  it("asks about an account of the same name that nobody claims, and makes no second one", async () => {
    const { run, server } = await start();
    server.users.set("900", { id: 900, tenDangNhap: "lantt", hoTen: "Trần Thị Lan", trangThai: 1 });
    const { operations, questions } = JSON.parse((await run("provision plan roster.csv --json")).stdout);
    expect(questions).toMatchObject([{ code: "weak-match", subject: { staffId: "CB2700402" }, candidates: ["lantt"] }]);
    expect(operations).toHaveLength(vendorAccounts - 1);
  });

  it("does not take for its own what somebody made after the plan, however equal it looks", async () => {
    const { run, server, folder } = await start();
    await run("provision plan roster.csv --save plan.json");
    const plan = JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as Plan;
    const lan = plan.operations.filter(isAccountOperation).find(({ username }) => username === "lantt")!;
    const { displayName, title, unit, department } = lan.after.attributes;
    server.users.set("900", {
      id: 900,
      tenDangNhap: "lantt",
      hoTen: displayName,
      chucVu: title,
      maDonVi: unit,
      phongBan: department,
      trangThai: 1,
    });
    const applied = await run("provision apply plan.json --yes");
    expect(applied.code).toBe(6);
    expect(applied.stderr).toContain("documents lantt: account – → lantt");
    expect(server.counts.writes).toBe(0);
  });

  it.each([
    "500-after-executing",
    "reset-after-executing",
    "session-ends-often",
    "throttles-seconds",
    "caps-at-20",
    "ignores-search",
    "gives-id",
    "redirects-here",
    "escapes-letters",
  ] as const)("that %s: everybody once, and all of it known to be done", async (lie) => {
    const { run, server } = await start(lie);
    expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expectEverybodyOnce();
    expect(server.counts.writes).toBe(vendorAccounts);
    server.lies.clear();
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it.each(["loses-title", "refuses-create"] as const)("that %s: says so, and nobody is called done who is not", async (lie) => {
    const { run } = await start();
    await run("provision plan roster.csv --save plan.json");
    workspace.server.lies.add(lie);
    const applied = await run("provision apply plan.json --yes --json");
    expect(applied.code).toBe(7);
    expect(applied.stdout + applied.stderr).not.toContain("canary");
    expect(JSON.parse(applied.stdout).totals.unknown).toBe(0);
  });

  it.each(["always-login-page", "redirects-elsewhere"] as const)(
    "that %s while writing: stops, and goes on later",
    async (lie) => {
      const { run, server } = await start();
      await run("provision plan roster.csv --save plan.json");
      server.lies.add(lie);
      expect((await run("provision apply plan.json --yes")).code).toBe(4);
      expect(server.counts.writes).toBe(0);
      server.lies.clear();
      expect((await run("provision apply plan.json --yes")).code).toBe(0);
      expectEverybodyOnce();
    },
  );

  it.each(["ignores-offset", "repeats-a-page", "empty-page-before-total", "total-changes", "truncated-json"] as const)(
    "that %s: plans nothing there",
    async (lie) => {
      const { run, server } = await start(lie, "caps-at-20");
      for (let n = 1; n <= 70; n++) server.users.set(`${n}`, { id: n, tenDangNhap: `x${n}`, trangThai: 1 });
      expect((await run("provision plan roster.csv --save plan.json")).code).toBe(5);
      expect(server.counts.writes).toBe(0);
    },
  );

  it("keeps its secrets out of every output, plan, database and log", async () => {
    const { run, folder } = await start();
    let said = "";
    for (const line of [
      "plan roster.csv --save plan.json",
      "apply plan.json --yes --outcome out.csv",
      "status --json",
      "verify plan.json --json",
    ]) {
      const { stdout, stderr } = await run(`provision ${line}`);
      said += stdout + stderr;
    }
    const denied = await run("provision plan roster.csv", { QLVB_PASS: "wrong-canary" });
    expect(denied.code).toBe(4);
    said += denied.stdout + denied.stderr;
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) said += await readFile(join(file.parentPath, file.name), "utf8");
    // Not the word alone: a table of another room has it in its name.
    expect(said).not.toMatch(/khẩu-canary|wrong-canary|canary\\\\4711/);
    expect(workspace.server.requests.every(({ url }) => !url.includes("canary"))).toBe(true);
  });
});

describe("a system's definition", () => {
  it("stands in a file of its own, or in wardctl.yaml, and works the same", async () => {
    const { run, describe: define, folder } = await start();
    const withId = vendorDocsDefinition
      .replace("strong: null", "strong: /maNV")
      .replace("    hoTen:", "    maNV: ${externalId}\n    hoTen:");
    await writeFile(join(folder, "qlvb.yaml"), withId);
    await define("qlvb.yaml");
    await run("provision plan roster.csv --save plan.json");
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expect([...workspace.server.users.values()].map((user) => user["maNV"])).toContain("27004/van-phong/document-inbox");
    await define(`\n${withId.replace(/^/gm, "        ")}`);
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it("is refused with the place of each fault, in its file and in wardctl.yaml", async () => {
    const { run, describe: define, folder } = await start();
    await writeFile(join(folder, "qlvb.yaml"), vendorDocsDefinition.replace("  limit: 100", "  limits: 100"));
    await define("qlvb.yaml");
    const inFile = await run("provision plan roster.csv");
    expect(inFile.code).toBe(3);
    expect(inFile.stderr).toMatch(/qlvb\.yaml:20:3: .*limits/);
    await define(`{ auth: { kind: bearer, tokn: x } }`);
    const inPlace = await run("provision plan roster.csv");
    expect(inPlace.code).toBe(3);
    expect(inPlace.stderr).toMatch(/wardctl\.yaml:10:43: .*tokn/);
  });

  it("that needs a secret which is not given, or has an unknown name, says what to write", async () => {
    const { run, describe: define, folder } = await start();
    const yaml = await readFile(join(folder, "wardctl.yaml"), "utf8");
    await writeFile(join(folder, "wardctl.yaml"), yaml.replace(", pass: env:QLVB_PASS", ""));
    const missing = await run("provision plan roster.csv");
    expect(missing.code).toBe(3);
    expect(missing.stderr).toContain("provision.systems.documents.secrets: { pass: env:NAME }");
    await define("vendor-dcos");
    const unknown = await run("provision plan roster.csv --lang vi");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("không có mô tả 'vendor-dcos'; có sẵn: keycloak, vendor-docs");
  });
});

describe("provision apply to a vendor's system, killed", () => {
  function applyInOwnProcess(whenStarted: (kill: () => void) => void): Promise<number | null> {
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL("../../../bin/wardctl.js", import.meta.url)), "provision", "apply", "plan.json", "--yes", "--quiet"],
      { cwd: workspace.folder, env: { ...process.env, ...vendorEnvironment }, stdio: "ignore" },
    );
    whenStarted(() => child.kill("SIGKILL"));
    return new Promise((done) => child.on("exit", done));
  }

  it("at every third write, then run again: nobody twice, nobody lost, all of it linked", async () => {
    const { run, server } = await start();
    await run("provision plan roster.csv --save plan.json");
    let writes = 0;
    let kills = 0;
    for (let code: number | null = null; code === null; ) {
      writes = 0;
      code = await applyInOwnProcess((kill) => {
        // The write that is being looked at is still carried out; its answer finds nobody.
        server.onWrite = () => {
          writes += 1;
          if (writes === 3) kill();
        };
      });
      if (code === null) kills += 1;
      else expect(code).toBe(0);
    }
    server.onWrite = undefined;
    expect(kills).toBeGreaterThanOrEqual(3);
    expectEverybodyOnce();
    expect(server.counts.writes).toBe(vendorAccounts);
    expect((await run("provision plan roster.csv")).code).toBe(0);
    expect((await run("audit verify")).code).toBe(0);
  });

  it("while sending again what was refused before: its account is ours, not a stranger's", async () => {
    const { run, server } = await start();
    await run("provision plan roster.csv --save plan.json");
    server.lies.add("refuses-create");
    expect((await run("provision apply plan.json --yes")).code).toBe(7);
    server.lies.clear();
    const code = await applyInOwnProcess((kill) => {
      server.onWrite = () => void kill();
    });
    expect(code).toBeNull();
    server.onWrite = undefined;
    expect(server.users.size).toBeGreaterThan(0);
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expectEverybodyOnce();
    expect(server.counts.writes).toBe(vendorAccounts);
  });
});

describe("roles and groups of a vendor's system", () => {
  const template = '{ documents: { roles: ["Văn thư"], groups: ["Toàn phường"] } }';
  async function startTemplates(...lies: readonly VendorLie[]): Promise<void> {
    workspace = await startVendorWorkspace(...lies);
    workspace.server.roles.push({ id: 3, ten: "Văn thư" }, { id: 4, ten: "Lãnh đạo" });
    const file = join(workspace.folder, "wardctl.yaml");
    const yaml = await readFile(file, "utf8");
    await writeFile(
      file,
      yaml.replace("provision:\n", `provision:\n  classes: { can_bo: ${template}, cong_chuc: ${template} }\n`),
    );
  }
  const plan = () => workspace.run("provision plan roster.csv --save plan.json");
  const apply = () => workspace.run("provision apply plan.json --yes");

  it.each<readonly [string, readonly VendorLie[]]>([
    ["behaves", []],
    ["does it and answers 500", ["500-after-executing"]],
    ["does it and breaks the line", ["reset-after-executing"]],
    ["asks to wait and caps its pages", ["throttles-seconds", "caps-at-20"]],
  ])("that %s: everybody holds them once, and nothing is left to do", async (_, lies) => {
    await startTemplates(...lies);
    expect((await plan()).code).toBe(8);
    const applied = await apply();
    expect([applied.code, applied.stderr]).toEqual([0, expect.any(String)]);
    const holders = [...workspace.server.users].flatMap(([id, user]) => (user["vaiTro"] ? [[id, user["vaiTro"]]] : []));
    expect(holders).toHaveLength(7);
    for (const [, roles] of holders) expect(roles).toEqual([3]);
    expect(workspace.server.groups).toMatchObject([{ ten: "Toàn phường" }]);
    expect(workspace.server.groups[0]?.thanhVien.toSorted()).toEqual(holders.map(([id]) => id).toSorted());
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
    expect((await workspace.run("provision verify plan.json")).code).toBe(0);
  });

  it("does not know a role of that name: an error with the nearest one, and nothing is written", async () => {
    await startTemplates();
    workspace.server.roles.splice(0, 1, { id: 3, ten: "Văn thu" });
    const planned = await plan();
    expect(planned.code).toBe(3);
    expect(planned.stderr + planned.stdout).toContain("Văn thu");
    expect(workspace.server.counts.writes).toBe(0);
  });
});
