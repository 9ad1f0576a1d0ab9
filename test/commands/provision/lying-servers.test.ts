import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type Lie, type LyingServer, startLyingScim } from "../../support/lying-scim.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

const fixtures = fileURLToPath(new URL("../../../fixtures/rosters/", import.meta.url));
let server: LyingServer;
let folder: string;
afterEach(() => server.stop());

const now = { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", DOCS_TOKEN: "secret-canary" };
const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd: folder, env: now });

async function start(...lies: readonly Lie[]): Promise<void> {
  server = await startLyingScim(...lies);
  folder = await makeTestFolder();
  await copyFile(`${fixtures}tan-binh.csv`, join(folder, "roster.csv"));
  await writeFile(
    join(folder, "wardctl.yaml"),
    `name: Tân Bình\nprovince: "79"\nunits: ["27004"]\nprovision:\n  systems:\n    documents: { kind: scim, url: "${server.url}", token: "env:DOCS_TOKEN" }\n`,
  );
}

/** 8 people, 4 departments' inboxes, the clerk. */
const accounts = 13;

function expectEverybodyOnce(): void {
  const ids = [...server.users.values()].map(({ externalId }) => externalId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(accounts);
}

describe("apply against a server that", () => {
  it.each([
    "500-after-executing",
    "reset-after-executing",
    "no-id-no-location",
    "only-location",
    "throttles",
    "caps-at-50",
  ] as const)("%s: everybody once, and all of it known to be done", async (lie) => {
    await start(lie, "accepts-duplicates");
    expect((await run("provision plan roster.csv --save plan.json")).code).toBe(8);
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expectEverybodyOnce();
    expect(server.writes).toBe(accounts);
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it.each(["conflict-on-create", "400-on-duplicate"] as const)("%s: says so, gives no other name, makes nobody", async (lie) => {
    await start();
    await run("provision plan roster.csv --save plan.json");
    server.lies.add("conflict-on-create").add(lie);
    const applied = await run("provision apply plan.json --yes --json");
    expect(applied.code).toBe(7);
    expect(JSON.parse(applied.stdout).totals).toEqual({ done: 0, failed: accounts, unknown: 0, skipped: 0 });
    expect(server.users.size).toBe(0);
    server.lies.clear();
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expectEverybodyOnce();
  });

  it("gave an account to somebody else since: the finished plan says so and writes nothing", async () => {
    await start();
    await run("provision plan roster.csv --save plan.json");
    await run("provision apply plan.json --yes");
    const lan = [...server.users.values()].find(({ externalId }) => externalId === "CB2700402")!;
    lan["externalId"] = "SOMEBODY";
    const again = await run("provision apply plan.json --yes");
    expect(again.code).toBe(6);
    expect(again.stderr).toContain("documents lantt: external id CB2700402 → SOMEBODY");
  });

  it("ignores an attribute: what was read back is not what was wanted, and that is said", async () => {
    await start("ignores-attribute");
    await run("provision plan roster.csv --save plan.json");
    const applied = await run("provision apply plan.json --yes");
    expect(applied.code).toBe(7);
    expect(applied.stdout).toContain("read back, it is not what was written");
    expect(server.writes).toBe(accounts);
  });

  it.each(["login-page", "denies", "redirects"] as const)(
    "%s while writing: stops, and the same command goes on later",
    async (lie) => {
      await start();
      await run("provision plan roster.csv --save plan.json");
      server.lies.add(lie);
      expect((await run("provision apply plan.json --yes")).code).toBe(4);
      expect(server.writes).toBe(0);
      server.lies.clear();
      expect((await run("provision apply plan.json --yes")).code).toBe(0);
      expectEverybodyOnce();
    },
  );

  it.each(["ignores-start-index", "repeats-a-page", "empty-page-before-total", "total-changes", "truncated-json"] as const)(
    "%s: plans nothing there",
    async (lie) => {
      await start(lie, "caps-at-50");
      for (let n = 1; n <= 120; n++) server.users.set(`x${n}`, { id: `x${n}`, userName: `x${n}` });
      const planned = await run("provision plan roster.csv --save plan.json");
      expect(planned.code).toBe(5);
      expect(server.writes).toBe(0);
    },
  );

  it("holds accounts made by hand: asks, and takes the roster's username as the answer", async () => {
    await start();
    server.users.set("h1", { id: "h1", userName: "duc.dang", displayName: "Đặng Đình Đức" });
    const planned = await run("provision plan roster.csv --json");
    const { operations, questions } = JSON.parse(planned.stdout);
    expect(questions).toMatchObject([{ code: "weak-match", subject: { staffId: "CB2700403" }, candidates: ["duc.dang"] }]);
    expect(operations).toHaveLength(accounts - 1);
    const { readFile } = await import("node:fs/promises");
    const roster = await readFile(join(folder, "roster.csv"), "utf8");
    await writeFile(join(folder, "roster.csv"), roster.replace(/^(CB2700403.*),$/m, "$1,duc.dang"));
    await run("provision plan roster.csv --save plan.json");
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    expectEverybodyOnce();
    expect(server.users.get("h1")).toMatchObject({ userName: "duc.dang", externalId: "CB2700403" });
  });
});
