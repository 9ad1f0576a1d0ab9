import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import type { Failure } from "../../../src/platform/failure.ts";
import type { Membership } from "../../../src/provision/account.ts";
import type { Connector } from "../../../src/provision/connector.ts";
import { keycloakDefinition } from "../../../src/provision/connectors/definitions/keycloak.ts";
import { vendorDocsDefinition } from "../../../src/provision/connectors/definitions/vendor-docs.ts";
import { readMembership } from "../../../src/provision/membership.ts";
import { type ConnectorHarness, describeConnector, makeAccount } from "../../contract/connector.contract.ts";
import { describeMemberships, type MembershipHarness } from "../../contract/membership.contract.ts";
import { connectRest } from "../../support/connect-rest.ts";
import { type KeycloakFake, keycloakSecret, startKeycloak } from "../../support/keycloak-fake.ts";
import { serve } from "../../support/serve.ts";
import { startVendor, type VendorFake, type VendorLie, vendorPass, vendorUser } from "../../support/vendor-fake.ts";

const vendorSecrets = { "secret.user": vendorUser, "secret.pass": vendorPass };
const shortPages = (definition: string): string => definition.replace("limit: 100", "limit: 7");
const withStaffId = (definition: string): string =>
  definition.replace("strong: null", "strong: /maNV").replace("    hoTen:", "    maNV: ${externalId}\n    hoTen:");

const connectVendor = (url: string, definition = vendorDocsDefinition): Promise<Connector> =>
  connectRest({
    url,
    definition,
    values: vendorSecrets,
    // A second before what the fake says when it gives a date.
    clock: createPinnedClock(Date.parse("2025-07-03T02:59:59.900Z")),
  });

const connectKeycloak = (url: string): Promise<Connector> =>
  connectRest({
    url,
    definition: shortPages(keycloakDefinition),
    values: { "var.realm": "phuong", "var.client": "wardctl", "secret.client": keycloakSecret },
  });

async function startVendorHarness(definition: string, ...lies: readonly VendorLie[]): Promise<ConnectorHarness> {
  const fake = await startVendor(...lies);
  return {
    connector: await connectVendor(fake.url, shortPages(definition)),
    findInStore(id) {
      const user = fake.users.get(id);
      return user && { userName: user.tenDangNhap, externalId: user["maNV"], active: user["trangThai"] === 1 };
    },
    countInStore: () => fake.users.size,
    setUnmanaged(id, value) {
      fake.users.get(id)!["ghiChu"] = value;
    },
    readUnmanaged: (id) => fake.users.get(id)?.["ghiChu"],
    stop: fake.stop,
  };
}

async function startKeycloakHarness(): Promise<ConnectorHarness> {
  const fake = await startKeycloak();
  // No token lives long: the suite goes through many of them.
  fake.tokenUses = 9;
  return {
    connector: await connectKeycloak(fake.url),
    findInStore(id) {
      const user = fake.users.get(id);
      return user && { userName: user.username, active: user["enabled"] };
    },
    countInStore: () => fake.users.size,
    setUnmanaged(id, value) {
      (fake.users.get(id)!["attributes"] as Record<string, unknown>)["note"] = [value];
    },
    readUnmanaged: (id) => (fake.users.get(id)?.["attributes"] as Record<string, string[]> | undefined)?.["note"]?.[0],
    stop: fake.stop,
  };
}

async function startVendorGroups(definition: string, ...lies: readonly VendorLie[]): Promise<MembershipHarness> {
  const fake = await startVendor(...lies);
  const listRoles = (user: Record<string, unknown>): number[] => (user["vaiTro"] as number[] | undefined) ?? [];
  const toName = (membership: Membership): string => membership.slice(membership.indexOf(":") + 1);
  return {
    connector: await connectVendor(fake.url, definition.replaceAll("soLuong=${limit}", "soLuong=7")),
    seed(membership, holders) {
      const ten = toName(membership);
      if (membership.startsWith("group:")) {
        fake.groups.push({ id: fake.groups.length + 1, ten, thanhVien: [...holders] });
        return;
      }
      const id = fake.roles.length + 1;
      fake.roles.push({ id, ten });
      for (const holder of holders) {
        const user = fake.users.get(holder)!;
        user["vaiTro"] = [...listRoles(user), id];
      }
    },
    listHolders(membership) {
      const { kind, name } = readMembership(membership);
      if (kind === "group") return fake.groups.filter(({ ten }) => ten === name).flatMap(({ thanhVien }) => thanhVien);
      const ids = new Set(fake.roles.filter(({ ten }) => ten === name).map(({ id }) => id));
      return [...fake.users].flatMap(([id, user]) => listRoles(user).flatMap((role) => (ids.has(role) ? [id] : [])));
    },
    loseAnswers(lose) {
      if (lose) fake.lies.add("reset-after-executing");
      else fake.lies.delete("reset-after-executing");
    },
    hasTwins: ["group", "role"],
    stop: fake.stop,
  };
}

