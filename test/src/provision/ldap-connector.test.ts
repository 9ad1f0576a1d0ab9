import { afterEach, describe, expect, it } from "vitest";
import type { Account, Membership } from "../../../src/provision/account.ts";
import type { Connector } from "../../../src/provision/connector.ts";
import { escapeDnValue, formatGuid } from "../../../src/provision/connectors/ldap-text.ts";
import { readMembership } from "../../../src/provision/membership.ts";
import { type ConnectorHarness, describeConnector, makeAccount } from "../../contract/connector.contract.ts";
import { describeMemberships, type MembershipHarness } from "../../contract/membership.contract.ts";
import { startConnectedDirectory } from "../../support/connect-directory.ts";
import { type DirectoryLie, type FakeDirectory, type FakeEntry, readText, setValues } from "../../support/fake-directory.ts";

async function startHarness(kind: "ldap" | "ad"): Promise<ConnectorHarness> {
  const { directory, connector, stop } = await startConnectedDirectory(kind);
  const find = (id: string): FakeEntry | undefined => directory.entries[Number.parseInt(id.slice(-8), 16) - 1];
  const isActive = ({ values }: FakeEntry): boolean =>
    kind === "ldap" ? !values.has("pwdaccountlockedtime") : readText(values, "userAccountControl") !== "514";
  return {
    connector,
    findInStore(id) {
      const entry = find(id);
      return (
        entry && { userName: readText(entry.values, kind === "ad" ? "sAMAccountName" : "uid") as string, active: isActive(entry) }
      );
    },
    countInStore: () => directory.entries.length,
    setUnmanaged: (id, value) => setValues(find(id)!.values, "info", [Buffer.from(value)]),
    readUnmanaged: (id) => readText(find(id)!.values, "info"),
    stop,
  };
}

describeConnector("an LDAP directory", () => startHarness("ldap"));
describeConnector("Active Directory, over TLS", () => startHarness("ad"));

async function startGroups(kind: "ldap" | "ad", ...lies: readonly DirectoryLie[]): Promise<MembershipHarness> {
  const { directory, connector, stop } = await startConnectedDirectory(kind);
  for (const lie of lies) directory.lies.add(lie);
  let made = 0;
  const toDn = (id: string): string =>
    directory.entries.find(({ values }) => {
      const guid = values.get("objectguid")?.values[0];
      return (guid ? formatGuid(guid) : readText(values, "entryUUID")) === id;
    })!.dn;
  const listMembers = (membership: Membership): string[] =>
    directory.entries
      .filter(({ values }) => readText(values, "cn") === readMembership(membership).name)
      .flatMap(({ values }) => values.get("member")?.values ?? [])
      .map(String);
  const findId = (dn: string): string | undefined => {
    const entry = directory.entries.find((one) => one.dn === dn);
    const guid = entry?.values.get("objectguid")?.values[0];
    return guid ? formatGuid(guid) : entry && readText(entry.values, "entryUUID");
  };
  return {
    connector,
    seed(membership, holders) {
      const name = membership.slice("group:".length);
      const members = [...holders.map(toDn), "cn=nested,OU=Groups,DC=hue,DC=vn"].map((dn) => Buffer.from(dn));
      const values: FakeEntry["values"] = new Map();
      setValues(values, "objectClass", [Buffer.from(kind === "ad" ? "group" : "groupOfNames")]);
      setValues(values, "cn", [Buffer.from(name)]);
      setValues(values, "member", members);
      directory.entries.push({ dn: `cn=${escapeDnValue(name)},ou=g${++made},OU=Groups,DC=hue,DC=vn`, values });
    },
    listHolders: (membership) => listMembers(membership).flatMap((dn) => findId(dn) ?? []),
    listStrangers: (membership) => listMembers(membership).filter((dn) => findId(dn) === undefined),
    loseAnswers(lose) {
      if (lose) directory.lies.add("drops-after-executing");
      else directory.lies.delete("drops-after-executing");
    },
    hasTwins: ["group"],
    stop,
  };
}

describeMemberships("an LDAP directory", () => startGroups("ldap"));
describeMemberships("Active Directory", () => startGroups("ad"));
describeMemberships("Active Directory that gives members by ranges", () => startGroups("ad", "gives-five-members-at-a-time"));

let stop: () => Promise<void>;
let directory: FakeDirectory;
let connector: Connector;

async function start(kind: "ldap" | "ad", options: Parameters<typeof startConnectedDirectory>[1] = {}): Promise<void> {
  ({ directory, connector, stop } = await startConnectedDirectory(kind, options));
}

