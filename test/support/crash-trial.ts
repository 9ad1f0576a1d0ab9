import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChainBreak } from "../../src/audit/audit-log.ts";
import { createAuditLog } from "../../src/audit/audit-store.ts";
import { readIdentity } from "../../src/platform/age.ts";
import { createRandom, type Random } from "../../src/platform/random.ts";
import { openSqlite } from "../../src/platform/sqlite.ts";
import type { Connector } from "../../src/provision/connector.ts";
import { isAccountOperation } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { hashProfile } from "../../src/provision/profile.ts";
import { readSlipContent } from "../../src/provision/slip.ts";
import { createSlipStore } from "../../src/provision/slip-store.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { openCrashConnector } from "./crash-connector.ts";
import { type CrashRun, crashSystem, databaseFile, type Instant, type KnownServer, planFile, requestFile } from "./crash-run.ts";
import type { CrashServer } from "./crash-server.ts";
import { makeCreatePlan } from "./create-plan.ts";
import { type Custodian, makeCustodian } from "./custodian.ts";

export interface CrashTrial {
  readonly server: CrashServer;
  readonly arm: "ours" | "naive";
  /** The same seed: the same instants. */
  readonly seed: string;
  readonly people: number;
  readonly kills: number;
  readonly passwords: boolean;
  /** The plan is made for what was learned of the server, where it can be probed. */
  readonly probed?: boolean;
  /** The first kills are these, the rest by chance. */
  readonly instants?: readonly Instant[];
}

export interface CrashResult {
  /** Where each kill hit. */
  readonly kills: readonly Instant["at"][];
  /** People with more than one account, people with none, accounts under another name than the plan's. */
  readonly duplicates: number;
  readonly lost: number;
  readonly misnamed: number;
  /** Creates beyond one for each person: what a killed process had under way is sent again, unless it was seen to be there. */
  readonly extraCreates: number;
  /** First passwords that stand in the clear in any file, and accounts whose password in force no slip holds, unless the ledger says so. */
  readonly unsealed: number;
  readonly lockedOut: number;
  /** Slips that were opened. */
  readonly slips: number;
  /** Of a system without a way to set another password: the ledger says "unknown", and the person is told. */
  readonly toldUnknown: number;
}

const script = fileURLToPath(new URL("crash-process.ts", import.meta.url));
const nowIso = (): string => new Date().toISOString();
/** A run that was not reached by its kill goes on to its end; then there must be another. */
const mostRuns = 12;

/** Kills a run so often, each time at an instant by chance, then runs once more to the end and counts in the server's own store. */
export async function runCrashTrial({
  server,
  arm,
  seed,
  people,
  kills,
  passwords,
  instants = [],
  probed = false,
}: CrashTrial): Promise<CrashResult> {
  const folder = await mkdtemp(join(tmpdir(), "wardctl-crash-"));
  try {
    await server.empty();
    const connector = await openCrashConnector(server.address);
    const known = probed ? await probe(connector) : undefined;
    const plan = await makeCreatePlan(`crash-${seed}`, people, crashSystem, nowIso(), known?.sha256, connector.holds);
    await connector.close();
    await server.empty();
    await writeFile(join(folder, planFile), JSON.stringify(plan));
    // The key is not where wardctl works.
    const keys = passwords ? await mkdtemp(join(tmpdir(), "wardctl-crash-key-")) : undefined;
    const custodian = keys === undefined ? undefined : await makeCustodian(join(keys, "key.txt"));
    const random = createRandom(seed);
    const hit: Instant["at"][] = [];
    let finished = false;
    const once = (instant: Instant | undefined): Promise<number | null> =>
      runCrashProcess({
        arm,
        folder,
        address: server.address,
        ...(custodian ? { recipient: custodian.recipient } : {}),
        ...(instant ? { instant } : {}),
        ...(known ? { known } : {}),
      });
    for (let runs = 0; hit.length < kills; runs++) {
      if (runs === mostRuns) throw new Error(`${seed}: no kill hit in ${runs} runs`);
      const left = kills - hit.length;
      const missing = people - server.dump().length;
      const instant =
        instants[runs] ??
        (arm === "naive" ? chooseNaive(random, people, kills) : chooseInstant(random, { missing, left, passwords, finished }));
      if ((await once(instant)) === null) hit.push(instant.at);
      else finished = true;
    }
    const code = await once(undefined);
    if (code !== 0) throw new Error(`${server.name} ${seed}: exit ${code} after ${hit.join(", ")}`);
    const creates = (await readFile(join(folder, requestFile), "utf8")).split("c").length - 1;
    const judged = judgeStore(plan, server);
    const secrets = custodian ? await judgeSecrets({ plan, server, folder, custodian, connector }) : noSecrets;
    if (arm === "ours") await assertAuditWhole(folder);
    if (keys !== undefined) await rm(keys, { recursive: true, force: true });
    return { kills: hit, ...judged, extraCreates: arm === "ours" ? creates - people : 0, ...secrets };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With pages so small that whatever is done for large systems is done for this one. */
async function probe(connector: Connector): Promise<KnownServer | undefined> {
  const probed = await connector.probe?.({ writes: true, marker: "crash", probedAt: nowIso() });
  if (!probed) return undefined;
  const profile = { ...probed.profile, pageSize: 10 };
  return { profile, sha256: await hashProfile(profile) };
}

/** The exit code; null where it was killed. */
export function runCrashProcess(run: CrashRun): Promise<number | null> {
  const child = spawn(process.execPath, [script, JSON.stringify(run)], { stdio: ["ignore", "ignore", "inherit"] });
  const { instant } = run;
  const timer = instant?.at === "clock" ? setTimeout(() => child.kill("SIGKILL"), instant.afterMs) : undefined;
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("exit", (code) => {
      clearTimeout(timer);
      done(code);
    });
  });
}

