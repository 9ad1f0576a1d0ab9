import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { joinOutcomes } from "../../../commands/receipt.ts";
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

  it("are doubted where rows moved while they were read, which proves nothing gone and moves no mark", async () => {
    const now = "2025-07-03T09:59:00+07:00";
    const moved = [item(1), item(3), item(4), item(5), item(2, { upd: now })];
    const cases: readonly (readonly [string, (page: number, first: boolean) => readonly unknown[], string])[] = [
      ["5 ≠ 4", (page, first) => (first ? rows : moved).slice((page - 1) * 2, page * 2), "gave 4 different ones"],
      ["5 → 4", (page, first) => (first ? rows : rows.slice(1)).slice((page - 1) * 2, page * 2), "fell from 5 to 4"],
      ["6 ≠ 5", (page, first) => (first ? rows : [item(9), ...rows]).slice((page - 1) * 2, page * 2), "gave 5 different ones"],
    ];
    for (const [note, give, doubt] of cases) {
      let first = true;
      const total = { "5 ≠ 4": [5, 5], "5 → 4": [5, 4], "6 ≠ 5": [5, 6] }[note] as [number, number];
      const { folder, asked } = await open((url, _request, response) => {
        send(response, { total: total[first ? 0 : 1], items: give(Number(url.searchParams.get("page")), first) });
        first = false;
      }, "      export: changes\n      sinceParam: since\n");
      const { code, source } = await sync(folder);
      expect([code, source.state, source.doubts]).toEqual([8, "done", [expect.stringContaining(doubt)]]);
      expect(source.warnings).toContainEqual(expect.objectContaining({ code: "W-DECLARED", note }));
      await sync(folder);
      const since = new URLSearchParams(asked.at(-1)).get("since");
      // A row that was added is asked for by its own time; one that was passed over is not.
      expect(since).toEqual(note === "6 ≠ 5" ? "2025-07-03T07:50:00+07:00" : null);
    }
  });

  it("are not doubted where a source tells a dossier's events one by one", async () => {
    const events = [item(1), item(1, { upd: "2025-07-03T08:30:00+07:00", ch: 1, got: "2025-07-03T08:10:00+07:00" }), item(2)];
    const { folder } = await open((url, _request, response) =>
      send(response, { total: 3, items: url.searchParams.get("page") === "1" ? events.slice(0, 2) : events.slice(2) }),
    );
    expect(await sync(folder)).toMatchObject({ code: 0, source: { doubts: [], rows: { read: 3 } } });
  });

  it("are not taken for all there is where the profile's paths lead nowhere", async () => {
    const cases: readonly (readonly [string, number, string, Record<string, unknown>])[] = [
      ["style: page, size: 2, total: tong", 3, "no number at 'tong' (page.total)", { items: rows, total: 5 }],
      ["style: page, size: 2, total: total", 3, "no number at 'total' (page.total)", { items: rows, total: "5 hồ sơ" }],
      ["style: cursor, size: 5", 3, "'next' in the answer", { items: rows, next: { after: "x" } }],
      ["style: cursor, size: 5", 8, "the first page is full and has no 'next'", { items: rows, paging: { next: "x" } }],
      ["style: cursor, size: 6", 0, "", { items: rows }],
    ];
    for (const [page, code, said, answer] of cases) {
      const { folder } = await open((_url, _request, response) => send(response, answer), "", page);
      const result = await runWardctl("sync", { cwd: folder });
      expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(said)]);
    }
  });

  it("are read packed, as a bare list, and however deep what is not taken of them goes", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const packed = await open((_url, _request, response) => {
      const text = JSON.stringify({ total: 5, items: rows.map((row, at) => (at === 0 ? { ...row, x: "DEEP" } : row)) });
      response
        .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
        .end(gzipSync(text.replace('"DEEP"', deep)));
    });
    expect(await sync(packed.folder)).toMatchObject({ code: 0, source: { rows: { new: 5 } } });
    const bare = await open(
      (url, _request, response) => send(response, url.searchParams.get("page") === "1" ? rows : []),
      "",
      'style: page, size: 2, items: "$"',
    );
    expect(await sync(bare.folder)).toMatchObject({ code: 0, source: { rows: { new: 5 } } });
  });

  it("are told from a bomb, a login page with the type of data, another address, and a server that wants hours", async () => {
    const cases: readonly (readonly [number, string, (response: ServerResponse) => unknown])[] = [
      [
        5,
        "more than 16 MB at once",
        (response) =>
          response
            .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
            .end(gzipSync(Buffer.alloc(17 * 1024 * 1024, 0x20))),
      ],
      [4, "a login page", (response) => response.writeHead(200, { "content-type": "application/json" }).end(" <!DOCTYPE html>")],
      [
        4,
        "sends on to http://127.0.0.1:9/new (301)",
        (response) => response.writeHead(301, { location: "http://127.0.0.1:9/new?ticket=secret" }).end(),
      ],
      [5, "to be left alone for 120 minutes", (response) => response.writeHead(429, { "retry-after": "7200" }).end()],
    ];
    for (const [code, said, answer] of cases) {
      const { folder, asked } = await open((_url, _request, response) => void answer(response));
      const result = await runWardctl("sync", { cwd: folder });
      expect([result.code, result.stderr]).toEqual([code, expect.stringContaining(said)]);
      expect([result.stderr.includes("secret"), asked.length]).toEqual([false, code === 5 && said.includes("MB") ? 3 : 1]);
    }
  });

  it("are begun of no source after Ctrl-C, and where every source fails nothing is called done in part", async () => {
    const stopped = new AbortController();
    stopped.abort();
    const { folder, asked } = await open((_url, _request, response) => send(response, { total: 5, items: rows }));
    expect((await runWardctl("sync", { cwd: folder, signal: stopped.signal })).code).toBe(130);
    expect(asked).toEqual([]);
    expect(joinOutcomes(["denied", "unavailable"])).toBe("unavailable");
    expect(joinOutcomes(["denied", "invalid"])).toBe("denied");
    expect(joinOutcomes(["denied", "attention"])).toBe("partial");
    expect(joinOutcomes(["ok", "cancelled"])).toBe("cancelled");
  });
});
