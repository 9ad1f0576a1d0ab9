import { readMonotonicMs } from "../platform/clock.ts";
import type { Random } from "../platform/random.ts";
import { createDestinationQueue, type DestinationQueue } from "./destinations.ts";
import type { Endpoint } from "./endpoint.ts";
import { createGovernor, type Governor, steerEveryMs } from "./governor.ts";
import { type Attempt, type ProbeTools, probeOnce } from "./probe.ts";
import type { ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";
import { createRetryList } from "./retry-list.ts";
import { toResult, toUntested } from "./verdict.ts";

export interface SweepOptions {
  readonly tools: ProbeTools;
  /** Probes at work at the start. */
  readonly concurrency: number;
  readonly perDestination: number;
  readonly random: Random;
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
  readonly serverDates: readonly { readonly theirs: number; readonly ours: number }[];
}

interface Item {
  readonly endpoint: Endpoint;
  /** The failures that this try shall confirm. */
  readonly earlier: readonly Attempt[];
  /** When its first try had failed. */
  readonly firstMs?: number;
  /** Not to be tried before, on the monotonic clock. */
  readonly dueMs: number;
}

/** A probe that waits this long without a sign from the other side costs no CPU and leaves its place to others. */
const waitingAfterMs = 300;
const maxSockets = 4096;
/** What was slow is timed again in quiet, so that no slowness is of our own making. */
const quietPlaces = 8;
const quietWaitingAfterMs = 100;
const defaultRetryAfterMs = [1_000, 5_000];
const jitterMs = 20;

/**
 * Probes every endpoint once, in an order drawn by chance, those known to be down first. A failure is tried again, by default one and five
 * seconds after it, while others are probed; what was slow is timed again in quiet.
 */
export async function sweepEndpoints(endpoints: readonly Endpoint[], options: SweepOptions): Promise<Sweep> {
  const { tools, signal, random, knownDown = new Set(), retryAfterMs = defaultRetryAfterMs } = options;
  const found = new Map<string, ProbeResult>();
  const serverDates: { theirs: number; ours: number }[] = [];
  const queue = createDestinationQueue<Item>(
    knownDownFirst(random.shuffle(endpoints), knownDown).map((endpoint) => ({ endpoint, earlier: [], dueMs: 0 })),
    ({ endpoint }) => `${endpoint.addresses[0] ?? endpoint.host}:${endpoint.port}`,
    options.perDestination,
  );
  const governor = createGovernor(options.concurrency);
  const steering = setInterval(() => {
    governor.steer({ p99LagMs: tools.lag.takeP99Ms(), queued: queue.size });
  }, steerEveryMs);

  /** Undefined when the item is done; else what is to be tried again. */
  const work = async (
    item: Item,
    hooks: { readonly signal: AbortSignal; readonly progress: () => void },
  ): Promise<Item | undefined> => {
    const attempt = await probeOnce(item.endpoint, tools, hooks);
    if (!attempt) return undefined;
    if (attempt.serverDate) serverDates.push(attempt.serverDate);
    const tellsOfThem = attempt.failure !== undefined && reasons[attempt.failure.reason].signature !== undefined;
    const tries = [...item.earlier, attempt];
    const wait = knownDown.has(item.endpoint.id) ? undefined : retryAfterMs[item.earlier.length];
    if (tellsOfThem && wait !== undefined) {
      const nowMs = readMonotonicMs();
      const { firstMs = nowMs } = item;
      return { endpoint: item.endpoint, earlier: tries, firstMs, dueMs: Math.max(nowMs, firstMs + wait) };
    }
    const result = toResult(item.endpoint, attempt, { earlier: item.earlier, confirmed: true, slowMs: tools.slowMs });
    found.set(result.endpoint, result);
    options.onResult?.(result);
    return undefined;
  };
  await runItems({ queue, governor, work, signal, jitter: () => random.next() * jitterMs }).finally(() =>
    clearInterval(steering),
  );
  return { results: endpoints.map((endpoint) => found.get(endpoint.id) ?? toUntested(endpoint, tools.now())), serverDates };
}

interface Crew {
  readonly queue: DestinationQueue<Item>;
  readonly governor: Governor;
  readonly work: (
    item: Item,
    hooks: { readonly signal: AbortSignal; readonly progress: () => void },
  ) => Promise<Item | undefined>;
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
      const wait = (): NodeJS.Timeout =>
        setTimeout(
          () => {
            leave();
            pump();
          },
          quiet ? quietWaitingAfterMs : waitingAfterMs,
        );
      let waiting = wait();
      const progress = (): void => {
        if (!inPlace) return;
        clearTimeout(waiting);
        waiting = wait();
      };
      const begin = (): void => {
        work(item, { signal, progress })
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
