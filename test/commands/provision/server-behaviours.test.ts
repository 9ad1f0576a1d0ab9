import { afterEach, describe, expect, it } from "vitest";
import { type Lie, type LyingServer, startLyingScim } from "../../support/lying-scim.ts";
import { type LyingWorkspace, rosterAccounts, startLyingWorkspace } from "../../support/lying-workspace.ts";

/**
 * What servers were seen doing (provision.md §15), each as a switch of a small server. Required of every one: everybody has exactly one right
 * account, or the command ends nonzero and the object was not written to.
 */
let workspace: LyingWorkspace;
let elsewhere: LyingServer | undefined;
afterEach(async () => {
  await workspace.server.stop();
  await elsewhere?.stop();
  elsewhere = undefined;
});

async function start(...lies: readonly Lie[]): Promise<LyingWorkspace> {
  workspace = await startLyingWorkspace({ lies });
  return workspace;
}

const plan = () => workspace.run("provision plan roster.csv --save plan.json");
const apply = (flags = "") => workspace.run(`provision apply plan.json --yes ${flags}`);

/** Accounts with an external id are ours: each once, as the roster says, beside those that were there. */
function expectEverybodyOnce(): void {
  const ours = [...workspace.server.users.values()].filter(({ externalId }) => externalId !== undefined);
  expect(ours).toHaveLength(rosterAccounts);
  expect(new Set(ours.map(({ externalId }) => externalId)).size).toBe(rosterAccounts);
  expect(new Set(ours.map(({ userName }) => userName)).size).toBe(rosterAccounts);
  expect(workspace.findUser("CB2700402")).toMatchObject({ userName: "lantt", active: true });
}

/** A plan and an apply that go well, then nothing more to do. */
async function expectRight(): Promise<void> {
  expect((await plan()).code).toBe(8);
  expect((await apply()).code).toBe(0);
  expectEverybodyOnce();
  expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
}

describe("listing: a server that", () => {
  it.each<readonly [string, readonly Lie[]]>([
    ["ignores count and gives everything", ["ignores-count"]],
    ["ignores filters", ["ignores-filter"]],
    ["refuses filters", ["refuses-filter"]],
    ["caps a page at 50 without saying so", ["caps-at-50"]],
    ["caps a page at 5", ["caps-at-5"]],
    ["pages by cursor only", ["cursor-only"]],
    ["keeps mail addresses without their capitals", ["mail-in-small-letters"]],
    ["writes numbers as RFC 3966 does", ["phones-as-addresses"]],
    ["refuses an index, pages by cursor only", ["cursor-only", "refuses-index"]],
    ["writes names in small letters", ["names-in-small-letters"]],
    ["lets a cursor expire once", ["cursor-only", "cursor-expires-once"]],
    ["finds 200 on a page too many", ["413-on-large-page"]],
  ])("%s: everybody once", async (_, lies) => {
    await start(...lies);
    await workspace.editRoster((text) => text.replace("01/07/2025,,,,", "01/07/2025,,Hung@TanBinh.gov.vn,0912345678,"));
    workspace.seed(120);
    await expectRight();
    expect(workspace.server.users.size).toBe(120 + rosterAccounts);
  });

  it.each<readonly [string, readonly Lie[]]>([
    ["ignores startIndex", ["ignores-start-index", "caps-at-50"]],
    ["repeats a page", ["repeats-a-page", "caps-at-50"]],
    ["gives an empty page before the total", ["empty-page-before-total", "caps-at-50"]],
    ["changes its total while being read", ["total-changes"]],
    ["lets every cursor expire", ["cursor-only", "cursor-expires"]],
    ["cuts its JSON off", ["truncated-json"]],
  ])("%s: plans nothing there, writes nothing", async (_, lies) => {
    await start(...lies);
    workspace.seed(120);
    expect((await plan()).code).toBe(5);
    expect(workspace.server.writes).toBe(0);
  });

  it("begins to repeat pages after the plan was made: applies nothing", async () => {
    await start("caps-at-50");
    workspace.seed(120);
    await plan();
    workspace.server.lies.add("repeats-a-page");
    expect((await apply()).code).toBe(5);
    expect(workspace.server.writes).toBe(0);
  });
});

