import type { AddressInfo, Socket } from "node:net";
import { createRandom } from "../../platform/random.ts";
import type { Reason } from "../reason.ts";
import { type Behaviour, type Stage, toLateMs } from "./behaviour.ts";
import { answer, fine } from "./http-servers.ts";
import { startServer } from "./loopback-server.ts";
import { createRelay, type LineFaults } from "./relay.ts";

const large = answer(`HTTP/1.1 200 OK\nContent-Length: 100000\n\n${"x".repeat(100_000)}`);

interface Row {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  readonly scheme: "http" | "https";
  readonly expected: Reason | undefined;
  readonly faults: LineFaults | ((stage: Stage) => LineFaults);
  readonly behind?: (socket: Socket) => void;
}

/** A good server behind a bad line. A TLS 1.3 server with one certificate answers the hello with some 700 bytes. */
const rows: readonly Row[] = [
  { id: "link-good", vi: "đường truyền tốt", en: "a good line", scheme: "https", expected: undefined, faults: {} },
  {
    id: "link-delay",
    vi: "đường truyền trễ 20 ms",
    en: "a line with 20 ms of delay",
    scheme: "https",
    expected: undefined,
    faults: { delayMs: 20 },
  },
  {
    id: "link-jitter",
    vi: "đường truyền trễ thất thường",
    en: "a line with jitter",
    scheme: "https",
    expected: undefined,
    faults: { delayMs: 5, jitterMs: 25 },
  },
  {
    id: "link-pieces",
    vi: "đường truyền cắt nhỏ từng 50 byte",
    en: "a line that chops into 50 bytes",
    scheme: "https",
    expected: undefined,
    faults: { pieceBytes: 50 },
  },
  {
    id: "link-slow",
    vi: "đường truyền trễ quá ngưỡng",
    en: "a line with too much delay",
    scheme: "http",
    expected: "http.slow",
    faults: (stage) => ({ delayMs: toLateMs(stage) }),
  },
  {
    id: "link-throttle",
    vi: "đường truyền bóp băng thông",
    en: "a throttled line",
    scheme: "http",
    expected: "http.slow",
    faults: { bytesPerSecond: 2_000, pieceBytes: 200 },
    behind: large,
  },
  {
    id: "link-throttle-tls",
    vi: "đường truyền bóp băng thông khi bắt tay",
    en: "a line throttled in the handshake",
    scheme: "https",
    expected: "tls.stall",
    faults: { bytesPerSecond: 20, pieceBytes: 2 },
  },
  {
    id: "link-cut",
    vi: "đường truyền đứt giữa nội dung",
    en: "a line cut in the body",
    scheme: "http",
    expected: "http.truncated",
    faults: { afterBytes: 5_000, end: "cut" },
    behind: large,
  },
  {
    id: "link-half-close",
    vi: "đường truyền đóng một chiều giữa nội dung",
    en: "a line half closed in the body",
    scheme: "http",
    expected: "http.truncated",
    faults: { afterBytes: 5_000, end: "half-close" },
    behind: large,
  },
  {
    id: "link-reset",
    vi: "đường truyền cắt ngang giữa nội dung",
    en: "a line reset in the body",
    scheme: "http",
    expected: "http.truncated",
    faults: { afterBytes: 5_000, end: "reset" },
    behind: large,
  },
  {
    id: "link-stall",
    vi: "đường truyền tắc giữa nội dung",
    en: "a line that stops in the body",
    scheme: "http",
    expected: "http.slow",
    faults: { afterBytes: 5_000, end: "stall" },
    behind: large,
  },
  {
    id: "link-cut-tls",
    vi: "đường truyền đứt khi bắt tay",
    en: "a line cut in the handshake",
    scheme: "https",
    expected: "tls.reset",
    faults: { afterBytes: 300, end: "cut" },
  },
  {
    id: "link-reset-tls",
    vi: "đường truyền cắt ngang khi bắt tay",
    en: "a line reset in the handshake",
    scheme: "https",
    expected: "tls.reset",
    faults: { afterBytes: 300, end: "reset" },
  },
  {
    id: "link-stall-tls",
    vi: "đường truyền tắc khi bắt tay",
    en: "a line that stops in the handshake",
    scheme: "https",
    expected: "tls.stall",
    faults: { afterBytes: 300, end: "stall" },
  },
  {
    id: "link-garbles-tls",
    vi: "đường truyền làm hỏng một byte khi bắt tay",
    en: "a line that garbles a byte of the handshake",
    scheme: "https",
    expected: "tls.garbled",
    faults: { flipAt: 300 },
  },
];

export const links: readonly Behaviour[] = rows.map(({ id, vi, en, scheme, expected, faults, behind = fine }) => ({
  id,
  family: "link",
  words: { vi, en },
  scheme,
  expected,
  async play(stage) {
    const { host, certificates } = stage;
    const { certificate: cert, key } = certificates.good;
    const server = await startServer(behind, { host, tls: scheme === "https" ? { cert, key } : undefined });
    const sockets = new Set<Socket>();
    const random = createRandom(id);
    const relay = createRelay({
      to: { host, port: server.port },
      faults: typeof faults === "function" ? faults(stage) : faults,
      sockets,
      chance: () => random.next(),
    });
    await new Promise<void>((ready) => relay.listen(0, host, ready));
    return {
      port: (relay.address() as AddressInfo).port,
      async stop() {
        const closed = new Promise<void>((done) => relay.close(() => done()));
        for (const socket of sockets) socket.destroy();
        await closed;
        await server.stop();
      },
    };
  },
}));
