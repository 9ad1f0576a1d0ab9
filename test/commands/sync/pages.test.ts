import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { readCache } from "../../support/dossier-export.ts";
import { item, openPages, send } from "../../support/page-server.ts";
import { runWardctl } from "../../support/run-wardctl.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function open(...given: Parameters<typeof openPages>) {
  const opened = await openPages(...given);
  closers.push(opened.close);
  return opened;
}

async function sync(folder: string) {
  const { code, stdout } = await runWardctl("sync --json", { cwd: folder, env: { WARDCTL_NOW: "2025-07-03T10:00:00+07:00" } });
  return { code, source: stdout === "" ? undefined : JSON.parse(stdout).sources?.[0] };
}

const rows = [1, 2, 3, 4, 5].map((n) => item(n));

function sendLinked(response: ServerResponse, items: readonly unknown[], link: string | undefined): void {
  response
    .writeHead(200, { "content-type": "application/json", ...(link !== undefined && { link }) })
    .end(JSON.stringify({ items }));
}

describe("the pages of a source", () => {
  it("are taken alike by page number from 0 or 1, by offset, by cursor and by link", async () => {
    const numbered = (param: string, toFrom: (n: number) => number) => (url: URL, _: unknown, response: ServerResponse) => {
      const from = toFrom(Number(url.searchParams.get(param)));
      send(response, { total: 5, items: rows.slice(from, from + 2) });
    };
    const opened = [
      await open(numbered("page", (n) => (n - 1) * 2)),
      await open(
        numbered("trang", (n) => n * 2),
        "",
        "style: page, size: 2, total: total, first: 0, param: trang",
      ),
      await open(
        numbered("offset", (n) => n),
        "",
        "style: offset, size: 2",
      ),
      await open(
        (url, _request, response) => {
          const from = Number(url.searchParams.get("cursor") ?? "0");
          send(response, { items: rows.slice(from, from + 2), next: from + 2 < 5 ? String(from + 2) : null });
        },
        "",
        "style: cursor, size: 2",
      ),
      await open(
        (url, _request, response) => {
          const from = Number(url.searchParams.get("tu") ?? "0");
          const link = `</rows?tu=0>; rel="first", <?tu=${from + 2}&tok=a,b>; title="x"; rel="next last"`;
          sendLinked(response, rows.slice(from, from + 2), from + 2 < 5 ? link : '</rows?tu=0>; rel="first"');
        },
        "",
        "style: link, size: 2",
      ),
      await open(
        (url, _request, response) => {
          const from = Number(url.searchParams.get("tu") ?? "0");
          const links = from + 2 < 5 ? { sau: `/rows?tu=${from + 2}` } : {};
          send(response, { items: rows.slice(from, from + 2), links });
        },
        "",
        "style: link, size: 2, next: links.sau",
      ),
    ];
    const caches = [];
    for (const { folder, asked } of opened) {
      const { code, source } = await sync(folder);
      // Where no total says that this was all, the next page is asked for.
      const pages = asked[0]?.includes("offset=") ? 4 : 3;
      expect([code, source.state, source.rows.read, asked.length]).toEqual([0, "done", 5, pages]);
      caches.push((await readCache(folder)).points);
    }
    for (const cache of caches) expect(cache).toEqual(caches[0]);
  });

  it("stop with what was read where the server sends the same page whatever number it is asked for", async () => {
    const { folder, asked } = await open((_url, _request, response) => send(response, { total: 9, items: rows.slice(0, 2) }));
    const { code, source } = await sync(folder);
    expect([code, source.state, source.rows.new, asked.length]).toEqual([7, "partial", 2, 2]);
    expect(source.reason).toContain("gave a page once more");
  });

  it("are asked for until one is empty, repeated or not there, where no total says how many rows there are", async () => {
    const { length } = rows;
    const few = (page: number, per: number) => rows.slice((page - 1) * per, page * per);
    const servers: ((page: number, response: ServerResponse) => void)[] = [
      // Gives fewer than it is asked for.
      (page, response) => send(response, { items: few(page, 1) }),
      // Cuts the page first and leaves rows out then.
      (page, response) =>
        send(response, { items: [rows.slice(0, 1), rows.slice(1, 3), rows.slice(3, 4), rows.slice(4), []][page - 1] }),
      // Has its last page again behind the end.
      (page, response) => send(response, { items: few(Math.min(page, 3), 2) }),
      (page, response) => (page > 3 ? send(response, {}, 404) : send(response, { items: few(page, 2) })),
    ];
    const read = await Promise.all(
      servers.map(async (answer) => {
        const { folder } = await open(
          (url, _request, response) => answer(Number(url.searchParams.get("page")), response),
          "      export: full\n",
          "style: page, size: 2",
        );
        const { code, source } = await sync(folder);
        return [code, source.state, source.rows.new, source.warnings];
      }),
    );
    expect(read).toEqual([
      [0, "done", length, []],
      [0, "done", length, []],
      [0, "done", length, []],
      [0, "done", length, []],
    ]);
  });

  it("are a part only, which proves nothing gone, where pages alternate or empty ones never end or the last is short of the total", async () => {
    const turning = await open(
      (url, _request, response) =>
        send(response, { items: Number(url.searchParams.get("page")) % 2 ? rows.slice(0, 2) : rows.slice(2, 4) }),
      "",
      "style: page, size: 2",
    );
    expect(await sync(turning.folder)).toMatchObject({
      code: 7,
      source: { reason: expect.stringContaining("gave a page once more") },
    });
    let n = 0;
    const empty = await open(
      (_url, _request, response) => send(response, { items: n++ === 0 ? rows.slice(0, 2) : [], next: String(n) }),
      "",
      "style: cursor, size: 2",
    );
    expect(await sync(empty.folder)).toMatchObject({
      code: 7,
      source: { reason: expect.stringContaining("10 empty pages in a row") },
    });
    let whole = true;
    const short = await open(
      (_url, _request, response) => send(response, { items: whole ? rows : rows.slice(0, 2), total: "5" }),
      "      export: full\n",
      "style: cursor, size: 5, total: total",
    );
    expect(await sync(short.folder)).toMatchObject({ code: 0 });
    whole = false;
    const { code, source } = await sync(short.folder);
    expect([code, source.state, source.warnings]).toEqual([7, "partial", []]);
    expect(source.reason).toContain("says there are 5 dossiers, but has no page after 2");
  });

  it("stop where a link turns in a circle, and are never asked of another server, which would get the token", async () => {
    const circle = await open(
      (url, _request, response) => {
        const at = Number(url.searchParams.get("p") ?? "0");
        sendLinked(response, [rows[at]], `</rows?p=${at === 1 ? 2 : 1}>; rel=next`);
      },
      "",
      "style: link, size: 1",
    );
    const turned = await sync(circle.folder);
    expect([turned.code, turned.source.reason]).toEqual([7, expect.stringContaining("same cursor twice")]);

    const thief = await open((_url, _request, response) => send(response, { items: [] }));
    const victim = await open(
      (_url, _request, response) => sendLinked(response, rows.slice(0, 1), `<${thief.origin}/rows>; rel="next"`),
      "      token: env:DESK\n",
      "style: link, size: 1",
    );
    const withToken = await runWardctl("sync", { cwd: victim.folder, env: { DESK: "kin" } });
    expect([withToken.code, thief.asked]).toEqual([5, []]);
    expect(withToken.stderr).toContain("the token is not sent to another server");
  });

  it("go on by offset after an interruption, and by link, without reading a page twice", async () => {
    for (const page of ["style: offset, size: 2, total: total", "style: link, size: 2"]) {
      const stop = new AbortController();
      const { folder, asked } = await open(
        (url, _request, response) => {
          const from = Number(url.searchParams.get("offset") ?? "0");
          if (from === 2) stop.abort();
          const next = from + 2 < 5 ? `<?offset=${from + 2}>; rel="next"` : undefined;
          response
            .writeHead(200, { "content-type": "application/json", ...(next && { link: next }) })
            .end(JSON.stringify({ total: 5, items: rows.slice(from, from + 2) }));
        },
        "",
        page,
      );
      expect((await runWardctl("sync", { cwd: folder, signal: stop.signal })).code).toBe(130);
      const kept = (await readCache(folder)).staged;
      const { source } = await sync(folder);
      expect(source).toMatchObject({ resumedAfter: kept, state: "done", rows: { read: 5, new: 5 } });
      expect(asked.filter((search) => search.includes("offset=0") || !search.includes("offset"))).toHaveLength(1);
    }
  });

  it("are asked for from now on at the latest, whatever a row says of the future", async () => {
    const { folder, asked } = await open(
      (_url, _request, response) => send(response, { total: 1, items: [item(1, { upd: "2099-01-01T00:00:00+07:00" })] }),
      "      sinceParam: since\n",
    );
    await sync(folder);
    await sync(folder);
    expect(asked.map((search) => new URLSearchParams(search).get("since"))).toEqual([null, "2025-07-03T09:45:00+07:00"]);
  });

  it("end in a failure at a server that promises more than it has, sends no list, half a document, or nothing but 503", async () => {
    let tries = 0;
    const cases: readonly (readonly [number, string, Parameters<typeof openPages>[0]])[] = [
      [5, "is empty", (_url, _request, response) => send(response, { total: 5, items: [] })],
      [3, "has no list at 'items'", (_url, _request, response) => send(response, { total: 5, rows })],
      [
        5,
        "is not JSON",
        (_url, _request, response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"items": [{"ho'),
      ],
      [
        5,
        "is busy (503)",
        (_url, _request, response) => {
          tries += 1;
          response.writeHead(503, { "retry-after": "0" }).end();
        },
      ],
    ];
    for (const [code, said, answer] of cases) {
      const { folder } = await open(answer);
      const result = await runWardctl("sync", { cwd: folder });
      expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(said)]);
      expect((await readCache(folder)).batches).toEqual([]);
    }
    expect(tries).toBe(3);
  });
});