async function make(n: number, change: Parameters<typeof makeAccount>[1] = {}): Promise<Account> {
  const wanted = makeAccount(n, change);
  expect((await connector.create(wanted)).outcome).toBe("done");
  const [made] = await connector.find({ externalId: wanted.externalId as string });
  directory.requests.length = 0;
  return made!;
}

const flags = (): string | undefined => readText(directory.entries[0]!.values, "userAccountControl");

describe("Active Directory's dialect", () => {
  afterEach(() => stop());

  it("makes an account without a password: 546, which counts as open and waiting, not as disabled", async () => {
    await start("ad");
    await connector.create(makeAccount(1));
    expect(directory.requests).toEqual([
      {
        operation: "add",
        dn: "cn=user1,OU=UBND,DC=hue,DC=vn",
        detail: [
          "objectClass: top | person | organizationalPerson | user",
          "sAMAccountName: user1",
          "displayName: Đặng Thị Phượng 1",
          "givenName: Phượng",
          "title: Chuyên viên",
          "employeeType: cong_chuc",
          "employeeID: CB1",
          "company: 27004",
          "department: van-phong",
          "cn: user1",
          "userAccountControl: 546",
        ].join("\n"),
      },
    ]);
    expect((await connector.sweep())[0]).toMatchObject({ externalId: "CB1", active: true });
  });

  it("keeps the key of a department, too long for employeeID, in employeeNumber, and finds it there", async () => {
    await start("ad");
    const { employeeNumber: _, ...attributes } = makeAccount(1).attributes;
    const key = "27004/van-hoa-xa-hoi/document-inbox";
    const made = await make(1, { externalId: key, attributes });
    expect(made.externalId).toBe(key);
    expect(readText(directory.entries[0]!.values, "employeeNumber")).toBe(key);
    expect(directory.entries[0]!.values.has("employeeid")).toBe(false);
  });

  it("takes a short employeeNumber of somebody else's for no external id", async () => {
    await start("ad");
    const made = await make(1);
    setValues(directory.entries[0]!.values, "employeeID", []);
    setValues(directory.entries[0]!.values, "employeeNumber", [Buffer.from("4711")]);
    expect((await connector.find({ id: made.id }))[0]?.externalId).toBeUndefined();
  });

  it("asks for people's accounts only, and reads one by its GUID", async () => {
    await start("ad");
    const made = await make(1);
    await connector.sweep();
    await connector.find({ username: "a*(b)\\\0" });
    await connector.find({ id: made.id });
    expect(directory.requests.map(({ dn, detail }) => [dn, detail])).toEqual([
      ["OU=UBND,DC=hue,DC=vn", '(&(objectCategory="person")(objectClass="user"))'],
      ["OU=UBND,DC=hue,DC=vn", '(&(&(objectCategory="person")(objectClass="user"))(sAMAccountName="a*(b)\\\\\\u0000"))'],
      ["<GUID=33221100-5544-7766-8899-aabb00000001>", "(objectClass=*)"],
    ]);
  });

  it("sets a first password: quoted UTF-16LE, 512, to be changed at the first sign-in, by the object's GUID", async () => {
    await start("ad");
    const made = await make(1);
    expect((await connector.setPassword?.(made.id, "Mật-khẩu"))?.outcome).toBe("done");
    expect(directory.requests.at(-1)).toEqual({
      operation: "modify",
      dn: `<GUID=${made.id}>`,
      detail: `replace unicodePwd: hex:${Buffer.from('"Mật-khẩu"', "utf16le").toString("hex")}\nreplace userAccountControl: 512\nreplace pwdLastSet: 0`,
    });
  });

  it("sends no password over a line that is not TLS from the first byte", async () => {
    await start("ad", { tls: false });
    const made = await make(1);
    expect(await connector.setPassword?.(made.id, "Mật-khẩu")).toMatchObject({ outcome: "refused", conflict: false });
    expect(directory.requests).toEqual([]);
  });

  it("disables with the flag 0x2 alone, whatever other flags there are, read in that moment", async () => {
    await start("ad");
    const made = await make(1);
    await connector.setPassword?.(made.id, "Mật-khẩu");
    await connector.sweep();
    const values = directory.entries[0]!.values;
    setValues(values, "userAccountControl", [Buffer.from(String(512 | 0x10000 | 0x40000))]);
    await connector.setActive(made.id, false);
    expect(directory.requests.at(-1)?.detail).toBe(`replace userAccountControl: ${512 | 0x10000 | 0x40000 | 2}`);
    expect((await connector.find({ id: made.id }))[0]?.active).toBe(false);
    await connector.setPassword?.(made.id, "Khác-1");
    expect(flags()).toBe(String(512 | 0x10000 | 0x40000 | 2));
    await connector.setActive(made.id, true);
    expect(flags()).toBe(String(512 | 0x10000 | 0x40000));
  });

  it("disables one that never had a password so that it no longer counts as waiting", async () => {
    await start("ad");
    const made = await make(1);
    await connector.setActive(made.id, false);
    expect(flags()).toBe("514");
    expect((await connector.find({ id: made.id }))[0]?.active).toBe(false);
    // 512 without a password is refused: it waits for one again.
    expect((await connector.setActive(made.id, true)).outcome).toBe("done");
    expect(flags()).toBe("546");
  });

  it("changes an attribute by taking the old value away by name", async () => {
    await start("ad");
    const made = await make(1);
    const wanted = { ...made, attributes: { ...made.attributes, title: "Chủ tịch", phone: "0234" } };
    await connector.patch(made, wanted, ["title", "phone"]);
    expect(directory.requests.at(-1)?.detail).toBe("delete title: Chuyên viên\nadd title: Chủ tịch\nadd telephoneNumber: 0234");
    // ldapts takes Active Directory's other domains for pages; they are nobody's accounts.
    directory.lies.add("refers-elsewhere");
    expect(await connector.sweep()).toHaveLength(1);
  });
});

