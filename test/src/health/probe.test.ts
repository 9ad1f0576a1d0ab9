import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { type DecodedPacket, decode, encode } from "dns-packet";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { startCityDns } from "../../../src/city/dns.ts";
import type { CertificateName, KitCertificates } from "../../../src/health/fault-kit/certificates.ts";
import { answer, fine } from "../../../src/health/fault-kit/http-servers.ts";
import { createNameServer } from "../../../src/health/name-server.ts";
import { type Attempt, type ProbeTools, probeOnce } from "../../../src/health/probe.ts";
import { createTrust } from "../../../src/health/trust.ts";
import { type BadServer, makeCertificates, makeEndpoint, makeTools, now, startBadServer } from "./bad-servers.ts";

let certificates: KitCertificates;
const opened: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  certificates = await makeCertificates();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function start(...args: Parameters<typeof startBadServer>): Promise<BadServer> {
  const server = await startBadServer(...args);
  opened.push(server);
  return server;
}

async function probe(endpoint: BadServer["endpoint"], changes: Partial<ProbeTools> = {}): Promise<Attempt> {
  const tools = makeTools(certificates.ca, changes);
  try {
    return (await probeOnce(endpoint, tools, { signal: new AbortController().signal, progress: () => undefined }))!;
  } finally {
    tools.lag.stop();
  }
}

const drip = (socket: Socket): void => {
  socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
  const timer = setInterval(() => socket.write("."), 50);
  socket.on("close", () => clearInterval(timer));
};

