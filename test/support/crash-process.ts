import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createAuditLog } from "../../src/audit/audit-store.ts";
import { createSealer } from "../../src/platform/age.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database.ts";
import { readSecureBytes } from "../../src/platform/secure-bytes.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { vietnamZone } from "../../src/platform/time.ts";
import { wait } from "../../src/platform/wait.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { createFirstCredentials, type FirstCredentials } from "../../src/provision/first-credentials.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { createPlanStore, type PlanStore } from "../../src/provision/plan-store.ts";
import { openPlan } from "../../src/provision/seal-plan.ts";
import { createSlipStore } from "../../src/provision/slip-store.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { applyWith } from "./apply-with.ts";
import { openCrashConnector } from "./crash-connector.ts";
import { type CrashRun, crashSystem, databaseFile, type Instant, planFile, requestFile } from "./crash-run.ts";
import { createNaively } from "./naive-creates.ts";

/** One run of one arm, to be killed: `crash-process.ts RUN-AS-JSON`. Exit 0: it believes that everybody has an account. */
const run = JSON.parse(process.argv[2] ?? "") as CrashRun;
const { instant } = run;
const plan = await openPlan(readFileSync(join(run.folder, planFile), "utf8"), planFile);
const requests = openSync(join(run.folder, requestFile), "a");
process.exit(run.arm === "naive" ? await createNaively(run, plan, die) : await applyOurs());

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("still here");
}

async function applyOurs(): Promise<number> {
  const nowIso = (): string => new Date(systemClock.now()).toISOString();
  const database = watchCommits(await openSqlite(join(run.folder, databaseFile), allMigrations, nowIso));
  const connector = watchRequests(await openCrashConnector(run.address, run.known?.profile));
  const credentials = await openCredentials(database, connector, nowIso);
  const store = watchJournal(createPlanStore(database));
  const { finished } = await applyWith({
    plan,
    connector,
    database,
    store,
    ...(credentials ? { credentials } : {}),
    ...(run.known ? { profile: run.known.sha256 } : {}),
  });
  if (finished && instant?.at === "closed") die();
  await connector.close();
  await database.close();
  closeSync(requests);
  return finished ? 0 : 7;
}

async function openCredentials(
  database: Database,
  connector: Connector,
  nowIso: () => string,
): Promise<FirstCredentials | undefined> {
  if (run.recipient === undefined) return undefined;
  return createFirstCredentials({
    plan: plan as Plan,
    settings: { systems: { [crashSystem]: { policy: "temporary", expiryHours: 168 } } },
    custodians: new Map([["27004", run.recipient]]),
    connectors: [connector],
    store: createSlipStore(database),
    database,
    audit: createAuditLog(database, nowIso),
    clock: systemClock,
    zone: vietnamZone,
    actor: "bench",
    nameUnit: (code) => code,
    seal: await createSealer(),
    readBytes: readSecureBytes,
  });
}

/** True when this is the moment that was asked for. */
function isNth(at: Instant["at"], count: number): boolean {
  return instant?.at === at && "nth" in instant && instant.nth === count;
}

function dieLater(): void {
  const ms = instant && "afterMs" in instant ? instant.afterMs : 0;
  if (ms === 0) die();
  void wait(ms, new AbortController().signal).then(die);
}

function watchCommits(database: Database): Database {
  let commits = 0;
  return {
    ...database,
    async transaction(work, options) {
      commits += 1;
      const own = commits;
      const result = await database.transaction(async (tx) => {
        const done = await work(tx);
        if (isNth("before-commit", own)) die();
        return done;
      }, options);
      if (isNth("after-commit", own)) die();
      return result;
    },
  };
}

function watchJournal(store: PlanStore): PlanStore {
  return {
    ...store,
    async begin(...given) {
      await store.begin(...given);
      if (instant?.at === "intents-kept") die();
    },
    async finish(...given) {
      await store.finish(...given);
      if (instant?.at === "closing") die();
    },
  };
}

function watchRequests(connector: Connector): Connector {
  let creates = 0;
  let answers = 0;
  let reads = 0;
  const sent = async <T>(work: () => Promise<T>): Promise<T> => {
    writeSync(requests, "c");
    creates += 1;
    const result = work();
    if (isNth("create-sent", creates)) dieLater();
    const answer = await result;
    answers += 1;
    if (isNth("create-answered", answers)) die();
    return answer;
  };
  const read = <T>(work: () => Promise<T>): Promise<T> => {
    writeSync(requests, "r");
    reads += 1;
    const result = work();
    if (isNth("read", reads)) dieLater();
    return result;
  };
  const { createWithPassword, setPassword } = connector;
  return {
    ...connector,
    sweep: (signal) => read(() => connector.sweep(signal)),
    find: (by) => read(() => connector.find(by)),
    create: (account) => sent(() => connector.create(account)),
    ...(createWithPassword ? { createWithPassword: (account, secret) => sent(() => createWithPassword(account, secret)) } : {}),
    ...(setPassword
      ? {
          setPassword: (id, secret) => {
            writeSync(requests, "w");
            return setPassword(id, secret);
          },
        }
      : {}),
  };
}
