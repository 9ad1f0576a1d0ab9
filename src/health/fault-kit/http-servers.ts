import type { Socket } from "node:net";
import type { Reason } from "../reason.ts";
import { type Behaviour, type Stage, toLateMs } from "./behaviour.ts";
import { bombInGzip } from "./gzip-bomb.ts";
import { startServer } from "./loopback-server.ts";

type Behave = (socket: Socket, request: string, stage: Stage) => void;

/** The text, its lines ended as HTTP wants it, then the end. */
export function answer(text: string): (socket: Socket) => void {
  return (socket) => void socket.end(text.replaceAll("\n", "\r\n"));
}

export const fine = answer("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");

const status = (line: string, headers = ""): Behave => answer(`HTTP/1.1 ${line}\n${headers}Content-Length: 0\n\n`);

/** The start, then a piece at a time for ever. */
function drip(start: string, piece: string | (() => string), everyMs = 40): Behave {
  return (socket) => {
    socket.write(start.replaceAll("\n", "\r\n"));
    const timer = setInterval(() => socket.write(typeof piece === "string" ? piece : piece()), everyMs);
    socket.on("close", () => clearInterval(timer));
  };
}

/** The start, then as much as the line takes, for ever. */
function flood(start: string, piece: string): Behave {
  return (socket) => {
    socket.write(start.replaceAll("\n", "\r\n"));
    const bytes = Buffer.from(piece.repeat(Math.ceil(16_384 / piece.length)).replaceAll("\n", "\r\n"));
    const pour = (): void => {
      while (!socket.destroyed && socket.write(bytes));
    };
    socket.on("drain", pour);
    pour();
  };
}

/** The start, then nothing more, the connection open. */
const thenNothing =
  (start: string): Behave =>
  (socket) =>
    void socket.write(start.replaceAll("\n", "\r\n"));

const inPieces =
  (text: string): Behave =>
  (socket) => {
    const bytes = Buffer.from(text.replaceAll("\n", "\r\n"));
    const send = (at: number): void => {
      if (at >= bytes.length) return void socket.end();
      socket.write(bytes.subarray(at, at + 1), () => setImmediate(send, at + 1));
    };
    send(0);
  };

const later =
  (share: "slow" | "late", behave: Behave): Behave =>
  (socket, request, stage) => {
    const timer = setTimeout(() => behave(socket, request, stage), share === "slow" ? toLateMs(stage) : stage.deadlineMs * 2);
    socket.on("close", () => clearTimeout(timer));
  };

const thenReset =
  (start: string): Behave =>
  (socket) =>
    void socket.write(start.replaceAll("\n", "\r\n"), () => setTimeout(() => socket.resetAndDestroy(), 30));

const login = "<!doctype html><html><body><form method=post><input name=user><input type=password name=pw></form></body></html>";
const wispr = `<!--<WISPAccessGatewayParam><Redirect></Redirect></WISPAccessGatewayParam>-->${login}`;
const html = (body: string): string => `HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: ${body.length}\n\n${body}`;
const refresh = '<html><head><meta http-equiv="refresh" content="0; url=http://portal.test/login?from=kit"></head></html>';

/** Id, in Vietnamese, in English, what a probe has to say of it, how it is done. */
type Row = readonly [id: string, vi: string, en: string, expected: Reason | undefined, behave: Behave];

const well: readonly Row[] = [
  ["http-ok", "trả lời tốt", "answers well", undefined, fine],
  [
    "http-chunked",
    "trả lời theo từng khúc",
    "answers in chunks",
    undefined,
    answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2;a=b\nok\n0\nX: y\n\n"),
  ],
  ["http-until-close", "trả lời cho tới khi đóng", "answers until it closes", undefined, answer("HTTP/1.1 200 OK\n\nsome text")],
  ["http-one-zero", "nói HTTP/1.0", "speaks HTTP/1.0", undefined, answer("HTTP/1.0 200 OK\n\nsome text")],
  [
    "http-early-hints",
    "báo trước bằng 103",
    "answers 103 first",
    undefined,
    answer("HTTP/1.1 103 Early\nLink: x\n\nHTTP/1.1 204 No Content\n\n"),
  ],
  ["http-no-content", "trả lời 204", "answers 204", undefined, answer("HTTP/1.1 204 No Content\n\n")],
  ["http-header-only", "chỉ có phần đầu, độ dài 0", "headers only, length 0", undefined, status("200 OK")],
  ["http-byte-by-byte", "gửi từng byte", "sends byte by byte", undefined, inPieces("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")],
  [
    "http-redirect-home",
    "chuyển hướng trong cùng máy chủ",
    "redirects within its host",
    undefined,
    (socket, request) =>
      (request.startsWith("GET / ") ? status("302 Found", "Location: /home?a=1\n") : fine)(socket, request, undefined as never),
  ],
];

