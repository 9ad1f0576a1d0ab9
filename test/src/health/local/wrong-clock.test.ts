import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCityDns } from "../../../../src/city/dns.ts";
import { createDirectory } from "../../../../src/directory/directory.ts";
import { createNames } from "../../../../src/health/cause-words.ts";
import { readLastRun, runCheck } from "../../../../src/health/check-run.ts";
import type { Endpoint } from "../../../../src/health/endpoint.ts";
import { healthMigrations } from "../../../../src/health/migrations.ts";
import { healthSettings } from "../../../../src/health/settings.ts";
import { createAuthority } from "../../../../src/platform/certificates.ts";
import { systemClock } from "../../../../src/platform/clock.ts";
import type { Database } from "../../../../src/platform/database.ts";
import { createRandom } from "../../../../src/platform/random.ts";
import { openSqlite } from "../../../../src/platform/sqlite.ts";
import { vietnamZone } from "../../../../src/platform/time.ts";

const dayMs = 86_400_000;
const names = createNames(createDirectory("2025-07-03")!);
const servers: Server[] = [];
let dns: Awaited<ReturnType<typeof startCityDns>>;
let ca: string;
let endpoints: Endpoint[];

/** What each server's certificate is in truth. */
const truths = ["well", "well", "well", "well", "well", "expired", "notyet"] as const;

beforeAll(async () => {
  const now = systemClock.now();
  dns = await startCityDns();
  const authority = await createAuthority("truth", now - 900 * dayMs, now + 900 * dayMs);
  ca = authority.certificate;
  const spans = {
    well: [now - 30 * dayMs, now + 30 * dayMs],
    expired: [now - 500 * dayMs, now - 30 * dayMs],
    notyet: [now + 30 * dayMs, now + 500 * dayMs],
  } as const;
  endpoints = await Promise.all(
    truths.map(async (truth, at) => {
      const host = `${truth}-${at}.city.test`;
      const [notBefore, notAfter] = spans[truth];
      const { certificate, key } = await authority.issue({ names: [host], notBefore, notAfter });
      const server = createServer({ cert: certificate, key }, (_request, response) => void response.end("ok"));
      servers.push(server);
      await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
      const { port } = server.address() as AddressInfo;
      const unit = "19777";
      return {
        id: `${unit}/${truth}-${at}`,
        unit,
        system: `${truth}-${at}`,
        url: `https://${host}:${port}/`,
        host,
        port,
        addresses: [],
      };
    }),
  );
});
afterAll(async () => {
  await dns.stop();
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
});

const check = (skewMs: number, chosen = endpoints, database?: Database) =>
  runCheck({
    ...(database
      ? { history: { database, settings: healthSettings.parse(undefined), measureHours: (from, to) => to - from, names } }
      : {}),
    endpoints: chosen,
    scope: "selected",
    options: {
      resolvers: [dns.server],
      deadlineMs: 3_000,
      slowMs: 2_000,
      concurrency: 8,
      perDestination: 8,
      retryAfterMs: [10, 20],
    },
    ca: { pem: ca, file: "ca.pem" },
    clock: { now: () => systemClock.now() + skewMs, pinned: false },
    zone: vietnamZone,
    random: createRandom(1),
    signal: new AbortController().signal,
  });

describe("certificates on a machine whose clock is wrong", () => {
  it.each([0, 365, -365, 730, -730])("are judged at the right time, %i days off", async (days) => {
    const { results, skewMs, localFindings } = await check(days * dayMs);
    expect(Math.abs((skewMs as number) - days * dayMs)).toBeLessThan(2_000);
    expect(results.map(({ state, reason }) => (state === "pass" ? "well" : reason))).toEqual(
      truths.map((truth) => (truth === "well" ? "well" : `tls.${truth}`)),
    );
    // Whether this machine has a gateway that answers is its own affair.
    expect(localFindings.map(({ id }) => id).filter((id) => id !== "route")).toEqual(days === 0 ? [] : ["clock"]);
    // The run's own time stays that of the machine.
    expect(Math.abs((results[0]?.at as number) - systemClock.now() - days * dayMs)).toBeLessThan(60_000);
  });

  it("are kept in history at the right time, so that no later run seems older", async () => {
    const database = await openSqlite(":memory:", healthMigrations, () => "2025-07-03T10:00:00+07:00");
    await check(730 * dayMs, endpoints, database);
    const last = await readLastRun(database, vietnamZone);
    expect(Math.abs((last?.at as number) - systemClock.now())).toBeLessThan(60_000);
    await database.close();
  });

  it("are judged by the clock there is while fewer than five servers tell the time", async () => {
    const { results, skewMs } = await check(365 * dayMs, endpoints.slice(0, 3));
    expect(skewMs).toBeUndefined();
    expect(results.map(({ reason }) => reason)).toEqual(["tls.expired", "tls.expired", "tls.expired"]);
  });
});
