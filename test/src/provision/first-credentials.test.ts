import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuditLog } from "../../../src/audit/audit-store.ts";
import { createSealer, readIdentity } from "../../../src/platform/age.ts";
import { createPinnedClock } from "../../../src/platform/clock.ts";
import type { Database } from "../../../src/platform/database.ts";
import { readSecureBytes } from "../../../src/platform/secure-bytes.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { toIso, vietnamZone } from "../../../src/platform/time.ts";
import type { Connector } from "../../../src/provision/connector.ts";
import { createFirstCredentials, type FirstCredentials } from "../../../src/provision/first-credentials.ts";
import { type AccountOperation, type Operation, toPlanState } from "../../../src/provision/operation.ts";
import type { Plan } from "../../../src/provision/plan.ts";
import { sendOperation } from "../../../src/provision/send-operation.ts";
import { readSlipContent, type Slip } from "../../../src/provision/slip.ts";
import { createSlipStore, type SlipStore } from "../../../src/provision/slip-store.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { makeAccount } from "../../contract/connector.contract.ts";
import { connectScim } from "../../support/connect-scim.ts";
import { type Custodian, makeCustodian } from "../../support/custodian.ts";
import { type LyingServer, startLyingScim } from "../../support/lying-scim.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const clock = createPinnedClock(Date.parse("2025-07-03T10:00:00+07:00"));
const account = makeAccount(1);
const operation = {
  id: "op-00001",
  system: "documents",
  kind: "create",
  subject: { staffId: "CB1", name: "Đặng Thị Phượng", unit: "27004" },
  username: account.userName,
  targetId: null,
  before: null,
  after: toPlanState(account),
} as AccountOperation;

let server: LyingServer;
let database: Database;
let store: SlipStore;
let connector: Connector;
let custodian: Custodian;

beforeEach(async () => {
  server = await startLyingScim();
  connector = await connectScim({ url: server.url, token: "secret-canary" });
  custodian = await makeCustodian(join(await makeTestFolder(), "key.txt"));
  const nowIso = (): string => toIso(clock.now(), vietnamZone);
  database = await openSqlite(":memory:", allMigrations, nowIso);
  await database.run("INSERT INTO provision_plan (id, digest, created, started, body) VALUES ('p1', '', '', '', '{}')");
  store = createSlipStore(database);
});
afterEach(async () => {
  await connector.close();
  await server.stop();
  await database.close();
});

function create(own: Connector, custodians = new Map([["27004", custodian.recipient]])): FirstCredentials {
  return createFirstCredentials({
    plan: { planId: "p1", operations: [operation] as readonly Operation[] } as Plan,
    settings: { systems: { documents: { policy: "temporary", expiryHours: 24 } } },
    custodians,
    connectors: [own],
    store,
    database,
    audit: createAuditLog(database, () => toIso(clock.now(), vietnamZone)),
    clock,
    zone: vietnamZone,
    actor: "tester",
    nameUnit: () => "Phường Tân Bình",
    seal,
    readBytes: readSecureBytes,
  });
}

/** Loaded when first asked, as the product does. */
const seal = async (recipient: string, text: string): Promise<Uint8Array> => (await createSealer())(recipient, text);

async function openNewest(): Promise<{ readonly slip: Slip; readonly secret: string }> {
  const slip = (await store.findNewest("p1", operation.id)) as Slip;
  const identity = await readIdentity(custodian.identity);
  const content = readSlipContent((await identity.open((await store.readSealed(slip.id)) as Uint8Array)) as string);
  return { slip, secret: content!.secret };
}

const passwordAtServer = (): unknown => [...server.users.values()][0]?.["password"];
const without = (key: "createWithPassword" | "setPassword"): Connector => {
  const { [key]: _, ...rest } = connector;
  return rest;
};