const refuses: readonly Row[] = [
  ["http-500", "báo lỗi 500", "reports 500", "http.5xx", status("500 Internal Server Error")],
  ["http-502", "báo lỗi 502", "reports 502", "http.5xx", status("502 Bad Gateway")],
  ["http-503", "báo lỗi 503", "reports 503", "http.5xx", status("503 Service Unavailable", "Retry-After: 60\n")],
  [
    "http-401",
    "đòi đăng nhập (401)",
    "wants a sign-in (401)",
    "http.4xx",
    status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"\n'),
  ],
  ["http-403", "cấm (403)", "forbids (403)", "http.4xx", status("403 Forbidden")],
  ["http-404", "không có trang (404)", "has no such page (404)", "http.4xx", status("404 Not Found")],
  [
    "http-407",
    "là một proxy đòi đăng nhập (407)",
    "is a proxy that wants a sign-in (407)",
    "proxy.auth",
    status("407 Proxy Authentication Required", "Proxy-Authenticate: NTLM\n"),
  ],
  [
    "http-429",
    "nói rằng kiểm tra quá nhanh (429)",
    "says that we ask too fast (429)",
    "http.limited",
    status("429 Too Many Requests", "Retry-After: 5\n"),
  ],
  [
    "http-redirect-loop",
    "chuyển hướng vòng tròn",
    "redirects in a circle",
    "http.loop",
    status("302 Found", "Location: /again\n"),
  ],
  [
    "http-redirect-away",
    "chuyển sang máy chủ khác",
    "redirects to another host",
    "http.foreign",
    status("301 Moved", "Location: https://elsewhere.test/\n"),
  ],
  [
    "http-redirect-nonsense",
    "chuyển hướng tới địa chỉ hỏng",
    "redirects to a broken address",
    "http.protocol",
    status("302 Found", "Location: http://[/\n"),
  ],
  [
    "captive-302",
    "cổng đăng nhập mạng, bằng chuyển hướng",
    "a captive portal, by redirect",
    "http.foreign",
    status("302 Found", "Location: http://portal.test/login?ticket=1\n"),
  ],
  ["captive-200", "cổng đăng nhập mạng, trả lời 200", "a captive portal that answers 200", "http.portal", answer(html(wispr))],
  [
    "captive-refresh",
    "cổng đăng nhập mạng, trang tự chuyển đi",
    "a captive portal whose page moves on by itself",
    "http.portal",
    answer(html(refresh)),
  ],
  [
    "captive-511",
    "cổng đăng nhập mạng, trả lời 511",
    "a captive portal that answers 511",
    "http.portal",
    status("511 Network Authentication Required"),
  ],
];

const breaksRules: readonly Row[] = [
  [
    "http-garbage",
    "gửi dữ liệu rác",
    "sends garbage",
    "http.protocol",
    (socket) => void socket.end(Buffer.from("00ff17a9deadbeef0d0a".repeat(20), "hex")),
  ],
  ["http-ssh", "nói SSH", "speaks SSH", "http.protocol", answer("SSH-2.0-OpenSSH_9.2\n")],
  ["http-zero-nine", "nói HTTP/0.9", "speaks HTTP/0.9", "http.protocol", answer("<html>hello</html>\n")],
  ["http-two", "dòng đầu của HTTP/2", "status line of HTTP/2", "http.protocol", answer("HTTP/2.0 200 OK\nContent-Length: 0\n\n")],
  [
    "http-bad-status",
    "mã trạng thái hỏng",
    "broken status line",
    "http.protocol",
    answer("HTTP/1.1 2x0 OK\nContent-Length: 0\n\n"),
  ],
  ["http-bad-header", "dòng đầu đề hỏng", "broken header", "http.protocol", answer("HTTP/1.1 200 OK\nno colon here\n\n")],
  [
    "http-two-lengths",
    "hai độ dài khác nhau",
    "two lengths that differ",
    "http.protocol",
    answer("HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 3\n\nok"),
  ],
  [
    "http-bad-length",
    "độ dài không phải số",
    "a length that is no number",
    "http.protocol",
    answer("HTTP/1.1 200 OK\nContent-Length: two\n\nok"),
  ],
  [
    "http-bad-chunk",
    "khúc dữ liệu hỏng",
    "bad chunk",
    "http.protocol",
    answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\nok\n"),
  ],
  [
    "http-interim-flood",
    "chỉ gửi 100 Continue, không dứt",
    "sends 100 Continue without end",
    "http.protocol",
    flood("", "HTTP/1.1 100 Continue\n\n"),
  ],
  [
    "http-length-small",
    "độ dài nhỏ hơn nội dung",
    "length smaller than the body",
    "http.length",
    answer("HTTP/1.1 200 OK\nContent-Length: 2\n\nok and more"),
  ],
  ["http-truncated-head", "đứt ở phần đầu", "breaks off in the headers", "http.truncated", answer("HTTP/1.1 200 OK\nContent-")],
  [
    "http-truncated",
    "đứt giữa nội dung",
    "breaks off in the body",
    "http.truncated",
    answer("HTTP/1.1 200 OK\nContent-Length: 10\n\nok"),
  ],
  [
    "http-truncated-chunk",
    "đứt giữa hai khúc",
    "breaks off between chunks",
    "http.truncated",
    answer("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nok\n"),
  ],
  ["http-reset-head", "bị cắt ở phần đầu", "reset in the headers", "http.truncated", thenReset("HTTP/1.1 200 OK\nContent-")],
  [
    "http-reset-body",
    "bị cắt giữa nội dung",
    "reset in the body",
    "http.truncated",
    thenReset("HTTP/1.1 200 OK\nContent-Length: 10\n\nok"),
  ],
  [
    "http-silent-close",
    "đóng sau câu hỏi, không một byte",
    "closes after the request without a byte",
    "net.closed",
    (socket) => void socket.end(),
  ],
  [
    "http-silent-reset",
    "cắt sau câu hỏi, không một byte",
    "resets after the request without a byte",
    "net.reset",
    (socket) => void socket.resetAndDestroy(),
  ],
];

