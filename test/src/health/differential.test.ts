import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDifferentials, judgeHellos } from "../../../src/health/differential.ts";
import type { Trial } from "../../../src/health/differential-words.ts";
import { type Attempt, type ProbeTools, probeOnce } from "../../../src/health/probe.ts";
import { findContext } from "../../../src/health/tls-trial.ts";
import { readMonotonicMs } from "../../../src/platform/clock.ts";
import {
  answer,
  type BadServer,
  type Certificates,
  fine,
  loopbackNames,
  makeCertificates,
  makeTools,
  startBadServer,
} from "./bad-servers.ts";

let certificates: Certificates;
const opened: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  certificates = await makeCertificates();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function start(...args: Parameters<typeof startBadServer>): Promise<BadServer["endpoint"]> {
  const server = await startBadServer(...args);
  opened.push(server);
  return server.endpoint;
}

/** Stands before a good server and resets what it does not like of the first bytes. */
async function startMiddlebox(dislikes: (hello: Buffer) => boolean): Promise<BadServer["endpoint"]> {
  const { certificate: cert, key } = certificates.good;
  const target = await start(fine, { tls: { cert, key } });
  const port = await startRelay((hello) => (dislikes(hello) ? undefined : target.port));
  return { ...target, port, url: `https://good.city.test:${port}/` };
}

/** Leads each connection on by its first bytes; undefined: resets it. */
async function startRelay(choose: (hello: Buffer) => number | undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", (hello: Buffer) => {
      const port = choose(hello);
      if (port === undefined) return socket.resetAndDestroy();
      const far = connect({ host: "127.0.0.1", port });
      sockets.add(far);
      far.on("error", () => socket.destroy());
      far.write(hello);
      socket.pipe(far).pipe(socket);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  opened.push({
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  });
  return (server.address() as AddressInfo).port;
}

async function probe(endpoint: BadServer["endpoint"], changes: Partial<ProbeTools> = {}): Promise<Attempt> {
  const tools = makeTools(certificates.ca, { differentials: createDifferentials({ names: loopbackNames }), ...changes });
  try {
    return (await probeOnce(endpoint, tools, { signal: new AbortController().signal, progress: () => undefined }))!;
  } finally {
    tools.lag.stop();
  }
}

/** A key share of X25519MLKEM768 (0x11ec) is 1,216 bytes long. */
const hasPostQuantumShare = (hello: Buffer): boolean => hello.includes(Buffer.from([0x11, 0xec, 0x04, 0xc0]));
const saysTls13 = (hello: Buffer): boolean => /\x00\x2b\x00[\x03\x05]/.test(hello.toString("latin1"));

describe("a handshake that fails is tried in other ways", () => {
  it.skipIf(findContext("post-quantum") === undefined)("and names a middlebox that rejects the post-quantum hello", async () => {
    const { failure, seen } = await probe(await startMiddlebox(hasPostQuantumShare));
    expect(failure).toEqual({ layer: "tls", reason: "tls.reset" });
    expect(seen.differential?.finding).toBe("post-quantum-rejected");
    expect(seen.differential?.trials).toContainEqual({ way: "classical", tries: 3, passed: 3 });
    expect(seen.differential?.words.vi).toContain("hậu lượng tử");
  });

  it.skipIf(findContext("post-quantum") === undefined)("and tells a hello that is only too long", async () => {
    const { seen } = await probe(await startMiddlebox((hello) => hello.length > 1_200));
    expect(seen.differential?.finding).toBe("long-hello-rejected");
  });

  it("and names a middlebox that knows TLS 1.2 only", async () => {
    const { seen } = await probe(await startMiddlebox(saysTls13));
    expect(seen.differential?.finding).toBe("tls1.3-rejected");
  });

  it("and says so when nothing helps, within a deadline of its own", async () => {
    const silent = await start(() => undefined);
    const from = readMonotonicMs();
    const differentials = createDifferentials({ names: loopbackNames, deadlineMs: 300 });
    const attempt = await probe({ ...silent, url: silent.url.replace("http:", "https:") }, { deadlineMs: 300, differentials });
    expect(attempt.failure?.reason).toBe("tls.stall");
    expect(attempt.seen.differential?.finding).toBe("same");
    expect(attempt.totalMs).toBeLessThan(600);
    expect(readMonotonicMs() - from).toBeLessThan(1_200);
  });

  it("never when nothing failed, and once for one address", async () => {
    const differentials = createDifferentials({ names: loopbackNames });
    const { certificate: cert, key } = certificates.good;
    expect((await probe(await start(fine, { tls: { cert, key } }), { differentials })).seen.differential).toBeUndefined();
    let tried = 0;
    const box = await startMiddlebox(() => ++tried > 0);
    await probe(box, { differentials });
    const after = tried;
    expect((await probe(box, { differentials })).seen.differential).toBeUndefined();
    expect(tried).toBe(after + 1);
  });
});

