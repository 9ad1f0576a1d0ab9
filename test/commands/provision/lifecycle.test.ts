import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CityAccount } from "../../../src/city/account-store.ts";
import { enterpriseSchema } from "../../../src/provision/connectors/scim-user.ts";
import { isAccountOperation } from "../../../src/provision/operation.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

async function start(units?: readonly string[]): Promise<CityWorkspace> {
  workspace = await startCityWorkspace({ units });
  await planAndApply();
  return workspace;
}

async function planAndApply(): Promise<Plan> {
  const planned = await workspace.run("provision plan roster.csv --save plan.json --json");
  expect([0, 8]).toContain(planned.code);
  expect((await workspace.run("provision apply plan.json --yes")).code).toBe(0);
  return JSON.parse(planned.stdout);
}

async function save(line: string): Promise<Plan> {
  const made = await workspace.run(`provision ${line} --save own.json --json`);
  expect(made.stderr).toContain("Saved own.json");
  return JSON.parse(made.stdout);
}

const apply = async (env?: Record<string, string>): Promise<number> =>
  (await workspace.run("provision apply own.json --yes", env)).code;

const find = (externalId: string, system: "documents" | "dossiers" = "documents"): CityAccount =>
  [...workspace.core.accounts[system].accounts.values()].find((account) => account.externalId === externalId) as CityAccount;

const staffOf = (unit: string, department: string, position: string): string =>
  workspace.core.people.find(({ posts }) =>
    posts.some((post) => post.unit === unit && post.department === department && post.position === position),
  )?.staffId as string;

const enterprise = (account: CityAccount): Record<string, unknown> =>
  account.attributes[enterpriseSchema] as Record<string, unknown>;

/** Rows of the roster that tell of a person. */
async function rewriteRoster(change: (line: string) => string): Promise<void> {
  const file = join(workspace.folder, "roster.csv");
  await writeFile(file, (await readFile(file, "utf8")).split("\r\n").map(change).join("\r\n"));
}

