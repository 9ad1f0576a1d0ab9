import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { Failure } from "./failure.ts";
import type { Catalogue } from "./words.ts";

export interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  /** A small form. Undefined when it is larger than any of ours. */
  form(): Promise<URLSearchParams | undefined>;
}

export interface WebPage {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Server-sent events (HTML Living Standard §9.2): `open` is called once with the stream and gives back what to do when it ends. */
export interface WebEvents {
  readonly open: (stream: EventStream) => () => void;
}

export interface EventStream {
  /** `data` may hold line breaks; `id` comes back as Last-Event-ID. */
  send(event: { readonly id: string; readonly name: string; readonly data: string }): void;
}

export interface WebServer {
  readonly port: number;
  /** Browsers that listen. */
  countStreams(): number;
  /** Ends every connection. */
  stop(): Promise<void>;
}

export interface WebServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** With every answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: (request: WebRequest) => WebPage | WebEvents | Promise<WebPage | WebEvents>;
  /** Told of what is a bug of ours; the browser gets a plain 500. */
  readonly onFault: (error: unknown) => void;
}

const pingEveryMs = 15_000;
const waitingBytesAtMost = 4 * 1024 * 1024;
const streamsAtMost = 256;
const formBytesAtMost = 4_096;

/**
 * A small web server for pages that live. A browser that does not take what is sent to it is cut off: it comes back by itself and goes on where it
 * was. Failure kinds: unavailable (the port is taken), denied (the port is not ours to use), usage (no such address here).
 */
export async function startWebServer({ host, port, headers, answer, onFault }: WebServerOptions): Promise<WebServer> {
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.on("error", () => undefined);
    Promise.resolve(answer(toWebRequest(request)))
      .then((given) => ("open" in given ? openStream(response, given, streams) : finish(request, response, given)))
      .catch((error: unknown) => {
        onFault(error);
        if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
        response.end();
      });
  });
  // Whoever sends a request byte by byte holds a socket, not a second one after ten seconds.
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.maxConnections = streamsAtMost * 2;
  const ping = setInterval(() => {
    for (const response of streams) {
      // What was sent fifteen seconds ago was not taken: nobody reads there any more.
      if (response.writableNeedDrain) response.destroy();
      else response.write(":\n\n");
    }
  }, pingEveryMs);
  ping.unref();
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    countStreams: () => streams.size,
    async stop() {
      clearInterval(ping);
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  return new Promise((ready, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(toListenFailure(error, host, port)));
    server.listen(port, host, ready);
  });
}

function toListenFailure(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  switch (error.code) {
    case "EADDRINUSE":
      return new Failure("unavailable", words.taken(host, port), { hint: words.takenHint(port), cause: error });
    case "EACCES":
      return new Failure("denied", words.notOurs(port), { hint: words.notOursHint, cause: error });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new Failure("usage", words.noAddress(host), { hint: words.addresses(listAddresses()), cause: error });
    default:
      return error;
  }
}

/** Addresses under which this machine is reached, loopback first. */
export function listAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const usable = all.filter(({ address }) => !address.startsWith("fe80"));
  return usable.sort((a, b) => Number(b.internal) - Number(a.internal)).map(({ address }) => address);
}

/** 127.0.0.0/8, ::1 and the name that stands for them (RFC 6761 §6.3). */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function toWebRequest(request: IncomingMessage): WebRequest {
  // The path is taken as it was sent: nothing of it is ever a file's name.
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  return {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    async form() {
      let text = "";
      for await (const chunk of request) {
        text += String(chunk);
        if (text.length > formBytesAtMost) return undefined;
      }
      return new URLSearchParams(text);
    },
  };
}

function finish(request: IncomingMessage, response: ServerResponse, { status, headers = {}, body }: WebPage): void {
  response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
  response.end(request.method === "HEAD" ? undefined : body);
}

function openStream(response: ServerResponse, { open }: WebEvents, streams: Set<ServerResponse>): void {
  if (streams.size >= streamsAtMost) {
    response.writeHead(503, { "content-type": "text/plain", "retry-after": "30" }).end();
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
  response.socket?.setNoDelay(true);
  response.write("retry: 1000\n\n");
  streams.add(response);
  const end = open({
    send({ id, name, data }) {
      if (response.destroyed) return;
      const lines = data.split("\n").map((line) => `data: ${line}\n`);
      response.write(`id: ${id}\nevent: ${name}\n${lines.join("")}\n`);
      if (response.writableLength > waitingBytesAtMost) response.destroy();
    },
  });
  response.on("close", () => {
    streams.delete(response);
    end();
  });
}

const words = {
  taken: (host: string, port: number) => ({
    vi: `cổng ${port} của ${host} đang có chương trình khác dùng`,
    en: `port ${port} of ${host} is in use by another program`,
  }),
  takenHint: (port: number) => ({
    vi: `dừng chương trình đó, hoặc chọn cổng khác: --port ${port + 1}`,
    en: `stop that program, or choose another port: --port ${port + 1}`,
  }),
  notOurs: (port: number) => ({ vi: `không có quyền mở cổng ${port}`, en: `no right to open port ${port}` }),
  notOursHint: { vi: "chọn cổng từ 1024 trở lên", en: "choose a port from 1024 up" },
  noAddress: (host: string) => ({ vi: `máy này không có địa chỉ ${host}`, en: `this machine has no address ${host}` }),
  addresses: (all: readonly string[]) => ({ vi: `có: ${all.join(", ")}`, en: `there are: ${all.join(", ")}` }),
} satisfies Catalogue;
