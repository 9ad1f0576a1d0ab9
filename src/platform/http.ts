import { Failure } from "./failure.ts";

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
  /** Wall-clock limit of one request, connecting and body included. */
  readonly deadlineMs?: number;
  /** Connections per origin. */
  readonly connections?: number;
  readonly maxBodyBytes?: number;
}

/**
 * A client for APIs, on undici with a dispatcher of its own. undici ignores an abort signal while it connects (#386), so the
 * connect timeout is held to the deadline as well.
 */
export async function createHttpClient(options: HttpOptions = {}): Promise<HttpClient> {
  const { Agent, request: send } = await import("undici");
  const deadlineMs = options.deadlineMs ?? 30_000;
  const maxBodyBytes = options.maxBodyBytes ?? 16 * 1024 * 1024;
  const agent = new Agent({
    connections: options.connections ?? 8,
    allowH2: false,
    connect: { ca: options.ca, timeout: deadlineMs },
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    maxResponseSize: maxBodyBytes,
  });
  return {
    async send(request) {
      const deadline = AbortSignal.timeout(deadlineMs);
      const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
      try {
        const answer = await send(request.url, {
          method: request.method,
          headers: request.headers,
          body: request.body,
          dispatcher: agent,
          signal,
        });
        const headers = Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
        );
        const setCookies = [answer.headers["set-cookie"] ?? []].flat();
        return { status: answer.statusCode, headers, body: await answer.body.text(), setCookies };
      } catch (error) {
        if (request.signal?.aborted) throw new Failure("cancelled", { vi: "đã dừng", en: "cancelled" }, { cause: error });
        throw toFailure(error, request.url, deadlineMs);
      }
    },
    close: () => agent.destroy(),
  };
}

function toFailure(error: unknown, url: string, deadlineMs: number): Failure {
  const { host } = new URL(url);
  const code = (error as { code?: string; name?: string }).code ?? (error as Error).name;
  const late = (error as Error).name === "TimeoutError" || /TIMEOUT/.test(code);
  return new Failure(
    "unavailable",
    late
      ? { vi: `${host} không trả lời trong ${deadlineMs} ms`, en: `${host} did not answer within ${deadlineMs} ms` }
      : { vi: `không nói chuyện được với ${host} (${code})`, en: `cannot talk to ${host} (${code})` },
    { cause: error },
  );
}
