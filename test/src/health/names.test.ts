import { createSocket } from "node:dgram";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { gzipSync } from "node:zlib";
import { type Answer, type DecodedPacket, decode, encode } from "dns-packet";
import { afterEach, describe, expect, it } from "vitest";
import { createRooms, listPlaces } from "../../../src/health/destinations.ts";
import { createNameServer, type NameServer } from "../../../src/health/name-server.ts";
import { type Attempt, type ProbeTools, probeOnce } from "../../../src/health/probe.ts";
import { sweepEndpoints } from "../../../src/health/sweep.ts";
import { createRandom } from "../../../src/platform/random.ts";
import { answer, fine, makeTools, startBadServer } from "./bad-servers.ts";

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

const hasSix = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));

/** A name server that answers from a table: each family's addresses, or nothing. */
async function startDns(table: { readonly A?: readonly string[]; readonly AAAA?: readonly string[]; readonly ttl?: number }) {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  const { A = [], AAAA = [], ttl = 60 } = table;
  socket.on("message", (bytes, from) => {
    const { id, questions } = decode(bytes) as DecodedPacket & { id: number };
    const { name, type } = questions![0]!;
    asked.push(`${type} ${name}`);
    const data = type === "A" ? A : type === "AAAA" ? AAAA : [];
    const answers = data.map((one) => ({ type, name, ttl, data: one }) as Answer);
    socket.send(encode({ type: "response", id, questions: questions!, answers }), from.port, from.address);
  });
  await new Promise<void>((ready) => socket.bind(0, "127.0.0.1", ready));
  opened.push({ stop: () => new Promise((done) => socket.close(() => done())) });
  return { asked, server: `127.0.0.1:${(socket.address() as AddressInfo).port}` };
}

function openNames(...args: Parameters<typeof createNameServer>): NameServer {
  const names = createNameServer(...args);
  opened.push({ stop: async () => names.close() });
  return names;
}

async function start(...args: Parameters<typeof startBadServer>) {
  const server = await startBadServer(...args);
  opened.push(server);
  return server.endpoint;
}

async function probe(endpoint: Parameters<typeof probeOnce>[0], changes: Partial<ProbeTools>): Promise<Attempt> {
  const tools = makeTools(undefined, changes);
  try {
    return (await probeOnce(endpoint, tools, { signal: new AbortController().signal, progress: () => undefined }))!;
  } finally {
    tools.lag.stop();
  }
}

describe("a name", () => {
  it("is asked for both families, IPv4 first, with its time to live, and once for all who want it", async () => {
    const dns = await startDns({ A: ["127.0.0.1"], AAAA: ["::1"], ttl: 30 });
    const names = openNames([dns.server], 500);
    const answers = await Promise.all([1, 2, 3].map(() => names.resolve("a.test")));
    for (const one of answers) expect(one).toEqual({ kind: "addresses", addresses: ["127.0.0.1", "::1"], ttlSeconds: 30 });
    expect(dns.asked.sort()).toEqual(["A a.test", "AAAA a.test"]);
  });

  it("that has IPv6 alone is found by it", async () => {
    const dns = await startDns({ AAAA: ["2001:db8::1"] });
    expect(await openNames([dns.server], 500).resolve("a.test")).toMatchObject({ addresses: ["2001:db8::1"] });
  });

  it("that neither family knows does not exist", async () => {
    const dns = await startDns({});
    expect(await openNames([dns.server], 500).resolve("a.test")).toEqual({ kind: "nx" });
  });

  it("that the operating system leads elsewhere is a finding and no failure", async () => {
    const dns = await startDns({ A: ["127.0.0.1"] });
    const names = openNames([dns.server], 500, { system: async () => ["192.0.2.7"] });
    const { failure, seen } = await probe(await start(fine), { names });
    expect(failure).toBeUndefined();
    expect(seen).toMatchObject({ ttlSeconds: 60, systemAddresses: ["192.0.2.7"], notes: ["name.differs"] });
  });

  it("is no finding where both agree", async () => {
    const dns = await startDns({ A: ["127.0.0.1"] });
    const names = openNames([dns.server], 500, { system: async () => ["127.0.0.1"] });
    expect((await probe(await start(fine), { names })).seen.notes).toBeUndefined();
  });

  it("that only the operating system knows is good, as in a browser", async () => {
    const dns = await startDns({});
    const names = openNames([dns.server], 500, { system: async () => ["127.0.0.1"] });
    const { failure, seen } = await probe(await start(fine), { names });
    expect(failure).toBeUndefined();
    expect(seen.notes).toEqual(["name.differs"]);
  });
});

