import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Account, type AccountState, narrowState } from "../../src/provision/account.ts";
import type { Connector } from "../../src/provision/connector.ts";

export interface ConnectorHarness {
  readonly connector: Connector;
  /** The server's own store, not read through the connector: what it holds under an id. */
  findInStore(id: string): { readonly userName: string; readonly externalId?: unknown; readonly active?: unknown } | undefined;
  countInStore(): number;
  /** Writes an attribute into the store that wardctl does not manage. */
  setUnmanaged(id: string, value: string): void;
  readUnmanaged(id: string): unknown;
  stop(): Promise<void>;
}

export function makeAccount(n: number, change: Partial<AccountState> = {}): AccountState {
  return {
    externalId: `CB${n}`,
    userName: `user${n}`,
    active: true,
    attributes: {
      displayName: `Đặng Thị Phượng ${n}`,
      formattedName: `Đặng Thị Phượng ${n}`,
      givenName: "Phượng",
      title: "Chuyên viên",
      userType: "cong_chuc",
      employeeNumber: `CB${n}`,
      unit: "27004",
      department: "van-phong",
    },
    ...change,
  };
}

/** What connector.ts promises, asked of every adapter and every server it has to live with. */
export function describeConnector(name: string, start: () => Promise<ConnectorHarness>): void {
  describe(`connector to ${name}`, () => {
    let harness: ConnectorHarness;
    let connector: Connector;
    let ids: string[] = [];
    /** By the strongest evidence that the system has a place for. */
    const findAccount = async (n: number): Promise<Account | undefined> => {
      const strong = connector.holds?.has("externalId") ?? true;
      const [found] = await connector.find(strong ? { externalId: `CB${n}` } : { username: `user${n}` });
      return found;
    };

    beforeAll(async () => {
      harness = await start();
      connector = harness.connector;
      for (let n = 1; n <= 25; n++) await connector.create(makeAccount(n));
      ids = (await connector.sweep()).map(({ id }) => id);
    });
    afterAll(async () => {
      await connector.close();
      await harness.stop();
    });

    it("reads back what it wrote", async () => {
      expect(await findAccount(7)).toMatchObject(narrowState(makeAccount(7), connector.holds));
    });

    it("sweeps more than three pages, each account once", async () => {
      const swept = await connector.sweep();
      expect(swept).toHaveLength(25);
      expect(new Set(swept.map(({ id }) => id)).size).toBe(25);
    });

    it("does not make a second account under a name that is taken", async () => {
      const result = await connector.create(makeAccount(7));
      expect(result.outcome).not.toBe("done");
      expect(harness.countInStore()).toBe(25);
    });

    it("finds by id, by external id and by name, and nothing where there is nothing", async () => {
      const [byName] = await connector.find({ username: "user9" });
      expect(byName).toEqual(await findAccount(9));
      expect(await connector.find({ id: byName?.id as string })).toEqual([byName]);
      expect(await connector.find({ username: "user" })).toEqual([]);
      expect(await connector.find({ externalId: "CB" })).toEqual([]);
      expect(await connector.find({ externalId: 'x" or externalId pr or "' })).toEqual([]);
      expect(await connector.find({ id: "no such id" })).toEqual([]);
    });

    it("is not led astray by a value that means something in an address, a filter or a text", async () => {
      for (const value of ["..", ".", "../auth", "a/b", "100%", "đ?x=1#y", '"', "\\", "*", "(", "\u0000"]) {
        // Nothing is a certain no; a server may also refuse to look for it.
        const found = await connector.find({ id: value }).catch((error: { kind?: string }) => {
          expect(error.kind).toBe("unavailable");
          return [];
        });
        expect(found).toEqual([]);
        expect(await connector.find({ username: value })).toEqual([]);
      }
    });

    it("changes only what it was given", async () => {
      const before = await findAccount(3);
      harness.setUnmanaged(before!.id, "kept");
      const wanted = { ...before!, attributes: { ...before!.attributes, title: "Trưởng phòng", department: null } };
      await connector.patch(before!, wanted, ["title", "department"]);
      expect(await findAccount(3)).toEqual({
        ...before,
        attributes: { ...before!.attributes, title: "Trưởng phòng", department: null },
      });
      expect(harness.readUnmanaged(before!.id)).toBe("kept");
    });

    it("adds and removes a value that was absent", async () => {
      const before = await findAccount(4);
      const wanted = { ...before!, attributes: { ...before!.attributes, department: null, title: null } };
      await connector.patch(before!, wanted, ["department", "title"]);
      const without = await findAccount(4);
      await connector.patch(without!, before!, ["department", "title"]);
      expect(await findAccount(4)).toEqual(before);
    });

    it("disables and enables without changing the id", async () => {
      const id = ids[4] as string;
      await connector.setActive(id, false);
      expect(harness.findInStore(id)?.active).toBe(false);
      expect((await connector.find({ id }))[0]?.active).toBe(false);
      await connector.setActive(id, true);
      expect((await connector.find({ id }))[0]).toMatchObject({ id, active: true });
    });

    it("shows NFC where the system keeps NFD", async () => {
      const name = "Đặng Thị Phượng";
      await connector.create(makeAccount(26, { attributes: { displayName: name.normalize("NFD"), formattedName: name } }));
      expect((await findAccount(26))?.attributes.displayName).toBe(name);
    });
  });
}
