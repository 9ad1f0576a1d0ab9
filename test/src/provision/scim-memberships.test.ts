import { afterEach, describe, expect, it } from "vitest";
import type { Membership } from "../../../src/provision/account.ts";
import type { Connector, MembershipPort } from "../../../src/provision/connector.ts";
import { makeAccount } from "../../contract/connector.contract.ts";
import { connectScim } from "../../support/connect-scim.ts";
import { type Lie, type LyingServer, startLyingScim } from "../../support/lying-scim.ts";

let server: LyingServer;
let connector: Connector;
let port: MembershipPort;

async function start({ lies = [] as readonly Lie[], accounts = 3, groups = 0, pageSize = 20 } = {}): Promise<void> {
  server = await startLyingScim(...lies);
  connector = await connectScim({ url: server.url, token: "secret-canary", pageSize });
  port = connector.memberships as MembershipPort;
  for (let n = 1; n <= accounts; n++) {
    const { externalId, userName, active } = makeAccount(n);
    server.users.set(`u-${n}`, { id: `u-${n}`, externalId, userName, active, roles: [{ value: `r${n % 2}` }] });
  }
  for (let n = 1; n <= groups; n++) {
    server.groups.set(`g-${n}`, { id: `g-${n}`, displayName: `nhóm ${n}`, members: [{ value: `u-${n % accounts}` }] });
  }
}
afterEach(async () => {
  await connector.close();
  await server.stop();
});

const listRequests = (method: string): string[] =>
  server.requests.filter((request) => request.method === method).map(({ url }) => url);
const listOperations = (): unknown[] =>
  server.requests.filter(({ method }) => method === "PATCH").flatMap(({ body }) => JSON.parse(body).Operations);

describe("what reading roles and groups costs", () => {
  it("is the pages of the groups' list and one request a group; roles ride along with the accounts", async () => {
    await start({ accounts: 60, groups: 45 });
    await connector.sweep();
    const accountPages = listRequests("GET").length;
    const asked: Membership[] = ["role:r0", "role:r1", "group:nhóm 1", "group:nhóm 2", "group:nhóm 40"];
    expect((await port.sweep(asked)).held.size).toBe(60);
    expect(accountPages).toBe(3);
    expect(listRequests("GET").length - accountPages).toBe(3 + 3);
    // What was used once is not believed a second time.
    await port.sweep(["role:r0"]);
    expect(listRequests("GET").length - accountPages).toBe(3 + 3 + 3);
  });

  it("asks nothing where nothing is asked", async () => {
    await start({ groups: 3 });
    expect(await port.sweep([])).toEqual({ held: new Map(), missing: [], ambiguous: [], existing: [] });
    expect(server.requests).toEqual([]);
  });

  it("needs no look-up for a new account: one write a group and one for its roles", async () => {
    await start({ groups: 2 });
    await connector.sweep();
    await port.sweep(["role:doc.read", "group:nhóm 1", "group:nhóm 2"]);
    const made = await connector.create(makeAccount(7));
    const { id } = made as { id: string };
    const reads = listRequests("GET").length;
    await port.change(id, { add: ["role:doc.read", "group:nhóm 1", "group:nhóm 2"], remove: [] });
    expect(listRequests("GET")).toHaveLength(reads);
    expect(listRequests("PATCH")).toEqual([`/Users/${id}`, "/Groups/g-1", "/Groups/g-2"]);
  });

  it("reads back many members of one group in fewer readings than members", async () => {
    await start({ accounts: 40, groups: 1 });
    await port.sweep(["group:nhóm 1"]);
    const before = listRequests("GET").length;
    const found = await Promise.all(Array.from({ length: 40 }, (_, n) => port.find(`u-${n + 1}`, ["group:nhóm 1"])));
    expect(found.flat()).toEqual(["group:nhóm 1"]);
    expect(listRequests("GET").length - before).toBeLessThan(5);
  });
});

