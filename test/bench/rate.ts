import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../../src/platform/sqlite.ts";
import { allMigrations } from "../../src/workspace/migrations.ts";
import { applyCreatePlan } from "../support/apply-create-plan.ts";
import { makeCreatePlan } from "../support/create-plan.ts";
import { createRateLimit, type LimitKind } from "../support/rate-limit.ts";
import { type LoggedArrival, startScimPeer } from "../support/scim-peer.ts";
import type { Bench } from "./bench.ts";

const perSecond = 20;
const learnMs = 10_000;
/** What was on its way when the silence was asked for. */
const underWayMs = 50;
const silenceMs = 1_000;

interface Used {
  /** Of what the server allows, after the first ten seconds. */
  readonly share: number;
  readonly refused: number;
  readonly insideSilence: number;
}

async function apply(kind: LimitKind, seconds: number, ratePerSecond?: number): Promise<Used> {
  const peer = await startScimPeer({ limit: createRateLimit(kind, perSecond) });
  const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
  const database = await openSqlite(join(folder, "cache.db"), allMigrations, () => new Date().toISOString());
  try {
    const plan = await makeCreatePlan(kind, perSecond * seconds, "documents", new Date().toISOString());
    const { finished } = await applyCreatePlan(plan, peer.url, peer.token, database, { ratePerSecond });
    if (!finished) throw new Error(`${kind}: not finished`);
    return toUsed(peer.arrivals);
  } finally {
    await peer.stop();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function toUsed(arrivals: readonly LoggedArrival[]): Used {
  const startMs = (arrivals[0]?.atMs ?? 0) + learnMs;
  const late = arrivals.filter(({ atMs }) => atMs >= startMs);
  const allowed = late.filter((arrival) => arrival.allowed).length;
  const tookMs = (arrivals.at(-1)?.atMs ?? 0) - startMs;
  const silences = arrivals.filter((arrival) => !arrival.allowed).map(({ atMs }) => atMs);
  return {
    share: allowed / ((tookMs * perSecond) / 1000),
    refused: (late.length - allowed) / late.length,
    insideSilence: arrivals.filter(({ atMs }) => silences.some((from) => atMs > from + underWayMs && atMs < from + silenceMs))
      .length,
  };
}

/**
 * A server of twenty requests a second that says 429 with `Retry-After: 1` beyond, counted in three ways, and one whose limit stands in the
 * settings (`rate: 20`). The figure is the smallest share used after ten seconds; 0 where more than 2 % were refused, or where any request
 * came inside a silence that was asked for.
 */
export const bench: Bench = {
  name: "rate",
  unit: "ratio",
  goal: 0.9,
  better: "higher",
  async run(quick) {
    const seconds = quick ? 25 : 60;
    const arms: readonly (readonly [string, LimitKind, number | undefined])[] = [
      ["learned, token bucket", "token-bucket", undefined],
      ["learned, fixed window", "fixed-window", undefined],
      ["learned, sliding window", "sliding-window", undefined],
      ["rate: 20 in the settings, sliding window", "sliding-window", perSecond],
    ];
    // Nearly all of it is waiting.
    const used = await Promise.all(arms.map(async ([label, kind, rate]) => ({ label, ...(await apply(kind, seconds, rate)) })));
    const holds = used.every(({ refused, insideSilence }) => refused <= 0.02 && insideSilence === 0);
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
    return {
      value: holds ? Math.min(...used.map(({ share }) => share)) : 0,
      rows: used.map(({ label, share, refused, insideSilence }) => [
        label,
        `${percent(share)} used, ${percent(refused)} refused, ${insideSilence} inside a silence`,
      ]),
    };
  },
};
