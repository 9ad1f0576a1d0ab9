import { lookup, Resolver } from "node:dns/promises";
import { readMonotonicMs } from "../platform/clock.ts";
import { createGate } from "./gate.ts";

export type NameAnswer =
  | {
      readonly kind: "addresses";
      /** IPv4 first. */
      readonly addresses: readonly string[];
      readonly ttlSeconds?: number;
      /** Where the operating system leads instead: hosts file, search list, a rule of this machine. Absent where both agree. */
      readonly systemAddresses?: readonly string[];
    }
  | { readonly kind: "nx" }
  | { readonly kind: "servfail" }
  | { readonly kind: "timeout" };

export interface NameServer {
  resolve(name: string): Promise<NameAnswer>;
  /** Gives up what is still being asked. */
  close(): void;
}

export interface NameServerOptions {
  /** Names being asked at a time, each with a question for IPv4 and one for IPv6: c-ares loses UDP answers in a burst (check.md §4). */
  readonly inFlight?: number;
  /** The operating system's own resolver; undefined: not to be asked. */
  readonly system?: (name: string) => Promise<readonly string[]>;
}

const mostInFlight = 128;
/** `dns.lookup` runs two wide by default; more would only queue before other work of the thread pool. */
const systemPlaces = 2;
/** Once one family has answered, the other one and the operating system get this much longer. */
const graceMs = 100;
/** An answer serves all endpoints of its name for its own time to live, within these. */
const shortestMs = 500;
const longestMs = 60_000;

/**
 * Asks the name servers given, or the machine's own, with c-ares, and with the machine's own also its operating system as a browser
 * would: two observations. Where c-ares finds nothing and the system does, the name is good.
 */
export function createNameServer(servers: readonly string[], budgetMs: number, options: NameServerOptions = {}): NameServer {
  // The second try of c-ares waits twice as long as the first: both fit into the budget.
  const resolver = new Resolver({ timeout: Math.max(50, Math.floor(budgetMs / 3)), tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  const gate = createGate(Math.min(mostInFlight, options.inFlight ?? 64));
  const system = options.system ?? (servers.length > 0 ? undefined : askSystem);
  const systemGate = createGate(systemPlaces);
  const known = new Map<string, { readonly answer: Promise<NameAnswer>; until: number }>();

  const ask = async (name: string): Promise<NameAnswer> => {
    const answer = await gate.run(() => askBoth(resolver, name));
    if (!system || answer.kind === "timeout") return answer;
    const asked = (): Promise<readonly string[]> => system(name).catch(() => []);
    if (answer.kind !== "addresses") {
      const addresses = await systemGate.run(asked);
      return addresses.length > 0 ? { kind: "addresses", addresses, systemAddresses: addresses } : answer;
    }
    // In a large sweep the system's resolver would take minutes: it is asked of as many names as it keeps up with.
    if (systemGate.busy) return answer;
    const theirs = await within(systemGate.run(asked), graceMs);
    const differs = theirs !== undefined && theirs.length > 0 && !theirs.some((address) => answer.addresses.includes(address));
    return differs ? { ...answer, systemAddresses: theirs } : answer;
  };

  return {
    resolve(name) {
      const kept = known.get(name);
      if (kept && kept.until > readMonotonicMs()) return kept.answer;
      const entry = { answer: ask(name), until: Number.POSITIVE_INFINITY };
      known.set(name, entry);
      entry.answer.then(
        (answer) => {
          // What failed is asked anew by the next try.
          const ms = answer.kind === "addresses" ? Math.min(longestMs, Math.max(shortestMs, (answer.ttlSeconds ?? 0) * 1000)) : 0;
          entry.until = readMonotonicMs() + ms;
        },
        () => known.delete(name),
      );
      return entry.answer;
    },
    close: () => resolver.cancel(),
  };
}

interface FamilyAnswer {
  readonly kind: "addresses" | "nx" | "servfail" | "timeout";
  readonly addresses: readonly string[];
  readonly ttlSeconds: number;
}

async function askBoth(resolver: Resolver, name: string): Promise<NameAnswer> {
  const sixth = askFamily(resolver.resolve6(name, { ttl: true }));
  const four = await askFamily(resolver.resolve4(name, { ttl: true }));
  const six = four.kind === "addresses" ? await within(sixth, graceMs) : await sixth;
  const addresses = [...four.addresses, ...(six?.addresses ?? [])];
  if (addresses.length === 0) return { kind: toKind(four.kind === "nx" ? (six?.kind ?? "nx") : four.kind) };
  return { kind: "addresses", addresses, ttlSeconds: four.addresses.length > 0 ? four.ttlSeconds : six?.ttlSeconds };
}

/** An answer that holds no address is none. */
function toKind(kind: FamilyAnswer["kind"]): "nx" | "servfail" | "timeout" {
  return kind === "addresses" ? "nx" : kind;
}

async function askFamily(query: Promise<{ address: string; ttl: number }[]>): Promise<FamilyAnswer> {
  try {
    const found = await query;
    const ttlSeconds = Math.min(...found.map(({ ttl }) => ttl));
    return { kind: "addresses", addresses: found.map(({ address }) => address), ttlSeconds };
  } catch (error) {
    return { kind: toFault((error as { code?: string }).code ?? ""), addresses: [], ttlSeconds: 0 };
  }
}

async function askSystem(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

function toFault(code: string): FamilyAnswer["kind"] {
  if (code === "ENOTFOUND" || code === "ENODATA") return "nx";
  if (code === "ETIMEOUT" || code === "ECONNREFUSED" || code === "ECANCELLED") return "timeout";
  return "servfail";
}

/** Undefined when it takes longer; it then goes on unheard. */
function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => done(undefined), ms);
    work.then(done, fail).finally(() => clearTimeout(timer));
  });
}
