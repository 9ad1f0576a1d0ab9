import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Plan } from "../../../src/provision/plan.ts";
import type { Group, Lie } from "../../support/lying-scim.ts";
import { type LyingWorkspace, startLyingWorkspace } from "../../support/lying-workspace.ts";

/** provision.md §15 "Groups", through the command line: the right result, or a nonzero exit and nobody harmed. */
let workspace: LyingWorkspace;
afterEach(() => workspace.server.stop());

/** Of the roster's eight: one is of a class that has no template. */
const people = 7;
const template = '{ documents: { roles: [doc.read], groups: ["Toàn phường", "Phòng \\"A\\" (mới)"] } }';
const group = { id: "all", displayName: "Toàn phường", members: [{ value: "x1" }, { value: "g9", type: "Group" }] };

async function start(...lies: readonly Lie[]): Promise<void> {
  workspace = await startLyingWorkspace({ lies, provision: `  classes: { can_bo: ${template}, cong_chuc: ${template} }\n` });
  workspace.seed(3);
  workspace.server.groups.set(group.id, structuredClone(group));
}

const plan = () => workspace.run("provision plan roster.csv --save plan.json");
const apply = () => workspace.run("provision apply plan.json --yes");
const listPeople = (): string[] =>
  [...workspace.server.users.values()].flatMap(({ id, externalId }) => (/^CB/.test(String(externalId)) ? [id] : []));
const findGroup = (name: string): Group =>
  [...workspace.server.groups.values()].find(({ displayName }) => displayName === name) as Group;
const listMembers = (name: string): string[] => findGroup(name).members.map(({ value }) => value);

function expectRight(): void {
  const ids = listPeople();
  expect(ids).toHaveLength(people);
  expect(listMembers("Toàn phường").toSorted()).toEqual([...ids, "g9", "x1"].toSorted());
  expect(listMembers('Phòng "A" (mới)').toSorted()).toEqual(ids.toSorted());
  expect([...workspace.server.groups.values()]).toHaveLength(2);
  for (const id of ids) expect(workspace.server.users.get(id)?.["roles"]).toEqual([{ value: "doc.read" }]);
}

