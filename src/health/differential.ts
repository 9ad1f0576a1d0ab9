import { isIP } from "node:net";
import { readMonotonicMs } from "../platform/clock.ts";
import {
  type Differential,
  type DifferentialFinding,
  differentialFindings,
  type Trial,
  type TrialWay,
} from "./differential-words.ts";
import type { Target, Trail } from "./layer.ts";
import type { NameServer } from "./name-server.ts";
import type { Attempt } from "./probe.ts";
import type { OtherFamily } from "./probe-result.ts";
import type { FindProxy, HttpProxy } from "./proxy.ts";
import type { Reason } from "./reason.ts";
import { findContext, type HelloWay, type TrialPlace, tryOnce } from "./tls-trial.ts";

/** A probe that failed. */
export interface Failed {
  readonly target: Target;
  readonly trail: Trail;
  readonly otherFamily: OtherFamily | undefined;
  readonly failure: NonNullable<Attempt["failure"]>;
}

export interface Further {
  readonly differential: Differential;
  /** What the failure should have been called. */
  readonly failure?: NonNullable<Attempt["failure"]>;
}

/** Asks a failing endpoint in other ways, to learn what it is that fails. */
export interface Differentials {
  /** Undefined: nothing to learn, or enough were asked already. Keeps a deadline of its own; aborting ends it. */
  examine(failed: Failed, signal: AbortSignal): Promise<Further | undefined>;
}

export interface DifferentialOptions {
  readonly names: NameServer;
  /** The proxy that this machine is told to use, whether or not probes go through it. */
  readonly findProxy?: FindProxy;
  /** Of all trials of one endpoint together. */
  readonly deadlineMs?: number;
  /** Addresses examined at most: a sweep with a dead carrier needs a few, not thousands. */
  readonly most?: number;
}

const tryMs = 1_000;
const rounds = 3;

export function createDifferentials({ names, findProxy, deadlineMs = 3_000, most = 24 }: DifferentialOptions): Differentials {
  const asked = new Set<string>();
  return {
    async examine(failed, signal) {
      const { target, trail, failure } = failed;
      const own = judgeFamilies(failed);
      if (own) return own;
      const trial = planTrial(failed, findProxy);
      const place = `${trail.address ?? target.host}:${target.port} ${failure.reason}`;
      if (!trial || signal.aborted || asked.has(place) || asked.size >= most) return undefined;
      asked.add(place);
      const deadline = readMonotonicMs() + deadlineMs;
      const leftMs = (): number => Math.min(tryMs, deadline - readMonotonicMs());
      const context: Context = { failed, names, signal, leftMs, within: (work) => orUndefined(work, deadlineMs) };
      return trial(context);
    },
  };
}

interface Context {
  readonly failed: Failed;
  readonly names: NameServer;
  readonly signal: AbortSignal;
  /** What one try may take; not positive: time is up. */
  readonly leftMs: () => number;
  readonly within: <T>(work: Promise<T>) => Promise<T | undefined>;
}

type RunTrial = (context: Context) => Promise<Further | undefined>;

function planTrial({ target, trail, failure }: Failed, findProxy: FindProxy | undefined): RunTrial | undefined {
  const { reason, layer } = failure;
  const secure = target.url.protocol === "https:";
  if (target.proxy) {
    if (reason.startsWith("proxy.") || reason.startsWith("net.")) return compareWithDirect;
    return reason === "tls.chain" || reason === "tls.selfsigned" ? compareCertificates : undefined;
  }
  const handshakeFails = reason === "tls.reset" || reason === "tls.stall" || (layer === "tls" && reason === "net.closed");
  if (handshakeFails) return compareHellos;
  const silentAfter = layer === "http" && (reason === "net.closed" || reason === "net.reset");
  if (secure && silentAfter && trail.protocol === "TLSv1.3") return lookForClientCertificate;
  const proxy = findProxy?.(target.url);
  return proxy && layer === "network" ? (context) => compareWithProxy(context, proxy) : undefined;
}

/** The other family was observed during the probe itself: nothing more is sent. */
function judgeFamilies({ otherFamily, failure, trail }: Failed): Further | undefined {
  if (failure.layer !== "network" || !otherFamily || otherFamily.outcome === "no-way") return undefined;
  const [own, other] = isIP(trail.address ?? "") === 6 ? (["v6", "v4"] as const) : (["v4", "v6"] as const);
  const passed = otherFamily.outcome === "connected";
  return toFurther(passed ? `only-${other}` : "same", [
    { way: own, tries: 1, passed: 0 },
    { way: other, tries: 1, passed: passed ? 1 : 0 },
  ]);
}

const helloWays: readonly HelloWay[] = ["post-quantum", "classical", "classical-long", "tls1.2"];

