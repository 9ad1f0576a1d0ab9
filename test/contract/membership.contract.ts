import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Membership, MembershipKind } from "../../src/provision/account.ts";
import type { Connector, MembershipPort, WriteResult } from "../../src/provision/connector.ts";
import { makeAccount } from "./connector.contract.ts";

export interface MembershipHarness {
  readonly connector: Connector;
  /** Puts a group or role there by hand, held by these accounts beside whatever the fixture puts in that wardctl has no business with. */
  seed(membership: Membership, holders: readonly string[]): void | Promise<void>;
  /** Account ids, from the server's own store, as often as they stand there. */
  listHolders(membership: Membership): readonly string[] | Promise<readonly string[]>;
  /** Everything else in the group that is nobody's account: nested groups, placeholders of others. Undefined: it has no place for such. */
  listStrangers?(membership: Membership): readonly string[] | Promise<readonly string[]>;
  /** Answers to writes are lost from now on, after they were carried out. Undefined: the server cannot. */
  loseAnswers?(lose: boolean): void;
  /** Two groups or roles may bear one name there. */
  readonly hasTwins?: readonly MembershipKind[];
  /** Kinds that are whatever is given, so that none is ever missing. */
  readonly open?: readonly MembershipKind[];
  /** Kinds that can be seeded; all of the port's by default. */
  stop(): Promise<void>;
}

/** Names as offices give them, and names that mean something in a filter, a path, an address or a distinguished name. */
const oddNames = [
  "Phòng Văn hóa – Xã hội",
  "unit:27004:center",
  'a "b" c',
  "a\\b",
  "a*b",
  "a(b)c",
  "a]b[c",
  "a/b?c=d#e",
  "a,b+c=d;e<f>",
  "${name}",
  "100%",
];

