import type { Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import type { Reason } from "../reason.ts";
import type { Behaviour, Stage } from "./behaviour.ts";
import type { CertificateName, KitCertificates } from "./certificates.ts";
import { answer, fine } from "./http-servers.ts";
import { startBareServer, startServer } from "./loopback-server.ts";

type Row = readonly [id: string, vi: string, en: string, expected: Reason | undefined, play: Behaviour["play"]];

/** A TLS server with one of the certificates. */
function shows(name: CertificateName, changes: TlsOptions = {}, behave: (socket: Socket) => void = fine): Behaviour["play"] {
  return ({ certificates, host }: Stage) => {
    const { certificate, key } = certificates[name];
    const tls = { cert: certificate, key, ...changes };
    // An OpenSSL that was built or set up without the old versions and short keys cannot play them.
    return startServer(behave, { host, tls }).catch(() => undefined);
  };
}

const asksClient =
  (changes: TlsOptions = {}): Behaviour["play"] =>
  (stage) =>
    shows("good", { ca: stage.certificates.ca, requestCert: true, rejectUnauthorized: true, ...changes })(stage);

/** Speaks by itself once the client's hello is there. */
function onHello(behave: (socket: Socket, certificates: KitCertificates) => void): Behaviour["play"] {
  return ({ host, certificates }) =>
    startBareServer((socket) => void socket.once("data", () => behave(socket, certificates)), host);
}

/** A fatal alert (RFC 8446 §6.2), as a server sends it in place of its own hello. */
function alerts(code: number): Behaviour["play"] {
  return onHello((socket) => void socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, code])));
}

