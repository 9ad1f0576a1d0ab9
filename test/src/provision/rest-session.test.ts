import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../../../src/platform/http.ts";
import { toReadAnswer } from "../../../src/provision/connectors/rest/answers.ts";
import { createSession } from "../../../src/provision/connectors/rest/session.ts";

const answered = (setCookies: readonly string[], more: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: "{}",
  setCookies,
  ...more,
});

function startSession(signIn: (n: number) => HttpAnswer) {
  let logins = 0;
  const session = createSession({
    system: "documents",
    base: "https://host",
    auth: { kind: "cookie", login: { post: "/login" }, expiredWhen: [{ status: [401] }] },
    values: {},
    http: { send: async () => signIn(++logins), close: async () => undefined },
    readMonotonicMs: () => 0,
  });
  return { session, countLogins: () => logins };
}

describe("a session by cookie", () => {
  it("is renewed once for all that were refused with the same pass, however late they say so", async () => {
    const { session, countLogins } = startSession((n) => answered([`s=${n}; Path=/; HttpOnly`]));
    const [first] = await Promise.all([session.open(), session.open()]);
    expect(first?.headers).toEqual({ cookie: "s=1" });
    session.discard(first?.pass);
    expect((await session.open()).headers).toEqual({ cookie: "s=2" });
    session.discard(first?.pass);
    expect((await session.open()).headers).toEqual({ cookie: "s=2" });
    expect(countLogins()).toBe(2);
  });

  it("takes what each answer prolongs, and lets go of what it ends", async () => {
    const { session } = startSession(() => answered(["s=1", "b=x=y; Expires=Thu, 03 Jul 2125 03:00:00 GMT"]));
    expect((await session.open()).headers).toEqual({ cookie: "s=1; b=x=y" });
    session.learn(answered(["s=2; Path=/", "b=; Max-Age=0", "=nameless"]));
    expect((await session.open()).headers).toEqual({ cookie: "s=2" });
  });

  it.each([
    ["no cookie", answered([])],
    ["a page with the form once more", answered(["s=1"], { headers: { "content-type": "text/html" }, body: "<form>" })],
    ["a refusal", answered(["s=1"], { status: 403 })],
    ["what is said of a session that is over", answered(["s=1"], { status: 401 })],
  ])("is none after %s: denied, and not tried again", async (_, answer) => {
    const { session, countLogins } = startSession(() => answer);
    await expect(session.open()).rejects.toMatchObject({ kind: "denied" });
    await expect(session.open()).rejects.toMatchObject({ kind: "denied" });
    expect(countLogins()).toBe(1);
  });

  it.each([
    ["a server's fault", answered([], { status: 502 })],
    ["a request to wait", answered([], { status: 429 })],
    ["an answer that was cut off", answered(["s=1"], { body: '{"ma":' })],
  ])("is not decided by %s: unavailable, and tried again", async (_, answer) => {
    const { session, countLogins } = startSession((n) => (n === 1 ? answer : answered(["s=2"])));
    await expect(session.open()).rejects.toMatchObject({ kind: "unavailable" });
    expect((await session.open()).headers).toEqual({ cookie: "s=2" });
    expect(countLogins()).toBe(2);
  });

  it("is over when the definition says so", () => {
    const { session } = startSession(() => answered(["s=1"]));
    expect(session.isOver(toReadAnswer(answered([], { status: 401 })))).toBe(true);
    expect(session.isOver(toReadAnswer(answered([])))).toBe(false);
  });
});
