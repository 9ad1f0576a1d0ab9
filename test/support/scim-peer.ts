import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAccountService } from "../../src/city/accounts.ts";
import { type CityCore, createCityCore } from "../../src/city/city.ts";
import { systemClock } from "../../src/platform/clock.ts";

/** SCIMMY, a third party's SCIM server, over a store that is read without paging. Plain HTTP on loopback. */
export interface ScimPeer {
  readonly url: string;
  readonly token: string;
  readonly accounts: CityCore["accounts"]["documents"]["accounts"];
  /** Asked of every request before it is carried out. */
  onRequest: (method: string) => void;
  stop(): Promise<void>;
}

export async function startScimPeer(): Promise<ScimPeer> {
  const core = createCityCore({ units: [], clock: systemClock });
  const service = createAccountService(core);
  const peer = { onRequest: (_method: string): void => undefined };
  const server: Server = createServer((request, response) => {
    peer.onRequest(request.method ?? "");
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://peer");
    void service.handle(request, response, { system: "documents", unit: undefined, path: pathname, query: searchParams });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return Object.assign(peer, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    token: core.token,
    accounts: core.accounts.documents.accounts,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  });
}