describe.skipIf(!hasSix)("the two address families", () => {
  const names = (addresses: readonly string[]): NameServer => ({
    resolve: async () => ({ kind: "addresses", addresses }),
    close: () => undefined,
  });

  it("are observed apart: a broken IPv6 is said and does not fail what IPv4 carries", async () => {
    const { failure, seen } = await probe(await start(fine), { names: names(["127.0.0.1", "::1"]) });
    expect(failure).toBeUndefined();
    expect(seen).toMatchObject({
      family: 4,
      otherFamily: { family: 6, address: "::1", outcome: "refused" },
      notes: ["net.v6broken"],
    });
  });

  it("are both said when both work", async () => {
    const endpoint = await start(fine);
    const six = createServer();
    await new Promise<void>((ready) => six.listen(endpoint.port, "::1", ready));
    opened.push({ stop: () => new Promise((done) => six.close(() => done())) });
    const { seen } = await probe(endpoint, { names: names(["127.0.0.1", "::1"]) });
    expect(seen.otherFamily?.outcome).toBe("connected");
    expect(seen.notes).toBeUndefined();
  });

  it("can be an inventory address in any spelling, and a URL in brackets", async () => {
    const six = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => fine(socket));
    });
    await new Promise<void>((ready) => six.listen(0, "::1", ready));
    opened.push({ stop: () => new Promise((done) => six.close(() => done())) });
    const { port } = six.address() as AddressInfo;
    const endpoint = await start(fine);
    const named = { ...endpoint, port, addresses: ["0:0:0::1"] };
    expect((await probe(named, { names: names(["::1"]) })).seen).toMatchObject({ family: 6, address: "::1", status: 200 });
    const literal = { ...endpoint, port, host: "::1", url: `http://[::1]:${port}/` };
    expect((await probe(literal, {})).seen).toMatchObject({ family: 6, status: 200 });
  });
});

describe("a compressed answer", () => {
  const packed = (body: Buffer, coding = "gzip") =>
    start((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.end(body);
    });
  it.each<[string, Buffer, string | undefined]>([
    ["small is read", gzipSync("cổng dịch vụ"), undefined],
    ["that swells to 256 MB is cut off", gzipSync(Buffer.alloc(8 * 1024 * 1024)), "http.cap"],
    ["that is damaged is no answer", Buffer.from("not gzip"), "http.protocol"],
  ])("that is %s", async (_, body, reason) => {
    const endpoint = await packed(body);
    expect((await probe({ ...endpoint, expect: reason ? undefined : { text: "dịch vụ" } }, {})).failure?.reason).toBe(reason);
  });

  it("with chunks behind its end does not match its length", async () => {
    const endpoint = await start(answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n0\n\nmore"));
    expect((await probe(endpoint, {})).failure?.reason).toBe("http.length");
  });
});

describe("politeness", () => {
  it("counts an address and its network, and this machine by port", () => {
    const caps = { perAddress: 8, perNetwork: 16 };
    const keys = (address: string): string[] => listPlaces(address, 443, caps).map(({ key }) => key);
    expect(keys("10.1.2.3")).toEqual(["10.1.2.3", "10.1.2/"]);
    expect(keys("127.0.0.1")).toEqual(["127.0.0.1:443"]);
    expect(keys("2001:db8:1:2::7")[1]).toBe(keys("2001:db8:1:2:9:9:9:9")[1]);
    expect(keys("2001:db8::7")[1]).toBe("2001:db8:0:0/");
    expect(keys("2001:db8:1:2::7")[1]).not.toBe(keys("2001:db8:1:3::7")[1]);
  });

  it("lets nobody in where the network is full, and the next as soon as there is room", async () => {
    const rooms = createRooms();
    const places = (address: string) => listPlaces(address, 443, { perAddress: 2, perNetwork: 2 });
    expect(rooms.enter(places("10.1.2.3"))).toBeUndefined();
    expect(rooms.enter(places("10.1.2.4"))).toBeUndefined();
    expect(rooms.enter(places("10.1.3.4"))).toBeUndefined();
    const waiting = rooms.enter(places("10.1.2.5"));
    expect(waiting).toBeInstanceOf(Promise);
    rooms.leave(places("10.1.2.3"));
    await waiting;
  });

  it("leaves a server that says 429 in peace, then asks it one at a time, and blames nobody", async () => {
    const times: number[] = [];
    let open = 0;
    let most = 0;
    const endpoint = await start((socket) => {
      times.push(Date.now());
      open++;
      if (times.length > 2) most = Math.max(most, open);
      socket.on("close", () => open--);
      if (times.length === 1) answer("HTTP/1.1 429 Slow\nRetry-After: 1\nContent-Length: 0\n\n")(socket);
      else setTimeout(() => fine(socket), 5);
    });
    const endpoints = Array.from({ length: 5 }, (_, at) => ({ ...endpoint, id: `${10_000 + at}/documents` }));
    const tools = makeTools(undefined);
    const options = { tools, concurrency: 64, perDestination: 2, random: createRandom(1), signal: new AbortController().signal };
    const { results } = await sweepEndpoints(endpoints, options);
    tools.lag.stop();
    expect(results.map(({ state }) => state).sort()).toEqual(["pass", "pass", "pass", "pass", "unknown"]);
    expect(times[2]! - times[0]!).toBeGreaterThan(950);
    expect(most).toBe(1);
  });

  it("leaves an address alone that will not have us, and says that the rest was not tried", async () => {
    let calls = 0;
    const endpoint = await start((socket) => {
      calls++;
      answer("HTTP/1.1 429 Slow\nContent-Length: 0\n\n")(socket);
    });
    const good = await start(fine);
    const endpoints = Array.from({ length: 9 }, (_, at) => ({ ...endpoint, id: `${10_000 + at}/documents` }));
    const tools = makeTools(undefined);
    const signal = new AbortController().signal;
    const options = { tools, concurrency: 1, perDestination: 8, random: createRandom(1), signal, shortestPauseMs: 20 };
    const { results } = await sweepEndpoints([...endpoints, { ...good, id: "20000/documents" }], options);
    tools.lag.stop();
    expect(calls).toBe(4);
    expect(results.filter(({ state }) => state === "untested")).toHaveLength(5);
    expect(results.at(-1)?.state).toBe("pass");
  });
});
