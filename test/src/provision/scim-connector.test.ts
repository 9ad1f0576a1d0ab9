import { afterEach, describe, expect, it } from "vitest";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import type { Failure } from "../../../src/platform/failure.ts";
import type { HttpClient } from "../../../src/platform/http.ts";
import type { Membership } from "../../../src/provision/account.ts";
import type { Connector } from "../../../src/provision/connector.ts";
import { createScimConnector } from "../../../src/provision/connectors/scim.ts";
import { readMembership } from "../../../src/provision/membership.ts";
import { createPace } from "../../../src/provision/pace.ts";
import { type ConnectorHarness, describeConnector, makeAccount } from "../../contract/connector.contract.ts";
import { describeMemberships, type MembershipHarness } from "../../contract/membership.contract.ts";
import { connectScim } from "../../support/connect-scim.ts";
import { type Lie, type LyingServer, startLyingScim, type User } from "../../support/lying-scim.ts";
import { startScimmy } from "../../support/scimmy-harness.ts";

/** As `wardctl provision probe --allow-writes` leaves it: the connector knows what it has to do with. */
async function startProbed(...lies: readonly Lie[]): Promise<ConnectorHarness & MembershipHarness> {
  const harness = await startLiar(...lies);
  const request = { writes: true, marker: "contract", probedAt: "2025-07-03T10:00:00+07:00" };
  const { profile } = await harness.connector.probe!(request);
  await harness.connector.close();
  return { ...harness, connector: await connectScim({ url: profile.url, token: "secret-canary", pageSize: 7, profile }) };
}

async function startLiar(...lies: readonly Lie[]): Promise<ConnectorHarness & MembershipHarness> {
  const server = await startLyingScim(...lies);
  const listNamed = (name: string) => [...server.groups.values()].filter((group) => group.displayName === name);
  const listMembers = (membership: Membership): string[] =>
    listNamed(readMembership(membership).name).flatMap(({ members }) => members.map(({ value }) => value));
  const listRoles = (user: User): { readonly value: string }[] => (user["roles"] as { value: string }[] | undefined) ?? [];
  return {
    connector: await connectScim({ url: server.url, token: "secret-canary", pageSize: 7 }),
    findInStore: (id) => server.users.get(id),
    countInStore: () => server.users.size,
    setUnmanaged: (id, value) => {
      server.users.get(id)!["nickName"] = value;
    },
    readUnmanaged: (id) => server.users.get(id)?.["nickName"],
    seed(membership, holders) {
      const { kind } = readMembership(membership);
      const name = membership.slice(kind.length + 1);
      const id = `s${server.groups.size + 1}`;
      const members = [...holders.map((value) => ({ value })), { value: "g0", $ref: "../Groups/g0" }];
      if (kind === "group") server.groups.set(id, { id, displayName: name, members });
      else
        for (const user of holders.map((holder) => server.users.get(holder) as User))
          user["roles"] = [...listRoles(user), { value: name }];
    },
    listHolders(membership) {
      const { kind, name } = readMembership(membership);
      if (kind === "group") return listMembers(membership).filter((value) => server.users.has(value));
      return [...server.users.values()].flatMap((user) =>
        listRoles(user).flatMap(({ value }) => (value === name ? [user.id] : [])),
      );
    },
    listStrangers: (membership) => listMembers(membership).filter((value) => !server.users.has(value)),
    loseAnswers(lose) {
      if (lose) server.lies.add("reset-after-executing");
      else server.lies.delete("reset-after-executing");
    },
    hasTwins: ["group"],
    open: ["role"],
    stop: server.stop,
  };
}

