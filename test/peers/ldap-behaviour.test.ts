import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Account } from "../../src/provision/account.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { makeAccount } from "../contract/connector.contract.ts";
import { connectSlapd } from "./connect-slapd.ts";
import { type Slapd, startSlapd } from "./slapd.ts";

describe("the LDAP connector on slapd", () => {
  let slapd: Slapd;
  let connector: Connector;
  let n = 0;

  beforeAll(async () => {
    slapd = await startSlapd();
    connector = await connectSlapd(slapd);
  });
  afterAll(async () => {
    await connector.close();
    await slapd.stop();
  });
  beforeEach(() => {
    n += 1;
  });

  const make = async (change: Parameters<typeof makeAccount>[1] = {}): Promise<Account> => {
    const wanted = makeAccount(n, change);
    expect((await connector.create(wanted)).outcome).toBe("done");
    const [made] = await connector.find({ externalId: wanted.externalId as string });
    return made!;
  };
  const read = (id: string): ReadonlyMap<string, readonly string[]> =>
    slapd.dump().find(({ values }) => values.get("entryUUID")?.[0] === id)!.values;
  const change = (account: Account, attributes: Account["attributes"]): Account => ({
    ...account,
    attributes: { ...account.attributes, ...attributes },
  });

  it.each(["a*b", "a(b", "a)b", "a\\b", 'a"b', "a,b+c=d;e<f>", "#a b", "Đặng"])(
    "keeps %j apart from every other name",
    async (name) => {
      const userName = `${name}${n}`;
      const made = await make({ userName });
      expect(made.userName).toBe(userName);
      expect(await connector.find({ username: userName })).toEqual([made]);
      expect(await connector.find({ username: "*" })).toEqual([]);
      expect(await connector.find({ externalId: "*)(uid=*" })).toEqual([]);
      expect((await connector.setActive(made.id, false)).outcome).toBe("done");
    },
  );

  it("finds what stands there in NFD when it is asked in NFC", async () => {
    const made = await make();
    slapd.change(
      `dn: uid=user${n},${slapd.people}\nchangetype: modify\nreplace: employeeNumber\nemployeeNumber:: ${Buffer.from(`Đức${n}`.normalize("NFD")).toString("base64")}\n`,
    );
    const hits = await connector.find({ username: made.userName });
    expect(hits[0]?.attributes.employeeNumber).toBe(`Đức${n}`.normalize("NFC"));
  });

  it("takes a name that somebody has in another folder for taken (constraintViolation), and so says a conflict", async () => {
    const made = await make();
    const elsewhere = await connectSlapd(slapd, { createUnder: `ou=other,${slapd.people}` });
    const result = await elsewhere.create(makeAccount(n, { externalId: "other" }));
    await elsewhere.close();
    expect(result).toMatchObject({ outcome: "refused", conflict: true });
    expect(JSON.stringify(result)).toContain("LDAP 19");
    expect(await connector.create(makeAccount(n))).toMatchObject({ outcome: "refused", conflict: true });
    expect(await connector.find({ username: made.userName })).toEqual([made]);
  });

  it("leaves every other value and attribute as it is, byte by byte", async () => {
    const made = await make({ attributes: { ...makeAccount(n).attributes, email: "a@hue.gov.vn" } });
    const odd = Buffer.from(" Cần  Thơ ".normalize("NFD")).toString("base64");
    slapd.change(
      `dn: uid=user${n},${slapd.people}\nchangetype: modify\nadd: mail\nmail: b@nha.vn\n-\nadd: description\ndescription:: ${odd}\n-\nadd: jpegPhoto\njpegPhoto:: /9j/4AD/\n`,
    );
    await connector.sweep();
    const before = read(made.id);
    const wanted = change(made, { email: "c@hue.gov.vn", title: "Chủ tịch" });
    expect((await connector.patch(made, wanted, ["email", "title"])).outcome).toBe("done");
    const [after] = await connector.find({ id: made.id });
    expect(after).toEqual(wanted);
    const now = read(made.id);
    expect(now.get("mail")).toEqual(["c@hue.gov.vn", "b@nha.vn"]);
    const changed = [...now].filter(([name, values]) => String(values) !== String(before.get(name))).map(([name]) => name);
    expect(changed.filter((name) => !/^(modif|entryCSN)/.test(name)).sort()).toEqual(["mail", "title"]);
  });

  it("does not overwrite what somebody changed, or gave, since it was read", async () => {
    const made = await make({ attributes: { ...makeAccount(n).attributes, department: null } });
    await connector.sweep();
    slapd.change(`dn: uid=user${n},${slapd.people}\nchangetype: modify\nreplace: title\ntitle: Trưởng phòng\n`);
    expect(await connector.patch(made, change(made, { title: "Chủ tịch" }), ["title"])).toMatchObject({
      outcome: "refused",
      conflict: true,
    });
    slapd.change(`dn: uid=user${n},${slapd.people}\nchangetype: modify\nadd: departmentNumber\ndepartmentNumber: kinh-te\n`);
    expect(await connector.patch(made, change(made, { department: "van-phong" }), ["department"])).toMatchObject({
      outcome: "refused",
      conflict: true,
    });
    expect(read(made.id).get("title")).toEqual(["Trưởng phòng"]);
    expect(read(made.id).get("departmentNumber")).toEqual(["kinh-te"]);
  });

  it("never changes another entry that came to stand under a name it knew", async () => {
    const made = await make();
    await connector.sweep();
    slapd.change(`dn: uid=user${n},${slapd.people}\nchangetype: modrdn\nnewrdn: uid=moved${n}\ndeleteoldrdn: 1\n`);
    await make({ externalId: `other${n}` });
    expect(await connector.setActive(made.id, false)).toMatchObject({ outcome: "done" });
    expect((await connector.find({ id: made.id }))[0]).toMatchObject({ userName: `moved${n}`, active: false });
    expect((await connector.find({ username: `user${n}` }))[0]).toMatchObject({ active: true });
  });

  it("locks so that the directory itself refuses the sign-in, and opens again; a first password must be changed", async () => {
    const secure = await connectSlapd(slapd, { url: slapd.secureUrl, ca: slapd.ca, privacy: "ldaps" });
    const made = await make();
    const dn = `uid=user${n},${slapd.people}`;
    expect((await connector.setPassword?.(made.id, "Mat-khau-1"))?.outcome).toBe("refused");
    expect((await secure.setPassword?.(made.id, "Mat-khau-1"))?.outcome).toBe("done");
    expect(read(made.id).get("pwdReset")).toEqual(["TRUE"]);
    expect(slapd.canSignIn(dn, "Mat-khau-1")).toBe(true);
    await secure.setActive(made.id, false);
    expect(slapd.canSignIn(dn, "Mat-khau-1")).toBe(false);
    await secure.setActive(made.id, true);
    expect(slapd.canSignIn(dn, "Mat-khau-1")).toBe(true);
    await secure.close();
  });

  it("says the id of what it made with the answer", async () => {
    const result = await connector.create(makeAccount(n));
    const [made] = await connector.find({ username: `user${n}` });
    expect(result).toEqual({ outcome: "done", id: made?.id });
  });

  it("makes an account that is to be closed closed from the start", async () => {
    const made = await make({ active: false });
    expect(made.active).toBe(false);
    expect(read(made.id).get("pwdAccountLockedTime")).toEqual(["000001010000Z"]);
  });

  it("is no list when the directory gives only so many entries", async () => {
    const limited = await connectSlapd(slapd, { bindDn: slapd.limitedDn });
    for (let more = 0; more < 45; more++) await connector.create(makeAccount(1000 + more));
    await expect(limited.sweep()).rejects.toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("ask for a higher size limit for bindDn"),
    });
    expect(await connector.sweep()).toHaveLength(slapd.dump().length);
    await limited.close();
  });

  it("is denied with a wrong password, on writing without the right, and trusts no stranger's certificate", async () => {
    const wrong = await connectSlapd(slapd, { password: "wrong-canary" });
    const failure = await wrong.sweep().catch((error: Error) => error);
    expect(failure).toMatchObject({ kind: "denied" });
    expect(JSON.stringify([failure, (failure as Error).stack])).not.toContain("wrong-canary");
    const limited = await connectSlapd(slapd, { bindDn: slapd.limitedDn });
    await expect(limited.create(makeAccount(n))).rejects.toMatchObject({ kind: "denied" });
    const stranger = await connectSlapd(slapd, { url: slapd.secureUrl });
    await expect(stranger.sweep()).rejects.toMatchObject({ kind: "unavailable" });
    const upgraded = await connectSlapd(slapd, { startTls: true });
    await expect(upgraded.sweep()).rejects.toMatchObject({ kind: "unavailable" });
    await Promise.all([wrong, limited, stranger, upgraded].map((one) => one.close()));
  });

  it("stops when it is told to", async () => {
    await expect(connector.sweep(AbortSignal.abort())).rejects.toMatchObject({ kind: "cancelled" });
  });
});
