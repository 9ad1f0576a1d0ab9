import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/platform/failure.ts";
import type { HttpAnswer, HttpClient } from "../../../src/platform/http.ts";
import { createTokenSource, type TokenSource } from "../../../src/platform/oauth2.ts";

const tokenUrl = "http://127.0.0.1:1/token";

/** A token server in this process; `answer` may be replaced, the time moved on. */
function startSource(more: Partial<Parameters<typeof createTokenSource>[0]> = {}) {
  const world = {
    nowMs: 0,
    given: 0,
    sent: [] as { url: string; body: string; authorization: string }[],
    answer: (): HttpAnswer => give(60),
  };
  function give(expires_in: number | undefined): HttpAnswer {
    world.given += 1;
    const body = JSON.stringify({ access_token: `token-${world.given}`, token_type: "bearer", expires_in });
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const http: HttpClient = {
    async send({ url, body = "", headers = {} }) {
      const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";
      world.sent.push({ url, body, authorization });
      return world.answer();
    },
    close: async () => undefined,
  };
  const source: TokenSource = createTokenSource({
    tokenUrl,
    clientId: "wardctl",
    clientSecret: "canary:/+ đ",
    sendSecret: "body",
    http,
    readMonotonicMs: () => world.nowMs,
    ...more,
  });
  return { source, world, give };
}

const down = (): HttpAnswer => {
  throw new Failure("unavailable", { vi: "x", en: "the token server is down" });
};

describe("a token source", () => {
  it("renews at 80 % of a token's life and not before", async () => {
    const { source, world } = startSource();
    expect(await source.read()).toBe("token-1");
    world.nowMs = 47_999;
    expect(await source.read()).toBe("token-1");
    world.nowMs = 48_000;
    expect(await source.read()).toBe("token-2");
  });

  it("fetches one token for all that ask at once", async () => {
    const { source, world } = startSource();
    expect(await Promise.all([source.read(), source.read(), source.read()])).toEqual(["token-1", "token-1", "token-1"]);
    expect(world.given).toBe(1);
  });

  it("fetches another when one is refused, but only one for all that were refused the same", async () => {
    const { source, world } = startSource();
    const token = await source.read();
    source.discard(token);
    expect(await source.read()).toBe("token-2");
    source.discard(token);
    expect(await source.read()).toBe("token-2");
    expect(world.given).toBe(2);
  });

  it("lives on in the last fifth while the token server is down, and fails after it", async () => {
    const { source, world } = startSource();
    await source.read();
    world.answer = down;
    world.nowMs = 59_000;
    expect(await source.read()).toBe("token-1");
    world.nowMs = 60_000;
    await expect(source.read()).rejects.toMatchObject({ kind: "unavailable", words: { en: "the token server is down" } });
  });

  it("keeps a token that tells no life until it is refused", async () => {
    const { source, world, give } = startSource();
    world.answer = () => give(undefined);
    await source.read();
    world.nowMs = 1e12;
    expect(await source.read()).toBe("token-1");
  });

  it("sends the secret in the body or in the header, as the server wants it", async () => {
    const inBody = startSource({ scope: "accounts" });
    await inBody.source.read();
    const form = new URLSearchParams(inBody.world.sent[0]?.body);
    expect([form.get("client_secret"), form.get("scope"), form.get("grant_type")]).toEqual([
      "canary:/+ đ",
      "accounts",
      "client_credentials",
    ]);
    const inHeader = startSource({ sendSecret: "header" });
    await inHeader.source.read();
    expect(inHeader.world.sent[0]?.body).not.toContain("canary");
    expect(inHeader.world.sent[0]?.authorization).toMatch(/^Basic /);
  });

  it.each([
    [401, '{"error":"invalid_client","error_description":"canary:/+ đ"}', "denied"],
    [401, "{}", "denied"],
    [403, "<html>canary:/+ đ</html>", "denied"],
    [200, '{"access_token":', "unavailable"],
    [503, "canary:/+ đ", "unavailable"],
  ] as const)("answered with %i is a failure that quotes nothing of the answer", async (status, body, kind) => {
    const { source, world } = startSource();
    world.answer = () => ({ status, headers: { "content-type": "application/json" }, body });
    const failure = (await source.read().catch((error: unknown) => error)) as Failure;
    expect(failure.kind).toBe(kind);
    expect(JSON.stringify([failure.words, failure.hint, failure.stack])).not.toContain("canary");
  });

  it("is told of a wrong secret in a header", async () => {
    const { source, world } = startSource({ sendSecret: "header" });
    const headers = { "www-authenticate": 'Basic realm="x", error="invalid_client", error_description="canary"' };
    world.answer = () => ({ status: 401, headers, body: "{}" });
    const failure = (await source.read().catch((error: unknown) => error)) as Failure;
    expect(failure).toMatchObject({ kind: "denied", words: { en: "127.0.0.1:1 gives no access token (invalid_client)" } });
  });

  it("sends no secret over an open line to another machine", async () => {
    const { source, world } = startSource({ tokenUrl: "http://login.example.vn/token" });
    await expect(source.read()).rejects.toMatchObject({ kind: "denied" });
    expect(world.sent).toEqual([]);
  });
});
