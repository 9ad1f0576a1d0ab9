import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Reason } from "../reason.ts";
import type { Behaviour, Stage } from "./behaviour.ts";
import { playBlackhole, playRefused } from "./connections.ts";
import { answer, fine } from "./http-servers.ts";
import { type LoopbackServer, startBareServer, startServer } from "./loopback-server.ts";

type Behave = (socket: Socket, stage: Stage) => void;
type Scheme = Behaviour["scheme"];
type Row = readonly [
  id: string,
  vi: string,
  en: string,
  scheme: Scheme,
  expected: Reason,
  behave: Behave | "refused" | "blackhole",
];

const page = "<!doctype html><html><body>Trang nội bộ</body></html>";
const says = (status: string, headers = ""): Behave => answer(`HTTP/1.1 ${status}\n${headers}Content-Length: 0\n\n`);
const asks = (scheme: string): Behave => says("407 Proxy Authentication Required", `Proxy-Authenticate: ${scheme}\n`);

/** Opens the tunnel, and then TLS itself, with a certificate of its own authority. */
const inspects: Behave = (socket, { certificates }) => {
  socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
  const { certificate: cert, key } = certificates.chainless;
  const inner = new TLSSocket(socket, { isServer: true, cert, key });
  inner.on("error", () => undefined);
  inner.once("data", () => fine(inner));
};

const rows: readonly Row[] = [
  ["proxy-ntlm", "proxy đòi đăng nhập bằng NTLM", "a proxy that wants a sign-in by NTLM", "https", "proxy.auth", asks("NTLM")],
  [
    "proxy-basic",
    "proxy đòi đăng nhập bằng Basic",
    "a proxy that wants a sign-in by Basic",
    "https",
    "proxy.auth",
    asks('Basic realm="x"'),
  ],
  [
    "proxy-basic-plain",
    "proxy đòi đăng nhập, không TLS",
    "a proxy that wants a sign-in, without TLS",
    "http",
    "proxy.auth",
    asks('Basic realm="x"'),
  ],
  [
    "proxy-policy",
    "proxy chặn theo chính sách (503)",
    "a proxy that blocks by policy (503)",
    "https",
    "proxy.policy",
    says("503 Service Unavailable"),
  ],
  [
    "proxy-forbidden",
    "proxy chặn theo chính sách (403)",
    "a proxy that blocks by policy (403)",
    "https",
    "proxy.policy",
    says("403 Forbidden"),
  ],
  [
    "proxy-policy-plain",
    "proxy chặn theo chính sách, không TLS",
    "a proxy that blocks by policy, without TLS",
    "http",
    "proxy.policy",
    says("403 Forbidden", "X-Squid-Error: ERR_ACCESS_DENIED 0\n"),
  ],
  [
    "proxy-gateway",
    "proxy báo không tới được đích (502)",
    "a proxy that cannot reach the target (502)",
    "https",
    "proxy.gateway",
    says("502 Bad Gateway"),
  ],
  [
    "proxy-html",
    "proxy trả lời bằng một trang",
    "a proxy that answers with a page",
    "https",
    "proxy.garbage",
    answer(`HTTP/1.1 200 OK\nContent-Type: text/html\n\n${page}`),
  ],
  ["proxy-garbage", "proxy gửi rác", "a proxy that sends garbage", "https", "proxy.garbage", answer("220 ready\n")],
  [
    "proxy-garbage-plain",
    "proxy gửi rác, không TLS",
    "a proxy that sends garbage, without TLS",
    "http",
    "proxy.garbage",
    answer("220 ready\n"),
  ],
  ["proxy-closed", "proxy đóng kết nối", "a proxy that closes", "https", "proxy.closed", (socket) => void socket.end()],
  ["proxy-reset", "proxy cắt kết nối", "a proxy that resets", "https", "proxy.closed", (socket) => void socket.resetAndDestroy()],
  [
    "proxy-closed-plain",
    "proxy đóng kết nối, không TLS",
    "a proxy that closes, without TLS",
    "http",
    "proxy.closed",
    (socket) => void socket.end(),
  ],
  ["proxy-silent", "proxy im lặng", "a silent proxy", "https", "proxy.silent", () => undefined],
  ["proxy-silent-plain", "proxy im lặng, không TLS", "a silent proxy, without TLS", "http", "proxy.silent", () => undefined],
  [
    "proxy-drip",
    "proxy trả lời nhỏ giọt",
    "a proxy that drips its answer",
    "https",
    "proxy.silent",
    (socket) => void socket.write("HTTP/1.1 200 Connec"),
  ],
  [
    "proxy-inspects",
    "proxy mở TLS bằng chứng thư của nó",
    "a proxy that opens TLS with a certificate of its own",
    "https",
    "proxy.tls",
    inspects,
  ],
  ["proxy-refused", "không ai nghe ở cổng của proxy", "nobody listens on the proxy's port", "https", "proxy.refused", "refused"],
  [
    "proxy-blackhole",
    "proxy không trả lời yêu cầu kết nối",
    "a proxy that does not answer a connection request",
    "https",
    "proxy.timeout",
    "blackhole",
  ],
];

async function startProxy(behave: Row[5], stage: Stage): Promise<LoopbackServer | undefined> {
  if (behave === "blackhole") return playBlackhole(stage.host);
  if (behave !== "refused") {
    return startBareServer((socket) => {
      let head = "";
      const read = (bytes: Buffer): void => {
        head += bytes.toString("latin1");
        if (!head.includes("\r\n\r\n")) return;
        socket.off("data", read);
        behave(socket, stage);
      };
      socket.on("data", read);
    }, stage.host);
  }
  return playRefused(stage.host);
}

/** A good server behind a bad proxy. */
export const proxies: readonly Behaviour[] = rows.map(([id, vi, en, scheme, expected, behave]) => ({
  id,
  family: "proxy",
  words: { vi, en },
  scheme,
  expected,
  throughProxy: expected,
  async play(stage) {
    const proxy = await startProxy(behave, stage);
    if (!proxy) return undefined;
    const { certificate: cert, key } = stage.certificates.good;
    const target = await startServer(fine, { host: stage.host, tls: scheme === "https" ? { cert, key } : undefined });
    return {
      port: target.port,
      proxyPort: proxy.port,
      async stop() {
        await proxy.stop();
        await target.stop();
      },
    };
  },
}));
