import { readMonotonicMs } from "../platform/clock.ts";

/** What waits to be tried again: each as soon as it is due, those that want quiet only when nothing else is left. */
export interface RetryList<Item> {
  readonly size: number;
  add(item: Item): void;
  /** Sees to it that what is due next is handed out in time. `idle`: nothing is under way or waiting its turn. */
  plan(turn: { readonly idle: boolean; readonly onDue: (due: readonly Item[], alone: boolean) => void }): void;
  stop(): void;
}

export function createRetryList<Item extends { readonly dueMs: number }>(wantsQuiet: (item: Item) => boolean): RetryList<Item> {
  let others: Item[] = [];
  let quiet: Item[] = [];
  let timer: NodeJS.Timeout | undefined;
  let timerAtMs = Number.POSITIVE_INFINITY;
  let firstOther = Number.POSITIVE_INFINITY;
  const stop = (): void => {
    clearTimeout(timer);
    timerAtMs = Number.POSITIVE_INFINITY;
  };
  return {
    get size() {
      return others.length + quiet.length;
    },
    add(item) {
      if (wantsQuiet(item)) quiet.push(item);
      else others.push(item);
      if (!wantsQuiet(item)) firstOther = Math.min(firstOther, item.dueMs);
    },
    plan({ idle, onDue }) {
      const alone = others.length === 0;
      if (alone && (!idle || quiet.length === 0)) return;
      const atMs = alone ? firstDue(quiet) : firstOther;
      if (timerAtMs <= atMs) return;
      stop();
      timerAtMs = atMs;
      timer = setTimeout(
        () => {
          timerAtMs = Number.POSITIVE_INFINITY;
          // A timer may be a little early.
          const limit = readMonotonicMs() + 1;
          const isDue = ({ dueMs }: Item): boolean => dueMs <= limit;
          const list = alone ? quiet : others;
          const [due, later] = [list.filter(isDue), list.filter((item) => !isDue(item))];
          if (alone) quiet = later;
          else others = later;
          firstOther = firstDue(others);
          onDue(due, alone);
        },
        Math.max(0, atMs - readMonotonicMs()),
      );
    },
    stop,
  };
}

function firstDue(items: readonly { readonly dueMs: number }[]): number {
  return items.reduce((least, { dueMs }) => Math.min(least, dueMs), Number.POSITIVE_INFINITY);
}
