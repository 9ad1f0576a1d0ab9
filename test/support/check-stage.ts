import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type Server as TlsServer } from "node:tls";
import type { Endpoint } from "../../src/health/endpoint.ts";
import { answer, fine } from "../../src/health/fault-kit/http-servers.ts";
import { createAuthority, createSelfSigned } from "../../src/platform/certificates.ts";
import { type DnsReply, startDnsServer } from "../../src/platform/dns-server.ts";
import { openBlackholes } from "./blackholes.ts";

/** What an endpoint of the stage really does. */
export const behaviours = [
  "well",
  "refused",
  "blackhole",
  "reset",
  "closed",
  "tls-stall",
  "tls-expired",
  "tls-self-signed",
  "http-503",
  "http-403",
  "http-truncated",
  "http-slow",
  "portal",
  "name-nx",
  "name-servfail",
  "name-silent",
] as const;
export type StageBehaviour = (typeof behaviours)[number];

export const stageSlowMs = 400;
export const stageDeadlineMs = 1_000;
const lateMs = 700;

const systems = ["documents", "dossiers", "feedback", "video", "directory"];
const carriers = ["VNPT", "Viettel", "MobiFone"];
const provinces = ["46", "79"];
const unitsEach = 12;

/** Each endpoint with a listener of its own on 127/8, the addresses of an instance in one network; its name by a name server, its certificate its instance's. */
export interface CheckStage {
  readonly endpoints: readonly Endpoint[];
  readonly ca: string;
  readonly resolver: string;
  /** Everybody is well but these. */
  play(faults: ReadonlyMap<string, StageBehaviour>): Promise<void>;
  stop(): Promise<void>;
}

interface Stand {
  readonly endpoint: Endpoint;
  readonly host: string;
  readonly server: Server;
  readonly sockets: Set<Socket>;
}

export async function openCheckStage(): Promise<CheckStage> {
  const playing = new Map<string, StageBehaviour>();
  const day = 86_400_000;
  const now = Date.now();
  const authority = await createAuthority("wardctl stage", now - 90 * day, now + 900 * day);
  const valid = { notBefore: now - 20 * day, notAfter: now + 200 * day };
  const past = { notBefore: now - 40 * day, notAfter: now - day };
  const stands: Stand[] = [];
  const addressOf = new Map<string, string>();
  const nameOf = new Map<string, string>();
  for (const [p, province] of provinces.entries()) {
    for (const [s, system] of systems.entries()) {
      const units = Array.from({ length: unitsEach }, (_, u) => String(10_001 + p * 100 + u));
      const zone = s % 2 === 0 ? "zone-a.test" : "zone-b.test";
      const names = units.map((unit) => `u${unit}.${system}.${zone}`);
      const tls = {
        good: makeTlsServer(await authority.issue({ names, ...valid }), playing),
        expired: makeTlsServer(await authority.issue({ names, ...past }), playing),
        selfSigned: makeTlsServer(await createSelfSigned({ names, ...valid }), playing),
      };
      for (const [u, unit] of units.entries()) {
        const host = `127.${10 + s}.${1 + p}.${1 + u}`;
        const name = names[u] as string;
        const id = `${unit}/${system}`;
        const sockets = new Set<Socket>();
        const server = createServer((socket) => {
          sockets.add(socket);
          socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
          accept(socket, playing.get(id) ?? "well", tls);
        });
        await listen(server, host, 0);
        const { port } = server.address() as { port: number };
        addressOf.set(name, host);
        nameOf.set(name, id);
        const endpoint: Endpoint = {
          id,
          unit,
          system,
          url: `https://${name}:${port}/`,
          host: name,
          port,
          addresses: [],
          carrier: carriers[u % carriers.length],
          province,
          instance: `${system}-${province}`,
          dc: s < 2 ? "DC1" : "DC2",
          sso: s === 0 || s === 2 ? `sso-${province}` : undefined,
          dnsZone: zone,
        };
        stands.push({ endpoint, host, server, sockets });
      }
    }
  }
  const dns = await startDnsServer(({ name }): DnsReply | undefined => {
    const behaviour = playing.get(nameOf.get(name) ?? "");
    const address = addressOf.get(name);
    if (behaviour === "name-silent") return undefined;
    if (behaviour === "name-servfail") return { code: 2 };
    return behaviour === "name-nx" || address === undefined ? { code: 3 } : { addresses: [address] };
  });
  let closeHoles = async (): Promise<void> => undefined;
  const restore = async (): Promise<void> => {
    await closeHoles();
    playing.clear();
    for (const { server, host, endpoint } of stands) if (!server.listening) await listen(server, host, endpoint.port);
  };
  return {
    // A unit's endpoints stand together, as in an inventory.
    endpoints: stands.map(({ endpoint }) => endpoint).sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0)),
    ca: authority.certificate,
    resolver: dns.server,
    async play(faults) {
      await restore();
      for (const [id, behaviour] of faults) playing.set(id, behaviour);
      const deaf = stands.filter(({ endpoint }) => ["refused", "blackhole"].includes(playing.get(endpoint.id) ?? ""));
      for (const stand of deaf) await close(stand);
      const holes = deaf.filter(({ endpoint }) => playing.get(endpoint.id) === "blackhole");
      closeHoles = await openBlackholes(holes.map(({ host, endpoint }) => ({ host, port: endpoint.port })));
    },
    async stop() {
      await restore();
      for (const stand of stands) await close(stand);
      await dns.stop();
    },
  };
}

