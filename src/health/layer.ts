import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import type { Instant } from "../platform/clock.ts";
import type { Expectation } from "./expectation.ts";
import type { NameServer } from "./name-server.ts";
import type { Note } from "./notes.ts";
import type { Hop, OtherFamily } from "./probe-result.ts";
import type { HttpProxy } from "./proxy.ts";
import type { LayerName, Reason } from "./reason.ts";
import type { Trust } from "./trust.ts";

/** Where a probe goes now; a redirect on the same host changes it. */
export interface Target {
  readonly url: URL;
  readonly host: string;
  readonly port: number;
  /** Addresses that the name may lead to; empty: any. */
  readonly addresses: readonly string[];
  /** The way there; undefined: direct. Then the name and the connection of the lower layers are the proxy's. */
  readonly proxy?: HttpProxy;
  readonly expect?: Expectation;
  /** Host of the single sign-on: a redirect there is no foreign one. */
  readonly sso?: string;
}

/** What a probe has come to know. Layers write down what they saw, the ones above read it. */
export interface Trail {
  address?: string;
  /** Addresses of the other family, when the name has both. */
  otherAddress?: string;
  ttlSeconds?: number;
  systemAddresses?: readonly string[];
  /** The other family's connection; it does not hold up the climb. */
  otherFamily?: Promise<OtherFamily>;
  proxyAnswer?: { readonly status?: number; readonly schemes?: readonly string[] };
  protocol?: string;
  /** The Server header. */
  server?: string;
  earliestExpiry?: string;
  readonly hops: Hop[];
  readonly notes: Set<Note>;
  /** How long a server asks us to wait (429). */
  retryAfterMs?: number;
  /** Open connection; the runner destroys it when the probe ends, however it ends. */
  socket?: Socket;
  certificate?: X509Certificate;
  status?: number;
  /** Where a redirect led. */
  location?: string;
  /** The server's Date header and our own clock when it came. */
  serverDate?: { readonly theirs: Instant; readonly ours: Instant };
  firstByteMs?: number;
}

export interface Probe {
  readonly target: Target;
  readonly trail: Trail;
  /** Clock that certificate dates are judged by. */
  readonly now: () => Instant;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** When the whole probe's time is up, in the same milliseconds. */
  readonly endsAtMs: number;
  readonly names: NameServer;
  readonly trust: Trust;
  readonly slowMs: number;
  /** Hosts that any redirect may lead to, beside the endpoint's own. */
  readonly redirectHosts?: readonly string[];
  /** To be called whenever the other side did something: a probe that waits long gives its place to others. */
  readonly progress: () => void;
}

export type Finding =
  | { readonly kind: "pass" }
  /** `also`: what else is wrong at this layer; everything is judged even when one thing fails. */
  | {
      readonly kind: "fail";
      readonly reason: Reason;
      readonly also?: readonly Reason[];
      /** Its time ran out: set by the runner. */
      readonly late?: boolean;
    }
  /** A redirect on the same host: climb again from the network up. */
  | { readonly kind: "again"; readonly url: URL };

/**
 * One layer knows one fact about an endpoint. Its promises, held by test/src/health/probe.test.ts:
 *
 * - `examine` resolves for everything that a server, a line or a name server can do; it throws only on a bug of ours.
 * - It sets no deadline: the runner destroys `trail.socket` when time is up and says `late`; what `examine` answers after that is not read.
 * - It sends nothing but what its fact needs, once, and no credentials.
 * - It knows nothing of the layers above and does not judge what the ones below found.
 * - A socket it opens goes into `trail.socket` before the first wait and always has an error listener.
 */
export interface Layer {
  readonly name: LayerName;
  /** The reason when this layer is still waiting at the deadline. */
  readonly late: Reason;
  /** The same where it waits for a proxy; undefined: it waits for the target behind it. */
  readonly lateAtProxy?: (probe: Pick<Probe, "target" | "trail">) => Reason | undefined;
  /** Share of the probe's deadline that this layer may use up. */
  readonly share: number;
  applies(target: Target): boolean;
  examine(probe: Probe): Promise<Finding>;
}

export const pass: Finding = { kind: "pass" };

export function fail(reason: Reason, also: readonly Reason[] = []): Finding {
  return also.length > 0 ? { kind: "fail", reason, also } : { kind: "fail", reason };
}