async function startKeycloakGroups(): Promise<MembershipHarness> {
  const fake = await startKeycloak();
  // Some tokens in the course of the suite; many requests at once share one.
  fake.tokenUses = 60;
  const toCatalogue = (membership: Membership): KeycloakFake["roles"] =>
    membership.startsWith("group:") ? fake.groups : fake.roles;
  return {
    connector: await connectRest({
      url: fake.url,
      definition: keycloakDefinition.replaceAll("max=${limit}", "max=7"),
      values: { "var.realm": "phuong", "var.client": "wardctl", "secret.client": keycloakSecret },
    }),
    seed(membership, holders) {
      const name = membership.slice(membership.indexOf(":") + 1);
      toCatalogue(membership).push({ id: randomUUID(), name, holders: new Set(holders) });
    },
    listHolders: (membership) =>
      toCatalogue(membership)
        .filter(({ name }) => name === readMembership(membership).name)
        .flatMap(({ holders }) => [...holders]),
    loseAnswers(lose) {
      fake.losesAnswers = lose;
    },
    hasTwins: ["group"],
    stop: fake.stop,
  };
}

describeMemberships("Keycloak's fake, tokens ending all the time", startKeycloakGroups);
describeMemberships("a vendor's system as it ships", () => startVendorGroups(vendorDocsDefinition));
describeMemberships("a vendor's system that asks to wait and caps its pages", () =>
  startVendorGroups(vendorDocsDefinition, "throttles-seconds", "escapes-letters", "caps-at-20"),
);
describeConnector("Keycloak's fake, tokens ending all the time", startKeycloakHarness);
describeConnector("a vendor's system as it ships: no staff id", () => startVendorHarness(vendorDocsDefinition));
describeConnector("a vendor's system with a staff id", () => startVendorHarness(withStaffId(vendorDocsDefinition)));
describeConnector("a vendor's system whose sessions end often", () =>
  startVendorHarness(withStaffId(vendorDocsDefinition), "session-ends-often", "gives-id"),
);
describeConnector("a vendor's system that asks to wait, in seconds", () =>
  startVendorHarness(vendorDocsDefinition, "throttles-seconds", "ignores-search"),
);
describeConnector("a vendor's system that redirects on its own host and calls its JSON a page", () =>
  startVendorHarness(
    vendorDocsDefinition.replace("{ status: 401 }, { contentType: text/html }", "{ status: 401 }"),
    "redirects-here",
    "json-as-html",
    "escapes-letters",
  ),
);