/** At the k-th answer of which no note was taken yet; each run gets its share of the people. */
function chooseNaive(random: Random, people: number, kills: number): Instant {
  return { at: "create-answered", nth: 1 + random.integer(Math.floor(people / (kills + 1))) };
}

interface Situation {
  /** People without an account. */
  readonly missing: number;
  /** Kills still to come, this one included. */
  readonly left: number;
  readonly passwords: boolean;
  /** A run got to the end before its kill: all that is left is looking. */
  readonly finished: boolean;
}

/** Any instant of the whole life of a run. A plan that is finished has few left, so its end comes last. */
function chooseInstant(random: Random, { missing, left, passwords, finished }: Situation): Instant {
  if (finished) return { at: "clock", afterMs: random.integer(250) };
  const share = Math.max(1, Math.floor(missing / left));
  const nthCommit = (): number => 1 + random.integer(missing === 0 ? 4 : passwords ? 2 * share : 6);
  const creating: (() => Instant)[] = [
    () => ({ at: "create-sent", nth: 1 + random.integer(share), afterMs: random.integer(6) }),
    () => ({ at: "create-answered", nth: 1 + random.integer(share) }),
    () => ({ at: "intents-kept" }),
    () => ({ at: "clock", afterMs: 100 + random.integer(600) }),
  ];
  const always: (() => Instant)[] = [
    () => ({ at: "before-commit", nth: nthCommit() }),
    () => ({ at: "after-commit", nth: nthCommit() }),
    () => ({ at: "read", nth: 1, afterMs: random.integer(40) }),
    // The second sweep is the reading back.
    () => ({ at: "read", nth: 2, afterMs: random.integer(15) }),
    () => ({ at: "closing" }),
    ...(left === 1 ? [(): Instant => ({ at: "closed" })] : []),
  ];
  // Half of the kills meet the creates themselves, as long as there are any.
  return random.pick(missing > 0 && random.next() < 0.5 ? creating : always)();
}

function judgeStore(
  { operations }: Plan,
  server: CrashServer,
): { readonly duplicates: number; readonly lost: number; readonly misnamed: number } {
  const byPerson = Map.groupBy(server.dump(), ({ person }) => person);
  const wanted = operations.filter(isAccountOperation).map(({ after, username }) => ({
    person: after.externalId ?? after.attributes.displayName ?? "",
    username,
  }));
  const duplicates = [...byPerson.values()].filter((own) => own.length > 1).length;
  const lost = wanted.filter(({ person }) => !byPerson.has(person)).length;
  const misnamed = wanted.filter(({ person, username }) => byPerson.get(person)?.some(({ userName }) => userName !== username));
  return { duplicates, lost, misnamed: misnamed.length };
}

const noSecrets = { unsealed: 0, lockedOut: 0, slips: 0, toldUnknown: 0 };

/** Nothing of the log was torn by a kill. */
async function assertAuditWhole(folder: string): Promise<void> {
  const database = await openSqlite(join(folder, databaseFile), allMigrations, nowIso);
  try {
    const found = await findChainBreak(createAuditLog(database, nowIso).readAll());
    if (found) throw new Error(`the audit log is broken at ${found.seq} (${found.kind})`);
  } finally {
    await database.close();
  }
}

interface SecretsRequest {
  readonly plan: Plan;
  readonly server: CrashServer;
  readonly folder: string;
  readonly custodian: Custodian;
  readonly connector: Connector;
}

/** Every secret that was ever sealed, found in the clear nowhere; each account's password in force is that of its newest slip. */
async function judgeSecrets({ plan, server, folder, custodian, connector }: SecretsRequest): Promise<typeof noSecrets> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), "latin1")));
  const database = await openSqlite(join(folder, databaseFile), allMigrations, nowIso);
  try {
    const identity = await readIdentity(custodian.identity);
    const store = createSlipStore(database);
    const slips = await store.list();
    const newest = new Map(slips.toSorted((a, b) => a.generation - b.generation).map((slip) => [slip.operation, slip]));
    let unsealed = 0;
    let lockedOut = 0;
    let toldUnknown = 0;
    for (const slip of slips) {
      const text = await identity.open((await store.readSealed(slip.id)) as Uint8Array);
      const { secret } = readSlipContent(text as string)!;
      if (files.some((file) => file.includes(secret))) unsealed += 1;
      if (newest.get(slip.operation) !== slip || (await server.isPassword?.(slip.username, secret))) continue;
      if (slip.lastEvent === "unknown" && !connector.setPassword) toldUnknown += 1;
      else lockedOut += 1;
    }
    const without = plan.operations.filter(({ id }) => !newest.has(id)).length;
    return { unsealed, lockedOut: lockedOut + without, slips: slips.length, toldUnknown };
  } finally {
    await database.close();
  }
}
