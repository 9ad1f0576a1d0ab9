/**
 * Joins askings for the same thing: whoever asks gets an answer that was read after they asked, and at most one reading of a thing runs at a
 * time. Many people of one large group are then read back in a few readings of it.
 */
export function createSharedReads<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const running = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<T>>();
  return (key) => {
    const joined = waiting.get(key);
    if (joined) return joined;
    const begin = (): Promise<T> => {
      waiting.delete(key);
      const reading = read(key);
      running.set(key, reading);
      return reading;
    };
    const next = (running.get(key) ?? Promise.resolve()).then(begin, begin);
    waiting.set(key, next);
    return next;
  };
}

/** Work under one key goes one after the other: servers lose one of two changes to the same group that meet. */
export function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const next = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, next);
    return next;
  };
}

/** Who was changed since the last whole reading. A change that is under way while all is read anew counts as one since. */
export interface Touched {
  has(key: string): boolean;
  during<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** All is read anew from here on. */
  clear(): void;
}

export function createTouched(): Touched {
  const touched = new Set<string>();
  const running = new Map<string, number>();
  return {
    has: (key) => touched.has(key),
    async during(key, work) {
      touched.add(key);
      running.set(key, (running.get(key) ?? 0) + 1);
      try {
        return await work();
      } finally {
        const left = (running.get(key) ?? 1) - 1;
        if (left > 0) running.set(key, left);
        else running.delete(key);
      }
    },
    clear() {
      touched.clear();
      for (const key of running.keys()) touched.add(key);
    },
  };
}