describe("a server that says nothing after the handshake", () => {
  it("is found to want a client certificate by asking in TLS 1.2", async () => {
    const { certificate: cert, key } = certificates.good;
    const tls = { cert, key, ca: certificates.ca, requestCert: true, rejectUnauthorized: false };
    const endpoint = await start((socket) => void socket.destroy(), { tls });
    // Node's own server says so in TLS 1.3 too; many others only close.
    const strict = await start(fine, { tls: { ...tls, rejectUnauthorized: true } });
    const relay = await startRelay((hello) => (saysTls13(hello) ? endpoint.port : strict.port));
    const attempt = await probe({ ...endpoint, port: relay, url: `https://good.city.test:${relay}/` });
    expect(attempt.failure).toEqual({ layer: "tls", reason: "tls.clientcert" });
    expect(attempt.seen.differential?.finding).toBe("client-certificate");
  });

  it("stays closed when TLS 1.2 shows nothing else", async () => {
    const { certificate: cert, key } = certificates.good;
    const endpoint = await start((socket) => void socket.destroy(), { tls: { cert, key } });
    expect((await probe(endpoint)).failure).toMatchObject({ layer: "http", reason: "net.closed" });
  });
});

describe("what the trials mean", () => {
  const trial = (way: Trial["way"], passed: number, tries = 3): Trial => ({ way, tries, passed });

  it.each<[string, Trial[], string]>([
    ["a hello of 16,8 % resets", [trial("post-quantum", 2), trial("classical", 3), trial("classical-long", 3)], "flaky"],
    ["nothing tried", [trial("classical", 0, 0)], "same"],
    ["no post-quantum here", [trial("classical", 3), trial("classical-long", 0), trial("tls1.2", 3)], "long-hello-rejected"],
    ["all well", [trial("post-quantum", 3), trial("classical", 3)], "well-now"],
  ])("%s", (_, trials, finding) => {
    expect(judgeHellos(trials)).toBe(finding);
  });

  it("is never said of a way that came through, nor that all is well when one did not", () => {
    const ways = ["post-quantum", "classical", "classical-long", "tls1.2"] as const;
    const trials = fc.tuple(...ways.map((way) => fc.integer({ min: 0, max: 3 }).map((passed) => trial(way, passed))));
    fc.assert(
      fc.property(trials, ([pq, classical, long, old]) => {
        const finding = judgeHellos([pq, classical, long, old] as Trial[]);
        const passes = [pq, classical, long, old].map((one) => one!.passed);
        if (finding === "post-quantum-rejected") expect([passes[0], passes[1]]).toEqual([0, 3]);
        if (finding === "long-hello-rejected") expect([passes[1], passes[2]]).toEqual([3, 0]);
        if (finding === "tls1.3-rejected") expect([passes[1], passes[3]]).toEqual([0, 3]);
        expect(finding === "well-now").toBe(passes.every((count) => count === 3));
        expect(finding === "same").toBe(passes.every((count) => count === 0));
      }),
    );
  });
});

describe("the content that the inventory expects", () => {
  const page = (body: string, type = "text/html") =>
    answer(`HTTP/1.1 200 OK\nContent-Type: ${type}\nContent-Length: ${Buffer.byteLength(body)}\n\n${body}`);
  it.each<[string, ReturnType<typeof answer>, object, string | undefined]>([
    ["holds the text", page("<p>Cổng dịch vụ công"), { text: "dịch vụ công" }, undefined],
    ["holds it in other Unicode", page("dịch vụ".normalize("NFD")), { text: "dịch vụ" }, undefined],
    ["lacks the text", page("<p>It works!"), { text: "dịch vụ công" }, "http.content"],
    ["is a sign-in page instead", page('<html><form action="/in"><input type="password">'), { text: "công" }, "http.portal"],
    [
      "holds the value",
      page('{"status":"UP","n":[1]}', "application/json"),
      { json: { pointer: "/status", value: "UP" } },
      undefined,
    ],
    [
      "holds the number",
      page('{"status":"UP","n":[1]}', "application/json"),
      { json: { pointer: "/n/0", value: "1" } },
      undefined,
    ],
    [
      "holds another value",
      page('{"status":"DOWN"}', "application/json"),
      { json: { pointer: "/status", value: "UP" } },
      "http.content",
    ],
    ["is no JSON", page("<p>x"), { json: { pointer: "/status", value: "UP" } }, "http.content"],
    ["wants a sign-in, as expected", answer("HTTP/1.1 401 Who\nContent-Length: 0\n\n"), { statuses: [401] }, undefined],
    ["gives another good status", answer("HTTP/1.1 204 None\n\n"), { statuses: [200] }, "http.status"],
    ["gives a bad status", answer("HTTP/1.1 503 Busy\nContent-Length: 0\n\n"), { statuses: [200] }, "http.5xx"],
    ["says itself that it is a portal", answer("HTTP/1.1 511 Sign in\nContent-Length: 0\n\n"), {}, "http.portal"],
  ])("%s", async (_, behave, expected, reason) => {
    const endpoint = await start(behave);
    expect((await probe({ ...endpoint, expect: expected })).failure?.reason).toBe(reason);
  });

  it("may lie behind a redirect to the single sign-on, but not elsewhere", async () => {
    const endpoint = await start(answer("HTTP/1.1 302 Go\nLocation: https://sso.test/in\nContent-Length: 0\n\n"));
    expect((await probe({ ...endpoint, sso: "sso.test" })).failure).toBeUndefined();
    expect((await probe(endpoint, { redirectHosts: ["sso.test"] })).failure).toBeUndefined();
    expect((await probe({ ...endpoint, sso: "other.test" })).failure?.reason).toBe("http.foreign");
  });
});
