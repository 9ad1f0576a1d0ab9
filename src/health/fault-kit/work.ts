import type { Socket } from "node:net";
import type { Call, SignInSettings, SystemDuties } from "../duties/settings.ts";
import type { Reason } from "../reason.ts";
import type { Behaviour, Played, Stage } from "./behaviour.ts";
import { type CertificateName, kitHost } from "./certificates.ts";
import { playRefused } from "./connections.ts";
import { answer } from "./http-servers.ts";
import { startServer } from "./loopback-server.ts";

type Say = (socket: Socket) => void;

/** The connection stays open: a handshake for every request would be a load of our own. */
const keeps =
  (text: string): Say =>
  (socket) =>
    void socket.write(text.replaceAll("\n", "\r\n"));
const json = (status: string, value: unknown): Say => {
  const text = JSON.stringify(value);
  return keeps(`HTTP/1.1 ${status}\nContent-Type: application/json\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`);
};
const bare = (status: string, headers = ""): Say => keeps(`HTTP/1.1 ${status}\n${headers}Content-Length: 0\n\n`);
const silent: Say = () => undefined;

/** A system that does everything well: by method and path, what it says. */
const well: Readonly<Record<string, Say>> = {
  "GET /": answer("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"),
  "POST /login": json("200 OK", { token: "kit-token", expires: 600 }),
  "GET /me": json("200 OK", {}),
  "GET /queue": json("200 OK", { open: true }),
  "POST /fee": json("200 OK", { ok: true }),
  "GET /map": json("200 OK", {}),
  "POST /sent": json("201 Created", { id: "d1" }),
  "GET /inbox/d1": json("200 OK", { here: true }),
  "POST /inbox/d1/receipt": json("200 OK", {}),
  "GET /sent/d1": json("200 OK", { status: "received" }),
  "DELETE /sent/d1": bare("204 No Content"),
  "GET /gone/d1": bare("404 Not Found"),
  "GET /sync": json("200 OK", { at: "2999-01-01T00:00:00Z" }),
};

const expects = (call: Call, expect: NonNullable<Call["expect"]>): Call => ({ ...call, expect });
const canary: Omit<NonNullable<SystemDuties["canary"]>, "withinMs"> = {
  send: { post: "/sent", body: { key: "${canary}", unit: "${unit}" } },
  document: "/id",
  arrive: expects({ get: "/inbox/${document}" }, { "/here": true }),
  receipt: { post: "/inbox/${document}/receipt" },
  receipted: expects({ get: "/sent/${document}" }, { "/status": "received" }),
  recall: { delete: "/sent/d1" },
  gone: { get: "/gone/d1", status: [404] },
  everyHours: 8,
};

const toJsonSignIn = (origin: string): SignInSettings => ({
  kind: "json",
  url: `${origin}/login`,
  user: "probe",
  password: "env:KIT",
  verify: `${origin}/me`,
  body: { username: "${user}", password: "${password}" },
  token: "/token",
  expiresIn: "/expires",
  lifeMinutes: 15,
});
const toFormSignIn = (origin: string): SignInSettings => ({
  kind: "form",
  url: `${origin}/login`,
  user: "probe",
  password: "env:KIT",
  fields: { username: "${user}", password: "${password}" },
  cookie: "SID",
  lifeMinutes: 15,
});
const toOidcSignIn = (origin: string): SignInSettings => ({
  kind: "oidc",
  url: `${origin}/login`,
  user: "probe",
  password: "env:KIT",
});

interface Play {
  /** What is said otherwise than well. */
  readonly says?: Readonly<Record<string, Say>>;
  readonly signIn?: (origin: string) => SignInSettings;
  /** The sign-in stands behind a certificate of its own. */
  readonly certificate?: CertificateName;
  /** Nobody listens where the sign-in should be. */
  readonly nobody?: boolean;
}

/** One server plays the whole system; the page is always well, so that the layers below have nothing to say. */
async function play(
  { says = {}, signIn = toJsonSignIn, certificate, nobody }: Play,
  { host, certificates, deadlineMs }: Stage,
): Promise<Played> {
  const start = (name: CertificateName) => {
    const { certificate: cert, key } = certificates[name];
    return startServer(
      (socket, request) => {
        const [, method = "", path = ""] = /^(\S+) (\S+)/.exec(request) ?? [];
        const line = `${method} ${path}`;
        (says[line] ?? well[line] ?? bare("404 Not Found"))(socket);
      },
      { host, tls: { cert, key } },
    );
  };
  const server = await start("good");
  const beside = nobody ? await playRefused(host) : certificate && (await start(certificate));
  return {
    port: server.port,
    duties: {
      signIn: signIn(`https://${kitHost}:${(beside ?? server).port}`),
      services: {
        queue: expects({ get: "/queue" }, { "/open": true }),
        fee: expects({ post: "/fee", body: { amount: 0 } }, { "/ok": true }),
        map: { get: "/map" },
      },
      canary: { ...canary, withinMs: deadlineMs },
      freshness: { get: "/sync", lastSync: "/at", floorMinutes: 60 },
    },
    stop: async () => {
      await server.stop();
      await beside?.stop();
    },
  };
}