describe("roles and groups on a server that", () => {
  it("stores an account otherwise than told: the same command says so again, and calls nothing undone that is done", async () => {
    await start("ignores-attribute");
    await plan();
    const first = await workspace.run("provision apply plan.json --yes --json");
    const again = await workspace.run("provision apply plan.json --yes --json");
    const third = await workspace.run("provision apply plan.json --yes --json");
    const [one, two, three] = [first, again, third].map(({ code, stdout }) => ({ code, ...JSON.parse(stdout) }));
    expect([one.code, two.code, three.code]).toEqual([7, 7, 7]);
    expect(two.totals).toEqual(one.totals);
    expect(three.totals).toEqual(one.totals);
    for (const { outcomes } of [one, two, three]) {
      const failed = (outcomes as { state: string; message: string }[]).filter(({ state }) => state === "failed");
      expect(failed.length).toBeGreaterThan(0);
      for (const { message } of failed) expect(message).toMatch(/^read back, it is not what was written: position .* → –$/);
    }
  });

  it("answers with the id of somebody who was there before: that one gets no role and no group", async () => {
    await start("gives-anothers-id");
    const before = structuredClone(workspace.server.users.get("x1"));
    await plan();
    expect((await apply()).code).toBe(0);
    expect(workspace.server.users.get("x1")).toEqual(before);
    expectRight();
  });

  it("answers with the id of another group: nobody gets into that one", async () => {
    await start("gives-another-groups-id");
    await plan();
    await apply();
    expect(listMembers("Toàn phường").filter((id) => !/^(x1|g9)$/.test(id)).length).toBeLessThanOrEqual(people);
    expectRight();
  });

  it.each<readonly [string, readonly Lie[]]>([
    ["behaves", []],
    ["stores members twice and empties groups on lists", ["stores-duplicate-members", "remove-with-values-empties"]],
    ["stores whoever it is told and loses members on big additions", ["stores-unknown-members", "big-add-removes-members"]],
    ["answers 500 for somebody unknown", ["500-on-unknown-member"]],
    ["answers PATCH with 204 and gives no id", ["patch-204", "no-id-no-location"]],
    ["does it and answers 500", ["500-after-executing"]],
    ["does it and breaks the line", ["reset-after-executing"]],
    ["asks to wait now and then", ["throttles"]],
    ["pages by cursor", ["cursor-only"]],
    ["takes no change that names no version", ["versions", "demands-versions"]],
    ["caps pages and ignores filters", ["caps-at-5", "ignores-filter"]],
    ["puts its domain before every name", ["domain-user"]],
    ["answers noTarget to who is not there", ["no-target"]],
    ["hides what is new for a while", ["hides-new-accounts"]],
  ])("%s: everybody holds everything once, strangers stay, and nothing is left to do", async (_, lies) => {
    await start(...lies);
    expect((await plan()).code).toBe(8);
    const applied = await apply();
    expect([applied.code, applied.stderr]).toEqual([0, expect.any(String)]);
    expectRight();
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
    expect(
      workspace.server.requests.filter(({ body }) => /"remove"[^}]*"value"/.test(body.replace(/\[value[^\]]*\]/g, ""))),
    ).toEqual([]);
  });

  it.each<readonly [string, readonly Lie[], RegExp]>([
    ["ignores roles", ["ignores-roles"], /role doc\.read/],
    ["ignores members", ["ignores-members"], /group Toàn phường/],
    ["shows nobody in its groups", ["hides-members"], /group Toàn phường/],
  ])("%s: says so after reading back, exit 7", async (_, lies, told) => {
    await start(...lies);
    await plan();
    const applied = await apply();
    expect(applied.code).toBe(7);
    expect(applied.stdout).toMatch(told);
    expect(listPeople()).toHaveLength(people);
    expect(findGroup("Toàn phường").members.filter(({ value }) => value === "g9" || value === "x1")).toHaveLength(2);
  });

  it("forbids changing groups: said once, exit 7, and the accounts are there", async () => {
    await start("forbids-groups");
    await plan();
    expect((await apply()).code).toBe(7);
    expect(listPeople()).toHaveLength(people);
    expect(findGroup("Toàn phường")).toEqual(group);
    expect(workspace.server.requests.filter(({ status }) => status === 403).length).toBeLessThan(people);
  });

  it("has no groups at all: nothing is planned there, and what to mend is said", async () => {
    await start("no-groups");
    const planned = await plan();
    expect(planned.code).toBe(7);
    expect(planned.stdout).toContain(
      "documents gave no readable list of groups (404); if it has none, take groups out of the templates",
    );
    expect(workspace.server.writes).toBe(0);
  });

  it.each(["truncated-json", "total-changes"] as const)("%s: nothing is planned there", async (lie) => {
    await start(lie);
    expect((await plan()).code).toBe(5);
    expect(workspace.server.writes).toBe(0);
  });

  it("takes no path to a member: the leaver is said to be there still, and nobody else is lost", async () => {
    await start();
    await plan();
    expect((await apply()).code).toBe(0);
    workspace.server.lies.add("refuses-value-paths");
    const before = listMembers("Toàn phường");
    const { people: subjects } = JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8")) as Plan;
    expect(subjects).toBeDefined();
    expect((await workspace.run("provision leave CB2700404 --save leave.json")).code).toBe(8);
    expect((await workspace.run("provision apply leave.json --yes")).code).toBe(7);
    expect(listMembers("Toàn phường")).toEqual(before);
    expect(workspace.findUser("CB2700404")).toMatchObject({ active: false });
    workspace.server.lies.clear();
    expect((await workspace.run("provision apply leave.json --yes")).code).toBe(0);
    const gone = workspace.findUser("CB2700404")?.id as string;
    expect(listMembers("Toàn phường")).toEqual(before.filter((id) => id !== gone));
  });
});