const old = { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
const html = answer("HTTP/1.1 400 Bad Request\nContent-Length: 0\n\n");
/** Says that a handshake record of 256 bytes comes, and brings 4. */
const halfRecord = Buffer.from([0x16, 3, 3, 1, 0, 2, 0, 0, 0xfc]);

const rows: readonly Row[] = [
  ["tls-ok", "TLS tốt", "good TLS", undefined, shows("good")],
  ["tls-ok-two", "TLS 1.2 tốt", "good TLS 1.2", undefined, shows("good", { maxVersion: "TLSv1.2" })],
  [
    "tls-ok-chain",
    "chứng thư có trung gian, gửi đủ",
    "certificate below an intermediate, sent along",
    undefined,
    shows("goodBelow"),
  ],
  [
    "tls-ok-asked",
    "xin chứng thư máy khách, không bắt buộc",
    "asks for a client certificate, does not insist",
    undefined,
    asksClient({ rejectUnauthorized: false }),
  ],
  ["tls-expired", "chứng thư hết hạn", "certificate expired", "tls.expired", shows("expired")],
  ["tls-future", "chứng thư chưa có hiệu lực", "certificate not yet valid", "tls.notyet", shows("future")],
  ["tls-host", "chứng thư của tên khác", "certificate for another name", "tls.host", shows("foreign")],
  [
    "tls-host-expired",
    "chứng thư của tên khác và hết hạn",
    "certificate for another name, and expired",
    "tls.expired",
    shows("foreignExpired"),
  ],
  ["tls-self-signed", "chứng thư tự ký", "self-signed certificate", "tls.selfsigned", shows("selfSigned")],
  ["tls-no-intermediate", "thiếu chứng thư trung gian", "intermediate left out", "tls.chain", shows("noIntermediate")],
  ["tls-stranger", "gốc không tin cậy", "root that nobody trusts", "tls.chain", shows("chainless")],
  [
    "tls-stranger-expired",
    "gốc không tin cậy, hết hạn",
    "root that nobody trusts, expired",
    "tls.expired",
    shows("chainlessExpired"),
  ],
  ["tls-old-intermediate", "chứng thư trung gian hết hạn", "intermediate expired", "tls.expired", shows("oldIntermediate")],
  ["tls-client-only", "chứng thư chỉ dùng cho máy khách", "certificate for clients only", "tls.unfit", shows("clientOnly")],
  [
    "tls-outside-names",
    "tên ngoài phạm vi của nơi cấp",
    "name outside what the issuer may sign",
    "tls.unfit",
    shows("outsideNames"),
  ],
  [
    "tls-short-key",
    "khóa RSA 1024 bit",
    "RSA key of 1024 bits",
    "tls.unfit",
    shows("shortKey", { ciphers: "DEFAULT@SECLEVEL=0" }),
  ],
  ["tls-one-one", "chỉ có TLS 1.1", "TLS 1.1 only", "tls.version", shows("good", { ...old, maxVersion: "TLSv1.1" })],
  ["tls-one-zero", "chỉ có TLS 1.0", "TLS 1.0 only", "tls.version", shows("good", { ...old, maxVersion: "TLSv1" })],
  [
    "tls-no-cipher",
    "không có bộ mã chung",
    "no cipher in common",
    "tls.version",
    shows("good", { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0" }),
  ],
  [
    "tls-client-certificate",
    "đòi chứng thư máy khách (TLS 1.3)",
    "wants a client certificate (TLS 1.3)",
    "tls.clientcert",
    asksClient(),
  ],
  [
    "tls-client-certificate-two",
    "đòi chứng thư máy khách (TLS 1.2)",
    "wants a client certificate (TLS 1.2)",
    "tls.clientcert",
    asksClient({ maxVersion: "TLSv1.2" }),
  ],
  ["tls-plain", "nói HTTP ở cổng TLS", "speaks HTTP on the TLS port", "tls.plain", onHello(html)],
  [
    "tls-garbage",
    "gửi rác ở cổng TLS",
    "sends garbage on the TLS port",
    "tls.plain",
    onHello((socket) => void socket.end("220 mail.test ESMTP\r\n")),
  ],
  ["tls-alert-version", "báo lỗi phiên bản", "alert: protocol version", "tls.version", alerts(70)],
  ["tls-alert-handshake", "báo lỗi bắt tay", "alert: handshake failure", "tls.version", alerts(40)],
  ["tls-alert-internal", "báo lỗi bên trong", "alert: internal error", "tls.refused", alerts(80)],
  ["tls-alert-denied", "báo cấm vào", "alert: access denied", "tls.refused", alerts(49)],
  ["tls-alert-name", "báo không biết tên này", "alert: name not known", "tls.host", alerts(112)],
  ["tls-alert-decode", "báo không đọc được lời chào", "alert: decode error", "tls.refused", alerts(50)],
  [
    "tls-stall",
    "im lặng khi bắt tay",
    "silent in the handshake",
    "tls.stall",
    ({ host }) => startBareServer(() => undefined, host),
  ],
  [
    "tls-stall-record",
    "ngừng giữa một bản ghi TLS",
    "stops inside a TLS record",
    "tls.stall",
    onHello((socket) => void socket.write(halfRecord)),
  ],
  [
    "tls-truncated-record",
    "đóng giữa một bản ghi TLS",
    "closes inside a TLS record",
    "tls.reset",
    onHello((socket) => void socket.end(halfRecord)),
  ],
  ["tls-reset", "cắt sau lời chào", "resets after the hello", "tls.reset", onHello((socket) => void socket.resetAndDestroy())],
  [
    "tls-closed",
    "đóng sau lời chào, không một byte",
    "closes after the hello without a byte",
    "net.closed",
    onHello((socket) => void socket.end()),
  ],
  ["tls-then-silence", "bắt tay xong rồi im lặng", "silent after the handshake", "http.slow", shows("good", {}, () => undefined)],
  [
    "tls-then-closed",
    "bắt tay xong rồi đóng",
    "closes after the handshake",
    "net.closed",
    shows("good", {}, (socket) => void socket.end()),
  ],
  [
    "tls-then-truncated",
    "đứt giữa nội dung, trong TLS",
    "breaks off in the body, inside TLS",
    "http.truncated",
    shows("good", {}, answer("HTTP/1.1 200 OK\nContent-Length: 10\n\nok")),
  ],
  [
    "tls-then-error",
    "báo lỗi 500, trong TLS",
    "reports 500, inside TLS",
    "http.5xx",
    shows("good", {}, answer("HTTP/1.1 500 Oops\nContent-Length: 0\n\n")),
  ],
];

export const tlsServers: readonly Behaviour[] = rows.map(([id, vi, en, expected, play]) => ({
  id,
  family: "tls",
  words: { vi, en },
  scheme: "https",
  expected,
  play,
}));
