import type { Instant } from "../../platform/clock.ts";
import type { Words } from "../../platform/words.ts";
import { createDifferentials } from "../differential.ts";
import type { Endpoint } from "../endpoint.ts";
import { layers } from "../layers/index.ts";
import type { LagMeter } from "../loop-lag.ts";
import { createNameServer, type NameServer } from "../name-server.ts";
import type { ProbeTools } from "../probe.ts";
import type { Reason } from "../reason.ts";
import { createTrust } from "../trust.ts";
import type { Behaviour, Family, Played, Stage } from "./behaviour.ts";
import { kitHost, makeKitCertificates } from "./certificates.ts";
import { startGoodProxy, toExpectedThroughProxy } from "./good-proxy.ts";
import type { LoopbackHost } from "./loopback-server.ts";
import { startBareServer } from "./loopback-server.ts";

export const ways = ["direct", "v6", "proxy"] as const;
export type Way = (typeof ways)[number];

export const wayWords: Readonly<Record<Way, Words>> = {
  direct: { vi: "IPv4", en: "IPv4" },
  v6: { vi: "IPv6", en: "IPv6" },
  proxy: { vi: "Proxy", en: "Proxy" },
};

/** A behaviour that is up, and what to probe it with. */
export interface Exhibit {
  readonly behaviour: Behaviour;
  readonly way: Way;
  /** Undefined: nothing is wrong. */
  readonly expected: Reason | undefined;
  readonly endpoint: Endpoint;
  readonly tools: ProbeTools;
}

export interface Kit {
  readonly exhibits: readonly Exhibit[];
  /** What this machine cannot play, and why. */
  readonly left: readonly { readonly behaviour: Behaviour; readonly way: Way; readonly reason: "no-ipv6" | "cannot-play" }[];
  stop(): Promise<void>;
}

export interface KitOptions {
  readonly ways?: readonly Way[];
  /** Clock that certificate dates are judged by. */
  readonly now: () => Instant;
  readonly lag: LagMeter;
  readonly deadlineMs: number;
  readonly slowMs: number;
}

const hostOf: Readonly<Record<Way, LoopbackHost>> = { direct: "127.0.0.1", v6: "::1", proxy: "127.0.0.1" };

/** Brings up every behaviour on loopback ports of its own, each way. Needs no root, no network and no program beside this process. */
export async function openKit(behaviours: readonly Behaviour[], options: KitOptions): Promise<Kit> {
  const certificates = await makeKitCertificates(options.now());
  const trust = createTrust(certificates.ca);
  const opened: (Played | NameServer)[] = [];
  const exhibits: Exhibit[] = [];
  const left: Kit["left"][number][] = [];
  const stop = async (): Promise<void> => {
    for (const one of opened.splice(0)) await ("close" in one ? one.close() : one.stop());
  };
  try {
    for (const way of options.ways ?? ways) {
      const host = hostOf[way];
      const usable = await canListen(host);
      const goodProxy = way === "proxy" ? await startGoodProxy(host, options.deadlineMs / 3) : undefined;
      if (goodProxy) opened.push(goodProxy);
      for (const behaviour of behaviours.filter(({ family }) => isPlayed(family, way))) {
        const played = usable ? await behaviour.play({ ...options, host, certificates } satisfies Stage) : undefined;
        if (!played) {
          left.push({ behaviour, way, reason: usable ? "cannot-play" : "no-ipv6" });
          continue;
        }
        opened.push(played);
        const names = played.resolver ? createNameServer([played.resolver], options.deadlineMs * 0.4) : namesOf(host);
        opened.push(names);
        const proxyPort = played.proxyPort ?? goodProxy?.port;
        const findProxy = proxyPort === undefined ? undefined : () => ({ host, port: proxyPort });
        exhibits.push({
          behaviour,
          way,
          expected: way === "proxy" ? toExpectedThroughProxy(behaviour) : behaviour.expected,
          endpoint: toEndpoint(behaviour, played, host),
          tools: {
            ...options,
            layers,
            trust,
            names,
            findProxy,
            // Only by asking direct as well is it seen who opened TLS.
            differentials: behaviour.family === "proxy" ? createDifferentials({ names, findProxy }) : undefined,
          },
        });
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { exhibits, left, stop };
}

/** A proxy is met on the way through one; behind it, names are its own business. */
function isPlayed(family: Family, way: Way): boolean {
  return way === "proxy" ? family !== "name" : family !== "proxy";
}

function toEndpoint({ id, scheme }: Behaviour, { port }: Played, host: LoopbackHost): Endpoint {
  const url = `${scheme}://${kitHost}:${port}/`;
  return { id: `kit/${id}`, unit: "kit", system: id, url, host: kitHost, port, addresses: [host] };
}

/** Every name is this machine. */
function namesOf(host: LoopbackHost): NameServer {
  return { resolve: async () => ({ kind: "addresses", addresses: [host] }), close: () => undefined };
}

async function canListen(host: LoopbackHost): Promise<boolean> {
  const server = await startBareServer(() => undefined, host).catch(() => undefined);
  await server?.stop();
  return server !== undefined;
}