describe("identity: a server that", () => {
  it.each<readonly [string, readonly Lie[]]>([
    ["shows DOMAIN/user", ["domain-user"]],
    ["invents the names it is not given", ["invents-names"]],
    ["hides a new account for a while", ["hides-new-accounts"]],
    ["keeps names by case", ["names-by-case"]],
    ["takes each external id once", ["unique-external-ids"]],
    ["takes each external id once, and gets every create twice", ["unique-external-ids", "delivered-twice"]],
  ])("%s: everybody once", async (_, lies) => {
    await start(...lies);
    await expectRight();
  });

  it("hides new accounts for longer than is waited: unknown, nobody twice, and the same command goes on", async () => {
    workspace = await startLyingWorkspace({ lies: ["hides-new-accounts-for-long"], system: "visibleWithinMs: 100" });
    expect((await workspace.run("provision plan roster.csv --only kind=functional --save plan.json")).code).toBe(8);
    expect((await apply()).code).toBe(7);
    const { writes } = workspace.server;
    workspace.server.lies.clear();
    expect((await apply()).code).toBe(0);
    expect(workspace.server.writes).toBe(writes);
    const keys = [...workspace.server.users.values()].map(({ externalId }) => externalId);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has filters of its own mind: only ever asked for one equality", async () => {
    await start("reset-after-executing");
    await expectRight();
    const filters = workspace.server.requests
      .map(({ url }) => new URL(url, "http://x").searchParams.get("filter"))
      .filter((filter) => filter !== null);
    expect(filters.length).toBeGreaterThan(0);
    for (const filter of filters) expect(filter).toMatch(/^(userName|externalId) eq "[^"]*"$/);
  });

  it("holds the wanted name in another case: asks, and leaves that account alone", async () => {
    await start("names-by-case");
    workspace.server.users.set("twin", { id: "twin", userName: "LanTT", active: true });
    expect((await plan()).code).toBe(8);
    await apply();
    const named = [...workspace.server.users.values()].filter(({ userName }) => userName.toLowerCase() === "lantt");
    expect(named).toEqual([{ id: "twin", userName: "LanTT", active: true }]);
  });

  it("has two accounts of one external id: asks, and touches neither", async () => {
    await start("accepts-duplicates");
    for (const id of ["a", "b"]) {
      workspace.server.users.set(id, {
        id,
        userName: `lan${id}`,
        externalId: "CB2700402",
        displayName: "Trần Thị Lan",
        active: true,
      });
    }
    const before = structuredClone([workspace.server.users.get("a"), workspace.server.users.get("b")]);
    expect((await plan()).code).toBe(8);
    expect((await apply()).code).toBe(8);
    expect([workspace.server.users.get("a"), workspace.server.users.get("b")]).toEqual(before);
    expect(workspace.server.users.size).toBe(2 + rosterAccounts - 1);
  });

  it("answers 201 with somebody else's account: says so, links nothing", async () => {
    await start("adopts-anothers");
    workspace.seed(3);
    const before = structuredClone(workspace.server.users.get("x1"));
    await plan();
    const applied = await apply("--json");
    expect(applied.code).toBe(7);
    const { totals, outcomes } = JSON.parse(applied.stdout);
    expect(totals).toEqual({ done: rosterAccounts - 3, failed: 3, unknown: 0, skipped: 0 });
    expect(outcomes.filter(({ state }: { state: string }) => state === "failed")[0].message).toMatch(
      /somebody else's account x\d/,
    );
    expect(workspace.server.users.get("x1")).toEqual(before);
  });

  it("rewrites the external id: what was read back is not what was written", async () => {
    await start("rewrites-external-id");
    await plan();
    const applied = await apply();
    expect(applied.code).toBe(7);
    expect(applied.stdout).toContain("external id CB2700402 → ext-");
    expect(workspace.server.users.size).toBe(rosterAccounts);
    expect((await apply()).code).toBe(7);
    expect(workspace.server.users.size).toBe(rosterAccounts);
  });
});

describe("accounts that others change or made by hand", () => {
  it("given to somebody else since: the finished plan says so and writes nothing", async () => {
    await start();
    await plan();
    await apply();
    workspace.findUser("CB2700402")!["externalId"] = "SOMEBODY";
    const again = await apply();
    expect(again.code).toBe(6);
    expect(again.stderr).toContain("documents lantt: external id CB2700402 → SOMEBODY");
    expect(workspace.server.writes).toBe(rosterAccounts);
  });

  it("asks about one that looks like somebody, and takes the roster's username as the answer", async () => {
    await start();
    workspace.server.users.set("h1", { id: "h1", userName: "duc.dang", displayName: "Đặng Đình Đức" });
    const planned = await workspace.run("provision plan roster.csv --json");
    const { operations, questions } = JSON.parse(planned.stdout);
    expect(questions).toMatchObject([{ code: "weak-match", subject: { staffId: "CB2700403" }, candidates: ["duc.dang"] }]);
    expect(operations).toHaveLength(rosterAccounts - 1);
    await workspace.editRoster((text) => text.replace(/^(CB2700403.*),$/m, "$1,duc.dang"));
    await plan();
    expect((await apply()).code).toBe(0);
    expectEverybodyOnce();
    expect(workspace.server.users.get("h1")).toMatchObject({ userName: "duc.dang", externalId: "CB2700403" });
  });
});

