import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRandom } from "../../src/platform/random.ts";
import { hashProfile } from "../../src/provision/profile.ts";
import { type KnownProfile, probeServer } from "../support/apply-create-plan.ts";
import { makeCreatePlan } from "../support/create-plan.ts";
import { type ScimPeer, startScimPeer } from "../support/scim-peer.ts";
import { type Bench, median } from "./bench.ts";

interface Trial {
  readonly kills: number;
  /** People with more than one account, people with none. */
  readonly duplicates: number;
  readonly lost: number;
  /** Creates sent beyond one for each person. */
  readonly extra: number;
}

const script = fileURLToPath(new URL("crash-process.ts", import.meta.url));
const killsPerTrial = 3;

/** What the probe learns, with pages so small that answers are believed: the way of a large plan, on a small one. */
async function probePaged({ url, token }: ScimPeer): Promise<KnownProfile> {
  const { profile } = await probeServer("documents", url, token);
  const paged = { ...profile, pageSize: 10 };
  return { profile: paged, sha256: await hashProfile(paged) };
}

/** `kill -9` while the server carries out a create that nobody will read the answer of, so often, then once more to the end. */
async function runTrial(arm: "ours" | "naive", peer: ScimPeer, people: number, trial: number): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
  peer.accounts.clear();
  const known = await probePaged(peer);
  const plan = await makeCreatePlan(`crash-${trial}`, people, "documents", new Date().toISOString(), known.sha256);
  await writeFile(join(folder, "profile.json"), JSON.stringify(known));
  await writeFile(join(folder, "plan.json"), JSON.stringify(plan));
  await writeFile(join(folder, "done.txt"), "");
  const random = createRandom(`crash/${arm}/${trial}`);
  let creates = 0;
  let kills = 0;
  const runOnce = (killAt: number): Promise<number | null> => {
    const child = spawn(process.execPath, [script, arm, folder, peer.url, peer.token], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    let seen = 0;
    peer.onRequest = (method) => {
      if (method !== "POST") return;
      creates += 1;
      if (++seen === killAt) child.kill("SIGKILL");
    };
    return new Promise((done) => child.on("exit", done));
  };
  while (kills < killsPerTrial) {
    // Each run gets its share of the people, so that the last kill still finds some left.
    const killAt = 1 + random.integer(Math.floor(people / (killsPerTrial + 1)));
    if ((await runOnce(killAt)) === null) kills += 1;
    else break;
  }
  const code = await runOnce(0);
  if (code !== 0) throw new Error(`${arm}: exit ${code}`);
  await rm(folder, { recursive: true, force: true });
  const counts = Map.groupBy(peer.accounts.values(), ({ externalId }) => externalId);
  const duplicates = [...counts.values()].filter((own) => own.length > 1).length;
  return { kills, duplicates, lost: people - counts.size, extra: creates - people };
}

/**
 * People damaged by kills, in the server's own store. The control is what scripts do; where it takes no harm the trial proves nothing,
 * and counts as damage too.
 */
export const bench: Bench = {
  name: "crash",
  unit: "count",
  goal: 0,
  better: "lower",
  async run(quick) {
    const trials = Number(process.env["WARDCTL_BENCH_TRIALS"] ?? (quick ? 3 : 200));
    const people = quick ? 80 : 300;
    const peer = await startScimPeer();
    const ours: Trial[] = [];
    const naive: Trial[] = [];
    try {
      for (let trial = 0; trial < trials; trial++) {
        ours.push(await runTrial("ours", peer, people, trial));
        naive.push(await runTrial("naive", peer, people, trial));
      }
    } finally {
      await peer.stop();
    }
    const sum = (list: readonly Trial[], pick: (trial: Trial) => number): number => list.reduce((all, one) => all + pick(one), 0);
    const harmless = naive.filter(({ duplicates }) => duplicates === 0).length;
    const show = (list: readonly Trial[]): string =>
      `${sum(list, ({ duplicates }) => duplicates)} twice, ${sum(list, ({ lost }) => lost)} lost, ${sum(list, ({ kills }) => kills)} kills`;
    return {
      value: sum(ours, ({ duplicates, lost }) => duplicates + lost) + harmless,
      rows: [
        ["trials × people", `${trials} × ${people}`],
        ["wardctl apply", show(ours)],
        ["note after the answer, next number on 409", show(naive)],
        ["trials that took no harm by the second", String(harmless)],
        [
          "extra creates a trial, wardctl (goal ≤ 8)",
          `median ${median(ours.map(({ extra }) => extra))}, most ${Math.max(...ours.map(({ extra }) => extra))}`,
        ],
      ],
    };
  },
};