type Row = readonly [id: string, vi: string, en: string, expected: Reason | undefined, play: Play, throughProxy?: Reason];

const login = (say: Say, signIn?: Play["signIn"]): Play => ({ says: { "POST /login": say }, ...(signIn && { signIn }) });

const signIns: readonly Row[] = [
  ["work-ok", "đăng nhập, dịch vụ, văn bản thử và đồng bộ đều tốt", "signs in, serves, carries and syncs well", undefined, {}],
  [
    "work-ok-form",
    "đăng nhập tốt bằng biểu mẫu",
    "signs in well by a form",
    undefined,
    login(bare("302 Found", "Location: /\nSet-Cookie: SID=kit; Secure\n"), toFormSignIn),
  ],
  [
    "work-ok-oidc",
    "đăng nhập tốt bằng mã máy khách",
    "signs in well by client credentials",
    undefined,
    login(json("200 OK", { access_token: "kit", token_type: "Bearer", expires_in: 60 }), toOidcSignIn),
  ],
  ["auth-401", "từ chối đăng nhập (401)", "refuses the sign-in (401)", "auth.reject", login(json("401 Unauthorized", {}))],
  [
    "auth-403",
    "cấm tài khoản kiểm tra (403)",
    "forbids the probe account (403)",
    "auth.reject",
    login(json("403 Forbidden", {})),
  ],
  [
    "auth-locked",
    "tài khoản kiểm tra bị khóa (423)",
    "the probe account is locked (423)",
    "auth.reject",
    login(json("423 Locked", {})),
  ],
  [
    "auth-invalid-client",
    "không nhận mã máy khách",
    "does not take the client's secret",
    "auth.reject",
    login(json("400 Bad Request", { error: "invalid_client" }), toOidcSignIn),
  ],
  [
    "auth-form-again",
    "hiện lại biểu mẫu đăng nhập",
    "shows the sign-in form again",
    "auth.reject",
    login(answer("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 7\n\n<form/>"), toFormSignIn),
  ],
  ["auth-500", "đăng nhập báo lỗi 500", "reports 500 at the sign-in", "auth.5xx", login(json("500 Oops", {}))],
  ["auth-503", "đăng nhập báo lỗi 503", "reports 503 at the sign-in", "auth.5xx", login(bare("503 Service Unavailable"))],
  [
    "auth-503-form",
    "biểu mẫu đăng nhập báo lỗi 502",
    "reports 502 at the sign-in form",
    "auth.5xx",
    login(bare("502 Bad Gateway"), toFormSignIn),
  ],
  [
    "auth-429",
    "nói rằng đăng nhập quá nhanh (429)",
    "says that we sign in too fast (429)",
    "auth.limited",
    login(bare("429 Too Many")),
  ],
  ["auth-no-token", "nhận đăng nhập mà không cấp mã", "accepts and gives no token", "auth.answer", login(json("200 OK", {}))],
  [
    "auth-page",
    "trả trang cho người thay cho mã",
    "answers with a page for people",
    "auth.answer",
    login(answer("HTTP/1.1 200 OK\nConnection: close\nContent-Length: 6\n\n<html>")),
  ],
  ["auth-404", "không có nơi đăng nhập", "has no such sign-in", "auth.answer", login(bare("404 Not Found"))],
  [
    "auth-elsewhere",
    "chuyển đăng nhập sang nơi khác",
    "redirects the sign-in elsewhere",
    "auth.answer",
    login(bare("302 Found", "Location: https://elsewhere.test/\n")),
  ],
  [
    "auth-dead-token",
    "cấp mã mà chính nó không nhận",
    "gives a token that it does not take itself",
    "auth.answer",
    { says: { "GET /me": json("401 Unauthorized", {}) } },
  ],
  [
    "auth-me-500",
    "nhận mã rồi báo lỗi 500",
    "takes the token and reports 500",
    "auth.5xx",
    { says: { "GET /me": bare("500 Oops") } },
  ],
  ["auth-garbage", "gửi rác khi đăng nhập", "sends garbage at the sign-in", "auth.down", login(answer("220 hello\n"))],
  ["auth-closed", "đóng khi đăng nhập", "closes at the sign-in", "auth.down", login((socket) => void socket.end())],
  ["auth-reset", "cắt khi đăng nhập", "resets at the sign-in", "auth.down", login((socket) => void socket.destroy())],
  [
    "auth-truncated",
    "đăng nhập bị đứt giữa chừng",
    "breaks off at the sign-in",
    "auth.down",
    login(answer('HTTP/1.1 200 OK\nContent-Length: 90\n\n{"token":')),
  ],
  ["auth-silent", "im lặng khi đăng nhập", "silent at the sign-in", "auth.timeout", login(silent)],
  ["auth-nobody", "không ai ở nơi đăng nhập", "nobody at the sign-in's port", "auth.down", { nobody: true }, "proxy.gateway"],
  [
    "auth-expired",
    "chứng thư nơi đăng nhập hết hạn",
    "the sign-in's certificate expired",
    "auth.tls",
    { certificate: "expired" },
  ],
  [
    "auth-host",
    "chứng thư nơi đăng nhập của tên khác",
    "the sign-in's certificate is for another name",
    "auth.tls",
    { certificate: "foreign" },
  ],
  [
    "auth-stranger",
    "chứng thư nơi đăng nhập không có gốc tin cậy",
    "the sign-in's certificate has a root nobody trusts",
    "auth.tls",
    { certificate: "chainless" },
  ],
];

