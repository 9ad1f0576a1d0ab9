import { connect, isIP, type Socket } from "node:net";
import { type Finding, fail, type Layer, type Probe, pass } from "../layer.ts";
import type { OtherFamily } from "../probe-result.ts";
import type { Reason } from "../reason.ts";

/** Does a TCP connection come about? To the proxy, where one stands in the way. */
export const networkLayer: Layer = {
  name: "network",
  late: "net.timeout",
  lateAtProxy: () => "proxy.timeout",
  share: 1,
  applies: () => true,
  examine(probe) {
    const { target, trail, progress } = probe;
    if (trail.otherAddress !== undefined) trail.otherFamily ??= observeFamily(trail.otherAddress, probe);
    return new Promise<Finding>((done) => {
      const socket = open(trail.address ?? target.proxy?.host ?? target.host, (target.proxy ?? target).port);
      trail.socket = socket;
      const six = isIP(trail.address ?? "") === 6;
      socket.on("error", (error: NodeJS.ErrnoException) => {
        const reason = toReason(error.code, six);
        done(fail(target.proxy ? (atProxy[reason] ?? "proxy.timeout") : reason));
      });
      socket.once("connect", () => {
        progress();
        done(pass);
      });
    });
  },
};

/** Happy Eyeballs would hide which family it was. */
function open(host: string, port: number): Socket {
  return connect({ host, port, noDelay: true, autoSelectFamily: false });
}

const atProxy: Readonly<Partial<Record<Reason, Reason>>> = { "net.refused": "proxy.refused", "net.reset": "proxy.closed" };

function toReason(code: string | undefined, six: boolean): Reason {
  if (code === "ECONNREFUSED") return "net.refused";
  if (code === "ECONNRESET" || code === "EPIPE") return "net.reset";
  if (six && isNoWay(code)) return "net.noipv6";
  // No route, host or network unreachable, the system's own connect limit: nobody is reached.
  return "net.timeout";
}

/** This machine itself has no way out of that kind. */
function isNoWay(code: string | undefined): boolean {
  return code === "ENETUNREACH" || code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT";
}

const familyBudgetMs = 2_000;

/** Connects over the other family, for evidence alone: nothing is sent. */
function observeFamily(address: string, { target, monotonic, endsAtMs }: Probe): Promise<OtherFamily> {
  return new Promise((done) => {
    const from = monotonic();
    const socket = open(address, target.port);
    const end = (outcome: OtherFamily["outcome"]): void => {
      clearTimeout(timer);
      socket.destroy();
      done({ family: isIP(address) === 6 ? 6 : 4, address, outcome, ms: Math.round(monotonic() - from) });
    };
    const timer = setTimeout(() => end("timeout"), Math.max(0, Math.min(familyBudgetMs, endsAtMs - from)));
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (isNoWay(code)) end("no-way");
      else end(code === "ECONNREFUSED" ? "refused" : code === "ECONNRESET" ? "reset" : "timeout");
    });
    socket.once("connect", () => end("connected"));
  });
}
