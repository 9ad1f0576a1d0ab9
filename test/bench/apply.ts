import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Agent, request } from "undici";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { toScimUser } from "../../src/provision/connectors/scim-user.ts";
import { isAccountOperation, toAccountState } from "../../src/provision/operation.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { applyCreatePlan } from "../support/apply-create-plan.ts";
import { makeCreatePlan } from "../support/create-plan.ts";
import { type Bench, median } from "./bench.ts";

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function measure(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

const atOnce = 8;

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

/** `apply` of N creates (journal, audit log, sweep before and after) against raw undici with the same bodies, on SCIMMY in another process. */
export const bench: Bench = {
  name: "apply",
  unit: "ratio",
  goal: 1.15,
  better: "lower",
  async run(quick) {
    const people = quick ? 400 : 1_000;
    const peer = fork(fileURLToPath(new URL("scim-peer-process.ts", import.meta.url)));
    const [{ url, token }] = (await once(peer, "message")) as [{ url: string; token: string }];
    const ask = async (message: string): Promise<number> => {
      const answer = once(peer, "message");
      peer.send(message);
      return ((await answer) as [{ count: number }])[0].count;
    };
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const database = await openSqlite(join(folder, "cache.db"), allMigrations, () => new Date().toISOString());
    const arm = async (work: () => Promise<unknown>): Promise<Cost> => {
      await ask("reset");
      const cost = await measure(work);
      const count = await ask("count");
      if (count !== people) throw new Error(`${count} accounts of ${people}`);
      return cost;
    };
    try {
      const rounds: { readonly ours: Cost; readonly rival: Cost }[] = [];
      const total = quick ? 3 : 9;
      // The first round warms both arms and the server, and is not counted.
      for (let round = 0; round <= total; round++) {
        const plan = await makeCreatePlan(`bench-${round}`, people, "documents", new Date().toISOString());
        const bodies = plan.operations
          .filter(isAccountOperation)
          .map(({ after }) => JSON.stringify(toScimUser(toAccountState(after))));
        const runOurs = () => arm(() => applyCreatePlan(plan, url, token, database));
        const runRival = () => arm(() => sendRaw(bodies, url, token));
        // Who goes first changes: what runs second finds a warmer server.
        const [first, second] = round % 2 === 0 ? [await runOurs(), await runRival()] : [await runRival(), await runOurs()];
        const [ours, rival] = round % 2 === 0 ? [first, second] : [second, first];
        if (round > 0) rounds.push({ ours, rival });
      }
      const ms = (pick: (round: (typeof rounds)[number]) => number): string => `${median(rounds.map(pick)).toFixed(0)} ms`;
      const cpuRatio = median(rounds.map(({ ours, rival }) => ours.cpuMs / rival.cpuMs));
      return {
        value: median(rounds.map(({ ours, rival }) => ours.wallMs / rival.wallMs)),
        rows: [
          [`raw undici, ${people} creates, wall`, ms(({ rival }) => rival.wallMs)],
          [`wardctl apply, ${people} creates, wall`, ms(({ ours }) => ours.wallMs)],
          ["raw undici, client CPU", ms(({ rival }) => rival.cpuMs)],
          ["wardctl apply, client CPU", ms(({ ours }) => ours.cpuMs)],
          ["client CPU ratio (goal 2.0)", cpuRatio.toFixed(2)],
        ],
      };
    } finally {
      peer.disconnect();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
