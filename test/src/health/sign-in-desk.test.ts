import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFlow, type Flow } from "../../../src/health/duties/flow.ts";
import { guardMs } from "../../../src/health/duties/memory.ts";
import { createDutyMemory } from "../../../src/health/duties/memory-store.ts";
import type { SignInSettings } from "../../../src/health/duties/settings.ts";
import { createSignInDesk, type SignInOutcome } from "../../../src/health/duties/sign-in-desk.ts";
import { type KitCertificates, kitHost, makeKitCertificates } from "../../../src/health/fault-kit/certificates.ts";
import { answer } from "../../../src/health/fault-kit/http-servers.ts";
import { type LoopbackServer, startServer } from "../../../src/health/fault-kit/loopback-server.ts";
import { createTrust } from "../../../src/health/trust.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openPostgres } from "../../../src/platform/postgres.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";

const { makeUrl } = usePostgres();
const nowIso = (): string => "2025-07-03T10:00:00+07:00";
const start = 1_751_500_000_000;
const json = (status: string, text: string): string =>
  `HTTP/1.1 ${status}\nContent-Type: application/json\nConnection: close\nContent-Length: ${text.length}\n\n${text}`;
const refusal = json("401 Unauthorized", "{}");
const welcome = json("200 OK", '{"token":"T-0815"}');

let certificates: KitCertificates;
let server: LoopbackServer;
let flow: Flow;
let say = welcome;
const requests: string[] = [];
beforeAll(async () => {
  certificates = await makeKitCertificates(Date.now());
  const { certificate: cert, key } = certificates.good;
  server = await startServer(
    (socket, request) => {
      requests.push(request.split("\r\n", 1)[0] as string);
      answer(say)(socket);
    },
    { tls: { cert, key } },
  );
  const names = { resolve: async () => ({ kind: "addresses" as const, addresses: ["127.0.0.1"] }), close: () => undefined };
  flow = await createFlow({ names, trust: createTrust(certificates.ca), deadlineMs: 2_000 });
});
afterAll(async () => {
  await flow.close();
  await server.stop();
});

/** What a run of one host says, and how many requests it sent. */
function createRuns(database: Database) {
  const memory = createDutyMemory(database, async () => undefined);
  return async (
    now: number,
    { host = "desk", asks = 40, password = "right" }: { host?: string; asks?: number; password?: string } = {},
  ): Promise<{ readonly outcome: SignInOutcome; readonly sent: number }> => {
    const settings: SignInSettings = {
      kind: "json",
      url: `https://${kitHost}:${server.port}/login`,
      user: "probe",
      password: "env:P",
      body: { password: "${password}" },
      token: "/token",
      lifeMinutes: 15,
    };
    const desk = createSignInDesk({
      settings: () => settings,
      readSecret: async () => password,
      memory,
      flow,
      host,
      now: () => now,
    });
    const before = requests.length;
    const outcomes = await Promise.all(Array.from({ length: asks }, () => desk.open("documents", {})));
    expect(new Set(outcomes.map(({ kind }) => kind)).size).toBe(1);
    // The tries after a failure come later in the same run.
    await desk.open("documents", {});
    return { outcome: outcomes[0] as SignInOutcome, sent: requests.length - before };
  };
}

const engines: readonly (readonly [string, () => Promise<Database>])[] = [
  ["SQLite", () => openSqlite(":memory:", allMigrations, nowIso)],
  ...(hasPostgres ? [["PostgreSQL", () => openPostgres(makeUrl(), allMigrations, nowIso)] as const] : []),
];

describe.each(engines)("the probe account on %s", (_, open) => {
  let database: Database;
  let run: ReturnType<typeof createRuns>;
  const anew = async (): Promise<void> => {
    await database?.close();
    database = await open();
    run = createRuns(database);
  };
  afterAll(() => database?.close());

  it("signs in once for all wards, and not again while its token lives", async () => {
    await anew();
    say = welcome;
    expect(await run(start)).toMatchObject({ outcome: { kind: "signed-in", pass: { value: "Bearer T-0815" } }, sent: 1 });
    expect(await run(start + 60_000)).toMatchObject({ outcome: { kind: "signed-in" }, sent: 0 });
    expect(await run(start + 15 * 60_000)).toMatchObject({ outcome: { kind: "signed-in" }, sent: 1 });
    const kept = await database.all<{ sealed: Uint8Array }>("SELECT sealed FROM health_account");
    expect(Buffer.from(kept[0]?.sealed ?? []).toString("latin1")).not.toContain("0815");
    // Whoever changes the secret signs in anew.
    expect(await run(start + 16 * 60_000, { password: "new" })).toMatchObject({ outcome: { kind: "signed-in" }, sent: 1 });
  });

  it("is refused once a run and twice an hour at most, and then says when it may go on", async () => {
    await anew();
    say = refusal;
    expect(await run(start)).toMatchObject({ outcome: { kind: "refused" }, sent: 1 });
    expect(await run(start + 60_000)).toMatchObject({ outcome: { kind: "refused" }, sent: 1 });
    say = welcome;
    const guarded = { outcome: { kind: "guarded", resumeAt: start + guardMs }, sent: 0 };
    expect(await run(start + 120_000)).toMatchObject(guarded);
    expect(await run(start + guardMs - 1)).toMatchObject(guarded);
    expect(await run(start + guardMs)).toMatchObject({ outcome: { kind: "signed-in" }, sent: 1 });
  });

  it("counts a sign-in whose end nobody saw as refused: a killed run does not lock the account", async () => {
    await anew();
    say = welcome;
    const memory = createDutyMemory(database, async () => undefined);
    const account = `probe https://${kitHost}:${server.port}/login`;
    expect(await memory.beginSignIn(account, start)).toMatchObject({ kind: "go" });
    expect(await memory.beginSignIn(account, start + 1)).toMatchObject({ kind: "go" });
    expect(await run(start + 2)).toMatchObject({ outcome: { kind: "guarded" }, sent: 0 });
  });

  it("is used from one probe host only, until that one was away for an hour", async () => {
    await anew();
    say = welcome;
    expect(await run(start, { host: "desk" })).toMatchObject({ outcome: { kind: "signed-in" } });
    expect(await run(start + 1, { host: "laptop" })).toMatchObject({ outcome: { kind: "elsewhere", host: "desk" }, sent: 0 });
    expect(await run(start + guardMs, { host: "laptop" })).toMatchObject({ outcome: { kind: "signed-in" }, sent: 1 });
    expect(await run(start + guardMs + 1, { host: "desk" })).toMatchObject({ outcome: { kind: "elsewhere", host: "laptop" } });
  });
});

describe("a connection for credentials", () => {
  it("sends nothing to whom it does not trust, and no token over an open line", async () => {
    const { certificate: cert, key } = certificates.foreign;
    const heard: string[] = [];
    const stranger = await startServer((_socket, request) => void heard.push(request), { tls: { cert, key } });
    const url = `https://${kitHost}:${stranger.port}/login`;
    expect(await flow.send({ method: "POST", url, body: "password" })).toEqual({ kind: "tls" });
    expect(heard).toEqual([]);
    await stranger.stop();
    const { makeCall } = await import("../../../src/health/duties/call.ts");
    const pass = { name: "authorization", value: "Bearer T" } as const;
    const before = requests.length;
    const base = `http://${kitHost}:${server.port}`;
    expect(await makeCall({ get: "/queue" }, { flow, base, values: {}, pass })).toEqual({ kind: "open-line" });
    expect(requests.length).toBe(before);
  });
});
