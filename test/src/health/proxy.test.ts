import { connect, type Socket } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDifferentials } from "../../../src/health/differential.ts";
import { type Attempt, type ProbeTools, probeOnce } from "../../../src/health/probe.ts";
import { createExemptions, createFindProxy, type HttpProxy } from "../../../src/health/proxy.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import { answer, type Certificates, fine, loopbackNames, makeCertificates, makeTools, startBadServer } from "./bad-servers.ts";

/** Below 1,024 and out of use since long: nobody listens there, and no other test is given it. */
const closedPort = 1;
let certificates: Certificates;
const opened: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  certificates = await makeCertificates();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function start(...args: Parameters<typeof startBadServer>) {
  const server = await startBadServer(...args);
  opened.push(server);
  return server.endpoint;
}

const goodTls = () => start(fine, { tls: { cert: certificates.good.certificate, key: certificates.good.key } });

/** A proxy that does with each request what the test says. */
async function startProxy(behave: (socket: Socket, head: string) => void): Promise<HttpProxy> {
  const { port } = await start(behave);
  return { host: "127.0.0.1", port };
}

/** What a working proxy does with CONNECT, every name being this machine. */
const tunnel = (socket: Socket, head: string): void => {
  const port = Number(/^CONNECT [^ ]+:(\d+) /.exec(head)?.[1]);
  const far = connect({ host: "127.0.0.1", port });
  far.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
  far.once("connect", () => {
    socket.removeAllListeners("data");
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.pipe(far).pipe(socket);
  });
};

async function probe(endpoint: Parameters<typeof probeOnce>[0], changes: Partial<ProbeTools>): Promise<Attempt> {
  const tools = makeTools(certificates.ca, changes);
  try {
    return (await probeOnce(endpoint, tools, { signal: new AbortController().signal, progress: () => undefined }))!;
  } finally {
    tools.lag.stop();
  }
}

