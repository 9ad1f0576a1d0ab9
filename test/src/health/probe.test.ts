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

describe("a probe of a plain server", () => {
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

  it("is trusted by nobody without the right root", async () => {
    const { certificate, key } = certificates.good;
    const { endpoint } = await start(fine, { tls: { cert: certificate, key } });
    expect((await probe(endpoint, { trust: createTrust(undefined) })).failure?.reason).toBe("tls.chain");
  });
});

describe("the deadline of a probe", () => {
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
});
