import type { Instant } from "../platform/clock.ts";
import { readMonotonicMs } from "../platform/clock.ts";
import type { Differentials } from "./differential.ts";
import type { Duties } from "./duties/duties.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Finding, Layer, Probe, Target, Trail } from "./layer.ts";
import type { LagMeter } from "./loop-lag.ts";
import type { NameServer } from "./name-server.ts";
import { toFacts } from "./probe-facts.ts";
import type { ProbeFacts, ProbePhases } from "./probe-result.ts";
import type { FindProxy } from "./proxy.ts";
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
  /** Which way to go to a place; undefined: direct always. */
  readonly findProxy?: FindProxy;
  readonly redirectHosts?: readonly string[];
  readonly clockPinned?: boolean;
  /** Sign-in, function and freshness, where they are to be checked. */
  readonly duties?: Pick<Duties, "of">;
  /** Asks what has failed in other ways; undefined: never. */
  readonly differentials?: Differentials;
}

export interface Failed {
  readonly layer: LayerName;
  readonly reason: Reason;
  readonly also?: readonly Reason[];
  /** The deadline had passed. */
  readonly late?: boolean;
}

/** One climb through the layers. */
export interface Attempt {
  readonly at: Instant;
  /** Undefined: it came through all layers. */
  readonly failure?: Failed;
  readonly totalMs: number;
  readonly phases: ProbePhases;
  readonly loopLagMs: number;
  /** How long our own event loop stood still in all: the most that we can have added to a timing. */
  readonly ownDelayMs: number;
  readonly seen: ProbeFacts;
  readonly serverDate?: Trail["serverDate"];
  /** How long the server asks us to wait before we come again (429). */
  readonly retryAfterMs?: number;
}

export interface ProbeHooks {
  readonly signal: AbortSignal;
  readonly progress: () => void;
  /** Waits until there is room at an address; the wait counts neither as the probe's time nor against its deadline. */
  readonly enter?: (address: string) => Promise<void> | undefined;
  /** Asked once, at a failure: does it count, or will there be another try? Only what counts is asked in other ways. */
  readonly decides?: (failure: Failed, took: Pick<Attempt, "totalMs" | "loopLagMs">) => boolean;
  /** The request is about to be sent. */
  readonly onRequest?: (() => void) | undefined;
}

const maxRedirects = 3;
const phaseOf: Readonly<Partial<Record<LayerName, keyof ProbePhases>>> = {
  name: "nameMs",
  network: "connectMs",
  tls: "tlsMs",
  "sign-in": "signInMs",
  function: "functionMs",
  freshness: "freshnessMs",
};

/**
 * Climbs until the first layer that fails. One wall-clock deadline for the whole, held by a timer of our own that destroys the
 * socket; never longer, whatever the other side does. Aborting ends it at once: undefined.
 */
export async function probeOnce(endpoint: Endpoint, tools: ProbeTools, hooks: ProbeHooks): Promise<Attempt | undefined> {
  const at = tools.now();
  let started = readMonotonicMs();
  const mark = tools.lag.mark();
  const watch = startWatch(hooks.signal);
  const trail: Trail = { hops: [], notes: new Set() };
  const phases: { -readonly [Name in keyof ProbePhases]: number } = {};
  let probe: Probe | undefined;
  const examine = async (layer: Layer, target: Target): Promise<Finding | "aborted"> => {
    const from = readMonotonicMs();
    const endsAtMs = started + tools.deadlineMs;
    const ownMs = layer.ownLimitMs?.(target);
    const shareEndsAtMs = layer.share < 1 ? Math.min(endsAtMs, from + tools.deadlineMs * layer.share) : endsAtMs;
    const layerEndsAtMs = ownMs === undefined ? shareEndsAtMs : from + ownMs;
    if (probe?.target !== target || probe.endsAtMs !== endsAtMs) probe = toProbe(target, trail, endsAtMs, tools, hooks);
    const finding = await watch.race(layer.examine(probe), layerEndsAtMs, () => {
      trail.socket?.destroy();
      return { kind: "fail", reason: (target.proxy && layer.lateAtProxy?.({ target, trail })) ?? layer.late, late: true };
    });
    const phase = phaseOf[layer.name];
    const tookMs = readMonotonicMs() - from;
    if (phase) phases[phase] = roundMs((phases[phase] ?? 0) + tookMs);
    if (ownMs !== undefined) started += tookMs;
    return finding;
  };

  const climb = async (): Promise<{ readonly target: Target; readonly failure?: Attempt["failure"] } | "aborted"> => {
    let target = toTarget({ ...endpoint, duties: tools.duties?.of(endpoint) }, tools.findProxy);
    for (let hop = 0, step = 0; step < tools.layers.length; step++) {
      const layer = tools.layers[step] as Layer;
      if (!layer.applies(target)) continue;
      if (layer.name === "http") hooks.onRequest?.();
      const finding = await examine(layer, target);
      if (finding === "aborted") return finding;
      if (finding.kind === "fail") {
        const { reason, also, late } = finding;
        // A wrong clock of ours looks like this too; the server's own Date tells them apart, so it is fetched for that alone.
        const http = tools.layers.find(({ name }) => name === "http");
        if (http && (reason === "tls.expired" || reason === "tls.notyet")) await examine(http, target);
        return { target, failure: { layer: layer.name, reason, also, late } };
      }
      if (finding.kind === "again") {
        if (++hop > maxRedirects) return { target, failure: { layer: layer.name, reason: "http.loop" } };
        trail.socket?.destroy();
        const { url } = finding;
        target = toTarget({ ...target, url: url.href, port: portOf(url) }, tools.findProxy);
        step = tools.layers.findIndex(({ name }) => name === "network") - 1;
      }
      if (layer.name === "name" && trail.address !== undefined) {
        const room = hooks.enter?.(trail.address);
        if (room) {
          const from = readMonotonicMs();
          await room;
          started += readMonotonicMs() - from;
        }
      }
    }
    return { target };
  };

  try {
    const end = await climb();
    if (end === "aborted") return undefined;
    const totalMs = roundMs(readMonotonicMs() - started);
    if (trail.firstByteMs !== undefined) phases.firstByteMs = roundMs(trail.firstByteMs);
    const lag = tools.lag.since(mark);
    trail.socket?.destroy();
    const otherFamily = await trail.otherFamily;
    const { failure } = end;
    const counts = failure !== undefined && (hooks.decides?.(failure, { totalMs, loopLagMs: lag.longestMs }) ?? true);
    const further = counts
      ? await tools.differentials?.examine({ target: end.target, trail, otherFamily, failure }, hooks.signal)
      : undefined;
    return {
      at,
      failure: further?.failure ?? failure,
      totalMs,
      phases,
      loopLagMs: roundMs(lag.longestMs),
      ownDelayMs: lag.totalMs,
      seen: toFacts(trail, end.target, otherFamily, further?.differential),
      serverDate: trail.serverDate,
      retryAfterMs: trail.retryAfterMs,
    };
  } finally {
    watch.end();
    trail.socket?.destroy();
  }
}