describe("a directory that lies", () => {
  afterEach(() => stop());

  async function fill(count: number, pageSize?: number): Promise<void> {
    await start("ldap", { ...(pageSize === undefined ? {} : { pageSize }), deadlineMs: 400 });
    for (let n = 1; n <= count; n++) await connector.create(makeAccount(n));
    directory.requests.length = 0;
  }

  it.each(["empty-page-before-the-end", "repeats-a-page", "size-limit", "hides-ids", "silent", "forgets-who-we-are"] as const)(
    "%s: no list rather than a wrong one",
    async (lie: DirectoryLie) => {
      await fill(20);
      directory.lies.add(lie);
      await expect(connector.sweep()).rejects.toMatchObject({ kind: "unavailable" });
    },
  );

  it("gives everything at once although a page was asked for: that is whole", async () => {
    await fill(20);
    directory.lies.add("ignores-paging");
    expect(await connector.sweep()).toHaveLength(20);
  });

  it.each(["drops-after-executing", "busy-after-executing"] as const)("%s: unknown, and sent once", async (lie) => {
    await fill(0);
    directory.lies.add(lie);
    expect((await connector.create(makeAccount(1))).outcome).toBe("unknown");
    expect(directory.requests.filter(({ operation }) => operation === "add")).toHaveLength(1);
    directory.lies.clear();
    expect(await connector.find({ externalId: "CB1" })).toHaveLength(1);
  });

  it("does not answer in time: unknown after the deadline", async () => {
    await fill(0);
    directory.lies.add("silent");
    expect(await connector.create(makeAccount(1))).toMatchObject({
      outcome: "unknown",
      message: { en: expect.stringContaining("did not answer within 400 ms") },
    });
  });

  it("hung up in between: signs in again, and never reads as a stranger", async () => {
    await fill(3);
    await connector.find({ username: "user1" });
    directory.hangUp();
    await new Promise((later) => setImmediate(later));
    expect(await connector.find({ username: "user2" })).toHaveLength(1);
    directory.hangUp();
    const result = await connector.create(makeAccount(9));
    expect(["done", "unknown"]).toContain(result.outcome);
    expect(await connector.find({ username: "user3" })).toHaveLength(1);
  });

  it("is not there at all: unknown for a write, unavailable for a reading, the password in neither", async () => {
    await fill(0);
    await directory.stop();
    const result = await connector.create(makeAccount(1));
    expect(result.outcome).toBe("unknown");
    const failure = await connector.sweep().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: "unavailable" });
    expect(JSON.stringify([result, failure, (failure as Error).stack])).not.toContain("secret-canary");
  });
});

