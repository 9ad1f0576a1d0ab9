import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkLocalShortly } from "../../../../src/health/local/check-local.ts";
import { type LocalCheckId, type LocalScene, localCheckIds } from "../../../../src/health/local/finding.ts";
import { findCheck, localChecks, runLocalChecks } from "../../../../src/health/local/local-checks.ts";
import { type LocalMachine, parseRoutes } from "../../../../src/health/local/machine.ts";
import { parseRegistryProxy, withoutCredentials } from "../../../../src/health/local/proxy-settings.ts";
import type { NameAnswer } from "../../../../src/health/name-server.ts";
import { createRandom } from "../../../../src/platform/random.ts";
import { makeEndpoint } from "../bad-servers.ts";

const machine: LocalMachine = {
  platform: "linux",
  listLinks: () => ["eth0"],
  findSourceAddress: async () => "10.0.0.7",
  listGateways: async () => undefined,
  findFileLimit: () => 20_000,
  readProxyRegistry: async () => undefined,
};
const nx: NameAnswer = { kind: "nx" };
const addresses = (...list: string[]): NameAnswer => ({ kind: "addresses", addresses: list });
const answering = (known: Readonly<Record<string, NameAnswer>>) => async (name: string) => known[name] ?? nx;

function makeScene(changes: Partial<LocalScene> & { readonly known?: Readonly<Record<string, NameAnswer>> } = {}): LocalScene {
  const { known = {}, ...rest } = changes;
  return {
    endpoints: [{ ...makeEndpoint(443, "https"), host: "qlvb.hue.gov.vn" }],
    witnesses: [],
    names: { resolve: answering(known), close: () => undefined },
    ownServers: false,
    systemNames: answering(known),
    machine,
    environment: {},
    proxy: "environment",
    random: createRandom(1),
    now: () => 0,
    looks: [],
    ...rest,
  };
}

const check = (id: LocalCheckId, scene: LocalScene) => findCheck(id).check(scene);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
async function serve(behave: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    behave(socket);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return (server.address() as { port: number }).port;
}
const answer = (text: string) => (socket: Socket) => void socket.once("data", () => socket.end(text.replaceAll("\n", "\r\n")));

