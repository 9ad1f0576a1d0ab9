import { connect } from "node:net";
import type { HttpProxy } from "../proxy.ts";

/** Asks a proxy for a tunnel and closes it again: the status it answers, or that nothing came in time. Written by hand: a silent proxy hangs undici (#3944). */
export function tryTunnel(
  { host, port, authorization }: HttpProxy,
  to: { readonly host: string; readonly port: number },
  timeoutMs: number,
): Promise<number | "silent"> {
  return new Promise((done) => {
    const socket = connect({ host, port });
    let text = "";
    const end = (result: number | "silent"): void => {
      clearTimeout(timer);
      socket.destroy();
      done(result);
    };
    const timer = setTimeout(() => end("silent"), timeoutMs);
    socket.once("connect", () => {
      const place = `${to.host.includes(":") ? `[${to.host}]` : to.host}:${to.port}`;
      const credentials = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
      socket.write(`CONNECT ${place} HTTP/1.1\r\nHost: ${place}\r\n${credentials}\r\n`);
    });
    socket.on("data", (bytes: Buffer) => {
      text = (text + bytes.toString("latin1")).slice(0, 200);
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
      if (status !== undefined) end(Number(status));
      else if (text.length >= 16) end("silent");
    });
    socket.on("error", () => end("silent"));
    socket.on("close", () => end("silent"));
  });
}
