import { readMonotonicMs } from "../platform/clock.ts";
import type { Random } from "../platform/random.ts";
import { createDestinationQueue, createRooms, type DestinationQueue, listPlaces, type Place } from "./destinations.ts";
import type { Endpoint } from "./endpoint.ts";
import { enoughFiles, readFileLimit } from "./file-limit.ts";
import { createGovernor, type Governor, steerEveryMs } from "./governor.ts";
import type { ServerDate } from "./local/look.ts";
import { type Attempt, type ProbeHooks, type ProbeTools, probeOnce } from "./probe.ts";
import type { ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";
import { createRetryList } from "./retry-list.ts";
import { toResult, toUntested } from "./verdict.ts";

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
  /** When a failure is tried again, counted from its first try; without it, as the settings have it. */
  readonly retryAfterMs?: readonly number[];
  /** Ids of endpoints that are down already: they go first, and one more failure needs no retry. */
  readonly knownDown?: ReadonlySet<string>;
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
  /** When its first try had failed. */
  readonly firstMs?: number;
  /** Not to be tried before, on the monotonic clock. */
  readonly dueMs: number;
}

/** A probe that waits this long without a sign from the other side costs no CPU and leaves its place to others. */
const waitingAfterMs = 300;
/** Descriptors that are not for probes: the database, the journal, name servers, the terminal. */
const otherFiles = 96;
const maxSockets = Math.max(16, Math.min(enoughFiles, (readFileLimit() ?? enoughFiles + otherFiles) - otherFiles));
/** What was slow is timed again in quiet, so that no slowness is of our own making (check.md §6). */
const quietPlaces = 2;
const quietWaitingAfterMs = 100;
const defaultRetryAfterMs = [1_000, 5_000];
const jitterMs = 20;
/** A server that asks us to slow down (429) is left in peace for as long as it says, within these; then it gets one probe at a time. */
const shortestPauseMs = 1_000;
const longestPauseMs = 10_000;
/** Asked so often to slow down, we leave the rest of that address untried. */
const mostPauses = 3;

/**
 * Probes every endpoint once, in an order drawn by chance, those known to be down first. A failure is tried again, by default one and five
 * seconds after it, while others are probed; what was slow is timed again in quiet.
 */