interface TlsServers {
  readonly good: TlsServer;
  readonly expired: TlsServer;
  readonly selfSigned: TlsServer;
}

function accept(socket: Socket, behaviour: StageBehaviour, { good, expired, selfSigned }: TlsServers): void {
  if (behaviour === "reset") return void socket.resetAndDestroy();
  if (behaviour === "closed") return void socket.end();
  if (behaviour === "tls-stall") return;
  const server = behaviour === "tls-expired" ? expired : behaviour === "tls-self-signed" ? selfSigned : good;
  server.emit("connection", socket);
}

function makeTlsServer(
  { certificate, key }: { readonly certificate: string; readonly key: string },
  playing: ReadonlyMap<string, StageBehaviour>,
): TlsServer {
  const server = createTlsServer({ cert: certificate, key, handshakeTimeout: 0 }, (socket) => {
    socket.on("error", () => undefined);
    let request = "";
    socket.on("data", (bytes: Buffer) => {
      request += bytes.toString("latin1");
      if (!request.includes("\r\n\r\n")) return;
      const [, unit, system] = /\r\nhost: u(\d+)\.(\w+)\./i.exec(request) ?? [];
      request = "";
      reply(socket, playing.get(`${unit}/${system}`) ?? "well");
    });
  });
  server.on("tlsClientError", () => undefined);
  return server;
}

function reply(socket: Socket, behaviour: StageBehaviour): void {
  switch (behaviour) {
    case "http-503":
      return answer("HTTP/1.1 503 Service Unavailable\nContent-Length: 0\n\n")(socket);
    case "http-403":
      return answer("HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n")(socket);
    case "http-truncated":
      return answer("HTTP/1.1 200 OK\nContent-Length: 200\n\nhalf")(socket);
    case "portal":
      return answer("HTTP/1.1 302 Found\nLocation: http://login.hotspot.test/\nContent-Length: 0\n\n")(socket);
    case "http-slow": {
      const timer = setTimeout(() => fine(socket), lateMs);
      return void socket.on("close", () => clearTimeout(timer));
    }
    default:
      return fine(socket);
  }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((ready, fail) => {
    server.once("error", fail);
    server.listen(port, host, 511, () => {
      server.off("error", fail);
      ready();
    });
  });
}

function close({ server, sockets }: Stand): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((done) => void server.close(() => done()));
}