/** What MembershipPort promises, asked of every adapter and every server it has to live with. */
export function describeMemberships(name: string, start: () => Promise<MembershipHarness>): void {
  describe(`roles and groups of ${name}`, () => {
    let harness: MembershipHarness;
    let port: MembershipPort;
    let ids: readonly string[] = [];
    const kinds = (): MembershipKind[] => [...port.kinds];
    const id = (n: number): string => ids[n] as string;
    const change = (account: string, add: readonly Membership[], remove: readonly Membership[] = []): Promise<WriteResult> =>
      port.change(account, { add, remove });
    const sorted = async (membership: Membership): Promise<string[]> => [...(await harness.listHolders(membership))].sort();

    beforeAll(async () => {
      harness = await start();
      port = harness.connector.memberships as MembershipPort;
      for (let n = 1; n <= 25; n++) await harness.connector.create(makeAccount(n));
      const swept = await harness.connector.sweep();
      const byName = new Map(swept.map((account) => [account.userName, account.id]));
      ids = Array.from({ length: 25 }, (_, n) => byName.get(`user${n + 1}`) as string);
      for (const kind of kinds()) {
        for (let n = 1; n <= 24; n++) await harness.seed(`${kind}:seed ${n}`, [id(n % 25), id((n + 7) % 25)]);
        await harness.seed(`${kind}:big`, ids);
      }
      await harness.connector.sweep();
    });
    afterAll(async () => {
      await harness.connector.close();
      await harness.stop();
    });

    it("sweeps the asked over more than three pages, and nothing else", async () => {
      for (const kind of kinds()) {
        const asked: Membership[] = [`${kind}:seed 2`, `${kind}:seed 24`, `${kind}:big`];
        const swept = await port.sweep(asked);
        expect(swept.held.size).toBe(25);
        const holders = (membership: Membership): string[] =>
          [...swept.held].filter(([, held]) => held.includes(membership)).map(([account]) => account);
        for (const membership of asked) expect(holders(membership).sort()).toEqual(await sorted(membership));
        expect(swept).toMatchObject({ missing: [], ambiguous: [] });
        const isListed = swept.existing !== undefined && !harness.open?.includes(kind);
        if (isListed) expect(swept.existing).toEqual(expect.arrayContaining([...asked, `${kind}:seed 1`]));
        for (const held of swept.held.values()) expect([...held].sort()).toEqual(held);
      }
    });

    it("adds, reads back by account and by sweep, and adds a second time to no effect", async () => {
      for (const kind of kinds()) {
        const membership: Membership = `${kind}:seed 3`;
        const before = await sorted(membership);
        expect(await change(id(20), [membership])).toMatchObject({ outcome: "done" });
        expect(await port.find(id(20), [membership, `${kind}:big`])).toEqual([`${kind}:big`, membership]);
        expect((await port.sweep([membership])).held.get(id(20))).toEqual([membership]);
        expect(await change(id(20), [membership])).toMatchObject({ outcome: "done" });
        await port.sweep([membership]);
        expect(await change(id(20), [membership])).toMatchObject({ outcome: "done" });
        expect(await sorted(membership)).toEqual([...before, id(20)].sort());
      }
    });

    it("removes one, leaves everybody else, and removes a second time to no effect", async () => {
      for (const kind of kinds()) {
        const membership: Membership = `${kind}:big`;
        const strangers = await harness.listStrangers?.(membership);
        expect(await change(id(5), [], [membership])).toMatchObject({ outcome: "done" });
        expect(await change(id(5), [], [membership])).toMatchObject({ outcome: "done" });
        expect(await sorted(membership)).toEqual(ids.filter((one) => one !== id(5)).sort());
        expect(await harness.listStrangers?.(membership)).toEqual(strangers);
        expect(await port.find(id(5), [membership])).toEqual([]);
        expect(await port.find(id(6), [membership])).toEqual([membership]);
      }
    });

    it("adds some and removes others of one account at once", async () => {
      const add = kinds().flatMap((kind): Membership[] => [`${kind}:seed 10`, `${kind}:seed 11`]);
      const remove = kinds().flatMap((kind): Membership[] => [`${kind}:seed 12`, `${kind}:seed 5`]);
      const asked = [...add, ...remove];
      await port.sweep(asked);
      expect(await port.find(id(12), asked)).toEqual([...remove].sort());
      expect(await change(id(12), add, remove)).toMatchObject({ outcome: "done" });
      expect(await port.find(id(12), asked)).toEqual([...add].sort());
    });

    it("gives many accounts one thing at the same time, and none of them is lost", async () => {
      for (const kind of kinds()) {
        const membership: Membership = `${kind}:seed 1`;
        await port.sweep([membership]);
        const wanted = ids.filter((one) => one !== id(1) && one !== id(8));
        const results = await Promise.all(wanted.map((one) => change(one, [membership])));
        expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["done"]));
        expect(await sorted(membership)).toEqual([...ids].sort());
        expect(await Promise.all(ids.map((one) => port.find(one, [membership])))).toEqual(ids.map(() => [membership]));
      }
    });

    it("tells what is missing, writes nothing for it, and has no closed list where anything may be given", async () => {
      for (const kind of kinds()) {
        const membership: Membership = `${kind}:nobody has this`;
        const isOpen = harness.open?.includes(kind) === true;
        expect((await port.sweep([membership, `${kind}:big`])).missing).toEqual(isOpen ? [] : [membership]);
        if (!isOpen) expect(await change(id(2), [membership])).toMatchObject({ outcome: "refused" });
        expect(await port.find(id(3), [membership])).toEqual([]);
      }
    });

    it("tells of two of one name and changes neither", async () => {
      for (const kind of harness.hasTwins ?? []) {
        const membership: Membership = `${kind}:twin`;
        await harness.seed(membership, [id(1)]);
        await harness.seed(membership, [id(2)]);
        expect(await port.sweep([membership, `${kind}:big`])).toMatchObject({ missing: [], ambiguous: [membership] });
        expect(await change(id(4), [membership])).toMatchObject({ outcome: "refused" });
        expect(await sorted(membership)).toEqual([id(1), id(2)].sort());
      }
    });

    it("makes a group once, empty, and fills it", async () => {
      if (!port.createGroup) return expect(harness.open ?? []).not.toContain("group");
      expect((await port.sweep(["group:made"])).missing).toEqual(["group:made"]);
      expect(await port.createGroup("group:made")).toMatchObject({ outcome: "done" });
      expect(await port.createGroup("group:made")).toMatchObject({ outcome: "refused", conflict: true });
      expect(await port.sweep(["group:made"])).toMatchObject({ held: new Map(), missing: [], ambiguous: [] });
      expect(await change(id(9), ["group:made"])).toMatchObject({ outcome: "done" });
      expect(await sorted("group:made")).toEqual([id(9)]);
      expect(await change(id(9), [], ["group:made"])).toMatchObject({ outcome: "done" });
      expect(await sorted("group:made")).toEqual([]);
      expect(await port.sweep(["group:made"])).toMatchObject({ held: new Map(), missing: [], ambiguous: [] });
    });

    it.each(oddNames)("keeps %j apart from every other name", async (odd) => {
      for (const kind of kinds()) {
        const membership: Membership = `${kind}:${odd}`;
        await harness.seed(membership, [id(15)]);
        expect((await port.sweep([membership])).held).toEqual(new Map([[id(15), [membership]]]));
        expect(await change(id(16), [membership])).toMatchObject({ outcome: "done" });
        expect(await port.find(id(16), [membership])).toEqual([membership]);
        expect(await change(id(15), [], [membership])).toMatchObject({ outcome: "done" });
        expect(await sorted(membership)).toEqual([id(16)]);
      }
    });

    it("takes NFD there and NFC here for one name", async () => {
      for (const kind of kinds()) {
        const name = `Tổ trưởng ${kind}`;
        await harness.seed(`${kind}:${name.normalize("NFD")}`, [id(17)]);
        const membership: Membership = `${kind}:${name.normalize("NFC")}`;
        expect((await port.sweep([membership])).held).toEqual(new Map([[id(17), [membership]]]));
        expect(await port.find(id(17), [membership])).toEqual([membership]);
        expect(await change(id(17), [], [membership])).toMatchObject({ outcome: "done" });
        expect(await port.find(id(17), [membership])).toEqual([]);
      }
    });

    it("a lost answer is unknown, and reading back tells what came of it", async () => {
      if (!harness.loseAnswers) return;
      for (const kind of kinds()) {
        const membership: Membership = `${kind}:seed 20`;
        await port.sweep([membership]);
        harness.loseAnswers(true);
        const result = await change(id(0), [membership]);
        harness.loseAnswers(false);
        expect(result.outcome).toBe("unknown");
        expect(await port.find(id(0), [membership])).toEqual([membership]);
        expect(await change(id(0), [membership])).toMatchObject({ outcome: "done" });
        expect((await sorted(membership)).filter((one) => one === id(0))).toHaveLength(1);
      }
    });

    it("gives nothing to an account that is not there, and tells no secret", async () => {
      for (const kind of kinds()) {
        const result = await change("11111111-2222-3333-4444-555555555555", [`${kind}:seed 9`]).catch((error: unknown) => error);
        expect((result as { outcome?: string }).outcome).toBe("refused");
        expect(JSON.stringify(result)).not.toMatch(/canary|city-token/);
        expect(await harness.listHolders(`${kind}:seed 9`)).toHaveLength(2);
      }
    });

    it("stops when it is told to", async () => {
      const asked = kinds().map((kind): Membership => `${kind}:seed 2`);
      await expect(port.sweep(asked, AbortSignal.abort())).rejects.toMatchObject({
        kind: expect.stringMatching(/cancel|unavail/),
      });
    });
  });
}
