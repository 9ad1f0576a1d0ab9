import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256 } from "../platform/canonical-json.ts";
import type { AccountStore } from "./account-store.ts";

interface SaidPage {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** Answers kept at most. */
const keptPages = 200;

/**
 * What SCIMMY said of a page of accounts is said again while the same accounts stand on it: it builds each user anew for every list, some
 * 0.3 ms each, which was most of what the city cost. Held by content, since whoever plays with the city changes its accounts in place.
 */
export function createSaidPages() {
  const said = new Map<string, SaidPage>();
  return {
    /** True: answered. Else the answer to come is noted. */
    answer(request: IncomingMessage, response: ServerResponse, { accounts }: AccountStore): boolean {
      const query = new URL(request.url ?? "", "https://city.test").searchParams;
      const [start, count] = [Number(query.get("startIndex")), Number(query.get("count"))];
      const isPage = request.method === "GET" && request.url?.startsWith("/Users?") && start > 0 && count > 0;
      if (!isPage || query.has("filter")) return false;
      const { authorization, host } = request.headers;
      const onPage = [...accounts.values()].slice(start - 1, start - 1 + count);
      const key = sha256(JSON.stringify([request.url, authorization, host, accounts.size, onPage]));
      const known = said.get(key);
      if (known) {
        response.writeHead(200, { "content-type": known.type, "content-length": Buffer.byteLength(known.body) }).end(known.body);
        return true;
      }
      const end = response.end.bind(response);
      response.end = ((body?: unknown, ...rest: unknown[]) => {
        const whole = typeof body === "string" || body instanceof Uint8Array;
        if (response.statusCode === 200 && whole && !response.headersSent) {
          if (said.size >= keptPages) said.clear();
          said.set(key, { type: String(response.getHeader("content-type")), body });
        }
        return end(...([body, ...rest] as Parameters<ServerResponse["end"]>));
      }) as ServerResponse["end"];
      return false;
    },
  };
}