describe("first credentials of a system", () => {
  it("that opens an account by setting its password: sealed first, set right after the create", async () => {
    const credentials = create(without("createWithPassword"));
    credentials.assertReady();
    server.onCreate = () => {
      expect(passwordAtServer()).toBeUndefined();
      return undefined;
    };
    expect(await credentials.wrap(without("createWithPassword")).create(account)).toMatchObject({ outcome: "done" });
    const { slip, secret } = await openNewest();
    expect(slip).toMatchObject({ generation: 1, cause: "create", lastEvent: "issued" });
    expect(passwordAtServer()).toBe(secret);
  });

  it("that answers a create sent again with 409, the account being ours: one reset with a slip of its own", async () => {
    const credentials = create(connector);
    // The first request is carried out and never answered, and nothing is to be seen of it until the second one was refused.
    let posts = 0;
    server.lies.add("reset-after-executing");
    const slow: Connector = {
      ...connector,
      async createWithPassword(state, password) {
        posts += 1;
        if (posts === 2) server.lies.clear();
        return connector.createWithPassword!(state, password);
      },
      find: async (by) => (posts < 2 ? [] : connector.find(by)),
    };
    const sent = await sendOperation(credentials.wrap(slow), operation, undefined, async () => undefined);
    expect([posts, server.users.size]).toEqual([2, 1]);
    expect(sent).toMatchObject({ event: "adopted" });
    expect((await openNewest()).slip).toMatchObject({ generation: 2, lastEvent: "refused" });
    const row = { operation, state: "done", targetId: sent.targetId, message: undefined } as const;
    expect(await credentials.settle([row], new AbortController().signal)).toEqual([row]);
    const { slip, secret } = await openNewest();
    expect(slip).toMatchObject({ generation: 3, cause: "reset", lastEvent: "issued" });
    expect(passwordAtServer()).toBe(secret);
    // Two creates and one reset, each with a secret of its own.
    expect(new Set(server.seenPasswords).size).toBe(3);
    expect(server.seenPasswords).toHaveLength(3);
  });

  it("that did not take the password of such an account: settled by one reset", async () => {
    const own = without("createWithPassword");
    const credentials = create(own);
    server.lies.add("refuses-password-reset");
    const made = await credentials.wrap(own).create(account);
    const targetId = made.outcome === "done" ? made.id : undefined;
    expect((await openNewest()).slip.lastEvent).toBe("refused");
    server.lies.clear();
    const row = { operation, state: "done", targetId, message: undefined } as const;
    expect(await credentials.settle([row], new AbortController().signal)).toEqual([row]);
    const { slip, secret } = await openNewest();
    expect(slip).toMatchObject({ generation: 2, cause: "reset", lastEvent: "issued" });
    expect(passwordAtServer()).toBe(secret);
    // And that was the one: settled again, nothing is sent.
    const { writes } = server;
    await credentials.settle([row], new AbortController().signal);
    expect(server.writes).toBe(writes);
  });

  it("that lets nobody set another password: in doubt the slip is unknown, and the row says who must act", async () => {
    const own = without("setPassword");
    const credentials = create(own);
    server.lies.add("500-after-executing");
    expect(await credentials.wrap(own).create(account)).toMatchObject({ outcome: "unknown" });
    const [id] = [...server.users.keys()];
    const row = { operation, state: "done", targetId: id, message: undefined } as const;
    const [settled] = await credentials.settle([row], new AbortController().signal);
    expect(settled).toMatchObject({ state: "done", message: { en: expect.stringContaining("have its administrator reset it") } });
    expect((await openNewest()).slip).toMatchObject({ generation: 1, lastEvent: "unknown" });
  });

  it("that takes no passwords at all is refused before anything is written", () => {
    const { createWithPassword: _, setPassword: __, ...mute } = connector;
    expect(() => create(mute).assertReady()).toThrow("no first password can be set on documents");
    expect(() => create(connector, new Map()).assertReady()).toThrow("1 unit has no custodian");
    expect(server.writes).toBe(0);
  });

  it("is left alone when it was stopped before settling: the same command goes on", async () => {
    const credentials = create(connector);
    server.lies.add("500-after-executing");
    await credentials.wrap(connector).create(account);
    const row = { operation, state: "done", targetId: [...server.users.keys()][0], message: undefined } as const;
    const { writes } = server;
    const [settled] = await credentials.settle([row], AbortSignal.abort());
    expect(settled?.state).toBe("unknown");
    expect(server.writes).toBe(writes);
  });
});