describe("what is sent", () => {
  it("names one account an operation, lower case, by explicit path, and never a list to be removed", async () => {
    await start({ groups: 2 });
    await connector.sweep();
    await port.sweep(["role:r0", "group:nhóm 1", "group:nhóm 2"]);
    await port.change("u-2", { add: ["group:nhóm 1", "role:r9"], remove: ["group:nhóm 2", "role:r0"] });
    expect(listOperations()).toEqual([
      { op: "add", path: "roles", value: [{ value: "r9" }] },
      { op: "remove", path: 'roles[value eq "r0"]' },
      { op: "add", path: "members", value: [{ value: "u-2" }] },
      { op: "remove", path: 'members[value eq "u-2"]' },
    ]);
    expect(server.requests.filter(({ ifMatch }) => ifMatch !== undefined)).toEqual([]);
  });

  it("escapes an id that is no plain word", async () => {
    await start({ groups: 1 });
    const id = 'a" or value pr or "\\';
    server.users.set(id, { id, userName: "odd" });
    server.groups.get("g-1")!.members.push({ value: id });
    expect(await port.change(id, { add: [], remove: ["group:nhóm 1"] })).toMatchObject({ outcome: "done" });
    expect(server.groups.get("g-1")!.members).toEqual([{ value: "u-1" }]);
  });

  it("removes a member that is stored three times, all of it", async () => {
    await start({ groups: 1, lies: ["stores-duplicate-members"] });
    server.groups.get("g-1")!.members = [{ value: "u-2" }, { value: "u-1" }, { value: "u-2" }, { value: "u-2" }];
    expect((await port.sweep(["group:nhóm 1"])).held.get("u-2")).toEqual(["group:nhóm 1"]);
    expect(await port.change("u-2", { add: [], remove: ["group:nhóm 1"] })).toMatchObject({ outcome: "done" });
    expect(server.groups.get("g-1")!.members).toEqual([{ value: "u-1" }]);
  });

  it("keeps what else a role says when the list has to be written as a whole", async () => {
    await start();
    const others = [{ value: "doc.read", display: "Đọc", primary: true }, { value: 'x"y' }, "bare"];
    server.users.get("u-1")!["roles"] = others;
    await port.change("u-1", { add: ["role:new"], remove: ['role:x"y'] });
    expect(server.users.get("u-1")!["roles"]).toEqual([others[0], "bare", { value: "new" }]);
  });
});

describe("groups of a server that lies", () => {
  it.each(["ignores-start-index", "repeats-a-page", "empty-page-before-total", "total-changes", "truncated-json"] as const)(
    "%s: no list rather than a wrong one",
    async (lie) => {
      await start({ groups: 70, lies: [lie] });
      await expect(port.sweep(["group:nhóm 1"])).rejects.toMatchObject({ kind: "unavailable" });
    },
  );

  it("has none: said as such, not as missing", async () => {
    await start({ lies: ["no-groups"] });
    await expect(port.sweep(["group:nhóm 1"])).rejects.toMatchObject({ kind: "unavailable" });
    expect(await port.createGroup?.("group:x")).toMatchObject({ outcome: "refused" });
  });

  it("shows them behind a domain: found by the name alone", async () => {
    await start({ groups: 3, lies: ["domain-user"] });
    expect(await port.sweep(["group:nhóm 1", "group:VHXH/nhóm 2"])).toMatchObject({ missing: [], ambiguous: [] });
  });

  it("shows nobody in them: what was added is not there when read back", async () => {
    await start({ groups: 1, lies: ["hides-members"] });
    expect(await port.change("u-2", { add: ["group:nhóm 1"], remove: [] })).toMatchObject({ outcome: "done" });
    expect(await port.find("u-2", ["group:nhóm 1"])).toEqual([]);
  });

  it.each(["ignores-roles", "ignores-members"] as const)("%s: seen when read back", async (lie) => {
    await start({ groups: 1, lies: [lie] });
    await port.change("u-2", { add: ["group:nhóm 1", "role:r5"], remove: [] });
    expect(await port.find("u-2", ["group:nhóm 1", "role:r5"])).toEqual([lie === "ignores-roles" ? "group:nhóm 1" : "role:r5"]);
  });

  it("cannot remove by path: refused, and nobody is lost", async () => {
    await start({ groups: 1, lies: ["refuses-value-paths"] });
    expect(await port.change("u-1", { add: [], remove: ["group:nhóm 1"] })).toMatchObject({ outcome: "refused" });
    expect(server.groups.get("g-1")!.members).toEqual([{ value: "u-1" }]);
  });

  it("forbids it: said as such", async () => {
    await start({ groups: 1, lies: ["forbids-groups"] });
    expect(await port.change("u-2", { add: ["group:nhóm 1"], remove: [] })).toMatchObject({
      outcome: "refused",
      forbidden: true,
    });
  });

  it("does it and answers 500: unknown, sent once", async () => {
    await start({ groups: 1, lies: ["500-after-executing"] });
    expect(await port.change("u-2", { add: ["group:nhóm 1"], remove: [] })).toMatchObject({ outcome: "unknown" });
    expect(listRequests("PATCH")).toHaveLength(1);
    expect((await port.createGroup?.("group:x"))?.outcome).toBe("unknown");
    // It may be there now: looked for before another is made.
    expect(await port.createGroup?.("group:x")).toMatchObject({ outcome: "refused", conflict: true });
    expect([...server.groups.values()].filter(({ displayName }) => displayName === "x")).toHaveLength(1);
  });

  it("names two groups alike: neither is changed, whatever else is asked for", async () => {
    await start({ groups: 2, lies: ["accepts-duplicates"] });
    server.groups.get("g-2")!.displayName = "nhóm 1";
    expect((await port.sweep(["group:nhóm 1"])).ambiguous).toEqual(["group:nhóm 1"]);
    expect(await port.change("u-2", { add: ["group:nhóm 1", "role:r5"], remove: [] })).toMatchObject({ outcome: "refused" });
    expect(server.writes).toBe(0);
  });
});
