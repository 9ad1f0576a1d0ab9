import { Agent, request as send } from "undici";
import type { Random } from "../../src/platform/random.ts";
import { serve } from "./serve.ts";

/** Shares of the writes, and of the reads. */
export interface FaultRates {
  /** The line breaks, half of the times before the server hears of it. */
  readonly reset: number;
  /** Carried out, answered with 500. */
  readonly error: number;
  /** Carried out, never answered. */
  readonly stall: number;
  /** Delivered twice; the second answer is given. */
  readonly twice: number;
  /** The line breaks on a read. */
  readonly readReset: number;
}

export interface FaultProxy {
  readonly url: string;
  rates: FaultRates;
  /** Requests that came, by kind: a list is a read of many without a filter. */
  readonly counts: { posts: number; otherWrites: number; lists: number; lookUps: number };
  /** Faults that were made. */
  readonly faults: Record<keyof FaultRates, number>;
  /** Called with each write before it goes on; what it answers is waited for. */
  onWrite: (() => void | Promise<void>) | undefined;
  stop(): Promise<void>;
}

export const noFaults: FaultRates = { reset: 0, error: 0, stall: 0, twice: 0, readReset: 0 };
/** provision.md §18 D2, and lines that break on reads beside it. */
export const usualFaults: FaultRates = { reset: 0.05, error: 0.05, stall: 0.02, twice: 0.03, readReset: 0.01 };

/** One account by name, id or filter, on every server of ours. */
const lookUp = /filter=|username=|tenDangNhap=|\/(Users|users|nguoi-dung)\/(?!count)/;

/** What belongs to one line only (RFC 9110 §7.6.1), and what undici counts itself. */
const ofOneLine = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "host"]);
const withoutHop = <T extends object>(headers: T): T =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneLine.has(name))) as T;

/** Stands between wardctl and a server over HTTP, counts what is asked and spoils some of it. Sign-ins go through untouched. */
export async function startFaultProxy(target: string, random: Random): Promise<FaultProxy> {
  const dispatcher = new Agent();
  const counts = { posts: 0, otherWrites: 0, lists: 0, lookUps: 0 };
  const faults = { reset: 0, error: 0, stall: 0, twice: 0, readReset: 0 };
  const proxy = { rates: noFaults, onWrite: undefined as FaultProxy["onWrite"] };

  const pick = (isRead: boolean): keyof FaultRates | undefined => {
    let drawn = random.next();
    for (const fault of isRead ? (["readReset"] as const) : (["reset", "error", "stall", "twice"] as const)) {
      drawn -= proxy.rates[fault];
      if (drawn < 0) return fault;
    }
    return undefined;
  };

  const { url, stop } = await serve(async (request, response, body) => {
    const { method = "GET" } = request;
    const path = request.url ?? "/";
    const isRead = method === "GET";
    const isToken = /token|dang-nhap/.test(path);
    if (isRead) {
      counts[lookUp.test(path) ? "lookUps" : "lists"] += 1;
    } else if (!isToken) {
      counts[method === "POST" ? "posts" : "otherWrites"] += 1;
      await proxy.onWrite?.();
    }
    const forward = async (): Promise<void> => {
      const options = { method, headers: withoutHop(request.headers), dispatcher, ...(body === "" ? {} : { body }) };
      const answer = await send(`${target}${path}`, options as Parameters<typeof send>[1]);
      const text = await answer.body.text();
      given = () => response.writeHead(answer.statusCode, withoutHop(answer.headers)).end(text);
    };
    let given = (): unknown => undefined;
    const fault = isToken ? undefined : pick(isRead);
    if (fault) faults[fault] += 1;
    const breakLine = (): void => void request.socket.destroy();
    if (fault === "readReset" || (fault === "reset" && random.next() < 0.5)) return breakLine();
    await forward();
    if (fault === "twice") await forward();
    if (fault === "reset") return breakLine();
    if (fault === "stall") return;
    if (fault === "error") response.writeHead(500, { "content-type": "application/json" }).end('{"detail":"oops"}');
    else given();
  });
  return Object.assign(proxy, {
    url,
    counts,
    faults,
    async stop() {
      await stop();
      await dispatcher.destroy();
    },
  });
}