describe("create: a server that", () => {
  it.each<readonly [string, readonly Lie[]]>([
    ["does it and answers 500", ["500-after-executing"]],
    ["does it and breaks the line", ["reset-after-executing"]],
    ["gets it twice", ["delivered-twice"]],
    ["gets it twice and answers 400", ["delivered-twice", "400-on-duplicate"]],
    ["gets it twice and answers 500", ["delivered-twice", "500-on-duplicate"]],
    ["gets it twice and says so in a 200", ["delivered-twice", "conflict-text-in-200"]],
    ["gives neither id nor Location", ["no-id-no-location"]],
    ["gives a relative Location only", ["only-location"]],
    ["gives a Location on another host", ["absolute-location"]],
    ["answers 200 without an id", ["200-without-id"]],
  ])("%s: everybody once", async (_, lies) => {
    await start(...lies);
    await expectRight();
    expect(workspace.server.writes).toBe(rosterAccounts);
  });

  it("does it and never answers: looks it up once the time is over", async () => {
    workspace = await startLyingWorkspace({ lies: ["stalls-after-executing", "accepts-duplicates"], system: "deadlineMs: 120" });
    await expectRight();
    expect(workspace.server.writes).toBe(rosterAccounts);
  });

  it("gets it twice and keeps both: says so, and does not choose one", async () => {
    await start("delivered-twice", "accepts-duplicates");
    await plan();
    expect((await apply()).code).toBe(7);
    const writes = workspace.server.writes;
    expect((await apply()).code).toBe(7);
    expect(workspace.server.writes).toBe(writes);
  });

  it.each<readonly [string, readonly Lie[]]>([
    ["409 without scimType", ["conflict-on-create"]],
    ["400", ["conflict-on-create", "400-on-duplicate"]],
    ["500", ["conflict-on-create", "500-on-duplicate"]],
    ["200 with words", ["conflict-on-create", "conflict-text-in-200"]],
  ])("refuses a name with %s: nonzero, gives no other name, makes nobody", async (_, lies) => {
    workspace = await startLyingWorkspace({ system: "visibleWithinMs: 0, deadlineMs: 1000" });
    // One operation: a 500 is looked up for a second before each of three tries.
    expect((await workspace.run("provision plan roster.csv --only kind=functional --save plan.json")).code).toBe(8);
    for (const lie of lies) workspace.server.lies.add(lie);
    expect((await apply()).code).toBe(7);
    expect(workspace.server.users.size).toBe(0);
    workspace.server.lies.clear();
    expect((await apply()).code).toBe(0);
  });
});

describe("update: a server that", () => {
  /** Another name, and a telephone number where there was none. */
  const change = (text: string): string =>
    text.replace(/^CB2700404,Nguyễn Thị Phương,(.*),,,$/m, "CB2700404,Nguyễn Thị Phương Anh,$1,,0912345678,");

  it.each<readonly [string, readonly Lie[]]>([
    ["answers 204", ["patch-204"]],
    ["overlooks a stale If-Match", ["versions", "ignores-if-match"]],
    ["keeps versions", ["versions"]],
    ["shows ETags though it does not support them", ["shows-etags"]],
    ["refuses booleans as text", ["refuses-string-booleans"]],
    ["answers noTarget to a path that finds nothing", ["no-target"]],
    ["does it and answers 500", ["500-after-executing"]],
    ["does it and breaks the line", ["reset-after-executing"]],
  ])("%s: changes what was wanted, nothing else", async (_, lies) => {
    await start();
    await expectRight();
    workspace.findUser("CB2700404")!["nickName"] = "kept";
    for (const lie of lies) workspace.server.lies.add(lie);
    await workspace.editRoster(change);
    const writes = workspace.server.writes;
    expect((await plan()).code).toBe(8);
    expect((await apply()).code).toBe(0);
    expect(workspace.findUser("CB2700404")).toMatchObject({
      displayName: "Nguyễn Thị Phương Anh",
      userName: "phuongnt",
      nickName: "kept",
      phoneNumbers: [{ type: "work", value: "0912345678" }],
    });
    expect(workspace.server.writes).toBe(writes + 1);
    expect(workspace.server.requests.filter(({ ifMatch }) => ifMatch !== undefined)).toEqual([]);
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
  });

  it.each(["put-wipes", "put-wipes-password"] as const)("%s: gets no PUT as long as it takes PATCH", async (lie) => {
    await start();
    await expectRight();
    Object.assign(workspace.findUser("CB2700404")!, { nickName: "kept", password: "kept" });
    workspace.server.lies.add(lie);
    await workspace.editRoster(change);
    await plan();
    expect((await apply()).code).toBe(0);
    expect(workspace.findUser("CB2700404")).toMatchObject({ nickName: "kept", password: "kept" });
    expect(workspace.countRequests("PUT")).toBe(0);
  });

  it("ignores an attribute: what was read back is not what was wanted, and that is said", async () => {
    await start("ignores-attribute");
    await plan();
    const applied = await apply();
    expect(applied.code).toBe(7);
    expect(applied.stdout).toContain("read back, it is not what was written");
  });

  it("has no PATCH and was never tried out: refuses, writes nothing", async () => {
    await start();
    await expectRight();
    workspace.server.lies.add("refuses-patch").add("put-wipes");
    await workspace.editRoster(change);
    const writes = workspace.server.writes;
    await plan();
    expect((await apply()).code).toBe(7);
    expect(workspace.server.writes).toBe(writes);
  });
});

