import { connect, createServer, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { Words } from "../platform/words.ts";
import type { Endpoint } from "./endpoint.ts";
import type { NameServer } from "./name-server.ts";
import type { ProbeResult } from "./probe-result.ts";

export type LocalFaultKind = "loopback" | "link" | "resolver" | "hijack" | "clock";

/** Something wrong with this machine that makes its probes say nothing about the other side. */
export interface LocalFault {
  readonly kind: LocalFaultKind;
  readonly words: Words;
}

export interface LocalFacts {
  readonly faults: readonly LocalFault[];
  /** Addresses that the resolver gives for a name that cannot exist. */
  readonly hijackAddresses: readonly string[];
}

/** "Is it me?" before a sweep: this machine's own stack, a link, a resolver that answers and does not invent (check.md §7). */
export async function checkLocal(
  endpoints: readonly Endpoint[],
  names: NameServer,
  random: { next(): number },
): Promise<LocalFacts> {
  const faults: LocalFault[] = [];
  if (!(await connectsToItself())) faults.push({ kind: "loopback", words: words.loopback });
  if (!hasLink() && endpoints.some(({ host, addresses }) => ![host, ...addresses].some(isLoopback))) {
    faults.push({ kind: "link", words: words.link });
  }
  if (!endpoints.some(({ host }) => isIP(host) === 0)) return { faults, hijackAddresses: [] };
  // RFC 6761 §6.4: `.invalid` never exists, so any address for it is invented.
  const label = Math.floor(random.next() * 0xffffffff).toString(36);
  const answer = await names.resolve(`wardctl-${label}.invalid`);
  if (answer.kind === "timeout") faults.push({ kind: "resolver", words: words.resolver });
  if (answer.kind !== "addresses") return { faults, hijackAddresses: [] };
  faults.push({ kind: "hijack", words: words.hijack });
  return { faults, hijackAddresses: answer.addresses };
}

const clockToleranceMs = 5 * 60_000;
const leastServers = 5;

/**
 * How far our clock is ahead of the servers', from their Date headers (whole seconds, so half a second is added).
 * Undefined with fewer than five: one wrong server proves nothing.
 */
export function measureSkewMs(dates: readonly { readonly theirs: number; readonly ours: number }[]): number | undefined {
  if (dates.length < leastServers) return undefined;
  const skews = dates.map(({ theirs, ours }) => ours - (theirs + 500)).sort((a, b) => a - b);
  return skews[Math.floor(skews.length / 2)];
}

export function findClockFault(skewMs: number | undefined): LocalFault | undefined {
  if (skewMs === undefined || Math.abs(skewMs) <= clockToleranceMs) return undefined;
  return { kind: "clock", words: words.clock(Math.round(Math.abs(skewMs) / 60_000), skewMs > 0) };
}

/**
 * Results that a fault of this machine explains become `unknown (local)`: they count against nobody. A dead resolver explains only
 * names that got no answer, a wrong clock only certificate dates.
 */
export function withoutLocalBlame(
  results: readonly ProbeResult[],
  local: LocalFacts,
  endpoints: readonly Endpoint[],
): readonly ProbeResult[] {
  const named = new Set(endpoints.filter(({ host }) => isIP(host) === 0).map(({ id }) => id));
  const has = (kind: LocalFaultKind): boolean => local.faults.some((fault) => fault.kind === kind);
  // A resolver that answered anything in the sweep is alive, whatever it did with the test name.
  const wasAnswered = ({ endpoint, state, layer }: ProbeResult): boolean =>
    named.has(endpoint) && state !== "untested" && layer !== "name";
  const resolverDead = has("resolver") && !results.some(wasAnswered);
  const explains = ({ state, reason, seen }: ProbeResult): boolean => {
    if (state !== "fail") return false;
    if (has("loopback") || has("link")) return true;
    if (resolverDead && (reason === "name.timeout" || reason === "name.servfail")) return true;
    if (has("clock") && (reason === "tls.expired" || reason === "tls.notyet")) return true;
    return reason === "name.hijack" || (seen?.address !== undefined && local.hijackAddresses.includes(seen.address));
  };
  return results.map((result) => (explains(result) ? { ...result, state: "unknown", reason: "local", also: undefined } : result));
}

function connectsToItself(): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer((socket) => socket.end());
    const end = (good: boolean): void => {
      server.close();
      done(good);
    };
    server.once("error", () => end(false));
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const socket = connect({ host: "127.0.0.1", port: typeof address === "object" && address ? address.port : 0 });
      socket.setTimeout(1_000, () => socket.destroy(new Error("timeout")));
      socket.once("error", () => end(false));
      socket.once("connect", () => {
        socket.destroy();
        end(true);
      });
    });
  });
}

function hasLink(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}

function isLoopback(address: string): boolean {
  return /^127\.|^::1$|^localhost$/.test(address);
}

const words = {
  loopback: {
    vi: "máy này không kết nối được với chính nó: tường lửa hay phần mềm bảo vệ chặn",
    en: "this machine cannot connect to itself: a firewall or security product is in the way",
  },
  link: { vi: "máy này không có đường mạng nào đang chạy", en: "this machine has no network link up" },
  resolver: { vi: "máy chủ tên miền của máy này không trả lời", en: "this machine's name server does not answer" },
  hijack: {
    vi: "máy chủ tên miền trả lời cả tên không có thật: cổng đăng nhập mạng hay nhà mạng chen vào",
    en: "this machine's name server answers names that do not exist: a captive portal or the carrier stands in between",
  },
  clock: (minutes: number, ahead: boolean): Words => ({
    vi: `đồng hồ máy này ${ahead ? "nhanh" : "chậm"} ${minutes} phút so với các máy chủ`,
    en: `this machine's clock is ${minutes} minutes ${ahead ? "ahead of" : "behind"} the servers`,
  }),
};
