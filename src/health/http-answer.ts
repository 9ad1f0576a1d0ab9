import type { Socket } from "node:net";
import { inflateBody } from "./inflate.ts";

/** Whole answer. Its body is counted, and kept only where something is to be looked for in it. */
export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  /** Lower-case names; of a repeated header, the first. */
  readonly headers: ReadonlyMap<string, string>;
  /** Status line and headers as they came. */
  readonly head: string;
  readonly bodyBytes: number;
  /** Inflated; only when asked for, and of a page. */
  readonly body?: Buffer;
}

/** closed, reset: before the first byte. client-certificate: a TLS 1.3 server says so only after the handshake. */
export type HttpFault = "protocol" | "truncated" | "length" | "cap" | "closed" | "reset" | "client-certificate";

export const maxHeaderBytes = 16 * 1024;
export const maxBodyBytes = 1024 * 1024;
/** Interim answers before the real one. */
const maxInterim = 16;

interface Watch {
  readonly onFirstByte: () => void;
  readonly progress: () => void;
}

/**
 * Sends the request and reads one HTTP/1.1 answer, strict in its lengths (RFC 9112). What came compressed unasked is inflated, under the
 * same cap. Resolves for whatever comes; sets no deadline.
 */
export function readHttpAnswer(
  socket: Socket,
  request: string,
  watch: Watch,
  { keepBody = false }: { readonly keepBody?: boolean } = {},
): Promise<HttpAnswer | { readonly kind: "fault"; readonly fault: HttpFault }> {
  return new Promise((done) => {
    const parser = createParser(keepBody);
    let started = false;
    const end = (step: ParserStep): void => {
      if (step.kind === "more") return;
      done(step.kind === "answer" ? inflate(step, keepBody) : step);
    };
    socket.on("data", (bytes: Buffer) => {
      if (!started) watch.onFirstByte();
      started = true;
      watch.progress();
      end(parser.take(bytes));
    });
    const close = (fault: HttpFault): void => end(started ? parser.finish() : { kind: "fault", fault });
    socket.on("end", () => close("closed"));
    socket.on("close", () => close("closed"));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED") end({ kind: "fault", fault: "client-certificate" });
      else end(started ? { kind: "fault", fault: "truncated" } : { kind: "fault", fault: "reset" });
    });
    socket.write(request);
  });
}

/** A compressed body that is not wanted is inflated all the same: what browsers choke on is a fault. */
async function inflate(
  answer: HttpAnswer,
  keepBody: boolean,
): Promise<HttpAnswer | { readonly kind: "fault"; readonly fault: HttpFault }> {
  const coding = findCoding(answer.headers);
  if (coding === undefined || !answer.body) return answer;
  const body = await inflateBody(answer.body, coding, maxBodyBytes);
  if (body === "cap" || body === "protocol") return { kind: "fault", fault: body };
  return { ...answer, body: keepBody || isPage(answer.headers) ? body : undefined };
}

/** Whoever answers in somebody's place does it with a page. */
function isPage(headers: ReadonlyMap<string, string>): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "");
}

function findCoding(headers: ReadonlyMap<string, string>): string | undefined {
  const coding = headers.get("content-encoding")?.trim().toLowerCase();
  return coding === "" || coding === "identity" ? undefined : coding;
}

type ParserStep = HttpAnswer | { readonly kind: "fault"; readonly fault: HttpFault } | { readonly kind: "more" };

interface Parser {
  take(bytes: Buffer): ParserStep;
  /** The other side has closed. */
  finish(): ParserStep;
}

type Body =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly length: number }
  | { readonly kind: "chunked"; readonly reader: ChunkReader }
  | { readonly kind: "until-close" };

const more = { kind: "more" } as const;
const fault = (name: HttpFault): ParserStep => ({ kind: "fault", fault: name });

const nothing = Buffer.alloc(0);

