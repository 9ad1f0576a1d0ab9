import type { Socket } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import type { buildConnector } from "undici";
import { readMonotonicMs } from "./clock.ts";
import { createDeadlines } from "./deadlines.ts";
import { Failure } from "./failure.ts";
import { createExchange } from "./http-exchange.ts";

/** What a server answered. The body is text, already capped. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; a repeated header's values are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Each Set-Cookie by itself: joined with commas they cannot be told apart (RFC 6265 §3). */
  readonly setCookies?: readonly string[];
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface HttpClient {
  /** Any status is an answer. No redirect is followed, nothing is sent twice. Failure kind: unavailable. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface HttpOptions {
  /** PEM of further roots to trust. */
  readonly ca?: string;
  /** SHA-256 of server certificates, hexadecimal with or without colons: no other is spoken to, whoever signed it. */
  readonly pins?: readonly string[];
  /** Wall-clock limit of one request, connecting and body included. */
  readonly deadlineMs?: number;
  /** Connections per origin. */
  readonly connections?: number;
  readonly maxBodyBytes?: number;
  /** Opens connections in place of undici's own connector: ready to be written to, over TLS verified by whoever opens it. `ca` and `pins` are then its business. */
  readonly connect?: (to: ConnectionWanted) => Promise<Socket>;
}

export interface ConnectionWanted {
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/**
 * A client for APIs, on undici with a dispatcher of its own. undici starts a queued request only when a connection is free, so the
 * connect timeout is held to the deadline as well (#386), and a request that is late before it was started is never sent.
 */
export async function createHttpClient(options: HttpOptions = {}): Promise<HttpClient> {
  const { Agent } = await import("undici");
  const deadlineMs = options.deadlineMs ?? 30_000;
  const mostBytes = options.maxBodyBytes ?? 16 * 1024 * 1024;
  const agent = new Agent({
    connections: options.connections ?? 8,
    allowH2: false,
    connect: options.connect
      ? toConnector(options.connect)
      : { ca: options.ca, timeout: deadlineMs, ...(options.pins && { checkServerIdentity: createPinCheck(options.pins) }) },
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    maxResponseSize: mostBytes,
  });
  const deadlines = createDeadlines(deadlineMs, readMonotonicMs);
  return {
    async send(request) {
      const { signal } = request;
      const { origin, pathname, search } = new URL(request.url);
      const { method, body } = request;
      // Without it any coding may come (RFC 9110 §12.5.3).
      const headers = { "accept-encoding": "identity", ...request.headers };
      const exchange = createExchange(mostBytes);
      const endDeadline = deadlines.begin(() => exchange.stop(new DOMException("deadline", "TimeoutError")));
      const cancel = (): void => exchange.stop(signal?.reason);
      signal?.addEventListener("abort", cancel);
      if (signal?.aborted) cancel();
      try {
        // Straight to the dispatcher: the stream that undici's `request` wraps around every answer, a timer and a signal took a sixth of the client's time.
        agent.dispatch({ origin, path: `${pathname}${search}`, method, headers, body }, exchange.handler);
        return await exchange.answer;
      } catch (error) {
        if (signal?.aborted) throw new Failure("cancelled", { vi: "đã dừng", en: "cancelled" }, { cause: error });
        throw toFailure(error, request.url, { deadlineMs, mostBytes });
      } finally {
        endDeadline();
        signal?.removeEventListener("abort", cancel);
      }
    },
    close: () => agent.destroy(),
  };
}

function toConnector(open: (to: ConnectionWanted) => Promise<Socket>): buildConnector.connector {
  return ({ hostname, protocol, port }, done) => {
    const secure = protocol === "https:";
    open({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (secure ? 443 : 80), secure }).then(
      (socket) => done(null, socket),
      (error: Error) => done(error, null),
    );
  };
}

const tooLarge: ReadonlySet<string> = new Set(["UND_ERR_RES_EXCEEDED_MAX_SIZE", "ERR_BUFFER_TOO_LARGE"]);

function toFailure(
  error: unknown,
  url: string,
  { deadlineMs, mostBytes }: { readonly deadlineMs: number; readonly mostBytes: number },
): Failure {
  const { host } = new URL(url);
  const code = (error as { code?: string; name?: string }).code ?? (error as Error).name;
  const late = (error as Error).name === "TimeoutError" || /TIMEOUT/.test(code);
  if (tooLarge.has(code)) {
    const megabytes = Math.floor(mostBytes / 1024 / 1024);
    return new Failure(
      "unavailable",
      { vi: `${host} trả về quá ${megabytes} MB một lần`, en: `${host} answered with more than ${megabytes} MB at once` },
      { cause: error, hint: { vi: "xin ít hơn mỗi lần: cỡ trang nhỏ hơn", en: "ask for less at once: a smaller page size" } },
    );
  }
  return new Failure(
    "unavailable",
    late
      ? { vi: `${host} không trả lời trong ${deadlineMs} ms`, en: `${host} did not answer within ${deadlineMs} ms` }
      : { vi: `không nói chuyện được với ${host} (${code})`, en: `cannot talk to ${host} (${code})` },
    { cause: error, ...(untrusted.has(code) && { hint: trustHint }) },
  );
}

/** What Node calls a certificate that no root it knows has signed. */
const untrusted: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
]);
const trustHint = {
  vi: "máy này chưa tin nơi ký chứng thư của máy chủ: xin tệp chứng thư gốc và khai báo ở mục ca",
  en: "this machine does not trust who signed the server's certificate: ask for the root certificate and name its file under ca",
};

/** Beside the usual check of the name. */
function createPinCheck(pins: readonly string[]): (host: string, certificate: PeerCertificate) => Error | undefined {
  const known = new Set(pins.map(toHex));
  return (host, certificate) => {
    const wrong = checkServerIdentity(host, certificate);
    if (wrong || known.has(toHex(certificate.fingerprint256))) return wrong;
    return Object.assign(new Error("the server's certificate is not the pinned one"), { code: "CERT_NOT_PINNED" });
  };
}

function toHex(text: string): string {
  return text.replaceAll(":", "").toLowerCase();
}