describeConnector("SCIMMY, a third party's server", () => startScimmy());
describe("a probe of SCIMMY", () => {
  it("finds nothing in its schemas that could not be written, and a bulk that works", async () => {
    const { connector, connectKnowing, stop, countInStore, listRequests } = await startScimmy();
    const request = { writes: true, marker: "contract", probedAt: "2025-07-03T10:00:00+07:00" };
    const { profile } = await connector.probe!(request);
    expect(profile).toMatchObject({ notHeld: [], patch: "works", uniqueNames: true, bulk: 50, answersAsStored: true });
    expect(countInStore()).toBe(0);

    // Its answers are believed rather than spared; where they were not, many go together.
    const knowing = await connectKnowing({ ...profile, answersAsStored: false });
    const before = listRequests().length;
    const created = Array.from({ length: 60 }, (_, n) => knowing.create(makeAccount(n)));
    const results = await Promise.all([...created, knowing.create(makeAccount(7))]);
    expect(results.slice(0, 60).every(({ outcome }) => outcome === "done")).toBe(true);
    expect(results[60]).toMatchObject({ outcome: "refused", conflict: true });
    expect(new Set(results.slice(0, 60).map((result) => (result as { id?: string }).id)).size).toBe(60);
    expect(listRequests().slice(before)).toEqual(["POST /Users", "POST /Bulk", "POST /Bulk"]);
    expect((await knowing.find({ externalId: "CB33" }))[0]).toMatchObject(makeAccount(33));
    expect(countInStore()).toBe(60);
    await knowing.close();
    await connector.close();
    await stop();
  });
});

describe("a mail address on SCIMMY", () => {
  it("is added, changed and taken away beside the addresses that are somebody else's business", async () => {
    const { connector, findInStore, stop } = await startScimmy();
    const { id = "" } = (await connector.create(makeAccount(1))) as { id?: string };
    const setEmail = async (email: string | null) => {
      const [actual] = await connector.find({ id });
      await connector.patch(actual!, { ...actual!, attributes: { ...actual!.attributes, email } }, ["email"]);
      return (findInStore(id) as unknown as { attributes: { emails?: unknown } }).attributes.emails;
    };
    expect(await setEmail("a@hue.gov.vn")).toMatchObject([{ type: "work", value: "a@hue.gov.vn" }]);
    const { attributes } = findInStore(id) as unknown as { attributes: { emails: object[] } };
    attributes.emails.push({ type: "home", value: "a@nha.vn" });
    expect(await setEmail("b@hue.gov.vn")).toMatchObject([{ value: "b@hue.gov.vn" }, { value: "a@nha.vn" }]);
    expect(await setEmail(null)).toMatchObject([{ type: "home", value: "a@nha.vn" }]);
    await connector.close();
    await stop();
  });
});

describeConnector("a server that behaves", () => startLiar());
describeConnector("a server that answers PATCH with 204 and gives no id", () => startLiar("patch-204", "no-id-no-location"));
describeConnector("a server that asks to wait now and then", () => startLiar("throttles"));
describeConnector("a server without filters", () => startLiar("refuses-filter", "only-location"));
describeConnector("a server that ignores filters", () => startLiar("ignores-filter"));
describeConnector("a server that pages by cursor", () => startLiar("cursor-only"));
describeConnector("a server that invents names and refuses filters", () => startLiar("refuses-filter", "invents-names"));
describeConnector("a server without PATCH that was probed", () => startProbed("refuses-patch"));
describeConnector("a server that keeps versions and was probed", () => startProbed("versions"));
describeConnector("a server that takes bulk and was probed", () => startProbed("bulk", "answers-briefly"));
describeConnector("a server that caps pages, ignores filters and was probed", () => startProbed("caps-at-5", "ignores-filter"));

describeMemberships("SCIMMY, a third party's server", () => startScimmy());
describeMemberships("SCIMMY that stores members twice, unknown ones too, and loses them on big lists", () =>
  startScimmy("stores-duplicate-members", "stores-unknown-members", "big-add-removes-members", "remove-with-values-empties"),
);
describeMemberships("a server that behaves", () => startLiar());
describeMemberships("a server that answers PATCH with 204 and gives no id", () => startLiar("patch-204", "no-id-no-location"));
describeMemberships("a server that asks to wait now and then", () => startLiar("throttles"));
describeMemberships("a server that pages by cursor", () => startLiar("cursor-only", "only-location"));
describeMemberships("a server that caps pages and ignores filters", () => startLiar("caps-at-5", "ignores-filter"));
describeMemberships("a server that answers noTarget to who is not there", () => startLiar("no-target"));
describeMemberships("a server that stores members twice and empties groups on lists", () =>
  startLiar("stores-duplicate-members", "500-on-unknown-member", "big-add-removes-members", "remove-with-values-empties"),
);
describeMemberships("a server without PATCH that was probed", () => startProbed("refuses-patch"));
describeMemberships("a server without PATCH that keeps versions and was probed", () => startProbed("refuses-patch", "versions"));

