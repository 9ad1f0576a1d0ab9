import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { toScimUser } from "../../src/provision/connectors/scim-user.ts";
import { isAccountOperation, toAccountState } from "../../src/provision/operation.ts";
import type { Plan } from "../../src/provision/plan.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { applyCreatePlan, probeServer } from "../support/apply-create-plan.ts";
import { makeCreatePlan } from "../support/create-plan.ts";
import { type BenchResult, findLowerBound, median } from "./bench.ts";

export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Round {
  readonly ours: Cost;
  readonly rival: Cost;
}

const atOnce = 8;
const system = "documents";

/** A SCIM server in a process of its own, started, emptied and counted over messages. */
interface Peer {
  readonly url: string;
  readonly token: string;
  reset(): Promise<void>;
  count(): Promise<number>;
  stop(): void;
}

async function startPeer(script: URL, args: readonly string[]): Promise<Peer> {
  const child: ChildProcess = fork(fileURLToPath(script), [...args]);
  const [{ url, token }] = (await once(child, "message")) as [{ url: string; token: string }];
  const ask = async (message: string): Promise<number> => {
    const answer = once(child, "message");
    child.send(message);
    return ((await answer) as [{ count: number }])[0].count;
  };
  return {
    url,
    token,
    reset: async () => void (await ask("reset")),
    count: () => ask("count"),
    stop: () => child.disconnect(),
  };
}

async function measure(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

/** The least anybody could do: the same bodies, eight at a time, answers read and forgotten. */
async function sendRaw(bodies: readonly string[], url: string, token: string): Promise<void> {
  const dispatcher = new Agent({ connections: atOnce });
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
  const queue = [...bodies];
  const work = async (): Promise<void> => {
    for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
      const answer = await request(`${url}/Users`, { method: "POST", headers, body, dispatcher });
      await answer.body.text();
      if (answer.statusCode !== 201) throw new Error(`raw: ${answer.statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await dispatcher.destroy();
}

const toBodies = ({ operations }: Plan): string[] =>
  operations.filter(isAccountOperation).map(({ after }) => JSON.stringify(toScimUser(toAccountState(after))));

export interface ApplyBench {
  /** The server's process. */
  readonly script: URL;
  readonly args?: readonly string[];
  readonly people: number;
  readonly rounds: number;
}

/**
 * `apply` of N creates, with journal, audit log, a sweep before and reading back, against raw undici with the same bodies. The server is
 * probed once before, as the guide tells operators to do for every system.
 */
export async function compareApply({ script, args = [], people, rounds }: ApplyBench): Promise<readonly Round[]> {
  const peer = await startPeer(script, args);
  const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
  const database = await openSqlite(join(folder, "cache.db"), allMigrations, () => new Date().toISOString());
  const arm = async (work: () => Promise<unknown>): Promise<Cost> => {
    await peer.reset();
    const cost = await measure(work);
    const count = await peer.count();
    if (count !== people) throw new Error(`${count} accounts of ${people}`);
    return cost;
  };
  try {
    const known = await probeServer(system, peer.url, peer.token);
    const done: Round[] = [];
    // The first round warms both arms and the server, and is not counted.
    for (let round = 0; round <= rounds; round++) {
      const plan = await makeCreatePlan(`bench-${round}`, people, system, new Date().toISOString(), known.sha256);
      const bodies = toBodies(plan);
      const runOurs = () =>
        arm(async () => {
          const { finished } = await applyCreatePlan(plan, peer.url, peer.token, database, known);
          if (!finished) throw new Error("not everything was read back");
        });
      const runRival = () => arm(() => sendRaw(bodies, peer.url, peer.token));
      // Who goes first changes: what runs second finds a warmer server.
      const [first, second] = round % 2 === 0 ? [await runOurs(), await runRival()] : [await runRival(), await runOurs()];
      const [ours, rival] = round % 2 === 0 ? [first, second] : [second, first];
      if (round > 0) done.push({ ours, rival });
    }
    return done;
  } finally {
    peer.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export function toResult(rounds: readonly Round[], people: number): BenchResult {
  const ms = (pick: (round: Round) => number): string => `${median(rounds.map(pick)).toFixed(0)} ms`;
  const wall = rounds.map(({ ours, rival }) => ours.wallMs / rival.wallMs);
  const cpu = rounds.map(({ ours, rival }) => ours.cpuMs / rival.cpuMs);
  return {
    value: median(wall),
    atLeast: findLowerBound(wall),
    rows: [
      [`raw undici, ${people} creates, wall`, ms(({ rival }) => rival.wallMs)],
      [`wardctl apply, ${people} creates, wall`, ms(({ ours }) => ours.wallMs)],
      ["raw undici, client CPU", ms(({ rival }) => rival.cpuMs)],
      ["wardctl apply, client CPU", ms(({ ours }) => ours.cpuMs)],
      ["client CPU ratio (goal 2.0)", `${median(cpu).toFixed(2)}, at least ${findLowerBound(cpu)?.toFixed(2) ?? "–"}`],
    ],
  };
}
