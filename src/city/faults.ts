/** The faults that the field reports tell of, each for all units or for the ones named. */
export const faultNames = [
  "departments-without-accounts",
  "chief-cannot-sign",
  "page-spins",
  "fees-fail",
  "sync-interrupted",
  "certificate-expired",
  "carrier-down",
  "seal-unbound",
  "clerk-locked",
] as const;

export type FaultName = (typeof faultNames)[number];

/** Switches that the city's servers look at on every request. A scope is a unit code, a carrier or a system; `*` is everything. */
export interface Faults {
  on(name: FaultName, scope?: string): void;
  off(name: FaultName, scope?: string): void;
  has(name: FaultName, ...scopes: readonly string[]): boolean;
  list(): readonly { readonly name: FaultName; readonly scope: string }[];
  /** Called after every change; the lines of a carrier open and close with it. */
  watch(listener: () => void): void;
}

export function createFaults(): Faults {
  const active = new Set<string>();
  const listeners: (() => void)[] = [];
  const change = (work: () => void): void => {
    work();
    for (const listener of listeners) listener();
  };
  return {
    on: (name, scope = "*") => change(() => active.add(`${name}=${scope}`)),
    off: (name, scope = "*") => change(() => active.delete(`${name}=${scope}`)),
    has: (name, ...scopes) => active.has(`${name}=*`) || scopes.some((scope) => active.has(`${name}=${scope}`)),
    list: () =>
      [...active].map((entry) => ({
        name: entry.slice(0, entry.indexOf("=")) as FaultName,
        scope: entry.slice(entry.indexOf("=") + 1),
      })),
    watch: (listener) => void listeners.push(listener),
  };
}
