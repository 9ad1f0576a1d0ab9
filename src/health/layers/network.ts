import { connect } from "node:net";
import { type Finding, fail, type Layer, pass } from "../layer.ts";

/** Does a TCP connection come about? */
export const networkLayer: Layer = {
  name: "network",
  late: "net.timeout",
  share: 1,
  applies: () => true,
  examine: ({ target, trail, progress }) =>
    new Promise<Finding>((done) => {
      const socket = connect({ host: trail.address ?? target.host, port: target.port, noDelay: true });
      trail.socket = socket;
      socket.on("error", (error: NodeJS.ErrnoException) => done(toFinding(error.code)));
      socket.once("connect", () => {
        progress();
        done(pass);
      });
    }),
};

function toFinding(code: string | undefined): Finding {
  if (code === "ECONNREFUSED") return fail("net.refused");
  if (code === "ECONNRESET" || code === "EPIPE") return fail("net.reset");
  // No route, host or network unreachable, the system's own connect limit: nobody is reached.
  return fail("net.timeout");
}