const tooMuch: readonly Row[] = [
  [
    "http-huge-headers",
    "phần đầu 20 KB",
    "headers of 20 KB",
    "http.cap",
    answer(`HTTP/1.1 200 OK\nX: ${"x".repeat(20_000)}\n\n`),
  ],
  ["http-endless-headers", "phần đầu không dứt", "headers without end", "http.cap", flood("HTTP/1.1 200 OK\n", "X-More: yes\n")],
  [
    "http-huge-length",
    "báo trước 2 MB",
    "announces 2 MB",
    "http.cap",
    thenNothing("HTTP/1.1 200 OK\nContent-Length: 2000000\n\n"),
  ],
  ["http-endless-body", "nội dung không dứt", "a body without end", "http.cap", flood("HTTP/1.1 200 OK\n\n", "more ")],
  [
    "http-endless-chunks",
    "khúc dữ liệu không dứt",
    "chunks without end",
    "http.cap",
    flood("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", "4\nmore\n"),
  ],
  [
    "http-huge-chunk",
    "một khúc 4 GB",
    "one chunk of 4 GB",
    "http.cap",
    flood("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffff\n", "more "),
  ],
  [
    "http-gzip-bomb",
    "256 MB nén thành 261 KB",
    "256 MB packed into 261 KB",
    "http.cap",
    (socket) => void socket.end(bombInGzip()),
  ],
  [
    "http-bad-gzip",
    "nói là gzip mà không phải",
    "says gzip and is not",
    "http.protocol",
    answer("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 9\n\nnot gzip!"),
  ],
];

const late: readonly Row[] = [
  ["http-silence", "nhận câu hỏi rồi im lặng", "takes the request, then is silent", "http.slow", () => undefined],
  ["http-late", "trả lời chậm", "answers late", "http.slow", later("slow", fine)],
  ["http-too-late", "trả lời sau khi hết hạn", "answers after the deadline", "http.slow", later("late", fine)],
  ["http-late-error", "báo lỗi 500, chậm", "reports 500, late", "http.5xx", later("slow", status("500 Oops"))],
  ["http-slow-headers", "phần đầu nhỏ giọt", "drips its headers", "http.slow", drip("HTTP/1.1 200 OK\n", "X: y\r\n")],
  [
    "http-slow-body",
    "nội dung nhỏ giọt",
    "drips its body",
    "http.slow",
    drip("HTTP/1.1 200 OK\nContent-Length: 100000\n\n", "."),
  ],
  [
    "http-slow-chunks",
    "khúc dữ liệu nhỏ giọt",
    "drips its chunks",
    "http.slow",
    drip("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n", "1\r\n.\r\n"),
  ],
  ["http-slow-interim", "102 nhỏ giọt", "drips 102 Processing", "http.slow", drip("", "HTTP/1.1 102 Processing\r\n\r\n", 200)],
  [
    "http-stalled-body",
    "ngừng giữa nội dung",
    "stops in the middle of the body",
    "http.slow",
    thenNothing("HTTP/1.1 200 OK\nContent-Length: 10\n\nok"),
  ],
  [
    "http-stalled-head",
    "ngừng giữa phần đầu",
    "stops in the middle of the headers",
    "http.slow",
    thenNothing("HTTP/1.1 200 OK\nX: y\n"),
  ],
];

/** A proxy that waits is as silent as who it waits for; what it passes on whole is judged as ever. */
const throughProxy: Readonly<Record<string, Reason>> = {
  "http-silence": "proxy.silent",
  "http-too-late": "proxy.silent",
  "http-redirect-nonsense": "http.protocol",
};

export const httpServers: readonly Behaviour[] = [...well, ...refuses, ...breaksRules, ...tooMuch, ...late].map(
  ([id, vi, en, expected, behave]) => ({
    id,
    family: "http",
    words: { vi, en },
    scheme: "http",
    expected,
    throughProxy: throughProxy[id],
    play: (stage) => startServer((socket, request) => behave(socket, request, stage), { host: stage.host }),
  }),
);