describe("a probe through a proxy", () => {
  it("comes through a tunnel, judges the target's own certificate, and says which proxy it was", async () => {
    const proxy = await startProxy(tunnel);
    const attempt = await probe(await goodTls(), { findProxy: () => ({ ...proxy, authorization: "Basic c2VjcmV0" }) });
    expect(attempt.failure).toBeUndefined();
    expect(attempt.seen).toMatchObject({ status: 200, protocol: "TLSv1.3", proxy: { at: `127.0.0.1:${proxy.port}` } });
    expect(JSON.stringify(attempt)).not.toContain("c2VjcmV0");
  });

  it("sends its sign-in to the proxy alone", async () => {
    let seenByProxy = "";
    let seenByTarget = "";
    const proxy = await startProxy((socket, head) => {
      seenByProxy = head;
      tunnel(socket, head);
    });
    const target = await start(
      (socket, request) => {
        seenByTarget = request;
        fine(socket);
      },
      { tls: { cert: certificates.good.certificate, key: certificates.good.key } },
    );
    await probe(target, { findProxy: () => ({ ...proxy, authorization: "Basic c2VjcmV0" }) });
    expect(seenByProxy).toContain("Proxy-Authorization: Basic c2VjcmV0");
    expect(seenByTarget).toContain("GET / HTTP/1.1");
    expect(seenByTarget).not.toContain("c2VjcmV0");
  });

  it("asks for the whole address where there is no tunnel", async () => {
    let asked = "";
    const proxy = await startProxy((socket, head) => {
      asked = head.split("\r\n")[0]!;
      fine(socket);
    });
    const endpoint = await start(fine);
    expect((await probe(endpoint, { findProxy: () => proxy })).failure).toBeUndefined();
    expect(asked).toBe(`GET http://kit.wardctl.test:${endpoint.port}/ HTTP/1.1`);
  });

  it.each<[string, (socket: Socket, head: string) => void, Reason]>([
    [
      "wants a sign-in",
      answer('HTTP/1.1 407 Who\nProxy-Authenticate: NTLM\nProxy-Authenticate: Basic realm="HUE\\an"\n\n'),
      "proxy.auth",
    ],
    ["blocks by policy", answer("HTTP/1.1 503 Blocked\nContent-Type: text/html\n\n<html>"), "proxy.policy"],
    ["forbids", answer("HTTP/1.1 403 No\n\n"), "proxy.policy"],
    ["cannot reach the target", answer("HTTP/1.1 502 Bad Gateway\n\n"), "proxy.gateway"],
    ["answers a bare page", answer("<html><body>Welcome"), "proxy.garbage"],
    ["answers a page with 200", answer("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>"), "proxy.garbage"],
    ["closes at once", (socket) => void socket.end(), "proxy.closed"],
    ["cuts", (socket) => void socket.resetAndDestroy(), "proxy.closed"],
    ["says nothing", () => undefined, "proxy.silent"],
  ])("that %s blames nobody behind it", async (_, behave, reason) => {
    const proxy = await startProxy(behave);
    const attempt = await probe(await goodTls(), { findProxy: () => proxy, deadlineMs: 600 });
    expect(attempt.failure?.reason).toBe(reason);
    expect(reasons[reason].signature).toBeUndefined();
    if (reason === "proxy.auth") expect(attempt.seen.proxy).toMatchObject({ status: 407, schemes: ["NTLM", "Basic"] });
  });

  it.each<[string, (socket: Socket, head: string) => void, Reason]>([
    ["wants a sign-in", answer("HTTP/1.1 407 Who\nProxy-Authenticate: Negotiate\nContent-Length: 0\n\n"), "proxy.auth"],
    ["closes at once", (socket) => void socket.end(), "proxy.closed"],
    ["says nothing", () => undefined, "proxy.silent"],
    ["speaks something else", answer("SSH-2.0-x\n"), "proxy.garbage"],
  ])("without a tunnel that %s blames nobody either", async (_, behave, reason) => {
    const proxy = await startProxy(behave);
    expect((await probe(await start(fine), { findProxy: () => proxy, deadlineMs: 400 })).failure?.reason).toBe(reason);
  });

  it("that is not there, or whose name is not, blames nobody", async () => {
    const port = closedPort;
    const refused = await probe(await goodTls(), { findProxy: () => ({ host: "127.0.0.1", port }) });
    expect(refused.failure?.reason).toBe("proxy.refused");
    const names = { ...loopbackNames, resolve: async () => ({ kind: "nx" }) as const };
    const nameless = await probe(await goodTls(), { findProxy: () => ({ host: "proxy.test", port }), names });
    expect(nameless.failure?.reason).toBe("proxy.name");
  });

  it("is told apart from the target by going direct once", async () => {
    const proxy = await startProxy(answer("HTTP/1.1 503 Blocked\n\n"));
    const differentials = createDifferentials({ names: loopbackNames });
    const { seen } = await probe(await goodTls(), { findProxy: () => proxy, differentials });
    expect(seen.differential).toMatchObject({ finding: "only-direct", words: { en: expect.stringContaining("proxy") } });
  });

  it("that opens TLS with its own root is not taken for the unit's bad certificate", async () => {
    const inspecting = await start(fine, { tls: { cert: certificates.chainless.certificate, key: certificates.chainless.key } });
    const proxy = await startProxy((socket, head) => tunnel(socket, head.replace(/:\d+ /, `:${inspecting.port} `)));
    const differentials = createDifferentials({ names: loopbackNames });
    const attempt = await probe(await goodTls(), { findProxy: () => proxy, differentials });
    expect(attempt.failure).toEqual({ layer: "tls", reason: "proxy.tls" });
    expect(attempt.seen.differential?.finding).toBe("proxy-inspects");
  });

  it("is proposed where going direct fails and the proxy works", async () => {
    const target = await goodTls();
    const proxy = await startProxy((socket, head) => tunnel(socket, head.replace(/:\d+ /, `:${target.port} `)));
    const port = closedPort;
    const differentials = createDifferentials({ names: loopbackNames, findProxy: () => proxy });
    const { failure, seen } = await probe({ ...target, port }, { differentials });
    expect(failure?.reason).toBe("net.refused");
    expect(seen.differential?.finding).toBe("only-proxied");
  });
});

