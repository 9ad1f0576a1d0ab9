import type { Instant } from "../platform/clock.ts";
import { readMonotonicMs } from "../platform/clock.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Finding, Layer, Probe, Target, Trail } from "./layer.ts";
import type { LagMeter } from "./loop-lag.ts";
import type { NameServer } from "./name-server.ts";
import type { ProbeFacts, ProbePhases } from "./probe-result.ts";
import type { LayerName, Reason } from "./reason.ts";
import type { Trust } from "./trust.ts";

export interface ProbeTools {
  readonly layers: readonly Layer[];
  readonly names: NameServer;
  readonly trust: Trust;
  readonly lag: LagMeter;
  /** Clock that certificate dates are judged by. */
  readonly now: () => Instant;
  readonly deadlineMs: number;
  readonly slowMs: number;
}

/** One climb through the layers. */
export interface Attempt {
  readonly at: Instant;
  /** Undefined: it came through all layers. */
  readonly failure?: { readonly layer: LayerName; readonly reason: Reason; readonly also?: readonly Reason[] };
  readonly totalMs: number;
  readonly phases: ProbePhases;
  readonly loopLagMs: number;
  /** How long our own event loop stood still in all: the most that we can have added to a timing. */
  readonly ownDelayMs: number;
  readonly seen: ProbeFacts;
  readonly serverDate?: Trail["serverDate"];
}

const maxRedirects = 3;
const phaseOf: Readonly<Partial<Record<LayerName, keyof ProbePhases>>> = { name: "nameMs", network: "connectMs", tls: "tlsMs" };

/**
 * Climbs until the first layer that fails. One wall-clock deadline for the whole, held by a timer of our own that destroys the
 * socket; never longer, whatever the other side does. Aborting ends it at once: undefined.
 */
export async function probeOnce(
  endpoint: Endpoint,
  tools: ProbeTools,
  hooks: { readonly signal: AbortSignal; readonly progress: () => void },
): Promise<Attempt | undefined> {
  const at = tools.now();
  const started = readMonotonicMs();
  const mark = tools.lag.mark();
  const trail: Trail = {};
  const phases: { -readonly [Name in keyof ProbePhases]: number } = {};
  const probe = (target: Target): Probe => ({ ...tools, trail, target, monotonic: readMonotonicMs, progress: hooks.progress });

  const examine = (layer: Layer, target: Target): Promise<Finding | "aborted"> => {
    const from = readMonotonicMs();
    const leftMs = Math.min(started + tools.deadlineMs - from, tools.deadlineMs * layer.share);
    return withinTime(layer, () => layer.examine(probe(target)), { leftMs, signal: hooks.signal, trail }).finally(() => {
      const phase = phaseOf[layer.name];
      if (phase) phases[phase] = roundMs((phases[phase] ?? 0) + readMonotonicMs() - from);
    });
  };

  const climb = async (): Promise<Attempt["failure"] | "aborted"> => {
    let target: Target = { ...endpoint, url: new URL(endpoint.url) };
    for (let hop = 0, step = 0; step < tools.layers.length; step++) {
      const layer = tools.layers[step] as Layer;
      if (!layer.applies(target)) continue;
      const finding = await examine(layer, target);
      if (finding === "aborted") return finding;
      if (finding.kind === "fail") {
        const { reason, also } = finding;
        // A wrong clock of ours looks like this too; the server's own Date tells them apart, so it is fetched for that alone.
        const http = tools.layers.find(({ name }) => name === "http");
        if (http && (reason === "tls.expired" || reason === "tls.notyet")) await examine(http, target);
        return { layer: layer.name, reason, also };
      }
      if (finding.kind === "again") {
        if (++hop > maxRedirects) return { layer: layer.name, reason: "http.loop" };
        trail.socket?.destroy();
        const { url } = finding;
        target = { ...target, url, port: Number(url.port) || (url.protocol === "http:" ? 80 : 443) };
        step = tools.layers.findIndex(({ name }) => name === "network") - 1;
      }
    }
    return undefined;
  };

  try {
    const failure = await climb();
    if (failure === "aborted") return undefined;
    if (trail.firstByteMs !== undefined) phases.firstByteMs = roundMs(trail.firstByteMs);
    const { longestMs, totalMs } = tools.lag.since(mark);
    return {
      at,
      failure,
      totalMs: roundMs(readMonotonicMs() - started),
      phases,
      loopLagMs: roundMs(longestMs),
      ownDelayMs: totalMs,
      seen: toFacts(trail),
      serverDate: trail.serverDate,
    };
  } finally {
    trail.socket?.destroy();
  }
}

function withinTime(
  layer: Layer,
  work: () => Promise<Finding>,
  { leftMs, signal, trail }: { readonly leftMs: number; readonly signal: AbortSignal; readonly trail: Trail },
): Promise<Finding | "aborted"> {
  return new Promise((done, fail) => {
    const stop = (result: Finding | "aborted"): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      done(result);
    };
    const timer = setTimeout(
      () => {
        stop({ kind: "fail", reason: layer.late });
        trail.socket?.destroy();
      },
      Math.max(0, leftMs),
    );
    const abort = (): void => stop("aborted");
    signal.addEventListener("abort", abort);
    if (signal.aborted) return abort();
    work().then(stop, (error: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      fail(error);
    });
  });
}

function toFacts({ address, status, location, certificate }: Trail): ProbeFacts {
  return {
    address,
    status,
    location: location === undefined ? undefined : withoutQuery(location),
    certificate: certificate && {
      subject: certificate.subject,
      issuer: certificate.issuer,
      from: certificate.validFrom,
      until: certificate.validTo,
      fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
    },
  };
}

/** A query may hold a ticket of somebody's session. */
function withoutQuery(location: string): string {
  return location.replace(/[?#].*$/s, "").slice(0, 200);
}

function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}