describe("is it me?", () => {
  it("has one check for each name, says everything in both languages and what to do about each fault", async () => {
    expect(localChecks.map(({ id }) => id)).toEqual(localCheckIds);
    const bad = makeScene({
      machine: { ...machine, listLinks: () => [], findSourceAddress: async () => undefined, findFileLimit: () => 1_024 },
      names: { resolve: async () => ({ kind: "timeout" }), close: () => undefined },
      witnesses: [{ host: "witness.vn", port: 443 }],
      environment: { HTTPS_PROXY: "socks5://user:secret@10.0.0.1" },
    });
    const findings = await runLocalChecks(bad, "long");
    for (const { words, remedy, state } of findings) {
      expect(words.vi === "" || words.en === "" || words.vi === words.en).toBe(false);
      if (state !== "pass" && state !== "not-applicable") expect(remedy).toBeDefined();
    }
    const states = Object.fromEntries(findings.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      link: "fail",
      route: "fail",
      resolver: "fail",
      witnesses: "fail",
      proxy: "fail",
      files: "warn",
    });
    expect(JSON.stringify(findings)).not.toContain("secret");
  });

  it("clears a warning with its cause", async () => {
    const low = makeScene({ machine: { ...machine, findFileLimit: () => 1_024 } });
    expect((await check("files", low)).state).toBe("warn");
    expect((await check("files", makeScene())).state).toBe("pass");
  });

  it("asks for no line where everything to be checked is on this machine", async () => {
    const endpoints = [{ ...makeEndpoint(443, "https"), addresses: ["127.0.0.1"] }];
    const offline = { ...machine, listLinks: () => [], findSourceAddress: async () => undefined };
    const names = { resolve: async () => nx, close: () => undefined };
    const settings = { witnesses: [], reachable: undefined, resolvers: [] };
    const findings = await checkLocalShortly({
      endpoints,
      names,
      settings,
      random: createRandom(1),
      clock: { now: () => 0, pinned: true },
      machine: offline,
    });
    expect(findings.filter(({ state }) => state !== "pass" && state !== "not-applicable")).toEqual([]);
  });

  it("tells a gateway that answers, by accepting or by refusing, from a silent one", async () => {
    const via = (gateway: string) => makeScene({ machine: { ...machine, listGateways: async () => [gateway] } });
    expect((await check("route", via("127.0.0.1"))).state).toBe("pass");
    expect((await check("route", makeScene())).words.en).toContain("does not tell the gateway");
    // Nobody can connect to the broadcast address, on any net.
    expect((await check("route", via("255.255.255.255"))).state).toBe("warn");
  });

  it("compares the name servers with this machine's own lookup", async () => {
    const host = "qlvb.hue.gov.vn";
    const scene = (theirs: NameAnswer) =>
      makeScene({ known: { [host]: addresses("10.0.0.1", "10.0.0.2") }, systemNames: answering({ [host]: theirs }) });
    expect((await check("resolver", scene(addresses("10.0.0.2")))).state).toBe("pass");
    const apart = await check("resolver", scene(addresses("10.9.9.9")));
    expect(apart.state).toBe("warn");
    expect(apart.words.vi).toContain("10.9.9.9");
    expect((await check("resolver", { ...scene(nx), systemNames: undefined })).state).toBe("pass");
  });

  it("finds a resolver that invents addresses", async () => {
    const inventing = makeScene({ names: { resolve: async () => addresses("10.9.9.9"), close: () => undefined } });
    expect(await check("hijack", inventing)).toMatchObject({ state: "fail", culprits: ["10.9.9.9"] });
    expect((await check("hijack", makeScene())).state).toBe("pass");
  });

  it("believes a line dead only when no witness answers; one that refuses has answered", async () => {
    const port = await serve(() => undefined);
    const here = { host: "127.0.0.1", port };
    const refusing = { host: "127.0.0.1", port: 1 };
    const gone = { host: "gone.vn", port: 443, carrier: "VNPT" };
    expect((await check("witnesses", makeScene({ witnesses: [here, refusing] }))).state).toBe("pass");
    const some = await check("witnesses", makeScene({ witnesses: [here, gone] }));
    expect(some).toMatchObject({ state: "warn" });
    expect(some.words.en).toContain("gone.vn (VNPT)");
    expect((await check("witnesses", makeScene({ witnesses: [gone] }))).state).toBe("fail");
    expect((await check("witnesses", makeScene())).state).toBe("not-applicable");
  });

  it("asks the proxy for a witness where probes go through one", async () => {
    const open = await serve(answer("HTTP/1.1 200 Connection established\n\n"));
    const shut = await serve(answer("HTTP/1.1 503 Blocked\n\n"));
    const through = (port: number) =>
      makeScene({ witnesses: [{ host: "gone.vn", port: 443 }], environment: { HTTPS_PROXY: `http://127.0.0.1:${port}` } });
    expect((await check("witnesses", through(open))).state).toBe("pass");
    expect((await check("witnesses", through(shut))).state).toBe("fail");
    expect((await check("reachable", { ...through(open), reachable: "https://own.vn/204" })).state).toBe("not-applicable");
  });

  it.each([
    ["HTTP/1.1 204 No Content\n\n", "pass"],
    ["HTTP/1.1 204 No Content\nVia: 1.1 cache\n\n", "pass"],
    ["HTTP/1.1 302 Found\nLocation: http://login.example/\nContent-Length: 0\n\n", "fail"],
    ["HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "fail"],
    ["", "warn"],
  ])("reads %j from an address that should say 204", async (text, state) => {
    const port = await serve(answer(text));
    const found = await check("reachable", makeScene({ reachable: `http://127.0.0.1:${port}/` }));
    expect(found.state).toBe(state);
    if (text.includes("302")) expect(found.culprits).toEqual(["login.example"]);
  });

  it.each([
    ["HTTP/1.1 200 Connection established\n\n", true, "pass", "both work"],
    ["HTTP/1.1 200 Connection established\n\n", false, "warn", "only through the proxy"],
    ["HTTP/1.1 503 Blocked\n\n", true, "warn", "direct works"],
    ["HTTP/1.1 407 Auth\nProxy-Authenticate: NTLM\n\n", true, "warn", "407"],
    ["HTTP/1.1 407 Auth\n\n", false, "fail", "407"],
    ["<html>what?</html>", false, "fail", "neither"],
    ["", true, "warn", "direct works"],
  ])("compares direct with a proxy that says %j", async (text, directWorks, state, said) => {
    const target = await serve(() => undefined);
    const proxy = await serve(answer(text));
    const found = await check(
      "proxy",
      makeScene({
        known: { "qlvb.hue.gov.vn": directWorks ? addresses("127.0.0.1") : nx },
        endpoints: [{ ...makeEndpoint(target, "https"), host: "qlvb.hue.gov.vn" }],
        environment: { HTTPS_PROXY: `http://user:secret@127.0.0.1:${proxy}` },
      }),
    );
    expect(found.state).toBe(state);
    expect(found.words.en).toContain(said);
    expect(JSON.stringify(found)).not.toContain("secret");
  });

  it("sees a PAC file, a Windows proxy and the name wpad, and warns that browsers go another way", async () => {
    const registry = [
      "",
      "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings",
      "    ProxyEnable    REG_DWORD    0x1",
      "    ProxyServer    REG_SZ    me:pw@10.0.0.1:3128",
      "    AutoConfigURL    REG_SZ    http://pac.hue.gov.vn/proxy.pac?key=pw",
      "",
    ].join("\r\n");
    expect(parseRegistryProxy(registry)).toEqual({
      enabled: true,
      server: "me:pw@10.0.0.1:3128",
      pacUrl: "http://pac.hue.gov.vn/proxy.pac?key=pw",
    });
    expect(parseRegistryProxy("    ProxyEnable    REG_DWORD    0x0\r\n")).toMatchObject({ enabled: false, server: undefined });
    const windows = { ...machine, platform: "win32", readProxyRegistry: async () => registry };
    const found = await check("proxy", makeScene({ machine: windows, known: { wpad: addresses("10.0.0.2") } }));
    expect(found.state).toBe("warn");
    expect(found.words.vi).toContain("http://pac.hue.gov.vn/proxy.pac");
    expect(found.words.vi).toContain("wpad");
    expect(JSON.stringify(found)).not.toContain("pw");
    const unread = await check("proxy", makeScene({ machine: { ...machine, platform: "win32" } }));
    expect(unread.state).toBe("not-applicable");
    expect(withoutCredentials("http://u:p@h:1/?t=1")).toBe("http://h:1/");
  });

  it("reads routes as Linux writes them", () => {
    const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
    const rows = [
      "eth0\t00000000\t0102A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
      "eth0\t0002A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0",
    ];
    expect(parseRoutes([head, ...rows].join("\n"))).toEqual(["192.168.2.1"]);
    expect(parseRoutes("")).toEqual([]);
  });
});
