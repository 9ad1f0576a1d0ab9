import type { Words } from "../../platform/words.ts";
import type { Reason } from "../reason.ts";
import type { KitCertificates } from "./certificates.ts";
import type { LoopbackHost } from "./loopback-server.ts";

export const families = ["connection", "http", "tls", "link", "name", "proxy"] as const;
export type Family = (typeof families)[number];

/** Where behaviours are played. */
export interface Stage {
  readonly host: LoopbackHost;
  readonly certificates: KitCertificates;
  /** Of the probes that will come: a behaviour that is late is late by these. */
  readonly slowMs: number;
  readonly deadlineMs: number;
}

/** Slow, and not too late: as far from either as can be, since a busy machine moves both. */
export function toLateMs({ slowMs, deadlineMs }: Stage): number {
  return (slowMs + deadlineMs) / 2;
}

/** One behaviour, up and waiting for probes. */
export interface Played {
  readonly port: number;
  /** `127.0.0.1:5353`: who has to be asked for the name; undefined: nobody needs to be asked. */
  readonly resolver?: string;
  /** The proxy that does it. */
  readonly proxyPort?: number;
  stop(): Promise<void>;
}

/** One thing that a server, a line, a name server or a proxy does wrong (or well), and what a probe has to say of it. */
export interface Behaviour {
  /** Stable: stands in the output for programs. */
  readonly id: string;
  readonly family: Family;
  readonly words: Words;
  readonly scheme: "http" | "https";
  /** What tells it rightly; undefined: nothing is wrong. */
  readonly expected: Reason | undefined;
  /** What is to be said when a good proxy stands in between, where that is not what `toExpectedThroughProxy` tells of all. */
  readonly throughProxy?: Reason;
  /** Undefined: this machine cannot play it. */
  play(stage: Stage): Promise<Played | undefined>;
}