describe("provision leave", () => {
  it("disables everywhere, deletes nothing, puts the name away and proposes who follows as owner", async () => {
    const { countWrites, dump } = await start();
    const head = staffOf("27004", "van-hoa-xa-hoi", "truong-phong");
    const before = dump("documents").length;
    const writes = countWrites();
    const plan = await save(`leave ${head}`);
    expect(plan.operations.map(({ system, kind }) => `${kind} ${system}`).sort()).toEqual([
      "disable documents",
      "disable dossiers",
    ]);
    expect(plan.usernames).toEqual([{ subject: `person/${head}`, name: find(head).userName, state: "retired" }]);
    expect(plan.ownerless).toMatchObject([{ functionalKey: "27004/van-hoa-xa-hoi/document-inbox", owner: head }]);
    expect(plan.ownerless?.[0]?.successor?.staffId).not.toBe(head);
    expect(countWrites()).toBe(writes);

    expect(await apply()).toBe(0);
    expect(countWrites()).toBe(writes + 2);
    expect(find(head)).toMatchObject({ active: false });
    expect(find(head, "dossiers").active).toBe(false);
    expect(find("27004/van-hoa-xa-hoi/document-inbox").active).toBe(true);
    expect(dump("documents")).toHaveLength(before);
  });

  it("is not undone by a roster that does not know it, and somebody who returns has the same account and name", async () => {
    const { run } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const { id, userName } = find(officer);
    await save(`leave ${officer}`);
    expect(await apply()).toBe(0);
    const again = JSON.parse((await run("provision plan roster.csv --json")).stdout) as Plan;
    expect(again.operations).toEqual([]);
    expect(again.questions).toMatchObject([{ code: "left-before", subject: { staffId: officer } }]);

    const file = join(workspace.folder, "roster.csv");
    const whole = await readFile(file, "utf8");
    await writeFile(
      file,
      whole
        .split("\r\n")
        .filter((line) => !line.startsWith(officer))
        .join("\r\n"),
    );
    expect((await run("provision plan roster.csv")).code).toBe(0);
    await writeFile(file, whole);

    await rewriteRoster((line) => (line.startsWith(officer) ? line.replace("01/07/2025", "03/07/2025") : line));
    await planAndApply();
    expect(find(officer)).toMatchObject({ id, userName, active: true });
  });

  it("takes off what the workspace says a leaver's account no longer shows", async () => {
    const { folder } = await start();
    const yaml = join(folder, "wardctl.yaml");
    const text = await readFile(yaml, "utf8");
    await writeFile(yaml, text.replace("provision:\n", "provision:\n  leavers: { clear: [title, department] }\n"));
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    await save(`leave ${officer}`);
    expect(await apply()).toBe(0);
    const account = find(officer);
    expect(account.active).toBe(false);
    expect(account.attributes["title"]).toBeUndefined();
    expect(enterprise(account)).toMatchObject({ organization: "27004" });
    expect(enterprise(account)["department"]).toBeUndefined();
    expect((await workspace.run("provision drift")).code).toBe(0);
  });

  it("for a later day can be read now and is refused until then", async () => {
    const { run, countWrites } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const writes = countWrites();
    const plan = await save(`leave ${officer} --date 10/7/2025`);
    expect(plan).toMatchObject({ notBefore: "2025-07-10", expiresAt: "2025-07-13T00:00:00+07:00" });
    expect(await apply()).toBe(6);
    expect(countWrites()).toBe(writes);
    expect(await apply({ WARDCTL_NOW: "2025-07-10T08:00:00+07:00" })).toBe(0);
    expect(find(officer).active).toBe(false);
    const { stdout } = await run(`provision leave ${officer} --lang vi`);
    expect(stdout).toContain("Không có gì phải thay đổi.");
  });

  it("goes on asking while an account of theirs is open on a system that could not be read", async () => {
    const { run, folder } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const yaml = join(folder, "wardctl.yaml");
    const text = await readFile(yaml, "utf8");
    await writeFile(yaml, text.replace("/dossiers/scim/v2", "/dossiers/nothing"));
    expect((await run(`provision leave ${officer} --save own.json`)).code).toBe(7);
    expect(await apply()).toBe(0);
    await writeFile(yaml, text);
    const file = join(folder, "roster.csv");
    await writeFile(
      file,
      (await readFile(file, "utf8"))
        .split("\r\n")
        .filter((line) => !line.startsWith(officer))
        .join("\r\n"),
    );
    const asked = JSON.parse((await run("provision plan roster.csv --json")).stdout) as Plan;
    expect(asked.questions).toMatchObject([{ code: "not-in-roster", subject: { staffId: officer } }]);
    const rest = await save(`leave ${officer}`);
    expect(rest.operations).toMatchObject([{ kind: "disable", system: "dossiers" }]);
    expect(await apply()).toBe(0);
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it("said by mistake is taken back by name", async () => {
    const { run } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    await save(`leave ${officer}`);
    expect(await apply()).toBe(0);
    const plan = JSON.parse((await run(`provision plan roster.csv --recreate ${officer} --json`)).stdout) as Plan;
    expect(plan.operations.map(({ kind }) => kind)).toEqual(["enable", "enable"]);
  });

  it("of somebody nobody knows is refused with the nearest staff id", async () => {
    const { run } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const { code, stderr } = await run(`provision leave ${officer}9`);
    expect(code).toBe(2);
    expect(stderr).toContain(officer);
    expect((await run(`provision leave ${officer} --date 31/02/2025`)).code).toBe(2);
  });

  it("leaves everybody else's posts as they were", async () => {
    await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const count = async (at: string): Promise<number> => {
      const { openSqlite } = await import("../../../src/platform/sqlite.ts");
      const { allMigrations } = await import("../../../src/workspace/migrations.ts");
      const { createPeopleStore } = await import("../../../src/directory/people-store.ts");
      const database = await openSqlite(join(workspace.folder, ".wardctl", "cache.db"), allMigrations, () => "");
      const posts = await createPeopleStore(database).listPosts({ unit: "27004", at });
      await database.close();
      return posts.length;
    };
    const before = await count("2025-07-03");
    await save(`leave ${officer}`);
    expect(await apply()).toBe(0);
    expect(await count("2025-07-03")).toBe(before - 1);
    expect(await count("2025-07-02")).toBe(before);
  });
});

describe("provision move", () => {
  const to = "--to-unit 19777 --department van-phong --position chuyen-vien --effective 2025-07-03";

  it("updates the one account: id and name stay, unit and department are new", async () => {
    const { countWrites, run } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const { id, userName } = find(officer);
    const writes = countWrites();
    const plan = await save(`move ${officer} ${to}`);
    expect(plan.operations.map(({ system, kind }) => `${kind} ${system}`).sort()).toEqual([
      "update documents",
      "update dossiers",
    ]);
    expect(await apply()).toBe(0);
    expect(countWrites()).toBe(writes + 2);
    expect(find(officer)).toMatchObject({ id, userName, active: true });
    expect(enterprise(find(officer))).toMatchObject({ organization: "19777", department: "van-phong" });
    expect((await run("provision drift")).code).toBe(0);
    expect((await run(`provision move ${officer} ${to}`)).stdout).toContain("Nothing to change.");

    const old = JSON.parse((await run("provision plan roster.csv --json")).stdout) as Plan;
    expect(old.operations).toEqual([]);
    expect(old.questions).toMatchObject([{ code: "moved-before", subject: { staffId: officer } }]);
    await rewriteRoster((line) =>
      line.startsWith(officer)
        ? line.replace(",27004,", ",19777,").replace(/Phòng Văn hóa – Xã hội|van-hoa-xa-hoi/, "van-phong")
        : line,
    );
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it("with an overlap shows both posts at the new place first", async () => {
    await start();
    const clerk = staffOf("27004", "van-phong", "van-thu");
    const there = "--to-unit 19777 --department van-phong --position van-thu --effective 2025-07-03 --overlap 14";
    const plan = await save(`move ${clerk} ${there}`);
    expect(plan.people.posts.filter(({ staffId }) => staffId === clerk)).toMatchObject([
      { unit: "27004", to: "2025-07-17" },
      { unit: "19777", from: "2025-07-03" },
    ]);
    expect(plan.operations.find(isAccountOperation)?.after.attributes).toMatchObject({ unit: "19777", title: "Văn thư" });
  });

  it("refuses a place that does not exist, every fault at once", async () => {
    const { run } = await start();
    const officer = staffOf("27004", "van-hoa-xa-hoi", "chuyen-vien");
    const { code, stderr } = await run(
      `provision move ${officer} --to-unit 27005 --department van-fong --position chuyen-viem --effective 2025-07-03`,
    );
    expect(code).toBe(3);
    for (const flag of ["--to-unit", "--department", "--position"]) expect(stderr).toContain(flag);
  });
});

const mergers = `new_code,old_code,old_name,old_type,old_district,old_province,partial,old_district_code,old_province_code,population_follows,note
27004,27007,15,phường,Quận Tân Bình,Thành phố Hồ Chí Minh,yes,766,79,,Nhập một phần
27004,27004,14,phường,Quận Tân Bình,Thành phố Hồ Chí Minh,no,766,79,,Nhập toàn bộ
`;

describe("provision merge-units", () => {
  const units = ["27004", "27007", "19777"];

  it("moves everybody, keeps every account, and makes the department accounts of two units one of each", async () => {
    const { dump, run } = await start(units);
    const before = dump("documents");
    const simulated = await run("provision merge-units 27004 --from 27007 --effective 2025-07-03 --simulate");
    expect(simulated.code).toBe(8);
    expect(simulated.stdout).toContain("27007 merges into 27004");
    expect(simulated.stdout).toContain("cannot keep an old name as an alias");
    const plan = await save("merge-units 27004 --from 27007 --effective 2025-07-03");
    const staff = workspace.core.people.filter(({ posts }) => posts.some(({ unit }) => unit === "27007"));
    expect(plan.merger?.people.map(({ staffId }) => staffId).sort()).toEqual(staff.map(({ staffId }) => staffId).sort());
    expect(plan.questions.filter(({ code }) => code === "several-heads").length).toBeGreaterThan(3);
    expect(plan.questions.some(({ holds }) => holds)).toBe(false);
    expect(plan.operations.some(({ kind }) => kind === "create")).toBe(false);
    expect(new Set(plan.operations.filter(({ kind }) => kind === "disable").map(({ reason }) => reason))).toEqual(
      new Set(["unit-merged"]),
    );
    const inbox = plan.merger?.functional.find(({ key }) => key === "27004/van-hoa-xa-hoi/document-inbox");
    expect(inbox).toMatchObject({ goesOn: "27004", username: "vhxh.27004", merged: [{ username: "vhxh.27007" }] });

    const disables = plan.operations.filter(({ kind }) => kind === "disable").length;
    const applied = await run(`provision apply own.json --yes --confirm-disables ${disables}`);
    expect(applied.code).toBe(8);
    expect(dump("documents").map(({ id, userName }) => [id, userName])).toEqual(before.map(({ id, userName }) => [id, userName]));
    for (const { staffId } of staff) expect(enterprise(find(staffId))["organization"]).toBe("27004");
    expect(find("27007/van-hoa-xa-hoi/document-inbox").active).toBe(false);
    expect(find("27004/van-hoa-xa-hoi/document-inbox").active).toBe(true);
    expect((await run("provision drift")).code).toBe(0);

    // What was one department's account is now two's: somebody says anew who answers for it.
    const due = JSON.parse((await run("provision attest --json")).stdout).accounts as { key: string; why: string }[];
    expect(new Set(due.map(({ key, why }) => `${key.slice(0, 5)} ${why}`))).toEqual(new Set(["27004 merged"]));
    expect(due.map(({ key }) => key)).toContain("27004/van-hoa-xa-hoi/document-inbox");
    await run("provision attest 27004/van-hoa-xa-hoi/document-inbox");
    expect(JSON.parse((await run("provision attest --json")).stdout).accounts).toHaveLength(due.length - 1);

    // The directory still has the former unit: its accounts are not opened again behind anybody's back.
    const again = JSON.parse((await run("provision plan roster.csv --only kind=functional --json")).stdout) as Plan;
    expect(again.operations).toEqual([]);
    expect([...new Set(again.questions.map(({ code }) => code))]).toEqual(["merged-before"]);
    const key = "27007/van-hoa-xa-hoi/document-inbox";
    const asked = JSON.parse(
      (await run(`provision plan roster.csv --only kind=functional --recreate ${key} --json`)).stdout,
    ) as Plan;
    expect(asked.operations).toMatchObject([{ kind: "enable", subject: { functionalKey: key } }]);
  });

  it("into a unit that has no accounts yet turns the old account into the new one, id and name kept", async () => {
    const { run } = await start(units);
    for (const system of ["documents", "dossiers"] as const) {
      for (const [id, { externalId }] of workspace.core.accounts[system].accounts) {
        if (externalId?.startsWith("27004/")) workspace.core.accounts[system].accounts.delete(id);
      }
    }
    const { openSqlite } = await import("../../../src/platform/sqlite.ts");
    const { allMigrations } = await import("../../../src/workspace/migrations.ts");
    const database = await openSqlite(join(workspace.folder, ".wardctl", "cache.db"), allMigrations, () => "");
    for (const table of ["provision_link", "provision_baseline"]) {
      await database.run(`DELETE FROM ${table} WHERE subject LIKE 'functional/27004/%'`);
    }
    await database.run("DELETE FROM provision_username WHERE owner LIKE 'functional/27004/%'");
    await database.close();
    const { id, userName } = find("27007/van-phong/clerk");
    const plan = await save("merge-units 27004 --from 27007 --effective 2025-07-03");
    expect(plan.operations.filter(({ kind }) => kind === "create" || kind === "disable")).toEqual([]);
    expect((await run("provision apply own.json --yes")).code).toBe(8);
    expect(find("27004/van-phong/clerk")).toMatchObject({ id, userName, active: true });
    expect(find("27007/van-phong/clerk")).toBeUndefined();
    expect((await run("provision drift")).code).toBe(0);
    const again = JSON.parse(
      (await run("provision plan roster.csv --only unit=27004 --only kind=functional --json")).stdout,
    ) as Plan;
    expect(again.operations).toEqual([]);
    expect(again.questions).toEqual([]);
  });

  it("by the conversion table asks about everybody of a unit that comes in part, and tells a code from a code of another day", async () => {
    const { run, folder } = await start(units);
    await writeFile(join(folder, "merges.csv"), mergers);
    expect((await run("provision merge-units 27004 --from-directory")).code).toBe(2);
    expect((await run("wards import merges.csv --effective 2025-07-01")).code).toBe(0);
    const staff = workspace.core.people
      .filter(({ posts }) => posts.some(({ unit }) => unit === "27007"))
      .map(({ staffId }) => staffId);
    // Their posts begin on the day on which the former unit of the same code ended: they are the new unit's.
    const formed = JSON.parse((await run("provision merge-units 27004 --from-directory --json")).stdout) as Plan;
    expect(formed.merger).toMatchObject({ effective: "2025-07-01", people: [] });
    expect(formed.questions.filter(({ code }) => code === "part-of-unit")).toEqual([]);
    await rewriteRoster((line) => line.replace("01/07/2025", "01/06/2025"));
    await planAndApply();
    const asked = JSON.parse((await run("provision merge-units 27004 --from-directory --json")).stdout) as Plan;
    expect(asked.operations).toEqual([]);
    expect(asked.questions.map(({ code, subject }) => `${code} ${subject.staffId}`).sort()).toEqual(
      staff.map((staffId) => `part-of-unit ${staffId}`).sort(),
    );
    const [first = "", second = ""] = staff;
    const decided = JSON.parse(
      (await run(`provision merge-units 27004 --from-directory --take ${first} --leave-out ${second} --json`)).stdout,
    ) as Plan;
    expect(decided.merger?.people.map(({ staffId }) => staffId)).toEqual([first]);
    expect(decided.questions.filter(({ code }) => code === "part-of-unit")).toHaveLength(staff.length - 2);
  });

  it("is not planned while a system cannot be read", async () => {
    const { run, folder } = await start(units);
    const yaml = join(folder, "wardctl.yaml");
    await writeFile(yaml, (await readFile(yaml, "utf8")).replace("/dossiers/scim/v2", "/dossiers/nothing"));
    const { code, stderr } = await run("provision merge-units 27004 --from 27007 --effective 2025-07-03");
    expect(code).toBe(5);
    expect(stderr).toContain("dossiers");
  });

  it("asks for the former units in one way, and stores nothing when simulating", async () => {
    const { run } = await start(units);
    expect((await run("provision merge-units 27004")).code).toBe(2);
    expect((await run("provision merge-units 27004 --from 27007 --from-directory")).code).toBe(2);
    expect((await run("provision merge-units 27004 --from 27007 --simulate --save a.json")).code).toBe(2);
    expect((await run("provision merge-units 99999 --from 27007")).code).toBe(2);
  });
});
