import { afterEach, describe, expect, it } from "vitest";
import type { Account } from "../../../src/provision/account.ts";
import type { Connector } from "../../../src/provision/connector.ts";
import { makeAccount } from "../../contract/connector.contract.ts";
import { connectRest } from "../../support/connect-rest.ts";
import { type Served, serve } from "../../support/serve.ts";

interface Seen {
  readonly line: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

let served: Served;
let connector: Connector;
let seen: Seen[];
let answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
afterEach(async () => {
  await connector.close();
  await served.stop();
});

/** A server that answers each writing as it is told, and a reading with a record of many digits. */
async function start(parts: string): Promise<void> {
  seen = [];
  answer = { status: 200, body: "{}" };
  served = await serve((request, response, body) => {
    if (request.method === "GET") {
      response.end('{"id":12345678901234567890,"name":"user1","on":true,"salary":1.50,"title":"cũ"}');
      return;
    }
    seen.push({ line: `${request.method} ${request.url}`, body, headers: request.headers });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  const definition = `auth: { kind: none }
headers: { X-Api-Key: "\${secret.key}" }
list: { get: /users, paging: none }
find: { id: { get: "/users/\${id}" } }
correlation: { strong: null, weak: /name }
account: { id: /id, active: { pointer: /on }, attributes: { title: /title, department: /place/0 } }
${parts}
`;
  connector = await connectRest({ url: served.url, definition, values: { "secret.key": "canary" } });
}

const id = "12345678901234567890";
const account: Account = {
  id,
  userName: "user1",
  externalId: undefined,
  active: true,
  attributes: { title: "cũ", department: null },
};
const creates = 'create: { post: /users, json: { name: "${username}" } }';

describe("a writing", () => {
  it("of a whole record keeps every digit of what it does not change", async () => {
    await start(`${creates}\nupdate: { put: "/users/\${id}" }`);
    const wanted = { ...account, attributes: { title: "mới", department: "P1" } };
    expect(await connector.patch(account, wanted, ["title", "department"])).toEqual({ outcome: "done", id });
    expect(seen.map(({ line, body }) => [line, body])).toEqual([
      [`PUT /users/${id}`, `{"id":${id},"name":"user1","on":true,"salary":1.50,"title":"mới","place":["P1"]}`],
    ]);
    expect(seen[0]?.headers["x-api-key"]).toBe("canary");
  });

  it("of changes sends those alone, null for what goes", async () => {
    await start(`${creates}\nupdate: { patch: "/users/\${id}" }`);
    await connector.patch(account, { ...account, active: false, attributes: { title: null, department: "P1" } }, [
      "title",
      "department",
      "active",
    ]);
    expect(seen.map(({ line, body }) => [line, body])).toEqual([
      [`PATCH /users/${id}`, '{"title":null,"place":["P1"],"on":false}'],
    ]);
  });

  it("that opens or locks goes to an address of its own where there is one", async () => {
    await start(`${creates}
update: { post: "/users/\${id}", sends: changes }
disable: { post: "/users/\${id}/lock", form: { why: "left \${id}" } }
enable: { put: "/users/\${id}/open" }`);
    await connector.setActive(id, true);
    await connector.patch(account, { ...account, active: false, attributes: { title: "mới" } }, ["title", "active"]);
    expect(seen.map(({ line, body }) => [line, body])).toEqual([
      [`PUT /users/${id}/open`, ""],
      [`POST /users/${id}`, '{"title":"mới"}'],
      [`POST /users/${id}/lock`, `why=left+${id}`],
    ]);
    answer = { status: 500 };
    const both = await connector.patch(account, { ...account, active: false, attributes: { title: "mới" } }, ["title", "active"]);
    expect(both.outcome).toBe("unknown");
    expect(seen.at(-1)?.line).toBe(`POST /users/${id}`);
  });

  it("of a new account carries the same key whenever it is the same account", async () => {
    const create =
      'create: { post: /users, form: { n: "${username}", p: "${phone}" }, id: [{ header: X-Id }, { pointer: /new/id }] }';
    await start(`${create}\nupdate: { patch: "/users/\${id}" }\nlimits: { idempotencyHeader: Idempotency-Key }`);
    answer = { status: 200, body: `{"new":{"id":${id}}}` };
    expect(await connector.create(makeAccount(1))).toEqual({ outcome: "done", id });
    answer = { status: 200, body: "{}", headers: { "x-id": "77" } };
    expect(await connector.create(makeAccount(1))).toEqual({ outcome: "done", id: "77" });
    await connector.create(makeAccount(2));
    const [first, second, other] = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(first).toMatch(/^[0-9a-f]{36}$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(seen[0]?.body).toBe("n=user1");
  });

  it.each([
    [201, "done"],
    [400, "refused"],
    [404, "refused"],
    [408, "unknown"],
    [500, "unknown"],
    [502, "unknown"],
    [504, "unknown"],
    [302, "unknown"],
  ] as const)("answered with %i: %s", async (status, outcome) => {
    await start(`${creates}\nupdate: { patch: "/users/\${id}" }`);
    answer = { status, headers: status === 302 ? { location: "/somewhere" } : {} };
    expect((await connector.create(makeAccount(1))).outcome).toBe(outcome);
    expect(seen).toHaveLength(1);
  });

  it.each([401, 403])("answered with %i is denied: nothing more is to be sent", async (status) => {
    await start(`${creates}\nupdate: { patch: "/users/\${id}" }`);
    answer = { status };
    await expect(connector.create(makeAccount(1))).rejects.toMatchObject({ kind: "denied" });
  });

  it("of an account that cannot be read first is not sent", async () => {
    await start(`${creates}\nupdate: { put: "/users/\${id}" }`);
    expect(await connector.setActive("4711", false)).toMatchObject({ outcome: "refused", conflict: false });
    expect(seen).toEqual([]);
  });

  it("is not begun with a header that would break the line", async () => {
    await start(`${creates}\nupdate: { put: "/users/\${id}" }`);
    const definition =
      'auth: { kind: none }\nheaders: { X-Key: "${secret.key}" }\nlist: { get: /u, paging: none }\nfind: { id: { get: "/u/${id}" } }\ncorrelation: { strong: null, weak: /n }\naccount: { id: /id, active: { pointer: /on }, attributes: {} }\ncreate: { post: /u }\nupdate: { patch: "/u/${id}" }\n';
    const opening = connectRest({ url: served.url, definition, values: { "secret.key": "canary\r\nX: 1" } });
    await expect(opening).rejects.toMatchObject({ kind: "invalid" });
    await expect(opening).rejects.not.toThrow(/canary/);
  });
});
