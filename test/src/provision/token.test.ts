import { describe, expect, it } from "vitest";
import type { HttpClient, HttpRequest } from "../../../src/platform/http.ts";
import { createClientToken, createKeptToken } from "../../../src/provision/connectors/token.ts";

/** A token endpoint that gives t1, t2, … of one minute each. */
function createGiver() {
  let now = 0;
  const asked: HttpRequest[] = [];
  const http: HttpClient = {
    async send(request) {
      asked.push(request);
      await new Promise((next) => setImmediate(next));
      return { status: 200, headers: {}, body: JSON.stringify({ access_token: `t${asked.length}`, expires_in: 60 }) };
    },
    close: async () => undefined,
  };
  const token = createClientToken({
    system: "documents",
    url: "https://sso.example/token",
    clientId: "ward:ctl",
    scope: "scim",
    http,
    clock: { now: () => now, pinned: false },
    readClientSecret: async () => "s/e",
  });
  const pass = (seconds: number): void => {
    now += seconds * 1000;
  };
  return { token, asked, pass };
}

describe("a token by client credentials", () => {
  it("is fetched once for many, and again at 80 % of its life", async () => {
    const { token, asked, pass } = createGiver();
    expect(await Promise.all([token.read(), token.read(), token.read()])).toEqual(["t1", "t1", "t1"]);
    pass(47);
    expect(await token.read()).toBe("t1");
    pass(1);
    expect(await Promise.all([token.read(), token.read()])).toEqual(["t2", "t2"]);
    expect(asked).toHaveLength(2);
  });

  it("that was refused is renewed once for all whom it was refused to", async () => {
    const { token, asked } = createGiver();
    await token.read();
    expect(await Promise.all([token.renew("t1"), token.renew("t1")])).toEqual(["t2", "t2"]);
    expect(await token.renew("t1")).toBe("t2");
    expect(asked).toHaveLength(2);
  });

  it("sends the client's secret in the header alone, encoded as RFC 6749 asks", async () => {
    const { token, asked } = createGiver();
    await token.read();
    const { headers, body, url } = asked[0]!;
    expect(Buffer.from(headers!["authorization"]!.slice("Basic ".length), "base64").toString()).toBe("ward%3Actl:s%2Fe");
    expect(`${url} ${body}`).not.toContain("s/e");
    expect(body).toBe("grant_type=client_credentials&scope=scim");
  });

  it.each([
    [401, "denied"],
    [200, "denied"],
    [503, "unavailable"],
  ] as const)("that is not given (%i): %s, and the next asks again", async (status, kind) => {
    let answers = 0;
    const http: HttpClient = {
      async send() {
        answers += 1;
        return answers === 1 ? { status, headers: {}, body: "{}" } : { status: 200, headers: {}, body: '{"access_token":"t"}' };
      },
      close: async () => undefined,
    };
    const token = createClientToken({
      system: "documents",
      url: "https://sso.example/token",
      clientId: "c",
      scope: undefined,
      http,
      clock: { now: () => 0, pinned: false },
      readClientSecret: async () => "canary",
    });
    const failure = await token.read().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind });
    expect(JSON.stringify([(failure as Error).message, (failure as Error).stack])).not.toContain("canary");
    expect(await token.read()).toBe("t");
  });
});

describe("a token that is kept outside", () => {
  it("is read again when it is refused, since the file may hold a newer one", async () => {
    const values = ["old", "new", "new"];
    let reads = 0;
    const token = createKeptToken(async () => values[reads++] as string);
    expect([await token.read(), await token.read()]).toEqual(["old", "old"]);
    expect(await Promise.all([token.renew("old"), token.renew("old")])).toEqual(["new", "new"]);
    expect(await token.read()).toBe("new");
  });

  it("that is the same as the one refused is no other token", async () => {
    const token = createKeptToken(async () => "same");
    await token.read();
    expect(await token.renew("same")).toBeUndefined();
  });
});