describe("groups of a directory", () => {
  afterEach(() => stop());
  const requests = (): readonly unknown[] => directory.requests.filter(({ operation }) => operation !== "search");

  it("hold a placeholder where nobody is in one that must have a member, and never count it", async () => {
    await start("ldap");
    const { id, userName } = await make(1);
    const dn = `uid=${userName},OU=UBND,DC=hue,DC=vn`;
    const group = "cn=Văn thư,OU=Groups,DC=hue,DC=vn";
    expect(await connector.memberships?.createGroup?.("group:Văn thư")).toMatchObject({ outcome: "done" });
    await connector.memberships?.change(id, { add: ["group:Văn thư"], remove: [] });
    // Somebody takes the placeholder away: then the last one to leave brings it back, in the same request.
    const values = directory.entries.find((entry) => entry.dn === group)!.values;
    setValues(values, "member", [Buffer.from(dn)]);
    expect(await connector.memberships?.change(id, { add: [], remove: ["group:Văn thư"] })).toMatchObject({ outcome: "done" });
    const placeholder = "cn=wardctl-placeholder,OU=Groups,DC=hue,DC=vn";
    expect(requests()).toEqual([
      { operation: "add", dn: group, detail: `objectClass: top | groupOfNames\ncn: Văn thư\nmember: ${placeholder}` },
      { operation: "modify", dn: group, detail: `add member: ${dn}` },
      { operation: "modify", dn: group, detail: `delete member: ${dn}` },
      { operation: "modify", dn: group, detail: `add member: ${placeholder}\ndelete member: ${dn}` },
    ]);
    expect(await connector.memberships?.sweep(["group:Văn thư"])).toEqual({ held: new Map(), missing: [], ambiguous: [] });
  });

  it("of Active Directory are made as global security groups, empty", async () => {
    await start("ad");
    await connector.memberships?.createGroup?.("group:unit:27004");
    expect(requests()).toEqual([
      {
        operation: "add",
        dn: "cn=unit:27004,OU=Groups,DC=hue,DC=vn",
        detail: "objectClass: top | group\ncn: unit:27004\nsAMAccountName: unit_27004\ngroupType: -2147483646",
      },
    ]);
  });

  it("with a hole between two ranges are no list of members", async () => {
    await start("ad");
    const dns: string[] = [];
    for (let n = 1; n <= 14; n++) {
      await connector.create(makeAccount(n));
      dns.push(`cn=user${n},OU=UBND,DC=hue,DC=vn`);
    }
    await connector.memberships?.createGroup?.("group:a");
    const values = directory.entries.at(-1)!.values;
    setValues(
      values,
      "member",
      dns.map((dn) => Buffer.from(dn)),
    );
    directory.lies.add("gives-five-members-at-a-time");
    expect((await connector.memberships?.sweep(["group:a"]))?.held.size).toBe(14);
    directory.lies.add("skips-a-range");
    await expect(connector.memberships?.sweep(["group:a"])).rejects.toMatchObject({ kind: "unavailable" });
  });

  it.each<DirectoryLie>(["size-limit", "repeats-a-page", "empty-page-before-the-end"])(
    "are not read where the directory gives no whole list: %s",
    async (lie) => {
      await start("ldap", { pageSize: 3 });
      for (let n = 1; n <= 9; n++) await connector.create(makeAccount(n));
      await connector.memberships?.createGroup?.("group:a");
      directory.lies.add(lie);
      await expect(connector.memberships?.sweep(["group:a"])).rejects.toMatchObject({ kind: "unavailable" });
    },
  );

  it("that nobody may change say so and are asked no more", async () => {
    await start("ad");
    const { id } = await make(1);
    await connector.memberships?.createGroup?.("group:a");
    directory.lies.add("forbids-groups");
    await expect(connector.memberships?.change(id, { add: ["group:a"], remove: [] })).rejects.toMatchObject({ kind: "denied" });
  });

  it("know an account under the name it has now, and no other that came to stand under its old one", async () => {
    await start("ldap");
    const { id, userName } = await make(1);
    await connector.memberships?.createGroup?.("group:a");
    await connector.memberships?.change(id, { add: ["group:a"], remove: [] });
    const entry = directory.entries[0]!;
    const old = entry.dn;
    (entry as { dn: string }).dn = "uid=moved,OU=UBND,DC=hue,DC=vn";
    setValues(entry.values, "uid", [Buffer.from("moved")]);
    await make(2, { userName });
    expect(directory.entries.at(-1)?.dn.toLowerCase()).toBe(old.toLowerCase());
    await connector.sweep();
    // What the group says is what the directory enforces: whoever stands under that name now.
    const held = (await connector.memberships?.sweep(["group:a"]))?.held;
    expect([...(held?.keys() ?? [])]).not.toContain(id);
    expect(await connector.memberships?.find(id, ["group:a"])).toEqual([]);
  });
});
