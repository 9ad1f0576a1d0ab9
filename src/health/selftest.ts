import type { Clock, Instant } from "../platform/clock.ts";
import { readOpenFileLimit } from "../platform/machine.ts";
import { behaviours } from "./fault-kit/behaviours.ts";
import { type Kit, openKit } from "./fault-kit/open-kit.ts";
import { type Tried, tryExhibits } from "./fault-kit/try-kit.ts";
import { startLagMeter } from "./loop-lag.ts";

export interface Selftest {
  readonly at: Instant;
  /** In the order of the kit: way by way, family by family. */
  readonly tried: readonly Tried[];
  readonly left: Kit["left"];
  readonly deadlineMs: number;
  readonly overshootMs: { readonly p99: number; readonly max: number };
  readonly machine: {
    readonly openFiles: number | undefined;
    readonly ipv6: boolean;
    /** How long this process stood still at times while it tested itself. */
    readonly loopLagP99Ms: number;
  };
  readonly cancelled: boolean;
}

// Shorter than those of a sweep: nothing here is farther away than this machine.
const deadlineMs = 1_000;
const slowMs = 400;
/** Few, so that their own load makes nothing slow. */
const places = 24;
/** A probe that ends this much behind its deadline was not held by it. */
export const overshootAtMostMs = 100;

export interface SelftestOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onTried?: (done: number, total: number, tried: Tried) => void;
}

/** Plays every fault of the kit to the probes that a sweep uses, on loopback, and hears what they say. */
export async function runSelftest({ clock, signal, onTried }: SelftestOptions): Promise<Selftest> {
  const at = clock.now();
  const lag = startLagMeter();
  const kit = await openKit(behaviours, { now: clock.now, lag, deadlineMs, slowMs });
  try {
    let done = 0;
    lag.takeP99Ms();
    const total = kit.exhibits.length;
    const tried = await tryExhibits(kit.exhibits, { places, signal, onTried: (one) => onTried?.(++done, total, one) });
    const overshoots = tried.map(({ overshootMs }) => overshootMs).sort((a, b) => a - b);
    return {
      at,
      tried,
      left: kit.left,
      deadlineMs,
      overshootMs: { p99: overshoots[Math.floor(overshoots.length * 0.99)] ?? 0, max: overshoots.at(-1) ?? 0 },
      machine: {
        openFiles: readOpenFileLimit(),
        ipv6: !kit.left.some(({ reason }) => reason === "no-ipv6"),
        loopLagP99Ms: lag.takeP99Ms(),
      },
      cancelled: tried.length < total,
    };
  } finally {
    await kit.stop();
    lag.stop();
  }
}

export function isSound({ tried, overshootMs }: Pick<Selftest, "tried" | "overshootMs">): boolean {
  return tried.every(({ right }) => right) && overshootMs.p99 <= overshootAtMostMs;
}