function createParser(keepBody: boolean): Parser {
  let head: Buffer = nothing;
  let parsed: (Head & { readonly body: Body }) | undefined;
  let bodyBytes = 0;
  let interim = 0;
  let kept: Buffer[] | undefined;
  const whole = (): ParserStep => {
    const { status, headers, text } = parsed!;
    return { kind: "answer", status, headers, head: text, bodyBytes, body: kept && Buffer.concat(kept) };
  };

  const takeBody = (bytes: Buffer): ParserStep => {
    const { body } = parsed!;
    bodyBytes += bytes.length;
    if (body.kind === "chunked") {
      const step = body.reader.take(bytes, kept);
      if (step === "beyond") return fault("length");
      if (step === "broken") return fault("protocol");
      if (step === "end") return whole();
    } else kept?.push(bytes);
    if (body.kind === "length" || body.kind === "none") {
      const length = body.kind === "length" ? body.length : 0;
      if (bodyBytes > length) return fault("length");
      if (bodyBytes === length) return whole();
    }
    return bodyBytes > maxBodyBytes ? fault("cap") : more;
  };

  return {
    take(bytes) {
      if (parsed) return takeBody(bytes);
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
      if (!looksLikeHttp(head)) return fault("protocol");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return head.length > maxHeaderBytes ? fault("cap") : more;
      if (end > maxHeaderBytes) return fault("cap");
      const read = parseHead(head.toString("latin1", 0, end));
      if (!read) return fault("protocol");
      const rest = head.subarray(end + 4);
      // An interim answer (100, 103) announces the real one.
      if (read.status < 200) {
        if (++interim > maxInterim) return fault("protocol");
        head = Buffer.alloc(0);
        return rest.length > 0 ? this.take(rest) : more;
      }
      const body = findBody(read);
      if (!body) return fault("protocol");
      if (body.kind === "length" && body.length > maxBodyBytes) return fault("cap");
      parsed = { ...read, body };
      if (keepBody || isPage(read.headers) || findCoding(read.headers) !== undefined) kept = [];
      return takeBody(rest);
    },
    finish() {
      if (!parsed) return fault("truncated");
      return parsed.body.kind === "until-close" ? whole() : fault("truncated");
    },
  };
}

function looksLikeHttp(head: Buffer): boolean {
  const start = "HTTP/1.";
  return start.startsWith(head.toString("latin1", 0, Math.min(head.length, start.length)));
}

interface Head {
  readonly status: number;
  readonly headers: Map<string, string>;
  readonly text: string;
}

function parseHead(text: string): Head | undefined {
  const [first = "", ...lines] = text.split("\r\n");
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(first)?.[1];
  const headers = new Map<string, string>();
  for (const line of lines) {
    const parts = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (!parts) return undefined;
    const name = (parts[1] as string).toLowerCase();
    const value = parts[2] as string;
    // Two lengths that differ are an attack or a broken gateway (RFC 9112 §6.3).
    if (name === "content-length" && headers.has(name) && headers.get(name) !== value) return undefined;
    if (!headers.has(name)) headers.set(name, value);
  }
  return status ? { status: Number(status), headers, text } : undefined;
}

function findBody({ status, headers }: Head): Body | undefined {
  if (status === 204 || status === 304) return { kind: "none" };
  const coding = headers.get("transfer-encoding");
  if (coding !== undefined)
    return /(^|,\s*)chunked$/i.test(coding) ? { kind: "chunked", reader: createChunkReader() } : undefined;
  const length = headers.get("content-length");
  if (length === undefined) return { kind: "until-close" };
  return /^\d{1,15}$/.test(length) ? { kind: "length", length: Number(length) } : undefined;
}

interface ChunkReader {
  /** What the chunks hold is added to `kept`. beyond: there is more after the end. */
  take(bytes: Buffer, kept: Buffer[] | undefined): "more" | "end" | "beyond" | "broken";
}

/** RFC 9112 §7.1. */
function createChunkReader(): ChunkReader {
  let line = "";
  let left = 0;
  let state: "size" | "data" | "after" | "trailer" = "size";
  const takeLine = (): "more" | "end" | "broken" => {
    const text = line.slice(0, -2);
    line = "";
    if (state === "after") {
      state = "size";
      return text === "" ? "more" : "broken";
    }
    if (state === "trailer") return text === "" ? "end" : "more";
    const size = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?$/.exec(text)?.[1];
    if (size === undefined) return "broken";
    left = Number.parseInt(size, 16);
    state = left === 0 ? "trailer" : "data";
    return "more";
  };
  return {
    take(bytes, kept) {
      for (let at = 0; at < bytes.length; ) {
        if (state === "data") {
          const step = Math.min(left, bytes.length - at);
          kept?.push(bytes.subarray(at, at + step));
          at += step;
          left -= step;
          if (left === 0) state = "after";
          continue;
        }
        line += String.fromCharCode(bytes[at++] as number);
        if (line.length > 4096) return "broken";
        if (!line.endsWith("\r\n")) continue;
        const step = takeLine();
        if (step === "end" && at < bytes.length) return "beyond";
        if (step !== "more") return step;
      }
      return "more";
    },
  };
}
