import { afterEach, describe, expect, it } from "vitest";
import type { Connector } from "../../../src/provision/connector.ts";
import { connectRest } from "../../support/connect-rest.ts";
import { type Served, serve } from "../../support/serve.ts";

interface Answer {
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

let served: Served;
let connector: Connector;
let asked: string[];
afterEach(async () => {
  await connector.close();
  await served.stop();
});

/** A server of nothing but a list. */
async function start(list: string, answer: (url: URL) => Answer | undefined, auth = "kind: bearer, token: t"): Promise<void> {
  asked = [];
  served = await serve((request, response) => {
    const url = new URL(request.url ?? "", served.url);
    asked.push(`${request.headers.authorization ?? "-"} ${request.url}`);
    const found = answer(url);
    response.writeHead(found ? 200 : 404, { "content-type": "application/json", ...found?.headers });
    response.end(JSON.stringify(found?.body ?? {}));
  });
  const definition = `auth: { ${auth} }
list: ${list}
find: { id: { get: "/users/\${id}" } }
correlation: { strong: null, weak: /name }
account: { id: /id, active: { pointer: /on }, attributes: {} }
create: { post: /users, json: { name: "\${username}" } }
update: { patch: "/users/\${id}" }
`;
  connector = await connectRest({ url: `${served.url}/`, definition });
}

const people = Array.from({ length: 7 }, (_, n) => ({ id: n + 1, name: `u${n + 1}` }));
const pageOf = (n: number, size = 3): readonly object[] => people.slice(n * size, (n + 1) * size);
const sweepIds = async (): Promise<string[]> => (await connector.sweep()).map(({ id }) => id);
const all = ["1", "2", "3", "4", "5", "6", "7"];

describe("a list by pages", () => {
  it.each([0, 1])("numbered from %i", async (first) => {
    await start(`{ get: "/users?p=\${page}&n=\${limit}", paging: page, firstPage: ${first}, limit: 3 }`, (url) => ({
      body: pageOf(Number(url.searchParams.get("p")) - first),
    }));
    expect(await sweepIds()).toEqual(all);
  });

  it("by cursor, as text or number, until there is none", async () => {
    await start('{ get: "/users?c=${cursor}", items: /data, paging: cursor, next: /next }', (url) => {
      const n = Number(url.searchParams.get("c") ?? 0);
      return { body: { data: pageOf(n), next: n < 2 ? n + 1 : null } };
    });
    expect(await sweepIds()).toEqual(all);
  });

  it("by a cursor that comes back: no list", async () => {
    await start('{ get: "/users?c=${cursor}", items: /data, paging: cursor, next: /next }', () => ({
      body: { data: [], next: "x" },
    }));
    await expect(sweepIds()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("by the next page's address, relative or whole", async () => {
    await start("{ get: /users, items: /data, paging: next, next: /next }", (url) => {
      const n = Number(url.searchParams.get("p") ?? 0);
      const next = ["?p=1", `${served.url}/users?p=2`, ""][n];
      return { body: { data: pageOf(n), next } };
    });
    expect(await sweepIds()).toEqual(all);
  });

  it("by the header Link", async () => {
    await start("{ get: /users, paging: link }", (url) => {
      const n = Number(url.searchParams.get("p") ?? 0);
      const link = `<${served.url}/users?p=0&a=b,c>; rel="first"${n < 2 ? `, </users?p=${n + 1}&a=b,c>; title="x"; rel="last next"` : ""}`;
      return { body: pageOf(n), headers: { link } };
    });
    expect(await sweepIds()).toEqual(all);
  });

  it.each(["next", "link"])("%s points to another host: no list, and nothing is asked there", async (paging) => {
    let strangers = 0;
    const elsewhere = await serve((_, response) => {
      strangers += 1;
      response.writeHead(200, { "content-type": "application/json" }).end("[]");
    });
    await start(`{ get: /users, items: "", paging: ${paging}, next: /0/next }`, () => ({
      body: [{ id: 1, name: "u1", next: `${elsewhere.url}/users` }],
      headers: { link: `<${elsewhere.url}/users>; rel=next` },
    }));
    await expect(sweepIds()).rejects.toMatchObject({ kind: "unavailable" });
    await elsewhere.stop();
    expect(strangers).toBe(0);
  });

  it("in one answer, and the number that another address tells is held against it", async () => {
    let count: unknown = 7;
    await start("{ get: /users, paging: none, count: { get: /count, total: /n } }", (url) => ({
      body: url.pathname === "/count" ? { n: count } : people,
    }));
    expect(await sweepIds()).toEqual(all);
    for (const wrong of [6, 8, "many", null]) {
      count = wrong;
      await expect(sweepIds()).rejects.toMatchObject({ kind: "unavailable" });
    }
  });

  it.each([
    ["an account without an id", [{ name: "u1" }]],
    ["an account without a name", [{ id: 1 }]],
    ["one account twice", [people[0], people[0]]],
    ["no list", { error: "x" }],
  ])("with %s: no list", async (_, body) => {
    await start("{ get: /users, paging: none }", () => ({ body }));
    await expect(sweepIds()).rejects.toMatchObject({ kind: "unavailable" });
  });
});

describe("signing in", () => {
  it("by name and password, which may hold any letter", async () => {
    await start("{ get: /users, paging: none }", () => ({ body: people }), 'kind: basic, user: "quản", password: "mật:khẩu"');
    await sweepIds();
    expect(asked).toEqual([`Basic ${Buffer.from("quản:mật:khẩu").toString("base64")} /users`]);
  });
});
