import { isIPv6, type Socket } from "node:net";
import type { Reason } from "./reason.ts";

export interface TunnelAnswer {
  readonly kind: "open" | Extract<Reason, `proxy.${string}`>;
  readonly status?: number;
  /** Ways to sign in that the proxy takes: `NTLM`, `Basic`. */
  readonly schemes?: readonly string[];
}

const maxHeadBytes = 16 * 1024;

/** Asks the proxy at the other end of the socket for a way to a place (RFC 9110 §9.3.6). Resolves for whatever it does; sets no deadline. */
export function openTunnel(
  socket: Socket,
  { host, port }: { readonly host: string; readonly port: number },
  authorization: string | undefined,
): Promise<TunnelAnswer> {
  return new Promise((done) => {
    let head: Buffer = Buffer.alloc(0);
    const end = (answer: TunnelAnswer): void => {
      socket.off("readable", read);
      socket.off("end", close);
      socket.off("close", close);
      done(answer);
    };
    const close = (): void => end({ kind: head.length === 0 ? "proxy.closed" : "proxy.garbage" });
    const read = (): void => {
      for (let bytes: Buffer | null = socket.read(); bytes !== null; bytes = socket.read()) {
        head = Buffer.concat([head, bytes]);
        if (!"HTTP/1.".startsWith(head.toString("latin1", 0, Math.min(7, head.length)))) return end({ kind: "proxy.garbage" });
        const at = head.indexOf("\r\n\r\n");
        if (at >= 0) return end(judge(head.toString("latin1", 0, at), head.length - at - 4));
        if (head.length > maxHeadBytes) return end({ kind: "proxy.garbage" });
      }
    };
    socket.on("readable", read);
    socket.on("end", close);
    socket.on("close", close);
    // The layer below has put an error listener there: an error is followed by close.
    const place = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
    const sign = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
    socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\nUser-Agent: wardctl-check\r\n${sign}\r\n`);
  });
}

/** A proxy that opens a tunnel sends no body: what follows its head would be a page. */
function judge(head: string, bodyBytes: number): TunnelAnswer {
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)?.[1]);
  if (Number.isNaN(status)) return { kind: "proxy.garbage" };
  if (status >= 200 && status < 300) {
    return bodyBytes > 0 || /^content-type:/im.test(head) ? { kind: "proxy.garbage", status } : { kind: "open" };
  }
  if (status === 407) return { kind: "proxy.auth", status, schemes: listSchemes(head) };
  return { kind: status === 502 || status === 504 ? "proxy.gateway" : "proxy.policy", status };
}

/** Schemes alone: a challenge may hold the name of a domain. */
export function listSchemes(head: string): readonly string[] {
  const found = [...head.matchAll(/^proxy-authenticate:[ \t]*([A-Za-z][A-Za-z0-9-]*)/gim)].map(([, scheme]) => scheme as string);
  return [...new Set(found)];
}
