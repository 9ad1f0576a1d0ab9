import { isIP } from "node:net";

/**
 * Work in order, but never more than so many items at one destination at a time: many units stand behind one gateway, and an uncapped
 * prober is itself the outage (blackbox_exporter #604). An item may count at several destinations, its address and its network.
 */
export interface DestinationQueue<Item> {
  /** The next item whose destinations all have room. */
  take(): Item | undefined;
  /** Its item is done: its destinations have room again. */
  release(item: Item): void;
  /** Before everything that waits: what is added is due now. */
  add(item: Item): void;
  /** Items at work at this item's own destination, the first one. */
  countAt(item: Item): number;
  /** The item's own destination complains: nothing more goes there until `resume`, and then one at a time. */
  hold(item: Item): void;
  resume(item: Item): void;
  /** Nothing more ever goes to the item's own destination: what waited for it is left out. */
  giveUp(item: Item): void;
  /** Not yet taken. */
  readonly size: number;
}

export interface Place {
  readonly key: string;
  readonly cap: number;
}

export function createDestinationQueue<Item>(
  items: readonly Item[],
  listPlaces: (item: Item) => readonly Place[],
): DestinationQueue<Item> {
  const ready = [...items].reverse();
  const busy = new Map<string, number>();
  const parked = new Map<string, Item[]>();
  const caps = new Map<string, number>();
  const gone = new Set<string>();
  let parkedCount = 0;
  const keyOf = (item: Item): string => listPlaces(item)[0]?.key ?? "";
  const hasRoom = ({ key, cap }: Place): boolean => (busy.get(key) ?? 0) < (caps.get(key) ?? cap);
  const wake = (key: string): void => {
    const next = parked.get(key)?.shift();
    if (next === undefined) return;
    parkedCount--;
    ready.push(next);
  };
  const park = (item: Item, at: string): void => {
    const waiting = parked.get(at) ?? [];
    waiting.push(item);
    parked.set(at, waiting);
    parkedCount++;
  };
  return {
    get size() {
      return ready.length + parkedCount;
    },
    add: (item) => void ready.push(item),
    countAt: (item) => busy.get(keyOf(item)) ?? 0,
    take() {
      for (let item = ready.pop(); item !== undefined; item = ready.pop()) {
        const places = listPlaces(item);
        if (places.some(({ key }) => gone.has(key))) continue;
        const full = places.find((place) => !hasRoom(place));
        if (!full) {
          for (const { key } of places) busy.set(key, (busy.get(key) ?? 0) + 1);
          return item;
        }
        park(item, full.key);
        // It may have been woken for room that it cannot use now: another may.
        for (const place of places) if (place !== full && hasRoom(place)) wake(place.key);
      }
      return undefined;
    },
    release(item) {
      for (const place of listPlaces(item)) {
        busy.set(place.key, (busy.get(place.key) ?? 1) - 1);
        if (hasRoom(place)) wake(place.key);
      }
    },
    hold: (item) => void caps.set(keyOf(item), 0),
    resume(item) {
      caps.set(keyOf(item), 1);
      wake(keyOf(item));
    },
    giveUp(item) {
      const key = keyOf(item);
      gone.add(key);
      parkedCount -= parked.get(key)?.length ?? 0;
      parked.delete(key);
    },
  };
}

export interface PlaceCaps {
  readonly perAddress: number;
  readonly perNetwork: number;
}

/**
 * Where politeness counts: the address and its network, /24 or /64 (check.md §6). This machine's own addresses need none, so there each port
 * counts for itself.
 */
export function listPlaces(address: string, port: number, { perAddress, perNetwork }: PlaceCaps): readonly Place[] {
  const family = isIP(address);
  if (family === 0 || address === "::1" || address.startsWith("127.")) return [{ key: `${address}:${port}`, cap: perAddress }];
  const network = family === 4 ? address.slice(0, address.lastIndexOf(".")) : toNetwork(address);
  return [
    { key: address, cap: perAddress },
    { key: `${network}/`, cap: perNetwork },
  ];
}

/** The first four groups of an IPv6 address. */
function toNetwork(address: string): string {
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: middle }, () => "0"), ...after];
  return groups.slice(0, 4).join(":");
}

/** Room at addresses that become known only on the way: whoever comes waits until there is some. */
export interface Rooms {
  /** Undefined: there is room at once. */
  enter(places: readonly Place[]): Promise<void> | undefined;
  leave(places: readonly Place[]): void;
}

export function createRooms(): Rooms {
  const busy = new Map<string, number>();
  let waiting: { readonly places: readonly Place[]; readonly go: () => void }[] = [];
  const fits = (places: readonly Place[]): boolean => places.every(({ key, cap }) => (busy.get(key) ?? 0) < cap);
  const count = (places: readonly Place[], by: 1 | -1): void => {
    for (const { key } of places) busy.set(key, (busy.get(key) ?? 0) + by);
  };
  return {
    enter(places) {
      if (fits(places)) return void count(places, 1);
      return new Promise((go) => waiting.push({ places, go }));
    },
    leave(places) {
      count(places, -1);
      if (waiting.length === 0) return;
      waiting = waiting.filter((one) => {
        if (!fits(one.places)) return true;
        count(one.places, 1);
        one.go();
        return false;
      });
    },
  };
}