describe("a server that lies", () => {
  let server: LyingServer;
  let connector: Connector;

  async function start(accounts: number, pageSize = 20): Promise<void> {
    server = await startLyingScim();
    connector = await connectScim({ url: server.url, token: "secret-canary", pageSize });
    for (let n = 1; n <= accounts; n++) {
      const { externalId, userName, active } = makeAccount(n);
      server.users.set(`u-${n}`, { id: `u-${n}`, externalId, userName, active });
    }
  }
  afterEach(async () => {
    await connector.close();
    await server.stop();
  });

  it.each(["ignores-start-index", "repeats-a-page", "empty-page-before-total", "total-changes"] as const)(
    "%s: no list rather than a wrong one",
    async (lie) => {
      await start(70);
      server.lies.add(lie);
      await expect(connector.sweep()).rejects.toMatchObject({ kind: "unavailable" });
    },
  );

  it("caps a page at 50: all the same, every account once", async () => {
    await start(170, 200);
    server.lies.add("caps-at-50");
    expect(await connector.sweep()).toHaveLength(170);
  });

  it("ignores startIndex but gave everything at once: that is whole", async () => {
    await start(30, 100);
    server.lies.add("ignores-start-index");
    expect(await connector.sweep()).toHaveLength(30);
  });

  it.each(["truncated-json", "login-page", "redirects", "denies"] as const)(
    "%s: a failure without the token in it",
    async (lie) => {
      await start(3);
      server.lies.add(lie);
      const failure = (await connector.sweep().catch((error: unknown) => error)) as Failure;
      expect(failure.kind).toBe(lie === "truncated-json" ? "unavailable" : "denied");
      expect(JSON.stringify([failure.words, failure.hint, failure.message, failure.stack])).not.toContain("secret-canary");
    },
  );

  it.each(["500-after-executing", "reset-after-executing"] as const)("%s: unknown, and sent once", async (lie) => {
    await start(0);
    server.lies.add(lie);
    expect((await connector.create(makeAccount(1))).outcome).toBe("unknown");
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("gives the id of the body, else of Location, else none", async () => {
    await start(0);
    expect(await connector.create(makeAccount(1))).toEqual({ outcome: "done", id: "u1" });
    server.lies.add("only-location");
    expect(await connector.create(makeAccount(2))).toEqual({ outcome: "done", id: "u2" });
    server.lies.add("no-id-no-location");
    expect(await connector.create(makeAccount(3))).toEqual({ outcome: "done", id: undefined });
  });
});

describe("a server that asks for silence", () => {
  it.each([
    ["seconds", { "retry-after": "7" }, 7000],
    ["a date", { "retry-after": "Thu, 03 Jul 2025 03:00:09 GMT" }, 9000],
    ["nothing said", {}, 1000],
  ] as const)("is not asked before the time is over: %s", async (_, headers, waitedMs) => {
    let now = 0;
    const sentAt: number[] = [];
    const clock = createPinnedClock(Date.parse("2025-07-03T03:00:00Z"));
    const waitMs = async (ms: number): Promise<void> => {
      now += ms;
    };
    const http: HttpClient = {
      async send() {
        sentAt.push(now);
        if (sentAt.length === 1) return { status: 429, headers, body: "" };
        return { status: 200, headers: {}, body: '{"totalResults":0,"Resources":[]}' };
      },
      close: async () => undefined,
    };
    const pace = createPace({ readMonotonicMs: () => now, waitMs });
    const system = createScimConnector({ system: "documents", url: "http://x", token: "t", http, pace, clock });
    expect(await system.sweep()).toEqual([]);
    expect(sentAt).toEqual([0, waitedMs]);
  });
});
