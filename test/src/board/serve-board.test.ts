import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createFeed, type Feed } from "../../../src/board/feed.ts";
import { createKeys, type Keys } from "../../../src/board/keys.ts";
import { type BoardServerOptions, serveBoard } from "../../../src/board/serve-board.ts";
import { Failure } from "../../../src/platform/failure.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import type { WebServer } from "../../../src/platform/web-server.ts";
import { sampleBoard, sampleUnits } from "../../support/sample-board.ts";

const zone = vietnamZone;
const servers: WebServer[] = [];
const faults: unknown[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  expect(faults.splice(0)).toEqual([]);
});

async function open(options: Partial<BoardServerOptions> = {}): Promise<{ server: WebServer; feed: Feed }> {
  const feed = createFeed(sampleBoard(), { epoch: "e", zone });
  const server = await serveBoard({
    feed,
    host: "127.0.0.1",
    port: 0,
    hosts: ["127.0.0.1", "localhost"],
    keys: undefined,
    lang: "vi",
    zone,
    clockPinned: false,
    onFault: (error) => faults.push(error),
    ...options,
  });
  servers.push(server);
  return { server, feed };
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The bare request: fetch would mend paths and set headers of its own. */
function ask(
  { port }: WebServer,
  path: string,
  { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Got> {
  return new Promise((done, fail) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += String(chunk);
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

/** What a stream of events sends, event by event. */
function listen({ port }: WebServer, path: string, headers: Record<string, string> = {}) {
  const events: { name: string; id: string; data: string }[] = [];
  const waiting: (() => void)[] = [];
  const sent = request({ host: "127.0.0.1", port, path, headers }, (response) => {
    let text = "";
    response.on("data", (chunk) => {
      text += String(chunk);
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const fields = new Map(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => line.split(/: ?(.*)/s).slice(0, 2) as [string, string]),
        );
        text = text.slice(end + 2);
        if (fields.has("event")) events.push({ name: fields.get("event")!, id: fields.get("id")!, data: fields.get("data")! });
      }
      for (const wake of waiting.splice(0)) wake();
    });
    response.on("close", () => {
      for (const wake of waiting.splice(0)) wake();
    });
    response.on("error", () => undefined);
  });
  sent.on("error", () => undefined);
  sent.end();
  return {
    events,
    close: () => sent.destroy(),
    /** Until something more came. */
    more: () => new Promise<void>((wake) => waiting.push(wake)),
  };
}

describe("the server of the board", () => {
  it("sends the page with exactly this policy, and nothing inline in it", async () => {
    const { server } = await open();
    const { status, headers, body } = await ask(server, "/");
    expect(status).toBe(200);
    expect(headers["content-security-policy"]).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect([headers["x-content-type-options"], headers["referrer-policy"], headers["cache-control"]]).toEqual([
      "nosniff",
      "no-referrer",
      "no-store",
    ]);
    expect(body).not.toMatch(/<script(?! src)|<style|\son[a-z]+=|\sstyle=|https?:/);
    expect(body).toContain('lang="vi"');
    expect((await ask(server, "/?lang=en")).body).toContain("36 of 40 units ready");
  });

  it("serves its style, script and typeface, and no other file of the machine", async () => {
    const { server } = await open();
    const types = await Promise.all(
      ["/board.css", "/board.js", "/regular.ttf", "/bold.ttf"].map(
        async (path) => (await ask(server, path)).headers["content-type"],
      ),
    );
    expect(types).toEqual(["text/css; charset=utf-8", "text/javascript; charset=utf-8", "font/ttf", "font/ttf"]);
    for (const path of [
      "/../../../../etc/passwd",
      "/..%2f..%2fpackage.json",
      "/board.css/../../words.ts",
      "//etc/passwd",
      "/%2e%2e/wardctl.yaml",
      "/.wardctl/cache.db",
      "/page/theme.css",
    ]) {
      expect((await ask(server, path)).status, path).toBe(404);
    }
  });

  it("refuses foreign hosts, foreign origins and everything but looking", async () => {
    const { server } = await open();
    const own = { host: `127.0.0.1:${server.port}` };
    for (const path of ["/", "/events", "/board.js"]) {
      expect((await ask(server, path, { headers: { host: "evil.test" } })).status).toBe(403);
      expect((await ask(server, path, { headers: { ...own, origin: "http://evil.test" } })).status).toBe(403);
      expect(
        (await ask(server, path, { headers: { ...own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" } })).status,
      ).toBe(403);
    }
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) expect((await ask(server, "/", { method })).status).toBe(405);
    expect((await ask(server, "/", { method: "POST", body: "x=1" })).status).toBe(405);
    const head = await ask(server, "/", { method: "HEAD" });
    expect([head.status, head.body]).toEqual([200, ""]);
  });

  it("sends what changes to whoever listens, and to whoever comes back all that was missed", async () => {
    const { server, feed } = await open();
    const steady = listen(server, `/events?lang=en&from=${feed.eventId()}`);
    await steady.more();
    feed.update(sampleBoard({ units: sampleUnits("46", 1, 2) }));
    while (steady.events.length < 1) await steady.more();
    feed.update(sampleBoard({ units: sampleUnits("46", 0, 2) }));
    while (steady.events.length < 2) await steady.more();
    expect(steady.events.map(({ name, id }) => `${name} ${id}`)).toEqual(["board e.1", "board e.2"]);
    const late = listen(server, "/events?lang=en&from=e.0", { "last-event-id": "e.0" });
    while (late.events.length < 1) await late.more();
    const [{ data, id }] = late.events as [(typeof late.events)[0]];
    expect(id).toBe("e.2");
    expect((JSON.parse(data) as { parts: Record<string, string> }).parts["standing"]).toContain("38 of 40 units ready");
    expect(server.countStreams()).toBe(2);
    for (const browser of [steady, late]) browser.close();
    while (server.countStreams() > 0) await new Promise(setImmediate);
  });

  it("cuts off a browser that does not take what it is sent, and goes on for the others", async () => {
    const { server, feed } = await open();
    const dead = connect(server.port, "127.0.0.1");
    dead.on("error", () => undefined);
    dead.pause();
    dead.write(`GET /events?from=e.0 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
    while (server.countStreams() < 1) await new Promise(setImmediate);
    const alive = listen(server, "/events?from=e.0");
    await alive.more();
    const boards = [sampleBoard({ units: sampleUnits("79", 168, 0) }), sampleBoard({ units: sampleUnits("79", 0, 168) })];
    let sent = 0;
    while (server.countStreams() > 1 && sent < 200) {
      feed.update(boards[sent % 2]!);
      sent += 1;
      while (alive.events.length < sent) await alive.more();
    }
    expect(sent).toBeLessThan(200);
    expect(server.countStreams()).toBe(1);
    dead.destroy();
    alive.close();
  });

  it("ends every connection when it stops", async () => {
    const { server } = await open();
    const browser = listen(server, "/events?from=e.0");
    await browser.more();
    await server.stop();
    await expect(ask(server, "/")).rejects.toThrow();
  });

  it("says that a port is taken and names another one", async () => {
    const { server } = await open();
    const failed = await open({ port: server.port }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Failure);
    const { kind, words, hint } = failed as Failure;
    expect([kind, words.en, hint?.en]).toEqual([
      "unavailable",
      `port ${server.port} of 127.0.0.1 is in use by another program`,
      `stop that program, or choose another port: --port ${server.port + 1}`,
    ]);
  });

  it("says that an address is not this machine's", async () => {
    const failed = await open({ host: "192.0.2.1" }).catch((error: unknown) => error);
    expect((failed as Failure).kind).toBe("usage");
  });
});

describe("the board beyond this machine", () => {
  const token = "a token of the team";
  const enter = (server: WebServer, key: string): Promise<Got> =>
    ask(server, "/enter", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ key }).toString(),
    });
  const openLocked = async (): Promise<{ server: WebServer; keys: Keys }> => {
    const keys = createKeys(token);
    return { ...(await open({ keys })), keys };
  };

  it("tells nothing of the city to whoever has no key", async () => {
    const { server } = await openLocked();
    for (const [path, headers] of [
      ["/", {}],
      ["/events?from=e.0", {}],
      ["/", { cookie: "wardctl_board=" }],
      ["/", { cookie: "wardctl_board=guess; other=1" }],
      ["/unknown", {}],
    ] as const) {
      const { status, body } = await ask(server, path, { headers });
      expect([path, status]).toEqual([path, 401]);
      expect(body).not.toMatch(/Huế|Phường|sẵn sàng/);
    }
  });

  it("lets a link in once: looking at the link does not use it up, the button does", async () => {
    const { server, keys } = await openLocked();
    const key = keys.makeKey();
    const preview = await ask(server, `/enter/${key}`);
    expect(preview.status).toBe(200);
    expect(preview.headers["set-cookie"]).toBeUndefined();
    const { status, headers } = await enter(server, key);
    expect([status, headers["location"]]).toEqual([303, "/"]);
    const [cookie = ""] = headers["set-cookie"] as string[];
    expect(cookie).toMatch(/^wardctl_board=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(key);
    const page = await ask(server, "/", { headers: { cookie: cookie.split(";")[0]! } });
    expect([page.status, page.body.includes("Huế")]).toEqual([200, true]);
    expect((await enter(server, key)).status).toBe(403);
  });

  it("lets the team's token in as often as it is right, and after twenty wrong tries no more", async () => {
    const { server, keys } = await openLocked();
    expect((await enter(server, token)).status).toBe(303);
    expect((await enter(server, token)).status).toBe(303);
    for (let at = 0; at < 20; at++) expect((await enter(server, `wrong ${at}`)).status).toBe(403);
    expect((await enter(server, token)).status).toBe(403);
    // Whoever runs the board makes a new link, and both work again.
    expect((await enter(server, keys.makeKey())).status).toBe(303);
    expect((await enter(server, token)).status).toBe(303);
  });

  it("takes no form that is larger than its own", async () => {
    const { server } = await openLocked();
    expect((await enter(server, "x".repeat(10_000))).status).toBe(403);
  });
});
