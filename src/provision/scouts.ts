/** Lets the first of each kind go alone, and all others once it came back: what is not allowed is tried once, not eight times. */
export interface Scouts<Kind> {
  run(kind: Kind, work: () => Promise<void>): Promise<void>;
}

export function createScouts<Kind>(): Scouts<Kind> {
  const first = new Map<Kind, Promise<void>>();
  return {
    async run(kind, work) {
      const ahead = first.get(kind);
      if (ahead) {
        await ahead;
        return work();
      }
      const own = work();
      first.set(
        kind,
        own.catch(() => undefined),
      );
      return own;
    },
  };
}
