import { describe, expect, it } from "vitest";
import type { Flow, FlowAnswer } from "../../../src/health/duties/flow.ts";
import { findHidden } from "../../../src/health/duties/form-token.ts";
import type { SignInSettings } from "../../../src/health/duties/settings.ts";
import { requestSignIn } from "../../../src/health/duties/sign-in-request.ts";
import type { HttpRequest } from "../../../src/platform/http.ts";

const url = "https://documents.test/login";
const page = '<form><input type=hidden value="a&amp;b&#43;c" name=\'_csrf\'><input name="username"></form>';
const tokenInPage = "a&b+c";

/** Gives a session and a token with the page, and lets in who brings both back. */
function play(got: Partial<FlowAnswer>, isLetIn: (request: HttpRequest) => boolean): { flow: Flow; sent: HttpRequest[] } {
  const sent: HttpRequest[] = [];
  const reply = (of: Partial<FlowAnswer>): FlowAnswer => {
    return { kind: "answer", status: 200, headers: {}, setCookies: [], text: "", json: undefined, ...of };
  };
  const send = async (request: HttpRequest): Promise<FlowAnswer> => {
    sent.push(request);
    if (request.method === "GET") return reply(got);
    return isLetIn(request) ? reply({ status: 302, setCookies: ["SID=in; HttpOnly"] }) : reply({ status: 403 });
  };
  return { flow: { send, close: async () => undefined }, sent };
}

const signIn = (flow: Flow, formToken: Extract<SignInSettings, { readonly kind: "form" }>["formToken"]) =>
  requestSignIn({
    settings: {
      kind: "form",
      url,
      user: "probe",
      password: "env:P",
      fields: { username: "${user}", password: "${password}" },
      cookie: "SID",
      lifeMinutes: 15,
      formToken,
    },
    url,
    password: "secret",
    flow,
    now: () => 0,
  });

describe("a form that wants its token back", () => {
  it("gets the hidden field and the page's cookies, once", async () => {
    const { flow, sent } = play(
      { text: page, setCookies: ["SID=out; Path=/", "lang=vi"] },
      ({ body, headers }) => new URLSearchParams(body).get("_csrf") === tokenInPage && headers?.["cookie"] === "SID=out; lang=vi",
    );
    expect(await signIn(flow, { page: "/form", field: "_csrf" })).toMatchObject({ kind: "token", token: { value: "SID=in" } });
    expect(sent.map(({ method, url: to }) => `${method} ${to}`)).toEqual(["GET https://documents.test/form", `POST ${url}`]);
  });

  it("gets a cookie's value back in a header", async () => {
    const { flow } = play(
      { setCookies: ["XSRF-TOKEN=x%3D1; Path=/"] },
      ({ headers }) => headers?.["x-xsrf-token"] === "x=1" && headers["cookie"] === "XSRF-TOKEN=x%3D1",
    );
    expect(await signIn(flow, { cookie: "XSRF-TOKEN", header: "X-XSRF-TOKEN" })).toMatchObject({ kind: "token" });
  });

  it("is not sent where the page has no token: the account is not refused for it", async () => {
    const { flow, sent } = play({ text: "<form></form>" }, () => false);
    expect(await signIn(flow, { field: "_csrf" })).toEqual({ kind: "senseless" });
    const broken = play({ status: 503 }, () => false);
    expect(await signIn(broken.flow, { field: "_csrf" })).toEqual({ kind: "broken" });
    expect([...sent, ...broken.sent].map(({ method }) => method)).toEqual(["GET", "GET"]);
  });
});

describe("a hidden field", () => {
  it("is found whatever the order and quotes of its attributes, and in a meta of its name", () => {
    expect(findHidden(page, "_csrf")).toBe(tokenInPage);
    expect(findHidden("<INPUT NAME=t VALUE=5>", "t")).toBe("5");
    expect(findHidden('<meta name="csrf-token" content="m1"/>', "csrf-token")).toBe("m1");
    expect(findHidden('<input data-name="t" value="5">', "t")).toBeUndefined();
  });
});
