/** Lets so many through at a time; the rest wait in order. */
export interface Gate {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Nobody more can go in at once. */
  readonly busy: boolean;
}

export function createGate(places: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    get busy() {
      return inside >= places;
    },
    async run(work) {
      if (inside >= places) await new Promise<void>((next) => waiting.push(next));
      else inside++;
      try {
        return await work();
      } finally {
        // Whoever is next takes over this very place.
        const next = waiting.shift();
        if (next) next();
        else inside--;
      }
    },
  };
}