export async function sweepEndpoints(endpoints: readonly Endpoint[], options: SweepOptions): Promise<Sweep> {
  const { tools, signal, random, knownDown = new Set(), retryAfterMs = defaultRetryAfterMs } = options;
  const caps = { perAddress: options.perDestination, perNetwork: options.perNetwork ?? options.perDestination };
  const placesAt = (address: string, port: number): readonly Place[] => listPlaces(address, port, caps);
  // In other ways is asked only by the try that decides.
  const firstTools = { ...tools, differentials: undefined };
  const found = new Map<string, ProbeResult>();
  const serverDates: ServerDate[] = [];
  const queue = createDestinationQueue<Item>(
    knownDownFirst(random.shuffle(endpoints), knownDown).map((endpoint) => {
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

  /** How long after its first failure it is tried once more; undefined: this try decides. */
  const waitAfter = ({ endpoint, earlier }: Item): number | undefined =>
    knownDown.has(endpoint.id) ? undefined : retryAfterMs[earlier.length];

  const probeInRoom = async (item: Item, hooks: Pick<ProbeHooks, "signal" | "progress">): Promise<Attempt | undefined> => {
    let entered: readonly Place[] = [];
    const enter = (address: string): Promise<void> | undefined => {
      const { addresses, port } = item.endpoint;
      entered = address === addresses[0] ? item.places : placesAt(address, port);
      return rooms.enter(entered);
    };
    try {
      return await probeOnce(item.endpoint, waitAfter(item) === undefined ? tools : firstTools, { ...hooks, enter });
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
  const work = async (item: Item, hooks: ItemHooks): Promise<Item | undefined> => {
    const attempt = await probeInRoom(item, hooks);
    if (!attempt) return undefined;
    if (attempt.failure?.reason === "http.limited") slowDown(item, attempt.retryAfterMs, hooks.pump);
    if (attempt.serverDate) {
      serverDates.push({ ...attempt.serverDate, host: item.endpoint.host, rttMs: attempt.phases.connectMs ?? 0 });
    }
    const tellsOfThem = attempt.failure !== undefined && reasons[attempt.failure.reason].signature !== undefined;
    const tries = [...item.earlier, attempt];
    const wait = waitAfter(item);
    if (tellsOfThem && wait !== undefined) {
      const nowMs = readMonotonicMs();
      const { firstMs = nowMs } = item;
      return { ...item, earlier: tries, firstMs, dueMs: Math.max(nowMs, firstMs + wait) };
    }
    const result = toResult(item.endpoint, attempt, { earlier: item.earlier, confirmed: true, slowMs: tools.slowMs });
    found.set(result.endpoint, result);
    options.onResult?.(result);
    return undefined;
  };
  await runItems({ queue, governor, work, signal, jitter: () => random.next() * jitterMs }).finally(() => {
    clearInterval(steering);
    for (const timer of pauseTimers) clearTimeout(timer);
  });
  return { results: endpoints.map((endpoint) => found.get(endpoint.id) ?? toUntested(endpoint, tools.now())), serverDates };
}

interface ItemHooks extends Pick<ProbeHooks, "signal" | "progress"> {
  /** There may be room for more. */
  readonly pump: () => void;
}

interface Crew {
  readonly queue: DestinationQueue<Item>;
  readonly governor: Governor;
  readonly work: (item: Item, hooks: ItemHooks) => Promise<Item | undefined>;
  readonly signal: AbortSignal;
  readonly jitter: () => number;
}

function knownDownFirst(endpoints: readonly Endpoint[], knownDown: ReadonlySet<string>): Endpoint[] {
  const isDown = ({ id }: Endpoint): boolean => knownDown.has(id);
  return [...endpoints.filter(isDown), ...endpoints.filter((one) => !isDown(one))];
}

function wasSlow({ earlier }: Item): boolean {
  return earlier.at(-1)?.failure?.reason === "http.slow";
}

/** Works the queue off; what `work` hands back goes in again when it is due, and what was slow only after everything else, in quiet. */
function runItems({ queue, governor, work, signal, jitter }: Crew): Promise<void> {
  const again = createRetryList<Item>(wasSlow);
  let working = 0;
  let open = 0;
  let quiet = false;

  return new Promise<void>((done, fail) => {
    const pump = (): void => {
      while (!signal.aborted && open < maxSockets && working < (quiet ? quietPlaces : governor.limit)) {
        const item = queue.take();
        if (!item) break;
        start(item);
      }
      if (signal.aborted) again.stop();
      else again.plan({ idle: queue.size === 0 && working === 0, onDue: retry });
      if (open === 0 && (signal.aborted || (queue.size === 0 && again.size === 0))) done();
    };
    const retry = (due: readonly Item[], alone: boolean): void => {
      quiet = alone;
      for (const item of due) queue.add(item);
      pump();
    };
    const start = (item: Item): void => {
      working++;
      open++;
      let inPlace = true;
      const leave = (): void => {
        if (inPlace) working--;
        inPlace = false;
      };
      const waiting = setTimeout(
        () => {
          leave();
          pump();
        },
        quiet ? quietWaitingAfterMs : waitingAfterMs,
      );
      const progress = (): void => {
        if (inPlace) waiting.refresh();
      };
      const begin = (): void => {
        work(item, { signal, progress, pump })
          .then((next) => {
            if (next) again.add(next);
            clearTimeout(waiting);
            leave();
            open--;
            queue.release(item);
            pump();
          })
          .catch(fail);
      };
      if (queue.countAt(item) > 1) setTimeout(begin, jitter());
      else begin();
    };
    signal.addEventListener("abort", pump, { once: true });
    pump();
  });
}
