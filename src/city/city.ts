import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { createSecureContext } from "node:tls";
import type { Unit } from "../directory/unit.ts";
import { type Authority, createAuthority } from "../platform/certificates.ts";
import type { Clock } from "../platform/clock.ts";
import { createRandom } from "../platform/random.ts";
import { type AccountStore, createAccountStore } from "./account-store.ts";
import { createFaults, type Faults } from "./faults.ts";
import { type CityPerson, createPeople } from "./people.ts";

/** The five systems an officer of the city works with every day. */
export const citySystems = ["documents", "dossiers", "feedback", "video", "directory"] as const;
export type CitySystem = (typeof citySystems)[number];

/** Name under which a unit reaches a system over its own line: `19777.documents.city.test`. */
export function toCityHost(unit: string, system: CitySystem): string {
  return `${unit}.${system}.${cityDomain}`;
}

export const cityDomain = "city.test";

/** What all of the city's services share. */
export interface CityCore {
  readonly units: readonly Unit[];
  readonly people: readonly CityPerson[];
  readonly faults: Faults;
  readonly clock: Clock;
  readonly seed: string;
  /** The one bearer token that the city's APIs take. */
  readonly token: string;
  /** Accounts per system, shared by its SCIM side and its own API. */
  readonly accounts: Readonly<Record<CitySystem, AccountStore>>;
  /** A script says what goes wrong: nothing else is wrong with the city, and none of its seals. */
  readonly calm?: boolean;
  /** A trial: nobody files anything. */
  readonly withoutDossiers?: boolean;
}

/** A part of the city that answers requests below `/<system>/…`. False: not mine, ask the next one. */
export interface CityService {
  handle(request: IncomingMessage, response: ServerResponse, place: RequestPlace): boolean | Promise<boolean>;
}

export interface RequestPlace {
  readonly system: CitySystem;
  /** The unit whose line the request came over, where it came over one. */
  readonly unit: string | undefined;
  /** Path below the system, `/scim/v2/Users`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface City extends CityCore {
  /** PEM of the authority that signed the city's certificates. */
  readonly ca: string;
  readonly port: number;
  /** `https://127.0.0.1:PORT/documents`. */
  systemUrl(system: CitySystem): string;
  /** Every request answered so far, for tests that count. */
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  stop(): Promise<void>;
}

export interface CityOptions {
  readonly units: readonly Unit[];
  readonly clock: Clock;
  readonly seed?: string;
  readonly faults?: Faults;
  readonly calm?: boolean;
  readonly withoutDossiers?: boolean;
}

/** Makes the shared part of the city from its seed; no server runs yet. */
export function createCityCore(options: CityOptions): CityCore {
  const { units, clock, seed = "wardctl", faults = createFaults(), calm = false, withoutDossiers = false } = options;
  return {
    units,
    clock,
    seed,
    faults,
    calm,
    withoutDossiers,
    people: createPeople(units, createRandom(`${seed}/people`)),
    token: "city-token",
    accounts: Object.fromEntries(citySystems.map((system) => [system, createAccountStore()])) as CityCore["accounts"],
  };
}

/** Starts the city's HTTPS server on a free loopback port and answers with the services, asked in order. */
export async function startCityServer(core: CityCore, services: readonly CityService[]): Promise<City> {
  const dayMs = 86_400_000;
  const now = Date.UTC(2025, 5, 1);
  const authority = await createAuthority("wardctl rehearsal city", now, now + 20 * 365 * dayMs);
  const names = ["127.0.0.1", cityDomain, `*.${cityDomain}`, ...citySystems.map((system) => `*.${system}.${cityDomain}`)];
  const good = await authority.issue({ names, notBefore: now, notAfter: now + 20 * 365 * dayMs });
  const requests: { method: string; path: string }[] = [];
  const server = createServer(
    { cert: good.certificate, key: good.key, SNICallback: createSniCallback(core.faults, authority, names, good) },
    (request, response) => {
      requests.push({ method: request.method ?? "", path: request.url ?? "" });
      void answer(request, response, services).catch((error: Error) => {
        response.writeHead(500, { "content-type": "text/plain" }).end(error.message);
      });
    },
  );
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    ...core,
    ca: authority.certificate,
    port,
    requests,
    systemUrl: (system) => `https://127.0.0.1:${port}/${system}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Under `certificate-expired` a system shows a certificate that ran out on the day the units opened. */
function createSniCallback(
  faults: Faults,
  authority: Authority,
  names: readonly string[],
  good: { certificate: string; key: string },
) {
  const goodContext = createSecureContext({ cert: good.certificate, key: good.key });
  const expired = authority.issue({ names, notBefore: Date.UTC(2024, 6, 1), notAfter: Date.UTC(2025, 6, 1) });
  return (name: string, done: (error: Error | null, context?: ReturnType<typeof createSecureContext>) => void): void => {
    const system = name.split(".").at(-3) ?? "";
    if (!faults.has("certificate-expired", system)) done(null, goodContext);
    else void expired.then(({ certificate, key }) => done(null, createSecureContext({ cert: certificate, key })));
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, services: readonly CityService[]): Promise<void> {
  const url = new URL(request.url ?? "/", "https://city.test");
  const [, first = "", ...rest] = url.pathname.split("/");
  const labels = (request.headers.host ?? "").split(":")[0]?.split(".") ?? [];
  const byName = citySystems.find((system) => system === labels[1]);
  const system = byName ?? citySystems.find((name) => name === first);
  if (system) {
    const unit = byName ? labels[0] : undefined;
    const path = byName && first !== system ? url.pathname : `/${rest.join("/")}`;
    for (const service of services) {
      if (await service.handle(request, response, { system, unit, path, query: url.searchParams })) return;
    }
  }
  response.writeHead(404, { "content-type": "application/json" }).end(JSON.stringify({ error: "not found" }));
}

/** The whole body of a request as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

export function sendJson(response: ServerResponse, status: number, value: unknown): true {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(value));
  return true;
}