const says = (line: string, say: Say): Play => ({ says: { [line]: say } });

const functions: readonly Row[] = [
  ["queue-closed", "hàng đợi đóng", "the queue is closed", "rt.queue", says("GET /queue", json("200 OK", { open: false }))],
  ["queue-500", "hàng đợi báo lỗi 500", "the queue reports 500", "rt.queue", says("GET /queue", bare("500 Oops"))],
  ["queue-silent", "hàng đợi im lặng", "the queue is silent", "rt.queue", says("GET /queue", silent)],
  [
    "queue-429",
    "hàng đợi nói ta hỏi quá nhanh",
    "the queue says that we ask too fast",
    "rt.limited",
    says("GET /queue", bare("429 Slow")),
  ],
  [
    "fee-503",
    "cổng thu phí báo lỗi 503",
    "the fee gateway reports 503",
    "rt.fee",
    says("POST /fee", bare("503 Service Unavailable")),
  ],
  ["fee-no", "cổng thu phí nói không", "the fee gateway says no", "rt.fee", says("POST /fee", json("200 OK", { ok: false }))],
  ["service-404", "thiếu một dịch vụ khác", "another service is missing", "rt.service", says("GET /map", bare("404 Not Found"))],
  [
    "canary-refused",
    "không nhận văn bản thử",
    "does not take the test document",
    "rt.fail",
    says("POST /sent", json("422 No", {})),
  ],
  [
    "canary-lost",
    "văn bản thử không tới xã",
    "the test document never arrives",
    "rt.fail",
    says("GET /inbox/d1", bare("404 Not Found")),
  ],
  [
    "canary-other",
    "xã nhận văn bản khác",
    "another document arrives",
    "rt.fail",
    says("GET /inbox/d1", json("200 OK", { here: false })),
  ],
  [
    "canary-no-receipt",
    "trung tâm không thấy xác nhận",
    "the centre sees no receipt",
    "rt.fail",
    says("GET /sent/d1", json("200 OK", { status: "sent" })),
  ],
  [
    "canary-receipt-500",
    "xã không xác nhận được",
    "the ward cannot give its receipt",
    "rt.fail",
    says("POST /inbox/d1/receipt", bare("500 Oops")),
  ],
  [
    "canary-stays",
    "nói đã thu hồi mà văn bản còn",
    "says recalled, and it is still there",
    "rt.fail",
    says("GET /gone/d1", json("200 OK", {})),
  ],
];

const syncs: readonly Row[] = [
  [
    "sync-old",
    "lần đồng bộ gần nhất đã lâu",
    "the last sync was long ago",
    "rt.stale",
    says("GET /sync", json("200 OK", { at: "2020-01-01T00:00:00Z" })),
  ],
  ["sync-none", "không nói lần đồng bộ", "does not say when it synced", "rt.sync", says("GET /sync", json("200 OK", {}))],
  [
    "sync-nonsense",
    "nói một ngày vô nghĩa",
    "gives a date that is none",
    "rt.sync",
    says("GET /sync", json("200 OK", { at: "32/13" })),
  ],
  ["sync-500", "báo lỗi khi hỏi đồng bộ", "reports 500 when asked of syncs", "rt.sync", says("GET /sync", bare("500 Oops"))],
];

export const work: readonly Behaviour[] = [...signIns, ...functions, ...syncs].map(
  ([id, vi, en, expected, how, throughProxy]) => ({
    id,
    family: "work",
    words: { vi, en },
    scheme: "https",
    expected,
    throughProxy,
    play: (stage) => play(how, stage),
  }),
);