describe("a vendor's system that lies", () => {
  let fake: VendorFake;
  let connector: Connector;
  async function start(accounts: number, lies: readonly VendorLie[] = [], definition = vendorDocsDefinition): Promise<void> {
    fake = await startVendor(...lies);
    connector = await connectVendor(fake.url, definition.replace("limit: 100", "limit: 20"));
    for (let n = 1; n <= accounts; n++) {
      fake.users.set(String(n), { id: n, tenDangNhap: `user${n}`, hoTen: `Người ${n}`, trangThai: 1, so: 1 });
    }
  }
  afterEach(async () => {
    await connector.close();
    await fake.stop();
  });

  it.each(["ignores-offset", "repeats-a-page", "empty-page-before-total", "total-changes", "truncated-json"] as const)(
    "%s: no list rather than a wrong one",
    async (lie) => {
      await start(70, [lie]);
      await expect(connector.sweep()).rejects.toMatchObject({ kind: "unavailable" });
    },
  );

  it("ignores the offset and tells no total: no list", async () => {
    await start(70, ["ignores-offset"], vendorDocsDefinition.replace("  total: /duLieu/tongSo\n  paging", "  paging"));
    await expect(connector.sweep()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("tells no total: the end is an empty page, not a short one", async () => {
    await start(70, ["caps-at-20"], vendorDocsDefinition.replace("  total: /duLieu/tongSo\n  paging", "  paging"));
    expect(await connector.sweep()).toHaveLength(70);
    const pages = fake.requests.filter(({ url }) => url.includes("viTri")).map(({ url }) => /viTri=(\d+)/.exec(url)?.[1]);
    expect(pages).toEqual(["0", "20", "40", "60", "70"]);
  });

  it("holds an account whose state the definition does not know: no list", async () => {
    await start(3);
    fake.users.get("2")!["trangThai"] = 2;
    await expect(connector.sweep()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it.each(["always-login-page", "redirects-elsewhere"] as const)(
    "%s: denied, and nobody else is told who we are",
    async (lie) => {
      await start(3, [lie]);
      const failure = (await connector.sweep().catch((error: unknown) => error)) as Failure;
      expect(failure.kind).toBe("denied");
      expect(JSON.stringify([failure.words, failure.hint, failure.message, failure.stack])).not.toContain("canary");
      expect(fake.requests.length).toBeLessThan(6);
    },
  );

  it("refuses the sign-in: denied, and the password is in no word of it", async () => {
    await start(3);
    const wrong = await connectRest({
      url: fake.url,
      definition: vendorDocsDefinition,
      values: { "secret.user": vendorUser, "secret.pass": "wrong-canary" },
    });
    const failure = (await wrong.sweep().catch((error: unknown) => error)) as Failure;
    await expect(wrong.find({ id: "1" })).rejects.toBe(failure);
    await wrong.close();
    expect(fake.requests).toHaveLength(1);
    expect(failure).toMatchObject({ kind: "denied", words: { en: "documents refuses the sign-in (200): Sai mật khẩu" } });
    expect(JSON.stringify([failure.words, failure.hint, failure.stack])).not.toContain("canary");
  });

  it.each(["500-after-executing", "reset-after-executing"] as const)("%s: unknown, and sent once", async (lie) => {
    await start(0, [lie]);
    expect((await connector.create(makeAccount(1))).outcome).toBe("unknown");
    expect(fake.counts.writes).toBe(1);
  });

  it("cuts its answer off: whether it was done is unknown", async () => {
    await start(0);
    await connector.sweep();
    fake.lies.add("truncated-json");
    expect((await connector.create(makeAccount(1))).outcome).toBe("unknown");
  });

  it("tells of a duplicate in a 200: a conflict, whatever the letters are written as", async () => {
    await start(3);
    expect(await connector.create(makeAccount(2))).toMatchObject({ outcome: "refused", conflict: true });
    fake.lies.add("escapes-letters");
    expect(await connector.create(makeAccount(2))).toMatchObject({ outcome: "refused", conflict: true });
    expect(fake.users.size).toBe(3);
  });

  it("says in its refusal what it was sent: the secrets are struck out", async () => {
    await start(0, ["refuses-create"]);
    const result = await connector.createWithPassword!(makeAccount(1), 'first"canary\\pass');
    expect(result).toMatchObject({ outcome: "refused", conflict: false });
    expect(JSON.stringify(result)).toContain("Không hợp lệ: •••");
    expect(JSON.stringify(result)).not.toContain("canary");
  });

  it("gives no id: it is found by name when the account is what was sent, and else left unknown", async () => {
    await start(0);
    expect(await connector.create(makeAccount(1))).toEqual({ outcome: "done", id: "1" });
    fake.lies.add("gives-id");
    expect(await connector.create(makeAccount(2))).toEqual({ outcome: "done", id: "2" });
    fake.lies.delete("gives-id");
    fake.lies.add("loses-title");
    expect(await connector.create(makeAccount(3))).toEqual({ outcome: "done", id: undefined });
  });

  it("cannot be asked for the id of what it made: done all the same, for it was", async () => {
    await start(0);
    fake.onWrite = () => void fake.lies.add("reads-fail");
    expect(await connector.create(makeAccount(1))).toEqual({ outcome: "done", id: undefined });
    expect(fake.users.size).toBe(1);
  });

  it("wipes what a PUT does not send: all of it is sent, each number with its digits", async () => {
    await start(1);
    fake.users.set("1", { ...fake.users.get("1")!, phong: { so: [1, 2] }, ghiChu: 'a"b\\c\u2028' });
    const [before] = await connector.find({ id: "1" });
    await connector.setActive("1", false);
    expect(fake.users.get("1")).toEqual({
      id: 1,
      tenDangNhap: "user1",
      hoTen: "Người 1",
      trangThai: 0,
      so: 1,
      phong: { so: [1, 2] },
      ghiChu: 'a"b\\c\u2028',
    });
    expect(before?.active).toBe(true);
  });

  it("was changed by somebody since it was read: nothing is written over it", async () => {
    await start(1);
    const [before] = await connector.find({ id: "1" });
    fake.users.get("1")!["hoTen"] = "Người khác";
    const wanted = { ...before!, attributes: { ...before!.attributes, title: "Văn thư" } };
    expect(await connector.patch(before!, wanted, ["title"])).toMatchObject({ outcome: "refused", conflict: true });
    expect(fake.counts.writes).toBe(0);
  });

  it("signs in once for all that ask at once", async () => {
    await start(3);
    await Promise.all([connector.sweep(), connector.find({ id: "1" }), connector.find({ id: "2" })]);
    expect(fake.counts.logins).toBe(1);
  });

  it("sends whoever is signed out to its login page, writings too: signed in anew and sent again", async () => {
    await start(0, ["session-ends-often", "redirects-to-login", "gives-id"]);
    for (let n = 1; n <= 20; n++) expect(await connector.create(makeAccount(n))).toEqual({ outcome: "done", id: String(n) });
    expect(fake.counts).toEqual({ writes: 20, logins: 2 });
  });

  it("waits until the date that it is given", async () => {
    await start(3, ["throttles-date"]);
    const started = performance.now();
    expect(await connector.sweep()).toHaveLength(3);
    expect(performance.now() - started).toBeGreaterThanOrEqual(95);
  });
});

describe("Keycloak's fake", () => {
  let fake: KeycloakFake;
  let connector: Connector;
  afterEach(async () => {
    await connector.close();
    await fake.stop();
  });
  async function start(): Promise<void> {
    fake = await startKeycloak();
    connector = await connectKeycloak(fake.url);
  }

  it("gives the id in Location alone, and 409 for another's e-mail, which proves nothing about the account", async () => {
    await start();
    const made = await connector.create(makeAccount(1, { attributes: { displayName: "A", email: "a@hue.gov.vn" } }));
    expect(made).toEqual({ outcome: "done", id: [...fake.users.keys()][0] });
    const other = await connector.create(makeAccount(2, { attributes: { displayName: "B", email: "a@hue.gov.vn" } }));
    expect(other).toMatchObject({
      outcome: "refused",
      conflict: true,
      message: { en: "documents refused (409): User exists with same email" },
    });
    expect(await connector.find({ username: "user2" })).toEqual([]);
  });

  it("takes a first password that must be changed, and another one later; without one it is sent none", async () => {
    await start();
    const { id = "" } = (await connector.createWithPassword!(makeAccount(1), "first-pass")) as { id?: string };
    expect(fake.passwords.get(id)).toMatchObject({ value: "first-pass", temporary: true });
    expect(await connector.setPassword!(id, "next-pass")).toEqual({ outcome: "done", id });
    expect(fake.passwords.get(id)).toEqual({ value: "next-pass", temporary: true });
    await connector.create(makeAccount(2));
    expect(fake.passwords.size).toBe(1);
  });

  it("takes one token for all that ask at once", async () => {
    await start();
    await Promise.all([1, 2, 3, 4].map((n) => connector.create(makeAccount(n))));
    expect(fake.counts.tokens).toBe(1);
  });

  it("refuses every token: another is fetched once, then it is denied", async () => {
    await start();
    fake.tokenUses = 0;
    await expect(connector.sweep()).rejects.toMatchObject({ kind: "denied" });
    expect(fake.counts.tokens).toBe(2);
  });

  it("refuses the client: denied, without the secret", async () => {
    await start();
    const wrong = await connectRest({
      url: fake.url,
      definition: keycloakDefinition,
      values: { "var.realm": "phuong", "var.client": "wardctl", "secret.client": "wrong-canary" },
    });
    const failure = (await wrong.sweep().catch((error: unknown) => error)) as Failure;
    await wrong.close();
    expect(failure.kind).toBe("denied");
    expect(failure.words.en).toContain("invalid_client");
    expect(JSON.stringify([failure.words, failure.hint, failure.message, failure.stack])).not.toContain("canary");
  });
});

describe("roles and groups of a system with a definition", () => {
  const small = `auth: { kind: none }
list: { get: /u, items: "", paging: none }
find: { id: { get: "/u/\${id}" } }
correlation: { strong: null, weak: /ten }
account: { id: /id, active: { pointer: /on }, attributes: {} }
create: { post: /u, json: { ten: "\${username}" } }
update: { patch: "/u/\${id}" }
roles:
  list: { get: /r, paging: none, id: /ma, name: /ten }
  held: { pointer: /quyen/vaiTro, item: /ma, by: id }
`;
  interface Sent {
    readonly method: string;
    readonly body: string;
  }
  const users = new Map<string, { id: string; ten: string; on: boolean; quyen?: unknown; ghiChu: string }>();
  const sent: Sent[] = [];
  const start = async (): Promise<{ readonly connector: Connector; stop(): Promise<void> }> => {
    users.clear();
    sent.length = 0;
    users.set("a", { id: "a", ten: "lan", on: true, quyen: { vaiTro: [{ ma: 3, tu: "2025" }], khac: 1 }, ghiChu: "giữ" });
    users.set("b", { id: "b", ten: "hoa", on: true, ghiChu: "giữ" });
    const { url, stop } = await serve((request, response, body) => {
      const [, kind, id = ""] = (request.url ?? "").split("/");
      if (request.method === "PATCH") {
        sent.push({ method: "PATCH", body });
        Object.assign(users.get(id) as object, JSON.parse(body));
      }
      const roles = [
        { ma: 3, ten: "Văn thư" },
        { ma: 4, ten: "Lãnh đạo" },
      ];
      const value = kind === "r" ? roles : id === "" ? [...users.values()] : users.get(id);
      response.writeHead(value ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(value ?? {}));
    });
    const connector = await connectRest({ url, definition: small });
    return {
      connector,
      async stop() {
        await connector.close();
        await stop();
      },
    };
  };

  it("are read from the accounts' own records, in the one listing that is made anyway", async () => {
    const { connector, stop } = await start();
    await connector.sweep();
    expect(await connector.memberships?.sweep(["role:Văn thư", "role:Lãnh đạo", "group:x"])).toEqual({
      held: new Map([["a", ["role:Văn thư"]]]),
      missing: ["group:x"],
      ambiguous: [],
      existing: ["role:Văn thư", "role:Lãnh đạo"],
    });
    await stop();
  });

  it("are changed with what they say beside kept, and with nothing else sent where changes are taken", async () => {
    const { connector, stop } = await start();
    const change = (id: string, add: Membership[], remove: Membership[]) => connector.memberships?.change(id, { add, remove });
    expect(await change("a", ["role:Lãnh đạo"], [])).toMatchObject({ outcome: "done" });
    expect(await change("b", ["role:Văn thư"], [])).toMatchObject({ outcome: "done" });
    expect(await change("a", [], ["role:Lãnh đạo"])).toMatchObject({ outcome: "done" });
    expect(sent.map(({ body }) => JSON.parse(body))).toEqual([
      { quyen: { vaiTro: [{ ma: 3, tu: "2025" }, { ma: 4 }] } },
      { quyen: { vaiTro: [{ ma: 3 }] } },
      { quyen: { vaiTro: [{ ma: 3, tu: "2025" }] } },
    ]);
    expect(connector.memberships?.createGroup).toBeUndefined();
    await stop();
  });
});
