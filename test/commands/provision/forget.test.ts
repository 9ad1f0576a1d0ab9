import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CityPerson } from "../../../src/city/people.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
let leaver: CityPerson;
const birthday = "1961-02-27";
const name = "Quàng Thị Xuyến Chi";

beforeEach(async () => {
  workspace = await startCityWorkspace();
  leaver = workspace.core.people.find(({ posts }) => posts.length === 1 && posts[0]?.position === "chuyen-vien")!;
  const { unit, department } = leaver.posts[0]!;
  const row = [
    leaver.staffId,
    name,
    "",
    birthday,
    unit,
    department,
    "chuyen-vien",
    "cong_chuc",
    "01/07/2025",
    "",
    "xuyenchi.canary@example.vn",
    "",
    "",
  ];
  await rewriteRoster((line) => (line.startsWith(leaver.staffId) ? row.join(",") : line));
  for (const store of Object.values(workspace.core.accounts)) {
    for (const [id, { externalId }] of store.accounts) if (externalId === leaver.staffId) store.accounts.delete(id);
  }
  await planAndApply();
});
afterEach(() => workspace.city.stop());

async function rewriteRoster(change: (line: string) => string): Promise<void> {
  const file = join(workspace.folder, "roster.csv");
  await writeFile(file, (await readFile(file, "utf8")).split("\r\n").map(change).join("\r\n"));
}

async function planAndApply(): Promise<void> {
  expect([0, 8]).toContain((await workspace.run("provision plan roster.csv --save plan.json")).code);
  expect([0, 8]).toContain((await workspace.run("provision apply plan.json --yes")).code);
}

async function leave(): Promise<void> {
  await workspace.run(`provision leave ${leaver.staffId} --save leave.json`);
  expect((await workspace.run("provision apply leave.json --yes")).code).toBe(0);
}

/** Every byte that wardctl keeps beside the files that people named themselves. */
async function readKept(): Promise<string> {
  const folder = join(workspace.folder, ".wardctl");
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(join(folder, file), "latin1")))).join("");
}
const toBytes = (text: string): string => Buffer.from(text).toString("latin1");

describe("provision forget", () => {
  it("leaves no name, birthday or mail of who left in any byte kept, and the user name to nobody else", async () => {
    await leave();
    for (const trace of [name, "xuyenchi.canary"]) expect(await readKept()).toContain(toBytes(trace));
    expect((await workspace.run(`provision forget ${leaver.staffId}`)).code).toBe(2);
    const { code, stdout } = await workspace.run(`provision forget ${leaver.staffId} --yes --json`);
    expect(code).toBe(0);
    const { username } = JSON.parse(stdout) as { username: string };
    const kept = await readKept();
    for (const trace of [name, birthday, "xuyenchi.canary"]) expect(kept).not.toContain(toBytes(trace));
    expect((await workspace.run("audit verify")).code).toBe(0);

    await rewriteRoster((line) => (line.startsWith(leaver.staffId) ? line.replaceAll(leaver.staffId, "NEW1") : line));
    const plan = JSON.parse((await workspace.run("provision plan roster.csv --json")).stdout) as Plan;
    const newcomer = plan.operations.filter(({ subject }) => subject.staffId === "NEW1");
    expect(newcomer.length + plan.questions.filter(({ subject }) => subject.staffId === "NEW1").length).toBeGreaterThan(0);
    expect(newcomer.map((operation) => operation.username)).not.toContain(username);
  });

  it("knows who returns: the same account, the same name", async () => {
    await leave();
    const { username } = JSON.parse((await workspace.run(`provision forget ${leaver.staffId} --yes --json`)).stdout) as {
      username: string;
    };
    const before = workspace.dump("documents").length;
    await planAndApply();
    const account = [...workspace.core.accounts.documents.accounts.values()].find(
      ({ externalId }) => externalId === leaver.staffId,
    );
    expect(account).toMatchObject({ userName: username, active: true });
    expect(workspace.dump("documents")).toHaveLength(before);
    expect((await workspace.run(`provision explain ${leaver.staffId}`)).stdout).toContain(name);
  });

  it("is refused while somebody is still here, and for nobody", async () => {
    expect((await workspace.run(`provision forget ${leaver.staffId} --yes`)).code).toBe(6);
    expect((await workspace.run("provision forget CB999 --yes")).code).toBe(2);
  });

  it("is the only way past the engine's refusal to alter what is insert-only", async () => {
    const database = await openSqlite(join(workspace.folder, ".wardctl", "cache.db"), allMigrations, () => "");
    for (const change of [
      "UPDATE person_version SET full_name = 'x'",
      "UPDATE provision_plan SET body = '{}'",
      "DELETE FROM provision_plan",
      "DELETE FROM person_version",
    ]) {
      await expect(database.run(change)).rejects.toThrow("insert-only");
    }
    await database.close();
  });
});
