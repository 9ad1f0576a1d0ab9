import { readMonotonicMs } from "../platform/clock.ts";
import type { DestinationQueue } from "./destinations.ts";
import { enoughFiles, readFileLimit } from "./file-limit.ts";
import type { Governor } from "./governor.ts";
import { createPatience } from "./patience.ts";
import type { ProbeHooks } from "./probe.ts";
import { createRetryList } from "./retry-list.ts";

export interface ItemHooks extends Pick<ProbeHooks, "signal" | "progress"> {
  /** There may be room for more. */
  readonly pump: () => void;
  /** Called when the item has waited so long without a sign that it left its place. */
  readonly whenWaiting: (tell: (silentMs: number) => void) => void;
}

export interface Crew<Item extends { readonly dueMs: number }> {
  readonly queue: DestinationQueue<Item>;
  readonly governor: Governor;
  /** What it hands back is tried again when it is due. */
  readonly work: (item: Item, hooks: ItemHooks) => Promise<Item | undefined>;
  readonly wantsQuiet: (item: Item) => boolean;
  readonly signal: AbortSignal;
  readonly jitter: () => number;
}

/** Descriptors that are not for probes: the database, the journal, name servers, the terminal. */
const otherFiles = 96;
const maxSockets = Math.max(16, Math.min(enoughFiles, (readFileLimit() ?? enoughFiles + otherFiles) - otherFiles));
/** What was slow is timed again in quiet, so that no slowness is of our own making (check.md §6). */
const quietPlaces = 2;
const quietWaitingAfterMs = 100;

/** Works the queue off; what `work` hands back goes in again when it is due, and what was slow only after everything else, in quiet. */
export function runItems<Item extends { readonly dueMs: number }>({
  queue,
  governor,
  work,
  wantsQuiet,
  signal,
  jitter,
}: Crew<Item>): Promise<void> {
  const again = createRetryList<Item>(wantsQuiet);
  const patience = createPatience();
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
      const patienceMs = quiet ? quietWaitingAfterMs : patience.ms;
      let tell: ((silentMs: number) => void) | undefined;
      let signMs = readMonotonicMs();
      // It waits without costing us anything, and leaves its place to others.
      const withdraw = (lastSignMs: number): void => {
        if (!inPlace || signMs !== lastSignMs) return;
        leave();
        tell?.(readMonotonicMs() - signMs);
        pump();
      };
      // What came while we were at work elsewhere is read before an immediate runs.
      const waiting = setTimeout(() => setImmediate(withdraw, signMs), patienceMs);
      const whenWaiting = (listener: (silentMs: number) => void): void => {
        tell = listener;
      };
      const progress = (): void => {
        const nowMs = readMonotonicMs();
        patience.note(nowMs - signMs);
        signMs = nowMs;
        if (inPlace) waiting.refresh();
      };
      const begin = (): void => {
        signMs = readMonotonicMs();
        work(item, { signal, progress, pump, whenWaiting })
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
