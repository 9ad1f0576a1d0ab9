import { readFile, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { Profile } from "../../../src/provision/profile.ts";
import type { Lie } from "../../support/lying-scim.ts";
import { type LyingWorkspace, rosterAccounts, startLyingWorkspace } from "../../support/lying-workspace.ts";

let workspace: LyingWorkspace;
afterEach(() => workspace.server.stop());

async function start(...lies: readonly Lie[]): Promise<void> {
  workspace = await startLyingWorkspace({ lies });
  workspace.seed(12);
}

async function probe(flags = ""): Promise<{ profile: Profile; disabled: string[]; left: string[] }> {
  const { code, stdout, stderr } = await workspace.run(`provision probe documents --json ${flags}`);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return JSON.parse(stdout);
}

const write = "--allow-writes --yes";
const isTestAccount = ({ userName }: { userName: string }): boolean => userName.startsWith("wardctl-probe-");

describe("provision probe", () => {
  it("only reads, unless writing is allowed", async () => {
    await start();
    const { profile } = await probe();
    expect(workspace.server.requests.every(({ method }) => method === "GET")).toBe(true);
    expect(profile).toMatchObject({
      wrote: false,
      described: true,
      paging: "index",
      filter: "works",
      caseExactNames: false,
      patch: null,
      uniqueNames: null,
    });
  });

  it("takes from the schemas what only they tell while nothing may be written", async () => {
    await start("title-is-read-only", "schemas-are-wrong", "accepts-duplicates");
    expect((await probe()).profile).toMatchObject({ notHeld: ["displayName", "title"], uniqueNames: false });
    const { stdout } = await workspace.run("provision probe documents --lang vi");
    expect(stdout).toMatch(/không ghi hoặc không đọc lại được\s+tên hiển thị, chức vụ/);
  });

  it("asks before it writes, and without a terminal needs --yes", async () => {
    await start();
    expect((await workspace.run("provision probe documents --allow-writes")).code).toBe(2);
    expect(workspace.server.writes).toBe(0);
  });

  it("learns by writing, and leaves the server as it was", async () => {
    await start();
    const before = structuredClone([...workspace.server.users.values()]);
    const { profile, disabled, left } = await probe(write);
    expect(profile).toMatchObject({
      wrote: true,
      patch: "works",
      patchStatus: 200,
      put: "keeps",
      disable: "works",
      duplicateStatus: 409,
      uniqueNames: true,
      uniqueExternalIds: false,
      keepsExternalId: true,
      keepsUserName: true,
      idFrom: "body",
      answersAsStored: true,
      remove: "works",
    });
    expect([disabled, left]).toEqual([[], []]);
    expect([...workspace.server.users.values()]).toEqual(before);
  });

  it.each<readonly [readonly Lie[], Partial<Profile>]>([
    [["caps-at-5"], { pageSize: 5 }],
    [["413-on-large-page"], { pageSize: 50 }],
    [["cursor-only"], { paging: "cursor", pageSize: 5 }],
    [["ignores-start-index"], { paging: "ignored" }],
    [["ignores-filter"], { filter: "ignored" }],
    [["refuses-filter"], { filter: "refused" }],
    [["names-by-case"], { caseExactNames: true }],
    [["no-description"], { described: false }],
    [["versions"], { ifMatch: true, ifMatchHeld: true }],
    [["versions", "ignores-if-match"], { ifMatch: true, ifMatchHeld: false }],
    [["shows-etags"], { ifMatch: false, ifMatchHeld: null }],
    [["patch-204"], { patch: "works", patchStatus: 204 }],
    [["refuses-patch"], { patch: "refused", put: "keeps", disable: "works" }],
    [["refuses-patch", "put-wipes"], { patch: "refused", put: "loses" }],
    [["ignores-active"], { disable: "ignored" }],
    [["hides-active-when-false"], { disable: "works", absentActive: false }],
    [["400-on-duplicate"], { duplicateStatus: 400, uniqueNames: true }],
    [["500-on-duplicate"], { duplicateStatus: 500, uniqueNames: true }],
    [["accepts-duplicates"], { duplicateStatus: 201, uniqueNames: false }],
    [["conflict-text-in-200"], { uniqueNames: true }],
    [["rewrites-external-id"], { keepsExternalId: false }],
    [["domain-user"], { keepsUserName: false, answersAsStored: true }],
    [["ignores-attribute"], { answersAsStored: true }],
    [["ignores-attribute", "echoes-creates"], { answersAsStored: false }],
    [["rewrites-external-id", "echoes-creates"], { answersAsStored: false }],
    [["no-id-no-location"], { answersAsStored: false }],
    [["answers-briefly"], { idFrom: "body", answersAsStored: false }],
    [["only-location"], { idFrom: "location" }],
    [["no-id-no-location"], { idFrom: "none" }],
    [["hides-new-accounts"], { patch: "works", answersAsStored: false }],
    [[], { notHeld: [], caseExactNames: false }],
    [["no-schemas"], { notHeld: null }],
    [["title-is-read-only"], { notHeld: ["title"] }],
    [["phone-is-never-returned"], { notHeld: ["phone"] }],
    [["schemas-are-wrong"], { notHeld: [] }],
    [["refuses-filter", "names-by-case-declared"], { filter: "refused", caseExactNames: true }],
    [["unique-external-ids"], { uniqueExternalIds: true }],
    [[], { bulk: 0 }],
    [["bulk"], { bulk: 20 }],
    [["bulk", "bulk-numbers-as-status"], { bulk: 20 }],
    [["bulk", "bulk-forgets-one"], { bulk: 0 }],
    [["bulk", "bulk-not-there"], { bulk: 0 }],
    [["bulk", "accepts-duplicates"], { bulk: null }],
  ])("sees %s, and takes its test accounts away again", async (lies, learned) => {
    await start(...lies);
    expect((await probe(write)).profile).toMatchObject(learned);
    expect([...workspace.server.users.values()].filter(isTestAccount)).toEqual([]);
    expect(workspace.server.users.size).toBe(12);
  });

  it("disables its test accounts where they cannot be removed, and says which", async () => {
    await start("500-on-delete");
    const { disabled, profile } = await probe(write);
    const kept = [...workspace.server.users.values()].filter(isTestAccount);
    expect(kept.every(({ active }) => active === false)).toBe(true);
    expect(disabled.toSorted()).toEqual(kept.map(({ userName }) => userName).toSorted());
    expect(disabled.length).toBeGreaterThan(0);
    expect(profile.remove).toBe("refused");
  });

  it.each([
    ["forbids-creates", 4],
    ["conflict-on-create", 5],
  ] as const)("%s: says that it could not try, and keeps no profile", async (lie, code) => {
    await start(lie);
    const probed = await workspace.run(`provision probe documents ${write}`);
    expect(probed.code).toBe(code);
    expect(probed.stderr).toContain("documents refused");
    const { systems } = JSON.parse((await workspace.run("provision plan roster.csv --json")).stdout);
    expect(systems[0].profile).toBeUndefined();
  });

  it("whose answers get lost takes its test accounts away all the same", async () => {
    await start("reset-after-executing");
    expect((await workspace.run(`provision probe documents ${write}`)).code).toBe(5);
    expect([...workspace.server.users.values()].filter(isTestAccount)).toEqual([]);
  });

  it("takes away what an earlier probe left, and nothing that only has such a name", async () => {
    await start();
    workspace.server.users.set("old", { id: "old", userName: "wardctl-probe-old-1", displayName: "wardctl probe" });
    workspace.server.users.set("his", { id: "his", userName: "wardctl-probe-mine", displayName: "Nguyễn Văn Hùng" });
    await probe(write);
    expect([...workspace.server.users.values()].filter(isTestAccount).map(({ id }) => id)).toEqual(["his"]);
  });

  it("shows a table in Vietnamese, and keeps the token out of it", async () => {
    await start();
    const { stdout, stderr } = await workspace.run(`provision probe documents --lang vi ${write}`);
    expect(stdout).toMatch(/sửa từng phần \(PATCH\)\s+được/);
    expect(stdout).toMatch(/không cho trùng tên\s+có/);
    expect(stdout + stderr).not.toContain("secret-canary");
  });

  it("knows no other system, and leaves a record in the log", async () => {
    await start();
    expect((await workspace.run("provision probe mail")).code).toBe(2);
    await probe(write);
    const { records } = JSON.parse((await workspace.run("audit show --action provision.probe --json")).stdout);
    expect(records).toMatchObject([{ subject: "documents" }]);
    expect(records[0].detail).toMatchObject({ wrote: true, disabled: 0, left: 0 });
  });
});

describe("a profile", () => {
  const plan = () => workspace.run("provision plan roster.csv --save plan.json");
  const apply = () => workspace.run("provision apply plan.json --yes");
  const rename = (text: string): string => text.replace("Nguyễn Thị Phương,", "Nguyễn Thị Phương Anh,");

  it("is pinned in the plan: learned otherwise since, nothing is written", async () => {
    await start();
    await probe(write);
    await plan();
    workspace.server.lies.add("patch-204");
    await probe(write);
    const writes = workspace.server.writes;
    const applied = await apply();
    expect(applied.code).toBe(6);
    expect(applied.stderr).toContain("what is known of how documents behaves changed");
    expect(workspace.server.writes).toBe(writes);
    await plan();
    expect((await apply()).code).toBe(0);
  });

  it("learned again and the same: the plan stands", async () => {
    await start();
    await probe();
    await plan();
    await workspace.run("provision probe documents", { WARDCTL_NOW: "2025-07-03T10:05:00+07:00" });
    expect((await apply()).code).toBe(0);
  });

  it("lets a server without PATCH be written with PUT, and nothing else is lost", async () => {
    await start();
    await plan();
    await apply();
    const phuong = [...workspace.server.users.values()].find(({ externalId }) => externalId === "CB2700404")!;
    phuong["nickName"] = "kept";
    workspace.server.lies.add("refuses-patch");
    await probe(write);
    await workspace.editRoster(rename);
    await plan();
    const patches = workspace.countRequests("PATCH");
    expect((await apply()).code).toBe(0);
    expect(workspace.countRequests("PATCH")).toBe(patches);
    expect(workspace.server.users.get(phuong.id)).toEqual({
      ...phuong,
      displayName: "Nguyễn Thị Phương Anh",
      name: { formatted: "Nguyễn Thị Phương Anh", givenName: "Anh" },
    });
  });

  it("keeps off PUT where PUT loses what it is sent", async () => {
    await start();
    await plan();
    await apply();
    workspace.server.lies.add("refuses-patch").add("put-wipes");
    await probe(write);
    await workspace.editRoster(rename);
    await plan();
    const before = structuredClone([...workspace.server.users.values()]);
    expect((await apply()).code).toBe(7);
    expect([...workspace.server.users.values()]).toEqual(before);
  });

  it("sends If-Match where versions are kept and a stale one is refused", async () => {
    await start("versions");
    await probe(write);
    await plan();
    await apply();
    await workspace.editRoster(rename);
    await plan();
    const patches = workspace.countRequests("PATCH");
    expect((await apply()).code).toBe(0);
    const sent = workspace.server.requests.filter(({ method }) => method === "PATCH").slice(patches);
    expect(sent.every(({ ifMatch, status }) => ifMatch !== undefined && status === 200)).toBe(true);
  });

  it("asks for no larger pages than the server gives, and for no filter it ignores", async () => {
    await start("caps-at-5", "ignores-filter");
    await probe();
    const before = workspace.server.requests.length;
    await plan();
    expect((await apply()).code).toBe(0);
    const later = workspace.server.requests.slice(before).map(({ url }) => url);
    expect(later.filter((url) => /filter=/.test(url))).toEqual([]);
    expect(later.filter((url) => /count=/.test(url)).every((url) => url.endsWith("count=5"))).toBe(true);
    expect(workspace.server.users.size).toBe(12 + rosterAccounts);
  });

  it("wants nothing of what the service's own schemas say cannot be written, or is never shown", async () => {
    for (const lie of ["title-is-read-only", "phone-is-never-returned"] as const) {
      await start(lie);
      await workspace.editRoster((text) => text.replace(/^(CB2700402.*),,$/m, "$1,0912345678,"));
      await plan();
      expect((await apply()).code).toBe(7);
      await workspace.server.stop();

      await start(lie);
      await workspace.editRoster((text) => text.replace(/^(CB2700402.*),,$/m, "$1,0912345678,"));
      await probe(write);
      await plan();
      expect((await apply()).code).toBe(0);
      expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
      await workspace.server.stop();
    }
    await start();
  });

  it.each<readonly [string, readonly Lie[], (posts: readonly string[]) => void]>([
    ["makes many accounts in few requests", [], (posts) => expect(posts.length).toBeLessThan(5)],
    [
      "halves what is too large",
      ["bulk-413"],
      (posts) => expect(posts.filter((url) => url === "/Bulk").length).toBeGreaterThan(3),
    ],
    [
      "sends one by one where it is not there after all",
      ["bulk-not-there"],
      (posts) => expect(posts.filter((url) => url === "/Users")).toHaveLength(rosterAccounts),
    ],
    ["looks up whom the answer forgot", ["bulk-forgets-one"], (posts) => expect(posts.length).toBeLessThan(6)],
    ["reads numbers for texts", ["bulk-numbers-as-status"], (posts) => expect(posts.length).toBeLessThan(5)],
    ["looks everybody up when the answer is lost", ["reset-after-executing"], (posts) => expect(posts.length).toBeLessThan(6)],
    ["looks everybody up after a 500", ["500-after-executing"], (posts) => expect(posts.length).toBeLessThan(6)],
  ])("with bulk %s: everybody once", async (_, lies, check) => {
    await start("bulk", "answers-briefly");
    await probe(write);
    await plan();
    for (const lie of lies) workspace.server.lies.add(lie);
    const { writes, requests } = workspace.server;
    const before = requests.length;
    expect((await apply()).code).toBe(0);
    expect(workspace.server.writes - writes).toBe(rosterAccounts);
    const keys = [...workspace.server.users.values()].flatMap(({ externalId }) => (externalId === undefined ? [] : [externalId]));
    expect(keys).toHaveLength(rosterAccounts);
    expect(new Set(keys).size).toBe(rosterAccounts);
    check(requests.slice(before).flatMap(({ method, url }) => (method === "POST" ? [url] : [])));
    workspace.server.lies.clear();
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
  });

  it("with bulk a taken name fails that account alone, though the rest of its request was not carried out", async () => {
    await start("bulk", "answers-briefly");
    await probe(write);
    await plan();
    // Somebody takes a name between plan and apply.
    const requests = workspace.server.requests.length;
    workspace.server.onBulk = () => {
      workspace.server.users.set("t", { id: "t", userName: "lantt", active: true });
    };
    workspace.server.lies.add("bulk-stops-at-first-error");
    expect((await apply()).code).toBe(7);
    workspace.server.lies.delete("bulk-stops-at-first-error");
    expect(workspace.server.requests.length).toBeGreaterThan(requests);
    expect([...workspace.server.users.values()].filter(({ userName }) => userName === "lantt")).toHaveLength(1);
    await apply();
    const keys = [...workspace.server.users.values()].flatMap(({ externalId }) => (externalId === undefined ? [] : [externalId]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(rosterAccounts - 1);
  });

  it("is pinned by the plans of people known already too", async () => {
    await start("caps-at-5");
    await probe();
    await plan();
    expect((await apply()).code).toBe(0);
    const before = workspace.server.requests.length;
    const { staffId } = JSON.parse(await readFile(`${workspace.folder}/plan.json`, "utf8")).people.people[0];
    await workspace.run(`provision leave ${staffId} --save leave.json`);
    const asked = workspace.server.requests.slice(before).filter(({ url }) => url.includes("count="));
    expect(asked.every(({ url }) => url.endsWith("count=5"))).toBe(true);
    expect((await workspace.run("provision apply leave.json --yes")).code).toBe(0);
    expect(workspace.findUser(staffId)).toMatchObject({ active: false });
  });

  it("of another address says nothing", async () => {
    await start("caps-at-5");
    await probe();
    const file = `${workspace.folder}/wardctl.yaml`;
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("127.0.0.1", "localhost"));
    const { stdout } = await workspace.run("provision plan roster.csv --json");
    expect(JSON.parse(stdout).systems[0].profile).toBeUndefined();
  });
});
