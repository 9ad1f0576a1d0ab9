import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { layers } from "../../../src/health/layers/index.ts";
import { type LagMeter, startLagMeter } from "../../../src/health/loop-lag.ts";
import type { NameServer } from "../../../src/health/name-server.ts";
import type { ProbeTools } from "../../../src/health/probe.ts";
import { createTrust, type Trust } from "../../../src/health/trust.ts";
import { createAuthority } from "../../../src/platform/certificates.ts";

export const now = Date.UTC(2025, 6, 3, 3);
const dayMs = 86_400_000;
const host = "good.city.test";

/** Certificates of every kind that a server can show on 3 July 2025. */
export async function makeCertificates() {
  const wide = { notBefore: now - 100 * dayMs, notAfter: now + 1000 * dayMs };
  const trusted = await createAuthority("trusted", wide.notBefore, wide.notAfter);
  const stranger = await createAuthority("stranger", wide.notBefore, wide.notAfter);
  const names = [host];
  return {
    ca: trusted.certificate,
    good: await trusted.issue({ names, ...wide }),
    expired: await trusted.issue({ names, notBefore: now - 20 * dayMs, notAfter: now - dayMs }),
    future: await trusted.issue({ names, notBefore: now + dayMs, notAfter: now + 20 * dayMs }),
    foreign: await trusted.issue({ names: ["other.city.test"], ...wide }),
    chainless: await stranger.issue({ names, ...wide }),
    chainlessExpired: await stranger.issue({ names, notBefore: now - 20 * dayMs, notAfter: now - dayMs }),
    selfSigned: { certificate: stranger.certificate, key: stranger.key },
  };
}

export type Certificates = Awaited<ReturnType<typeof makeCertificates>>;

export interface BadServer {
  readonly endpoint: Endpoint;
  stop(): Promise<void>;
}

/** A server that does with each connection what the test says; over TLS when there is a certificate. */
export async function startBadServer(
  behave: (socket: Socket, request: string) => void,
  options: { readonly tls?: TlsOptions; readonly path?: string; readonly onConnect?: (socket: Socket) => void } = {},
): Promise<BadServer> {
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    socket.on("error", () => undefined);
    let request = "";
    socket.on("data", (bytes: Buffer) => {
      request += bytes.toString("latin1");
      if (request.includes("\r\n\r\n")) behave(socket, request);
    });
  };
  const server: Server = options.tls ? createTlsServer(options.tls, accept) : createServer(accept);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    options.onConnect?.(socket);
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: makeEndpoint(port, options.tls ? "https" : "http", options.path),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
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

export function answer(text: string): (socket: Socket) => void {
  return (socket) => void socket.end(text.replaceAll("\n", "\r\n"));
}

export const fine = answer("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
