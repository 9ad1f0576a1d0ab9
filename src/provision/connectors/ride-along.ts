/** Account id → something its record shows. Who shows nothing is absent. */
export type Listed<Value> = ReadonlyMap<string, Value>;

/** What came with a listing of accounts beside the accounts, so that roles need no listing of their own. */
export interface RideAlong<Value> {
  /** `work` lists accounts and notes each; when it fails, nothing was listed. */
  during<T>(work: (note: (accountId: string, value: Value) => void) => Promise<T>): Promise<T>;
  /** What was listed since this was last taken or forgotten: once, for what is asked again is to be read again. */
  take(): Promise<Listed<Value>> | undefined;
  isListed(): boolean;
  forget(): void;
}

export function createRideAlong<Value>(): RideAlong<Value> {
  let latest: Promise<Listed<Value>> | undefined;
  return {
    during(work) {
      const listed = new Map<string, Value>();
      const done = work((accountId, value) => listed.set(accountId, value));
      latest = done.then(() => listed);
      latest.catch(() => undefined);
      return done;
    },
    take() {
      const taken = latest;
      latest = undefined;
      return taken;
    },
    isListed: () => latest !== undefined,
    forget() {
      latest = undefined;
    },
  };
}
