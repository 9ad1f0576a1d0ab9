import { type Finding, fail, type Layer, pass } from "../layer.ts";
import { openTunnel } from "../tunnel.ts";

/** Does the proxy lead on to the target? CONNECT by hand: no library tells all that a proxy can answer (check.md §3). */
export const tunnelLayer: Layer = {
  name: "network",
  late: "proxy.silent",
  // A proxy that says nothing shall not use up the time of the layers above.
  share: 0.5,
  applies: ({ proxy, url }) => proxy !== undefined && url.protocol === "https:",
  async examine({ target, trail, progress }): Promise<Finding> {
    const { kind, ...seen } = await openTunnel(trail.socket!, target, target.proxy!.authorization);
    progress();
    trail.proxyAnswer = kind === "open" ? undefined : seen;
    return kind === "open" ? pass : fail(kind);
  },
};
