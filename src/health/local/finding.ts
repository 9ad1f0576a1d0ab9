import type { Environment } from "../../platform/environment.ts";
import type { Words } from "../../platform/words.ts";
import type { Endpoint } from "../endpoint.ts";
import type { NameAnswer, NameServer } from "../name-server.ts";
import type { Look } from "./look.ts";
import type { LocalMachine } from "./machine.ts";

export const localCheckIds = [
  "loopback",
  "link",
  "route",
  "resolver",
  "hijack",
  "witnesses",
  "reachable",
  "portal",
  "clock",
  "inspection",
  "proxy",
  "files",
  "load",
] as const;
export type LocalCheckId = (typeof localCheckIds)[number];

/** warn: worth knowing, blames nothing. fail: probes from here may say nothing about the other side. not-applicable: not looked at, and why. */
export type LocalState = "pass" | "warn" | "fail" | "not-applicable";

/** What one check of this machine found. */
export interface LocalFinding {
  readonly id: LocalCheckId;
  readonly state: LocalState;
  /** What was seen. */
  readonly words: Words;
  /** What to do about it. */
  readonly remedy?: Words;
  /** Addresses that a resolver invents, hosts that a portal sends everybody to, issuers that stand in for others. */
  readonly culprits?: readonly string[];
}

/** A host that answers on TCP whatever happens to the systems; three on different carriers tell a line from a carrier. */
export interface Witness {
  readonly host: string;
  readonly port: number;
  readonly carrier?: string | undefined;
}

/** What the checks may look at. */
export interface LocalScene {
  /** What is to be probed from here; may be empty. */
  readonly endpoints: readonly Endpoint[];
  readonly witnesses: readonly Witness[];
  /** Address of one's own that answers 204 and nothing else. */
  readonly reachable?: string | undefined;
  /** By c-ares: the servers of the settings, or the machine's own. */
  readonly names: NameServer;
  /** Whether the settings name servers. */
  readonly ownServers: boolean;
  /** As a browser would: hosts file, search list. Not asked in the short form: a dead one takes its time. */
  readonly systemNames?: ((name: string) => Promise<NameAnswer>) | undefined;
  readonly machine: LocalMachine;
  readonly environment: Environment;
  /** The setting `check.proxy`. */
  readonly proxy: string;
  readonly random: { next(): number };
  /** Wall clock; undefined when it was set by hand and so measures nothing. */
  readonly now: (() => number) | undefined;
  /** The longest that this process stood still while it looked; undefined when that was not measured. */
  readonly standstillMs?: number | undefined;
  /** One look at each of some targets; empty in the short form. */
  readonly looks: readonly Look[];
}

/** One fact about this machine. `check` resolves for whatever the machine or the net does, within two seconds, and changes nothing. */
export interface LocalCheck {
  readonly id: LocalCheckId;
  readonly title: Words;
  /** Cheap enough to go before every sweep. */
  readonly short: boolean;
  check(scene: LocalScene): Promise<Omit<LocalFinding, "id">>;
}

export function pass(words: Words): Omit<LocalFinding, "id"> {
  return { state: "pass", words };
}

export function notLookedAt(words: Words): Omit<LocalFinding, "id"> {
  return { state: "not-applicable", words };
}

/** RFC 6761 §6.4: `.invalid` never exists, so any address for it is invented. */
export function makeUpName(random: LocalScene["random"]): string {
  return `wardctl-${Math.floor(random.next() * 0xffffffff).toString(36)}.invalid`;
}

/** Everything that is to be probed lies on this machine: a rehearsal, which needs no line. */
export function isRehearsal({ endpoints }: Pick<LocalScene, "endpoints">): boolean {
  return endpoints.length > 0 && endpoints.every(({ host, addresses }) => [host, ...addresses].some(isLoopback));
}

export function isLoopback(address: string): boolean {
  return /^127\.|^::1$|^localhost$/.test(address);
}

export const rehearsalWords: Words = {
  vi: "mọi điểm cần kiểm tra nằm trên chính máy này",
  en: "everything to be checked lies on this machine itself",
};
