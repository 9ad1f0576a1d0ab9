import { connect, type Socket } from "node:net";
import type { Reason } from "../reason.ts";
import type { Behaviour } from "./behaviour.ts";
import { type LoopbackHost, type LoopbackServer, startBareServer } from "./loopback-server.ts";

/** What a proxy tells its client when it cannot reach a place, in the manner of Squid. */
const unreachable = (status: string): string =>
  `HTTP/1.1 ${status}\r\nX-Squid-Error: ERR_CONNECT_FAIL 111\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

/** A proxy that does what it is asked, CONNECT and plain requests alike; every name is this machine. */
export function startGoodProxy(host: LoopbackHost, giveUpAfterMs: number): Promise<LoopbackServer> {
  return startBareServer((socket) => {
    let head = "";
    const read = (bytes: Buffer): void => {
      head += bytes.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", read);
      forward(socket, head, host, giveUpAfterMs);
    };
    socket.on("data", read);
  });
}

function forward(near: Socket, head: string, host: LoopbackHost, giveUpAfterMs: number): void {
  const [, method, port] = /^(\w+) (?:http:\/\/)?[^/ ]*?:(\d+)/.exec(head) ?? [];
  if (port === undefined) return void near.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  const tunnel = method === "CONNECT";
  const far = connect({ host, port: Number(port), noDelay: true });
  let begun = false;
  const giveUp = (status: string): void => {
    clearTimeout(timer);
    if (!begun && !near.destroyed) near.end(unreachable(status));
    begun = true;
  };
  const timer = setTimeout(() => {
    giveUp("504 Gateway Timeout");
    far.destroy();
  }, giveUpAfterMs);
  far.once("connect", () => {
    clearTimeout(timer);
    if (tunnel) {
      begun = true;
      near.write("HTTP/1.1 200 Connection established\r\n\r\n");
      near.pipe(far);
    } else far.write(head.replace(/^(\w+) http:\/\/[^/ ]*/, "$1 "));
    far.on("data", (bytes: Buffer) => {
      begun = true;
      if (!near.write(bytes)) far.pause();
    });
    near.on("drain", () => far.resume());
  });
  // A reset is passed on as one, an end as an end.
  far.on("error", () => {
    if (begun) near.resetAndDestroy();
    else giveUp("502 Bad Gateway");
  });
  far.on("end", () => {
    if (begun) near.end();
    else giveUp("502 Bad Gateway");
  });
  near.on("close", () => {
    clearTimeout(timer);
    far.destroy();
  });
}

/**
 * What is to be said of a behaviour when a good proxy stands in between. A tunnel shows all that comes after it; without TLS it is the proxy
 * that answers, and says only that it could not, or passes on what makes no sense.
 */
export function toExpectedThroughProxy({ scheme, expected, throughProxy }: Behaviour): Reason | undefined {
  if (throughProxy) return throughProxy;
  if (scheme === "https" || expected === undefined) return expected;
  if (expected.startsWith("net.")) return "proxy.gateway";
  return expected === "http.protocol" ? "proxy.garbage" : expected;
}
