import type { Dispatcher } from "undici";
import type { HttpAnswer } from "./http.ts";

/** One request and its answer, as undici's dispatcher tells of it. */
export interface Exchange {
  readonly handler: Dispatcher.DispatchHandler;
  /** The whole answer; rejects with what broke it off. */
  readonly answer: Promise<HttpAnswer>;
  /** Ends it at once, sent or not. */
  stop(reason: unknown): void;
}

export function createExchange(): Exchange {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  // Whoever asked may have gone already.
  promise.catch(() => undefined);
  const chunks: Buffer[] = [];
  let status = 0;
  let headers: Readonly<Record<string, string | string[] | undefined>> = {};
  let running: Dispatcher.DispatchController | undefined;
  let stopped: Error | undefined;
  return {
    answer: promise,
    stop(reason) {
      stopped ??= reason instanceof Error ? reason : new Error("stopped", { cause: reason });
      running?.abort(stopped);
      reject(stopped);
    },
    handler: {
      onRequestStart(controller) {
        running = controller;
        // Nothing of it has left the machine yet.
        if (stopped) controller.abort(stopped);
      },
      onResponseStart(_controller, statusCode, told) {
        // 1xx are no answer (RFC 9110 §15.2).
        if (statusCode < 200) return;
        status = statusCode;
        headers = told;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        resolve({
          status,
          headers: joinHeaders(headers),
          body: readBody(chunks),
          setCookies: [headers["set-cookie"] ?? []].flat(),
        });
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    },
  };
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    joined[name] = Array.isArray(value) ? value.join(", ") : (value ?? "");
  }
  return joined;
}

/** UTF-8; a byte-order mark is no part of the text. */
function readBody(chunks: readonly Buffer[]): string {
  const [only = emptyBody] = chunks;
  const text = (chunks.length > 1 ? Buffer.concat(chunks) : only).toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const emptyBody = Buffer.alloc(0);
