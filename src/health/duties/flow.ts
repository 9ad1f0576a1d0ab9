import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { type ConnectionWanted, createHttpClient, type HttpClient, type HttpRequest } from "../../platform/http.ts";
import type { NameServer } from "../name-server.ts";
import type { FindProxy } from "../proxy.ts";
import type { Reason } from "../reason.ts";
import type { Trust } from "../trust.ts";
import { openTunnel } from "../tunnel.ts";

export interface FlowAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

/** down: nobody there, or the line was cut. tls: not whom we trust, so nothing was sent. proxy: it is the proxy. */
export type FlowFault =
  | { readonly kind: "down" | "timeout" | "tls" }
  | { readonly kind: "proxy"; readonly reason: Extract<Reason, `proxy.${string}`> };

/** Requests that may carry credentials: connections are verified strictly, no redirect is followed, nothing is sent twice. */
export interface Flow {
  /** Resolves for whatever the other side does, at the latest at the deadline. */
  send(request: HttpRequest): Promise<FlowAnswer | FlowFault>;
  close(): Promise<void>;
}

export interface FlowOptions {
  readonly names: NameServer;
  readonly trust: Pick<Trust, "context">;
  readonly findProxy?: FindProxy | undefined;
  readonly deadlineMs: number;
}

const maxBodyBytes = 1024 * 1024;

/**
 * On undici, whose own connector hides the phase that failed, asks another resolver than the probes and knows no CONNECT that ends
 * (check.md §3): connections are opened here, by the probes' names, trust and proxies.
 */
export async function createFlow({ names, trust, findProxy, deadlineMs }: FlowOptions): Promise<Flow> {
  const opening = new Set<Socket>();
  const open = async (to: ConnectionWanted): Promise<Socket> => {
    const proxy = findProxy?.(
      new URL(`${to.secure ? "https" : "http"}://${isIP(to.host) === 6 ? `[${to.host}]` : to.host}:${to.port}`),
    );
    const address = await resolve(names, proxy?.host ?? to.host);
    const socket = connect({ host: address, port: (proxy ?? to).port, noDelay: true, autoSelectFamily: false });
    const track = (one: Socket): Socket => {
      opening.add(one);
      one.on("error", () => undefined);
      one.setTimeout(deadlineMs, () => one.destroy());
      one.once("close", () => opening.delete(one));
      return one;
    };
    track(socket);
    await when(socket, "connect", () => ({ kind: proxy ? "proxy" : "down", reason: "proxy.refused" }));
    if (proxy) {
      const tunnel = await openTunnel(socket, to, proxy.authorization);
      if (tunnel.kind !== "open") {
        socket.destroy();
        throw flowError({ kind: "proxy", reason: tunnel.kind });
      }
    }
    if (!to.secure) return settle(opening, socket);
    const secure = connectTls({
      socket,
      host: to.host,
      servername: isIP(to.host) === 0 ? to.host : undefined,
      secureContext: trust.context,
      rejectUnauthorized: true,
      ALPNProtocols: ["http/1.1"],
    });
    track(secure);
    await when(secure, "secureConnect", (code) => ({ kind: isLineFault(code) ? "down" : "tls" }));
    return settle(opening, secure);
  };
  const client: HttpClient = await createHttpClient({ connect: open, deadlineMs, maxBodyBytes });
  return {
    async send(request) {
      try {
        const { status, headers, body, setCookies = [] } = await client.send(request);
        return { kind: "answer", status, headers, setCookies, text: body, json: tryParse(body) };
      } catch (error) {
        return toFault(error);
      }
    },
    async close() {
      for (const socket of opening) socket.destroy();
      await client.close();
    },
  };
}

async function resolve(names: NameServer, host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  const answer = await names.resolve(host);
  const address = answer.kind === "addresses" ? answer.addresses[0] : undefined;
  if (address === undefined) throw flowError({ kind: "down" });
  return address;
}

function when(socket: Socket, event: "connect" | "secureConnect", toFaultOf: (code: string) => object): Promise<void> {
  return new Promise((done, fail) => {
    socket.once(event, () => done());
    socket.once("error", ({ code = "" }: NodeJS.ErrnoException) => fail(flowError(toFaultOf(code) as FlowFault)));
    socket.once("close", () => fail(flowError({ kind: "down" })));
  });
}

function settle(opening: Set<Socket>, socket: Socket): Socket {
  opening.delete(socket);
  socket.setTimeout(0);
  return socket;
}

const faultKey = Symbol("flow fault");

function flowError(fault: FlowFault): Error {
  return Object.assign(new Error(fault.kind), { [faultKey]: fault });
}

function isLineFault(code: string): boolean {
  return code === "ECONNRESET" || code === "EPIPE" || code === "";
}

function toFault(error: unknown): FlowFault {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (faultKey in cause) return cause[faultKey] as FlowFault;
    if (cause.name === "TimeoutError") return { kind: "timeout" };
  }
  return { kind: "down" };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
