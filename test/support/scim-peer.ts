import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAccountService } from "../../src/city/accounts.ts";
import { type CityCore, createCityCore } from "../../src/city/city.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { RateLimit } from "./rate-limit.ts";

/** SCIMMY, a third party's SCIM server, over a store that is read without paging. Plain HTTP on loopback. */
export interface ScimPeer {
  readonly url: string;
  readonly token: string;
  readonly accounts: CityCore["accounts"]["documents"]["accounts"];
  /** Asked of every request before it is carried out. */
  onRequest: (method: string) => void;
  /** Every request that came. */
  readonly arrivals: LoggedArrival[];
  stop(): Promise<void>;
}

export interface ScimPeerOptions {
  /** Creates begin one after the other, so far apart. Undefined: as fast as it can. */
  readonly createsPerSecond?: number;
  /** What it allows; everything beyond is answered 429 with a second's silence. */
  readonly limit?: RateLimit;
}

export interface LoggedArrival {
  readonly atMs: number;
  readonly method: string;
  readonly allowed: boolean;
}

export async function startScimPeer({ createsPerSecond, limit }: ScimPeerOptions = {}): Promise<ScimPeer> {
  const core = createCityCore({ units: [], clock: systemClock });
  const service = createAccountService(core);
  const peer = { onRequest: (_method: string): void => undefined };
  let freeAt = 0;
  const arrivals: LoggedArrival[] = [];
  const server: Server = createServer((request, response) => {
    const method = request.method ?? "";
    peer.onRequest(method);
    const atMs = performance.now();
    const allowed = limit?.take(atMs) ?? true;
    arrivals.push({ atMs, method, allowed });
    if (!allowed) return void response.writeHead(429, { "retry-after": "1" }).end();
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://peer");
    const carryOut = (): void =>
      void service.handle(request, response, { system: "documents", unit: undefined, path: pathname, query: searchParams });
    if (createsPerSecond === undefined || request.method !== "POST") return carryOut();
    // A create begins when the one before it has had its time.
    freeAt = Math.max(performance.now(), freeAt) + 1000 / createsPerSecond;
    setTimeout(carryOut, freeAt - performance.now());
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return Object.assign(peer, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    token: core.token,
    accounts: core.accounts.documents.accounts,
    arrivals,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}
