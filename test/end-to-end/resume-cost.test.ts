import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { createRandom } from "../../src/platform/random.ts";
import { startCountingProxy } from "../peers/counting-proxy.ts";
import { openCrashConnector } from "../support/crash-connector.ts";
import { type CrashRun, crashSystem, planFile } from "../support/crash-run.ts";
import {
  type CrashServer,
  startDirectoryCrashServer,
  startKeycloakCrashServer,
  startScimCrashServer,
  startVendorCrashServer,
} from "../support/crash-server.ts";
import { runCrashProcess } from "../support/crash-trial.ts";
import { makeCreatePlan } from "../support/create-plan.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";

/** Counts what is asked, between wardctl and a server. */
interface Counter {
  readonly url: string;
  /** So far: creates, reads of many, look-ups of one. */
  count(): { readonly creates: number; readonly lists: number; readonly lookUps: number };
  /** Called with each create before it goes on. */
  watch(onCreate: () => void): void;
  stop(): Promise<void>;
}

const people = 130;
/** Of every connector. */
const pageSize = 100;
const atOnce = 8;

let server: CrashServer;
let counter: Counter;
afterEach(async () => {
  await counter.stop();
  await server.stop();
});

async function countHttp(target: string): Promise<Counter> {
  const proxy = await startFaultProxy(target, createRandom("none"));
  return {
    url: proxy.url,
    count: () => ({ creates: proxy.counts.posts, lists: proxy.counts.lists, lookUps: proxy.counts.lookUps }),
    watch: (onCreate) => {
      proxy.onWrite = onCreate;
    },
    stop: proxy.stop,
  };
}

/** A page of a directory cannot be told from a look-up by its tag: all searches are counted as lists. */
async function countLdap(target: string): Promise<Counter> {
  const proxy = await startCountingProxy(target);
  return {
    url: proxy.url,
    count: () => ({ creates: proxy.counts.add, lists: proxy.counts.search, lookUps: 0 }),
    watch: (onCreate) => {
      proxy.onAdd = onCreate;
    },
    stop: proxy.stop,
  };
}

it.each<readonly [string, () => Promise<CrashServer>, (target: string) => Promise<Counter>]>([
  ["SCIM", startScimCrashServer, countHttp],
  ["LDAP", startDirectoryCrashServer, countLdap],
  ["a REST with staff ids", startKeycloakCrashServer, countHttp],
  ["a REST without", startVendorCrashServer, countHttp],
])(
  "going on after kill -9 on %s costs one sweep before the first create, and no more creates than were under way",
  async (name, start, count) => {
    server = await start();
    counter = await count(server.address.url);
    const folder = await mkdtemp(join(tmpdir(), "wardctl-test-"));
    const address = { ...server.address, url: counter.url };
    const connector = await openCrashConnector(server.address);
    const plan = await makeCreatePlan(`cost-${name}`, people, crashSystem, new Date().toISOString(), undefined, connector.holds);
    await connector.close();
    await writeFile(join(folder, planFile), JSON.stringify(plan));
    const run: CrashRun = { arm: "ours", folder, address };
    expect(await runCrashProcess({ ...run, instant: { at: "create-answered", nth: 60 } })).toBeNull();
    const before = counter.count();
    expect(before.creates).toBeGreaterThanOrEqual(60);
    expect(before.creates).toBeLessThan(people);
    let atFirstCreate: ReturnType<Counter["count"]> | undefined;
    counter.watch(() => {
      atFirstCreate ??= counter.count();
    });
    expect(await runCrashProcess(run)).toBe(0);
    const after = counter.count();
    expect(server.dump()).toHaveLength(people);
    // What was under way at the kill may land after it was looked for.
    expect(after.creates).toBeLessThanOrEqual(people + atOnce);
    const pages = Math.ceil(people / pageSize);
    // Some are asked for a count besides.
    expect(atFirstCreate!.lists - before.lists).toBeLessThanOrEqual(pages + 1);
    expect(atFirstCreate!.lookUps - before.lookUps).toBe(0);
    expect(after.lists - before.lists).toBeLessThanOrEqual(2 * (pages + 1));
  },
);
