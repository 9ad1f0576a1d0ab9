import type { Random } from "../platform/random.ts";
import { createDestinationQueue, createRooms, type DestinationQueue, listPlaces, type Place } from "./destinations.ts";
import type { Endpoint } from "./endpoint.ts";
import { enoughFiles, readFileLimit } from "./file-limit.ts";
import { createGovernor, type Governor, steerEveryMs } from "./governor.ts";
import type { ServerDate } from "./local/look.ts";
import { type Attempt, type ProbeHooks, type ProbeTools, probeOnce } from "./probe.ts";
import type { ProbeResult } from "./probe-result.ts";
import { reasons } from "./reason.ts";
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
  /** The failure that this try shall confirm. */
  readonly earlier?: Attempt;
}

/** A probe that waits this long without a sign from the other side costs no CPU and leaves its place to others. */
const waitingAfterMs = 300;
/** Descriptors that are not for probes: the database, the journal, name servers, the terminal. */
const otherFiles = 96;
const maxSockets = Math.max(16, Math.min(enoughFiles, (readFileLimit() ?? enoughFiles + otherFiles) - otherFiles));
/** What was slow is timed again in quiet, so that no slowness is of our own making (check.md §6). */
const quietPlaces = 2;
const quietWaitingAfterMs = 100;
const retryAfterMs = 300;
const jitterMs = 20;
/** A server that asks us to slow down (429) is left in peace for as long as it says, within these; then it gets one probe at a time. */
const shortestPauseMs = 1_000;
const longestPauseMs = 10_000;
/** Asked so often to slow down, we leave the rest of that address untried. */
const mostPauses = 3;

/** Probes every endpoint once, in an order drawn by chance, and each failure a second time in quiet before it counts as hard. */
export async function sweepEndpoints(endpoints: readonly Endpoint[], options: SweepOptions): Promise<Sweep> {
  const { tools, signal, random } = options;
  const caps = { perAddress: options.perDestination, perNetwork: options.perNetwork ?? options.perDestination };
  const placesAt = (address: string, port: number): readonly Place[] => listPlaces(address, port, caps);
  // In other ways is asked only what has failed twice.
  const firstTools = { ...tools, differentials: undefined };
  const found = new Map<string, ProbeResult>();
  const serverDates: ServerDate[] = [];
  const queue = createDestinationQueue<Item>(
    random.shuffle(endpoints).map((endpoint) => {
      return { endpoint, places: placesAt(endpoint.addresses[0] ?? endpoint.host, endpoint.port) };
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

  const probeInRoom = async (item: Item, hooks: Pick<ProbeHooks, "signal" | "progress">): Promise<Attempt | undefined> => {
    let entered: readonly Place[] = [];
    const enter = (address: string): Promise<void> | undefined => {
      const { addresses, port } = item.endpoint;
      entered = address === addresses[0] ? item.places : placesAt(address, port);
      return rooms.enter(entered);
    };
    try {
      return await probeOnce(item.endpoint, item.earlier ? tools : firstTools, { ...hooks, enter });
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
    if (tellsOfThem && !item.earlier) return { ...item, earlier: attempt };
    const result = toResult(item.endpoint, attempt, item.earlier, tools.slowMs);
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

function wasSlow({ earlier }: Item): boolean {
  return earlier?.failure?.reason === "http.slow";
}

/** Works the queue off; what `work` hands back waits until all first tries have left their places, then goes in again. */
function runItems({ queue, governor, work, signal, jitter }: Crew): Promise<void> {
  let again: Item[] = [];
  let working = 0;
  let open = 0;
  let quiet = false;
  let pause: NodeJS.Timeout | undefined;

  return new Promise<void>((done, fail) => {
    const pump = (): void => {
      while (!signal.aborted && open < maxSockets && working < (quiet ? quietPlaces : governor.limit)) {
        const item = queue.take();
        if (!item) break;
        start(item);
      }
      if (signal.aborted) clearTimeout(pause);
      else if (queue.size === 0 && working === 0 && again.length > 0 && !pause) pause = setTimeout(retry, retryAfterMs);
      if (open === 0 && (signal.aborted || (queue.size === 0 && again.length === 0))) done();
    };
    const retry = (): void => {
      pause = undefined;
      const [slow, other] = [again.filter(wasSlow), again.filter((item) => !wasSlow(item))];
      // The slow ones come last, alone.
      quiet = other.length === 0;
      for (const item of quiet ? slow : other) queue.add(item);
      again = quiet ? [] : slow;
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
            if (next) again.push(next);
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
