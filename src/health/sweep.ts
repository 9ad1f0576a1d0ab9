import { readMonotonicMs } from "../platform/clock.ts";
import type { Random } from "../platform/random.ts";
import { type Beside, watchSilence } from "./beside.ts";
import { type ItemHooks, runItems } from "./crew.ts";
import { createDestinationQueue, createRooms, listPlaces, type Place } from "./destinations.ts";
import type { Endpoint } from "./endpoint.ts";
import { createGovernor, steerEveryMs } from "./governor.ts";
import type { ServerDate } from "./local/look.ts";
import { type Attempt, type Failed, type ProbeHooks, type ProbeTools, probeOnce } from "./probe.ts";
import type { ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";
import { isStalled, toResult, toUntested } from "./verdict.ts";

export interface SweepOptions {
  readonly tools: ProbeTools;
  /** Probes at work at the start. */
  readonly concurrency: number;
  /** Probes at one address at a time, and in one network: /24, or /64 of IPv6. */
  readonly perDestination: number;
  readonly perNetwork?: number;
  readonly random: Random;
  /** How long a server that answers 429 without saying how long is left in peace. */
  readonly shortestPauseMs?: number;
  /** Aborted: nothing more is started, what is under way is given up, what is done is kept. */
  readonly signal: AbortSignal;
  /** When a failure is tried again, counted from when its first try began; without it, as the settings have it. */
  readonly retryAfterMs?: readonly number[];
  /** Ids of endpoints that are down already: they go first, and one more failure needs no retry. */
  readonly knownDown?: ReadonlySet<string>;
  /** Ids of others that failed lately: they go next, so that their further tries are done before the sweep is. */
  readonly failedLately?: ReadonlySet<string>;
  /** Each endpoint once, as soon as its verdict stands. */
  readonly onResult?: (result: ProbeResult) => void;
}

export interface Sweep {
  /** In the order of the endpoints; those not reached are `untested`. */
  readonly results: readonly ProbeResult[];
  /** What servers said the time was, with our own clock at that instant. */
  readonly serverDates: readonly ServerDate[];
}

interface Item {
  readonly endpoint: Endpoint;
  /** Where it counts, as far as the inventory tells. */
  readonly places: readonly Place[];
  /** The failures that this try shall confirm. */
  readonly earlier: readonly Attempt[];
  /** When its first try began, on the monotonic clock. */
  readonly firstMs?: number;
  /** This is the second try, and the first is still silent. */
  readonly beside?: Beside;
  /** Not to be tried before, on the monotonic clock. */
  readonly dueMs: number;
}

const defaultRetryAfterMs = [1_000, 5_000];
const jitterMs = 20;
/** A server that asks us to slow down (429) is left in peace for as long as it says, within these; then it gets one probe at a time. */
const shortestPauseMs = 1_000;
const longestPauseMs = 10_000;
/** Further tries in quiet after a standstill of our own; then this machine cannot judge it. */
const stalledTries = 3;
/** Asked so often to slow down, we leave the rest of that address untried. */
const mostPauses = 3;

/**
 * Probes every endpoint once, in an order drawn by chance, those known to be down first, then those that failed lately. A failure is tried again, by default one and five
 * seconds after it began, while others are probed; what was slow is timed again in quiet.
 */
export async function sweepEndpoints(endpoints: readonly Endpoint[], options: SweepOptions): Promise<Sweep> {
  const { tools, signal, random, retryAfterMs = defaultRetryAfterMs } = options;
  const { knownDown = new Set<string>(), failedLately = new Set<string>() } = options;
  const caps = { perAddress: options.perDestination, perNetwork: options.perNetwork ?? options.perDestination };
  const placesAt = (address: string, port: number): readonly Place[] => listPlaces(address, port, caps);
  const found = new Map<string, ProbeResult>();
  const serverDates: ServerDate[] = [];
  const queue = createDestinationQueue<Item>(
    ailingFirst(random.shuffle(endpoints), [knownDown, failedLately]).map((endpoint) => {
      return { endpoint, places: placesAt(endpoint.addresses[0] ?? endpoint.host, endpoint.port), earlier: [], dueMs: 0 };
    }),
    ({ places }) => places,
  );
  const rooms = createRooms();
  const pauses = new Map<string, number>();
  const pauseTimers = new Set<NodeJS.Timeout>();
  const governor = createGovernor(options.concurrency);
  const steering = setInterval(() => {
    governor.steer({ p99LagMs: tools.lag.takeP99Ms(), queued: queue.size });
  }, steerEveryMs);

  /**
   * When it is tried once more; undefined: the try that failed now decides. Two tries that were silent until their deadline have shown what a third
   * one, due before another deadline is over, would have; not so where we stood still ourselves.
   */
  const findDue = (
    { endpoint, earlier }: Item,
    firstMs: number,
    failure: Failed,
    took: Pick<Attempt, "loopLagMs">,
  ): number | undefined => {
    const nowMs = readMonotonicMs();
    const further = retryAfterMs.slice(earlier.length).map((wait) => firstMs + wait);
    if (isStalled({ ...took, failure }, tools.deadlineMs)) {
      return further[0] ?? (earlier.length < retryAfterMs.length + stalledTries ? nowMs : undefined);
    }
    if (knownDown.has(endpoint.id)) return undefined;
    const before = earlier.at(-1);
    const silentTwice = failure.late && before?.failure?.late && !isStalled(before, tools.deadlineMs);
    const fromMs = nowMs + tools.deadlineMs;
    return silentTwice ? further.find((dueMs) => dueMs >= fromMs) : further[0];
  };

  const probeInRoom = async (item: Item, hooks: Omit<ProbeHooks, "enter">): Promise<Attempt | undefined> => {
    let entered: readonly Place[] = [];
    const enter = (address: string): Promise<void> | undefined => {
      const { addresses, port } = item.endpoint;
      entered = address === addresses[0] ? item.places : placesAt(address, port);
      return rooms.enter(entered);
    };
    try {
      return await probeOnce(item.endpoint, tools, { ...hooks, enter });
    } finally {
      rooms.leave(entered);
    }
  };

  /** 429 is our doing: it is never the unit's (httpx #1078). */
  const slowDown = (item: Item, askedMs: number | undefined, pump: () => void): void => {
    const key = item.places[0]?.key ?? "";
    const count = (pauses.get(key) ?? 0) + 1;
    pauses.set(key, count);
    if (count > mostPauses) return queue.giveUp(item);
    queue.hold(item);
    const timer = setTimeout(
      () => {
        pauseTimers.delete(timer);
        queue.resume(item);
        pump();
      },
      Math.min(longestPauseMs, Math.max(options.shortestPauseMs ?? shortestPauseMs, askedMs ?? 0)),
    );
    pauseTimers.add(timer);
  };

  /** Undefined when the item is done; else what is to be tried again. */
  const work = async (begun: Item, hooks: ItemHooks): Promise<Item | undefined> => {
    const [silentFirst, retryMs] = [begun.beside, retryAfterMs[0]];
    if (silentFirst?.spared.aborted) return undefined;
    let item = begun;
    void silentFirst?.first.then((first) => {
      if (first) item = { ...begun, earlier: [first] };
    });
    const beganMs = readMonotonicMs();
    const isRetried = retryMs !== undefined && item.earlier.length === 0 && !silentFirst && !knownDown.has(item.endpoint.id);
    const silence = isRetried
      ? watchSilence(retryMs, tools.lag, (beside) => {
          queue.add({ ...item, firstMs: beganMs, beside });
          hooks.pump();
        })
      : undefined;
    if (silence) hooks.whenWaiting(silence.start);
    let again: Pick<Item, "firstMs" | "dueMs"> | undefined;
    const attempt = await probeInRoom(item, {
      signal: silentFirst ? AbortSignal.any([hooks.signal, silentFirst.spared]) : hooks.signal,
      progress: () => {
        hooks.progress();
        silence?.progress();
      },
      onRequest: silence?.stop,
      decides: (failure, took) => {
        if (silence?.hasBeside()) return false;
        const nowMs = readMonotonicMs();
        const firstMs = item.firstMs ?? nowMs - took.totalMs;
        const dueMs = findDue(item, firstMs, failure, took);
        if (dueMs !== undefined) again = { firstMs, dueMs: Math.max(nowMs, dueMs) };
        return dueMs === undefined;
      },
    }).catch((error: unknown) => {
      silence?.end(undefined);
      throw error;
    });
    const tellsOfThem = attempt?.failure !== undefined && reasons[attempt.failure.reason].signature !== undefined;
    silence?.end(tellsOfThem ? attempt : undefined);
    if (!attempt) return undefined;
    if (attempt.failure?.reason === "http.limited") slowDown(item, attempt.retryAfterMs, hooks.pump);
    if (attempt.serverDate) {
      serverDates.push({ ...attempt.serverDate, host: item.endpoint.host, rttMs: attempt.phases.connectMs ?? 0 });
    }
    if (tellsOfThem && silence?.hasBeside()) return undefined;
    const first = await silentFirst?.first;
    if (silentFirst && !first) return undefined;
    const earlier = first ? [first] : item.earlier;
    if (tellsOfThem && again) return { ...item, ...again, beside: undefined, earlier: [...earlier, attempt] };
    const result = toResult(item.endpoint, attempt, { earlier, confirmed: true, ...tools });
    found.set(result.endpoint, result);
    options.onResult?.(result);
    return undefined;
  };
  const wantsQuiet = ({ earlier }: Item): boolean => {
    const before = earlier.at(-1);
    return before !== undefined && (mayBeOwnSlowness(before, tools.slowMs) || isStalled(before, tools.deadlineMs));
  };
  await runItems({ queue, governor, work, wantsQuiet, signal, jitter: () => random.next() * jitterMs }).finally(() => {
    clearInterval(steering);
    for (const timer of pauseTimers) clearTimeout(timer);
  });
  return { results: endpoints.map((endpoint) => found.get(endpoint.id) ?? toUntested(endpoint, tools.now())), serverDates };
}

function ailingFirst(endpoints: readonly Endpoint[], ailing: readonly ReadonlySet<string>[]): Endpoint[] {
  const isLast = ({ id }: Endpoint): boolean => !ailing.some((some) => some.has(id));
  return [...ailing.flatMap((some) => endpoints.filter(({ id }) => some.has(id))), ...endpoints.filter(isLast)];
}

/** Slowness that our own event loop can have had a part in. Who says nothing until the deadline is silent, in quiet and in noise. */
function mayBeOwnSlowness(attempt: Attempt, slowMs: number): boolean {
  if (attempt.failure?.reason !== "http.slow") return false;
  return !(attempt.failure.late && attempt.totalMs - attempt.ownDelayMs > slowMs);
}
