/**
 * Work in order, but never more than `cap` items at one destination at a time: many units stand behind one gateway, and an
 * uncapped prober is itself the outage (blackbox_exporter #604).
 */
export interface DestinationQueue<Item> {
  /** The next item whose destination has room. */
  take(): Item | undefined;
  /** Its item is done: the destination has room again. */
  release(item: Item): void;
  /** Before everything that waits: what is added is due now. */
  add(item: Item): void;
  /** Items at work at this item's destination. */
  countAt(item: Item): number;
  /** Not yet taken. */
  readonly size: number;
}

export function createDestinationQueue<Item>(
  items: readonly Item[],
  toDestination: (item: Item) => string,
  cap: number,
): DestinationQueue<Item> {
  const ready = [...items].reverse();
  const busy = new Map<string, number>();
  const parked = new Map<string, Item[]>();
  let parkedCount = 0;
  return {
    get size() {
      return ready.length + parkedCount;
    },
    add: (item) => void ready.push(item),
    countAt: (item) => busy.get(toDestination(item)) ?? 0,
    take() {
      for (let item = ready.pop(); item !== undefined; item = ready.pop()) {
        const destination = toDestination(item);
        const count = busy.get(destination) ?? 0;
        if (count < cap) {
          busy.set(destination, count + 1);
          return item;
        }
        const waiting = parked.get(destination) ?? [];
        waiting.push(item);
        parked.set(destination, waiting);
        parkedCount++;
      }
      return undefined;
    },
    release(item) {
      const destination = toDestination(item);
      busy.set(destination, (busy.get(destination) ?? 1) - 1);
      const next = parked.get(destination)?.shift();
      if (next === undefined) return;
      parkedCount--;
      ready.push(next);
    },
  };
}
