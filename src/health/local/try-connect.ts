import { connect } from "node:net";
import { readMonotonicMs } from "../../platform/clock.ts";

/** refused: somebody is there and says no. */
export type Contact = { readonly kind: "connected" | "refused" | "silent"; readonly ms: number };

/** One TCP attempt, closed at once; nothing is sent over it. */
export function tryConnect(host: string, port: number, timeoutMs: number): Promise<Contact> {
  return new Promise((done) => {
    const started = readMonotonicMs();
    const socket = connect({ host, port });
    const end = (kind: Contact["kind"]): void => {
      clearTimeout(timer);
      socket.destroy();
      done({ kind, ms: readMonotonicMs() - started });
    };
    const timer = setTimeout(() => end("silent"), timeoutMs);
    socket.once("connect", () => end("connected"));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      end(error.code === "ECONNREFUSED" || error.code === "ECONNRESET" ? "refused" : "silent"),
    );
  });
}