describe("the proxy of the environment", () => {
  const find = (environment: Record<string, string>, url: string, setting = "environment") =>
    createFindProxy(setting, environment)(new URL(url));

  it("is read as curl reads it", () => {
    const environment = {
      HTTPS_PROXY: "http://an:m%40t@proxy.test:3128",
      http_proxy: "plain.test",
      HTTP_PROXY: "http://other.test",
    };
    expect(find(environment, "https://a.test/")).toEqual({
      host: "proxy.test",
      port: 3128,
      authorization: `Basic ${Buffer.from("an:m@t").toString("base64")}`,
    });
    expect(find(environment, "http://a.test/")).toEqual({ host: "plain.test", port: 80 });
    expect(find({ ALL_PROXY: "http://all.test:1" }, "https://a.test/")).toEqual({ host: "all.test", port: 1 });
    expect(find({ ALL_PROXY: "socks5://all.test:1" }, "https://a.test/")).toBeUndefined();
  });

  it("gives way to the setting, and never stands before this machine itself", () => {
    const environment = { HTTPS_PROXY: "http://proxy.test:3128" };
    expect(find(environment, "https://a.test/", "direct")).toBeUndefined();
    expect(find(environment, "https://a.test/", "http://set.test:8080")).toEqual({ host: "set.test", port: 8080 });
    for (const url of ["https://127.0.0.9/", "https://[::1]/", "https://localhost/"])
      expect(find(environment, url)).toBeUndefined();
  });

  it("may not stand in the settings with its password", () => {
    expect(() => find({}, "https://a.test/", "http://an:secret@x.test")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("secret") }),
    );
    expect(() => find({}, "https://a.test/", "ftp://x.test")).toThrow(expect.objectContaining({ kind: "invalid" }));
  });

  it("is refused by name, without its password, when it is no HTTP proxy", () => {
    const bad = () => find({ HTTPS_PROXY: "socks5://an:secret@x.test" }, "https://a.test/");
    expect(bad).toThrow(expect.objectContaining({ message: expect.stringContaining("HTTPS_PROXY") }));
    expect(bad).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret") }));
  });
});

describe("NO_PROXY", () => {
  it.each<[string, string, boolean]>([
    ["*", "https://a.test/", true],
    ["gov.vn", "https://hue.gov.vn/", true],
    [".gov.vn", "https://gov.vn/", true],
    ["*.gov.vn", "https://a.hue.gov.vn/", true],
    ["gov.vn", "https://notgov.vn/", false],
    ["HUE.gov.vn", "https://hue.GOV.vn/", true],
    ["10.0.0.0/8", "https://10.9.8.7/", true],
    ["10.0.0.0/8", "https://11.0.0.1/", false],
    ["172.16.0.0/12, 192.168.0.0/16", "http://172.31.255.255/", true],
    ["172.16.0.0/12", "http://172.32.0.0/", false],
    ["2001:db8::/32", "https://[2001:db8:1::7]/", true],
    ["2001:db8::/32", "https://[2001:db9::7]/", false],
    ["[2001:DB8:0::1]", "https://[2001:db8::1]/", true],
    ["192.168.1.1", "https://192.168.1.1/", true],
    ["192.168.1.1", "https://192.168.1.10/", false],
    ["a.test:8443", "https://a.test:8443/", true],
    ["a.test:8443", "https://a.test/", false],
    ["a.test:443", "https://a.test/", true],
    ["10.0.0.0/33", "https://10.0.0.1/", false],
    ["", "https://a.test/", false],
  ])("'%s' for %s: %s", (text, url, exempt) => {
    expect(createExemptions(text)(new URL(url))).toBe(exempt);
  });
});