/** All ways of one round at the same time, so that a line that comes and goes meets them alike. */
async function compareHellos({ failed, signal, leftMs }: Context): Promise<Further | undefined> {
  const place = toPlace(failed);
  const ways = helloWays.filter((way) => findContext(way) !== undefined);
  const counts = new Map<HelloWay, { tries: number; passed: number }>(ways.map((way) => [way, { tries: 0, passed: 0 }]));
  for (let round = 0; round < rounds && leftMs() > 0 && !signal.aborted; round++) {
    const timeoutMs = leftMs();
    await Promise.all(
      ways.map(async (way) => {
        const { passed } = await tryOnce(place, way, { timeoutMs, signal });
        const count = counts.get(way)!;
        count.tries++;
        if (passed) count.passed++;
      }),
    );
  }
  if (signal.aborted) return undefined;
  const trials = [...counts].map(([way, count]): Trial => ({ way, ...count }));
  const notApplicable = helloWays.filter((way) => !ways.includes(way));
  return toFurther(judgeHellos(trials), trials, notApplicable);
}

/** Pure: what it means that these ways came through so often. */
export function judgeHellos(trials: readonly Trial[]): DifferentialFinding {
  const share = (way: TrialWay): "all" | "none" | "some" | undefined => {
    const trial = trials.find((one) => one.way === way && one.tries > 0);
    return trial && (trial.passed === 0 ? "none" : trial.passed === trial.tries ? "all" : "some");
  };
  const tried = trials.filter(({ tries }) => tries > 0).map(({ way }) => share(way));
  if (tried.every((one) => one === "none")) return "same";
  if (tried.every((one) => one === "all")) return "well-now";
  const classical = share("classical");
  if (classical === "all" && share("classical-long") === "none") return "long-hello-rejected";
  if (classical === "all" && share("post-quantum") === "none") return "post-quantum-rejected";
  if (classical === "none" && share("post-quantum") !== "all" && share("tls1.2") === "all") return "tls1.3-rejected";
  return "flaky";
}

async function lookForClientCertificate({ failed, signal, leftMs }: Context): Promise<Further | undefined> {
  const { passed, wantsCertificate } = await tryOnce(toPlace(failed), "tls1.2", { timeoutMs: leftMs(), signal });
  const trials: Trial[] = [
    { way: "classical", tries: 1, passed: 0 },
    { way: "tls1.2", tries: 1, passed: passed ? 1 : 0 },
  ];
  if (!wantsCertificate) return undefined;
  return { ...toFurther("client-certificate", trials), failure: { layer: "tls", reason: "tls.clientcert" } };
}

async function compareWithProxy({ failed, signal, leftMs }: Context, proxy: HttpProxy): Promise<Further | undefined> {
  const { passed } = await tryOnce({ ...toPlace(failed), proxy }, undefined, { timeoutMs: leftMs(), signal });
  return toFurther(passed ? "only-proxied" : "same", [
    { way: "direct", tries: 1, passed: 0 },
    { way: "proxied", tries: 1, passed: passed ? 1 : 0 },
  ]);
}

async function compareWithDirect(context: Context): Promise<Further | undefined> {
  const direct = await tryDirect(context);
  if (!direct) return undefined;
  return toFurther(direct.passed ? "only-direct" : "same", [
    { way: "proxied", tries: 1, passed: 0 },
    { way: "direct", tries: 1, passed: direct.passed ? 1 : 0 },
  ]);
}

async function compareCertificates(context: Context): Promise<Further | undefined> {
  const { trail } = context.failed;
  const direct = await tryDirect(context);
  if (!direct?.fingerprint || direct.fingerprint === trail.certificate?.fingerprint256) return undefined;
  const further = toFurther("proxy-inspects", [
    { way: "proxied", tries: 1, passed: 1 },
    { way: "direct", tries: 1, passed: 1 },
  ]);
  return { ...further, failure: { layer: "tls", reason: "proxy.tls" satisfies Reason } };
}

async function tryDirect({ failed, names, signal, leftMs, within }: Context) {
  const { host } = failed.target;
  const answer = isIP(host) === 0 ? await within(names.resolve(host)) : ({ kind: "addresses", addresses: [host] } as const);
  const address = answer?.kind === "addresses" ? answer.addresses[0] : undefined;
  if (address === undefined || leftMs() <= 0) return undefined;
  return tryOnce({ ...toPlace(failed), address }, undefined, { timeoutMs: leftMs(), signal });
}

function toPlace({ target: { host, port, url }, trail }: Failed): TrialPlace {
  return { address: trail.address ?? host, host, port, secure: url.protocol === "https:" };
}

function toFurther(finding: DifferentialFinding, trials: readonly Trial[], notApplicable: readonly TrialWay[] = []): Further {
  const words = differentialFindings[finding];
  return { differential: { finding, trials, ...(notApplicable.length > 0 ? { notApplicable } : {}), words } };
}

function orUndefined<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  return new Promise((done) => {
    const timer = setTimeout(() => done(undefined), ms);
    work.then(done, () => done(undefined)).finally(() => clearTimeout(timer));
  });
}
