import { describe, expect, it } from "vitest";
import type { HttpClient, HttpRequest } from "../../../src/platform/http.ts";
import { createTokenSource } from "../../../src/platform/oauth2.ts";
import { createGrantedToken, createKeptToken } from "../../../src/provision/connectors/token.ts";

/** A token endpoint that gives t1, t2, … or always the same. */
function createGiver({ always }: { readonly always?: string } = {}) {
  const asked: HttpRequest[] = [];
  const http: HttpClient = {
    async send(request) {
      asked.push(request);
      await new Promise((next) => setImmediate(next));
      const body = JSON.stringify({ access_token: always ?? `t${asked.length}`, token_type: "Bearer", expires_in: 60 });
      return { status: 200, headers: { "content-type": "application/json" }, body };
    },
    close: async () => undefined,
  };
  const source = createTokenSource({
    tokenUrl: "https://sso.example/token",
    clientId: "ward:ctl",
    clientSecret: "s/e",
    scope: "scim",
    sendSecret: "header",
    http,
    readMonotonicMs: () => 0,
  });
  return { token: createGrantedToken(source), asked };
}

describe("a token by client credentials", () => {
  it("that was refused is renewed once for all whom it was refused to", async () => {
    const { token, asked } = createGiver();
    expect(await Promise.all([token.read(), token.read()])).toEqual(["t1", "t1"]);
    expect(await Promise.all([token.renew("t1"), token.renew("t1")])).toEqual(["t2", "t2"]);
    expect(await token.renew("t1")).toBe("t2");
    expect(asked).toHaveLength(2);
  });

  it("that is given once more is no other token than the one refused", async () => {
    const { token } = createGiver({ always: "same" });
    await token.read();
    expect(await token.renew("same")).toBeUndefined();
  });

  it("sends the client's secret in the header alone, encoded as RFC 6749 asks", async () => {
    const { token, asked } = createGiver();
    await token.read();
    const { headers, body, url } = asked[0]!;
    const authorization = Object.entries(headers!).find(([name]) => name.toLowerCase() === "authorization")![1];
    expect(Buffer.from(authorization.slice("Basic ".length), "base64").toString()).toBe("ward%3Actl:s%2Fe");
    expect(`${url} ${body}`).not.toContain("s/e");
    expect([...new URLSearchParams(body).entries()].sort()).toEqual([
      ["grant_type", "client_credentials"],
      ["scope", "scim"],
    ]);
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
