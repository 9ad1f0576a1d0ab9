import { probeOnce } from "../probe.ts";
import type { Reason } from "../reason.ts";
import { toResult } from "../verdict.ts";
import type { Exhibit } from "./open-kit.ts";

/** What a probe said of an exhibit. */
export interface Tried extends Pick<Exhibit, "behaviour" | "way" | "expected"> {
  /** Undefined: nothing wrong. */
  readonly seen: Reason | undefined;
  readonly right: boolean;
  readonly totalMs: number;
  /** How far the probe's end was behind its deadline; 0 when it was not. */
  readonly overshootMs: number;
  /** How long our own event loop stood still meanwhile: so much of it is this machine's load. */
  readonly ownDelayMs: number;
  readonly attempts: number;
}

const triesAtMost = 3;

/** One probe of one exhibit. Undefined: aborted. */
export async function tryExhibit(
  { behaviour, way, expected, endpoint, tools }: Exhibit,
  signal: AbortSignal,
): Promise<Tried | undefined> {
  const attempt = await probeOnce(endpoint, tools, { signal, progress: () => undefined });
  if (!attempt) return undefined;
  // What it says of the other side is asked here, also on a machine that is busy: no deadline is excused.
  const judging = { earlier: [], confirmed: false, slowMs: tools.slowMs, deadlineMs: Number.POSITIVE_INFINITY };
  const { reason } = toResult(endpoint, attempt, judging);
  const overshootMs = Math.max(0, attempt.totalMs - tools.deadlineMs);
  return {
    behaviour,
    way,
    expected,
    seen: reason,
    right: reason === expected,
    totalMs: attempt.totalMs,
    overshootMs,
    ownDelayMs: attempt.ownDelayMs,
    attempts: 1,
  };
}

/**
 * All of them, so many at a time, in the order given. What was told wrongly is tried again, alone: as in a sweep, a machine that was
 * busy for a moment shall not decide.
 */
export async function tryExhibits(
  exhibits: readonly Exhibit[],
  {
    places,
    signal,
    onTried,
  }: { readonly places: number; readonly signal: AbortSignal; readonly onTried?: (tried: Tried) => void },
): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < exhibits.length && !signal.aborted; at = next++) {
      const one = await tryExhibit(exhibits[at] as Exhibit, signal);
      if (!one) return;
      tried[at] = one;
      onTried?.(one);
    }
  };
  await Promise.all(Array.from({ length: places }, work));
  for (let round = 2; round <= triesAtMost; round++) {
    for (const [at, one] of tried.entries()) {
      if (!one || one.right || signal.aborted) continue;
      const again = await tryExhibit(exhibits[at] as Exhibit, signal);
      if (again) tried[at] = { ...again, attempts: round, overshootMs: Math.max(one.overshootMs, again.overshootMs) };
    }
  }
  return tried.filter(Boolean);
}