function toTarget(
  { url: href, host, port, addresses, expect, sso, duties }: Omit<Target, "url"> & { readonly url: string },
  findProxy?: FindProxy,
): Target {
  const url = new URL(href);
  return { url, host, port, addresses, expect, sso, duties, proxy: findProxy?.(url) };
}

function toProbe(target: Target, trail: Trail, endsAtMs: number, tools: ProbeTools, { progress }: ProbeHooks): Probe {
  const { now, names, trust, slowMs, redirectHosts, clockPinned } = tools;
  return { target, trail, now, clockPinned, monotonic: readMonotonicMs, endsAtMs, names, trust, slowMs, redirectHosts, progress };
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "http:" ? 80 : 443);
}

/** One abort listener, and one timer as long as the end stays the same, for all layers of a probe: they cost more than some layers do. */
interface Watch {
  /** What the work finds; `late` when its time is up first, "aborted" when the person stops. `endsAtMs` on the monotonic clock. */
  race(work: Promise<Finding>, endsAtMs: number, late: () => Finding): Promise<Finding | "aborted">;
  end(): void;
}

function startWatch(signal: AbortSignal): Watch {
  let onAbort: (() => void) | undefined;
  let onLate: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let timerEndsAtMs = Number.NaN;
  const abort = (): void => onAbort?.();
  const expire = (): void => {
    timerEndsAtMs = Number.NaN;
    const late = onLate;
    // After a standstill of our own an answer may be waiting to be read: an immediate runs when it has been.
    setImmediate(() => {
      if (onLate === late) late?.();
    });
  };
  const aborts = listAborts(signal);
  aborts.add(abort);
  return {
    race: (work, endsAtMs, late) =>
      new Promise((done, fail) => {
        if (signal.aborted) return done("aborted");
        onAbort = () => done("aborted");
        onLate = () => done(late());
        if (endsAtMs !== timerEndsAtMs) {
          clearTimeout(timer);
          timerEndsAtMs = endsAtMs;
          // Whole milliseconds: timers of one length share a list.
          timer = setTimeout(expire, Math.ceil(Math.max(0, endsAtMs - readMonotonicMs())));
        }
        const settle = (): void => {
          onAbort = undefined;
          onLate = undefined;
        };
        work.then(
          (finding) => {
            settle();
            done(finding);
          },
          (error: unknown) => {
            settle();
            fail(error);
          },
        );
      }),
    end() {
      clearTimeout(timer);
      aborts.delete(abort);
    },
  };
}

const abortsOf = new WeakMap<AbortSignal, Set<() => void>>();

/** What is to be called when the signal is aborted: adding to a set is cheaper than an event listener for each of thousands of probes. */
function listAborts(signal: AbortSignal): Set<() => void> {
  const known = abortsOf.get(signal);
  if (known) return known;
  const aborts = new Set<() => void>();
  abortsOf.set(signal, aborts);
  signal.addEventListener("abort", () => {
    for (const abort of aborts) abort();
  });
  return aborts;
}

function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}