describe("life cycle: a server that", () => {
  const leave = (text: string): string => text.replace(/^(CB2700404,.*01\/07\/2025),,/m, "$1,02/07/2025,");

  it("leaves `active` out when it is false: disabled is seen as disabled, and once probed it stays so", async () => {
    await start("hides-active-when-false");
    await expectRight();
    await workspace.editRoster(leave);
    expect((await plan()).code).toBe(8);
    expect((await apply()).code).toBe(0);
    expect(workspace.findUser("CB2700404")?.["active"]).toBe(false);
    expect((await workspace.run("provision probe documents --allow-writes --yes")).code).toBe(0);
    expect((await workspace.run("provision plan roster.csv")).code).toBe(0);
  });

  it("does not disable anybody: says so", async () => {
    await start("ignores-active");
    await expectRight();
    await workspace.editRoster(leave);
    await plan();
    const applied = await apply();
    expect(applied.code).toBe(7);
    expect(applied.stdout).toContain("read back, it is not what was written: active false → true");
  });

  it("knows no `active`: refuses, says so, and nothing was changed", async () => {
    await start("refuses-active");
    await expectRight();
    await workspace.editRoster(leave);
    const { writes } = workspace.server;
    await plan();
    const applied = await apply();
    expect(applied.code).toBe(7);
    expect(applied.stdout).toContain("documents refused (400)");
    expect(workspace.server.writes).toBe(writes);
  });

  it("cannot remove what is referred to: wardctl disables and never removes", async () => {
    await start("500-on-delete");
    await expectRight();
    await workspace.editRoster(leave);
    await plan();
    expect((await apply()).code).toBe(0);
    expect(workspace.countRequests("DELETE")).toBe(0);
  });
});

describe("protocol: a server that", () => {
  it.each<readonly [string, readonly Lie[]]>([
    ["says 429 with seconds", ["throttles"]],
    ["says 429 with a date", ["throttles-by-date"]],
    ["says 429 and nothing more", ["throttles-in-silence"]],
    ["says 503 now and then", ["unavailable-now-and-then"]],
    ["does not describe itself", ["no-description"]],
    ["gives tokens that run out in the middle", ["short-tokens"]],
  ])("%s: everybody once", async (_, lies) => {
    await start(...lies);
    await expectRight();
    if (lies[0] === "short-tokens") expect(workspace.server.tokens.length).toBeGreaterThan(3);
  });

  it("wants the client's secret in the body: everybody once", async () => {
    workspace = await startLyingWorkspace({ lies: ["short-tokens"], oauth: "sendSecret: body" });
    await expectRight();
  });

  it("finds a body too large: nonzero, makes nobody", async () => {
    await start("413-on-write");
    await plan();
    expect((await apply()).code).toBe(7);
    expect(workspace.server.writes).toBe(0);
  });

  it("redirects to another host: the token never goes there", async () => {
    elsewhere = await startLyingScim();
    await start();
    workspace.server.redirectTo = elsewhere.url;
    await plan();
    workspace.server.lies.add("redirects");
    expect((await apply()).code).toBe(4);
    expect(elsewhere.requests).toEqual([]);
    expect(workspace.server.writes).toBe(0);
  });

  it.each(["login-page", "denies"] as const)("%s: exit 4, and the same command goes on later", async (lie) => {
    await start();
    await plan();
    workspace.server.lies.add(lie);
    expect((await apply()).code).toBe(4);
    expect(workspace.server.writes).toBe(0);
    workspace.server.lies.clear();
    expect((await apply()).code).toBe(0);
    expectEverybodyOnce();
  });
});
