import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
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

export function createExchange(mostBytes: number): Exchange {
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
        const joined = joinHeaders(headers);
        try {
          const body = readBody(unpack(chunks, joined["content-encoding"], mostBytes));
          resolve({ status, headers: joined, body, setCookies: [headers["set-cookie"] ?? []].flat() });
        } catch (error) {
          reject(error);
        }
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

/** Asked for without any, a body still comes packed from servers and proxies that keep only packed files. */
function unpack(chunks: readonly Buffer[], coding: string | undefined, mostBytes: number): readonly Buffer[] {
  const open = coding === undefined || chunks.length === 0 ? undefined : codings[coding.trim().toLowerCase()];
  return open ? [open(Buffer.concat(chunks), { maxOutputLength: mostBytes })] : chunks;
}

const codings: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  "x-gzip": gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** UTF-8; a byte-order mark is no part of the text. */
function readBody(chunks: readonly Buffer[]): string {
  const [only = emptyBody] = chunks;
  const text = (chunks.length > 1 ? Buffer.concat(chunks) : only).toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const emptyBody = Buffer.alloc(0);
