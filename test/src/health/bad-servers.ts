import type { Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { kitHost as host, type KitCertificates, makeKitCertificates } from "../../../src/health/fault-kit/certificates.ts";
import { startServer } from "../../../src/health/fault-kit/loopback-server.ts";
import { layers } from "../../../src/health/layers/index.ts";
import { type LagMeter, startLagMeter } from "../../../src/health/loop-lag.ts";
import type { NameServer } from "../../../src/health/name-server.ts";
import type { ProbeTools } from "../../../src/health/probe.ts";
import { createTrust, type Trust } from "../../../src/health/trust.ts";

export const now = Date.UTC(2025, 6, 3, 3);

export { answer, fine } from "../../../src/health/fault-kit/http-servers.ts";
export type Certificates = KitCertificates;

/** Certificates of every kind that a server can show on 3 July 2025. */
export const makeCertificates = (): ReturnType<typeof makeKitCertificates> => makeKitCertificates(now);

export interface BadServer {
  readonly endpoint: Endpoint;
  stop(): Promise<void>;
}

/** A server that does with each connection what the test says; over TLS when there is a certificate. */
export async function startBadServer(
  behave: (socket: Socket, request: string) => void,
  options: { readonly tls?: TlsOptions; readonly path?: string; readonly onConnect?: (socket: Socket) => void } = {},
): Promise<BadServer> {
  const { port, stop } = await startServer(behave, options);
  return { endpoint: makeEndpoint(port, options.tls ? "https" : "http", options.path), stop };
}

export function makeEndpoint(port: number, scheme: "http" | "https", path = "/"): Endpoint {
  const url = `${scheme}://${host}:${port}${path}`;
  return { id: "19777/documents", unit: "19777", system: "documents", url, host, port, addresses: [] };
}

/** Every name is this machine. */
export const loopbackNames: NameServer = {
  resolve: async () => ({ kind: "addresses", addresses: ["127.0.0.1"] }),
  close: () => undefined,
};

// Reading all the roots of the machine takes a while: once for each authority.
const trusts = new Map<string | undefined, Trust>();

function findTrust(ca: string | undefined): Trust {
  const trust = trusts.get(ca) ?? createTrust(ca);
  trusts.set(ca, trust);
  return trust;
}

export function makeTools(ca: string | undefined, changes: Partial<ProbeTools> = {}): ProbeTools & { readonly lag: LagMeter } {
  const lag = startLagMeter();
  return { layers, names: loopbackNames, trust: findTrust(ca), now: () => now, deadlineMs: 1_500, slowMs: 400, ...changes, lag };
}