describe("a probe of a plain server", () => {
  it.each<[string, (socket: Socket) => void, string | undefined]>([
    ["answers well", fine, undefined],
    ["answers in chunks", answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2;a=b\nok\n0\nX: y\n\n"), undefined],
    ["answers until it closes", answer("HTTP/1.1 200 OK\n\nsome text"), undefined],
    ["answers 103 first", answer("HTTP/1.1 103 Early\nLink: x\n\nHTTP/1.1 204 No Content\n\n"), undefined],
    ["reports 500", answer("HTTP/1.1 500 Oops\nContent-Length: 0\n\n"), "http.5xx"],
    ["reports 503", answer("HTTP/1.1 503 Busy\nContent-Length: 0\n\n"), "http.5xx"],
    ["wants a sign-in", answer("HTTP/1.1 401 Who\nContent-Length: 0\n\n"), "http.4xx"],
    ["is a proxy that wants a sign-in", answer("HTTP/1.1 407 Who\nContent-Length: 0\n\n"), "proxy.auth"],
    ["says we ask too fast", answer("HTTP/1.1 429 Slow down\nContent-Length: 0\n\n"), "http.limited"],
    ["speaks something else", answer("SSH-2.0-OpenSSH_9.2\n"), "http.protocol"],
    ["has a broken header", answer("HTTP/1.1 200 OK\nno colon here\n\n"), "http.protocol"],
    ["gives two lengths", answer("HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\nok"), "http.protocol"],
    ["has a bad chunk", answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nok\n"), "http.protocol"],
    ["breaks off in the headers", answer("HTTP/1.1 200 OK\nContent-"), "http.truncated"],
    ["breaks off in the body", answer("HTTP/1.1 200 OK\nContent-Length: 10\n\nok"), "http.truncated"],
    ["breaks off between chunks", answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n"), "http.truncated"],
    ["sends more than it said", answer("HTTP/1.1 200 OK\nContent-Length: 2\n\nok and more"), "http.length"],
    ["announces two megabytes", answer("HTTP/1.1 200 OK\nContent-Length: 2000000\n\n"), "http.cap"],
    ["has endless headers", answer(`HTTP/1.1 200 OK\nX: ${"x".repeat(20_000)}\n\n`), "http.cap"],
    ["sends two megabytes unannounced", answer(`HTTP/1.1 200 OK\n\n${"x".repeat(2_000_000)}`), "http.cap"],
    ["redirects elsewhere", answer("HTTP/1.1 302 Go\nLocation: http://portal.test/login\nContent-Length: 0\n\n"), "http.foreign"],
    ["redirects in a circle", answer("HTTP/1.1 302 Go\nLocation: /again\nContent-Length: 0\n\n"), "http.loop"],
    ["resets the connection", (socket) => void socket.resetAndDestroy(), "net.reset"],
    ["closes without a byte", (socket) => void socket.end(), "net.closed"],
  ])("that %s", async (_, behave, reason) => {
    const { endpoint } = await start(behave);
    expect((await probe(endpoint)).failure?.reason).toBe(reason);
  });

  it("follows a redirect on the same host", async () => {
    const { endpoint } = await start((socket, request) =>
      request.startsWith("GET / ") ? answer("HTTP/1.1 302 Go\nLocation: /home?a=1\nContent-Length: 0\n\n")(socket) : fine(socket),
    );
    const attempt = await probe(endpoint);
    expect(attempt.failure).toBeUndefined();
    expect(attempt.seen.status).toBe(200);
  });

  it("keeps no query of a redirect as evidence: it may hold a ticket", async () => {
    const { endpoint } = await start(
      answer("HTTP/1.1 302 Go\nLocation: https://sso.test/in?ticket=secret\nContent-Length: 0\n\n"),
    );
    expect((await probe(endpoint)).seen.location).toBe("https://sso.test/in");
  });

  it("calls a late first byte slow, which is not down", async () => {
    const { endpoint } = await start((socket) => void setTimeout(() => fine(socket), 600));
    const attempt = await probe(endpoint);
    expect(attempt.failure).toMatchObject({ layer: "http", reason: "http.slow" });
    expect(attempt.seen.status).toBe(200);
    expect(attempt.phases.firstByteMs).toBeGreaterThan(550);
  });

  it("tells an error before its slowness, and both", async () => {
    const { endpoint } = await start((socket) => void setTimeout(() => answer("HTTP/1.1 500 Oops\n\n")(socket), 600));
    expect((await probe(endpoint)).failure).toMatchObject({ reason: "http.5xx", also: ["http.slow"] });
  });

  it("is refused where nobody listens", async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    expect((await probe(makeEndpoint(port, "http"))).failure).toMatchObject({ layer: "network", reason: "net.refused" });
  });
});

describe("a probe of a TLS server", () => {
  const shows = async (name: CertificateName): Promise<Attempt> => {
    const { certificate, key } = certificates[name];
    const { endpoint } = await start(fine, { tls: { cert: certificate, key } });
    return probe(endpoint);
  };

  it("passes a good certificate and keeps it as evidence", async () => {
    const attempt = await shows("good");
    expect(attempt.failure).toBeUndefined();
    expect(attempt.seen.certificate?.issuer).toContain("wardctl kit");
    expect(attempt.phases.tlsMs).toBeGreaterThan(0);
  });

  it.each([
    ["expired", "tls.expired", undefined],
    ["future", "tls.notyet", undefined],
    ["foreign", "tls.host", undefined],
    ["chainless", "tls.chain", undefined],
    ["chainlessExpired", "tls.expired", ["tls.chain"]],
    ["selfSigned", "tls.selfsigned", undefined],
    ["foreignExpired", "tls.expired", ["tls.host"]],
  ] as const)("judges everything of the certificate '%s'", async (name, reason, also) => {
    const { failure } = await shows(name);
    expect(failure).toEqual({ layer: "tls", reason, also });
  });

  it("judges dates by the clock it is given, not by the machine's", async () => {
    const { certificate, key } = certificates.expired;
    const { endpoint } = await start(fine, { tls: { cert: certificate, key } });
    expect((await probe(endpoint, { now: () => now - 10 * 86_400_000 })).failure).toBeUndefined();
  });

  it("asks for the server's time even when the certificate's date is wrong", async () => {
    const { certificate, key } = certificates.expired;
    const dated = answer("HTTP/1.1 200 OK\nDate: Thu, 03 Jul 2025 03:00:00 GMT\nContent-Length: 0\n\n");
    const { endpoint } = await start(dated, { tls: { cert: certificate, key } });
    expect((await probe(endpoint)).serverDate).toEqual({ theirs: now, ours: now });
  });

  it("knows plain HTTP on a TLS port", async () => {
    const { endpoint } = await start(fine, { onConnect: (socket) => socket.once("data", () => fine(socket)) });
    const secure = { ...endpoint, url: endpoint.url.replace("http:", "https:") };
    expect((await probe(secure)).failure).toMatchObject({ layer: "tls", reason: "tls.plain" });
  });

  it("knows an old protocol version", async () => {
    const { certificate: cert, key } = certificates.good;
    const old = { cert, key, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const { endpoint } = await start(fine, { tls: old });
    expect((await probe(endpoint)).failure).toMatchObject({ layer: "tls", reason: "tls.version" });
  });

  it("knows a server that wants a client certificate", async () => {
    const { certificate: cert, key } = certificates.good;
    const { endpoint } = await start(fine, {
      tls: { cert, key, ca: certificates.ca, requestCert: true, rejectUnauthorized: true },
    });
    expect((await probe(endpoint)).failure?.reason).toBe("tls.clientcert");
  });

  it("knows a handshake that is cut", async () => {
    const { endpoint } = await start(fine, { onConnect: (socket) => socket.once("data", () => socket.resetAndDestroy()) });
    const secure = { ...endpoint, url: endpoint.url.replace("http:", "https:") };
    expect((await probe(secure)).failure).toMatchObject({ layer: "tls", reason: "tls.reset" });
  });

  it("is trusted by nobody without the right root", async () => {
    const { certificate, key } = certificates.good;
    const { endpoint } = await start(fine, { tls: { cert: certificate, key } });
    expect((await probe(endpoint, { trust: createTrust(undefined) })).failure?.reason).toBe("tls.chain");
  });
});

describe("the deadline of a probe", () => {
  const deadlineMs = 300;
  const generousMs = 400;
  const behaviours: [string, Parameters<typeof startBadServer>, "http" | "https", string][] = [
    ["silence after accepting", [() => undefined], "http", "http.slow"],
    ["a drip of bytes", [drip], "http", "http.slow"],
    ["silence in the handshake", [() => undefined], "https", "tls.stall"],
    ["headers without end", [(socket) => void socket.write("HTTP/1.1 200 OK\r\nX: y\r\n")], "http", "http.slow"],
  ];
  it.each(behaviours)("holds against %s", async (_, server, scheme, reason) => {
    const { endpoint } = await start(...server);
    const target = { ...endpoint, url: endpoint.url.replace("http:", `${scheme}:`) };
    const attempt = await probe(target, { deadlineMs });
    expect(attempt.failure?.reason).toBe(reason);
    expect(attempt.totalMs).toBeGreaterThan(deadlineMs - 5);
    expect(attempt.totalMs).toBeLessThan(deadlineMs + generousMs);
  });

  it("names the layer that was waiting, and gives names at most two fifths of it", async () => {
    const names = { resolve: () => new Promise<never>(() => undefined), close: () => undefined };
    const attempt = await probe(makeEndpoint(1, "http"), { deadlineMs: 500, names });
    expect(attempt.failure).toMatchObject({ layer: "name", reason: "name.timeout" });
    expect(attempt.totalMs).toBeLessThan(450);
  });

  it("ends at once when the person stops", async () => {
    const { endpoint } = await start(() => undefined);
    const tools = makeTools(certificates.ca, { deadlineMs: 30_000 });
    const stop = new AbortController();
    const going = probeOnce(endpoint, tools, { signal: stop.signal, progress: () => setTimeout(() => stop.abort(), 10) });
    expect(await going).toBeUndefined();
    tools.lag.stop();
  });
});

describe("the name layer", () => {
  const startDns = async (behave: (query: DecodedPacket) => Buffer | undefined): Promise<string> => {
    const socket = createSocket("udp4");
    socket.on("message", (bytes, from) => {
      const reply = behave(decode(bytes));
      if (reply) socket.send(reply, from.port, from.address);
    });
    await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
    opened.push({ stop: () => new Promise((done) => socket.close(() => done())) });
    return `127.0.0.1:${(socket.address() as AddressInfo).port}`;
  };
  const ask = async (server: string, addresses: readonly string[] = []): Promise<string | undefined> => {
    const { endpoint } = await start(fine);
    const names = createNameServer([server], 200);
    try {
      return (await probe({ ...endpoint, host: "documents.city.test", addresses }, { names, deadlineMs: 600 })).failure?.reason;
    } finally {
      names.close();
    }
  };

  it("takes the city's names, and those only at the address listed", async () => {
    const dns = await startCityDns();
    opened.push(dns);
    expect(await ask(dns.server)).toBeUndefined();
    expect(await ask(dns.server, ["127.0.0.1"])).toBeUndefined();
    expect(await ask(dns.server, ["127.0.0.9"])).toBe("name.wrong");
  });

  it("knows a name that does not exist", async () => {
    const dns = await startCityDns();
    opened.push(dns);
    const names = createNameServer([dns.server], 500);
    expect(await names.resolve("nowhere.example")).toEqual({ kind: "nx" });
    names.close();
  });

  it("knows a name server in trouble, and one that is silent", async () => {
    const failing = await startDns(({ id, questions }) => encode({ type: "response", id, flags: 2, questions }));
    expect(await ask(failing)).toBe("name.servfail");
    const silent = await startDns(() => undefined);
    expect(await ask(silent)).toBe("name.timeout");
  });
});
