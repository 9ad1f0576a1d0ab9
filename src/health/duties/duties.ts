import type { Clock, Instant } from "../../platform/clock.ts";
import { createUlid } from "../../platform/ids.ts";
import { readPointer } from "../../platform/json-pointer.ts";
import type { PlaceholderValues } from "../../platform/placeholders.ts";
import type { Words } from "../../platform/words.ts";
import type { Endpoint } from "../endpoint.ts";
import { type CallOutcome, makeCall, type Pass } from "./call.ts";
import { type CanaryOutcome, recallCanary, sendCanary } from "./canary.ts";
import { listDueUnits } from "./canary-share.ts";
import type { Flow } from "./flow.ts";
import { toStaleAfterMs } from "./gaps.ts";
import type { DutyMemory, OpenCanary } from "./memory.ts";
import type { Call, CanarySettings, SystemDuties } from "./settings.ts";
import { createSignInDesk, type SignInOutcome } from "./sign-in-desk.ts";

/** What is checked of one endpoint beyond its page; a member that is absent is not to be checked. */
export interface EndpointDuties {
  readonly signIn?: () => Promise<SignInOutcome>;
  readonly act?: () => Promise<ActOutcome>;
  readonly readSync?: (now: Instant) => Promise<SyncOutcome>;
  /** The most that each may take. */
  readonly limitsMs: { readonly signIn: number; readonly act: number; readonly readSync: number };
}

export type ActOutcome =
  | { readonly kind: "good"; readonly canary?: CanaryOutcome }
  /** A service that does not do what it should. */
  | { readonly kind: "service"; readonly name: string; readonly outcome: CallOutcome }
  | { readonly kind: "canary"; readonly canary: CanaryOutcome }
  /** Without a sign-in nothing of it can be asked. */
  | { readonly kind: "no-pass"; readonly outcome: Exclude<SignInOutcome, { kind: "signed-in" }> };

export type SyncOutcome =
  | { readonly kind: "read"; readonly last: Instant; readonly staleAfterMs: number }
  /** Nothing came yet, or what answers makes no sense. */
  | { readonly kind: "unread" }
  | Extract<ActOutcome, { kind: "no-pass" }>;

/** Something that was not done, and why; it decides how the command ends. */
export type Hindrance =
  | { readonly kind: "guarded"; readonly system: string; readonly resumeAt: Instant }
  | { readonly kind: "no-secret"; readonly system: string; readonly words: Words }
  | { readonly kind: "pinned"; readonly system: string };

export interface Duties {
  /** Ids of endpoints that get a test document in this run. */
  readonly canaries: ReadonlySet<string>;
  of(endpoint: Endpoint): EndpointDuties | undefined;
  readonly hindrances: readonly Hindrance[];
  /** Takes back what earlier runs left behind; those that could not be. */
  clean(): Promise<readonly OpenCanary[]>;
  /** When no test document is under way any more. */
  settle(): Promise<void>;
}

export interface DutiesOptions {
  readonly systems: Readonly<Record<string, SystemDuties>>;
  readonly flow: Flow;
  readonly memory: DutyMemory;
  readonly readSecret: (reference: string) => Promise<string>;
  /** When the deliveries of a records' source came, oldest first. */
  readonly readDeliveries: (source: string) => Promise<readonly Instant[]>;
  readonly host: string;
  readonly holder: string;
  readonly isHolderGone: (holder: string) => boolean;
  readonly clock: Clock;
  /** Of one request. */
  readonly deadlineMs: number;
}

/** all: each endpoint whose system allows it. Else only units whose turn has come. */
export type CanaryWish = "all" | "share" | "none";

const flowsAtSignIn = 3;
const longestFlightMs = 3_600_000;

/** `endpoints` are those of this run: whose turn it is among them is decided once. */
export async function createDuties(endpoints: readonly Endpoint[], wish: CanaryWish, options: DutiesOptions): Promise<Duties> {
  const { systems, flow, memory, clock, deadlineMs } = options;
  const hindrances = new Map<string, Hindrance>();
  const desk = createSignInDesk({ ...options, now: clock.now, settings: (system) => systems[system]?.signIn });
  const chosen = await chooseCanaries(endpoints, wish, options);
  const acts = new Map<string, Promise<CanaryOutcome>>();
  const underWay = new Set<Promise<unknown>>();

  const signIn = async (system: string, values: PlaceholderValues): Promise<SignInOutcome> => {
    const outcome = await desk.open(system, values);
    if (outcome.kind === "guarded") hindrances.set(`guarded ${system}`, { kind: "guarded", system, resumeAt: outcome.resumeAt });
    if (outcome.kind === "no-secret") hindrances.set(`secret ${system}`, { kind: "no-secret", system, words: outcome.words });
    return outcome;
  };

  /** What opens the system's doors; nothing where it has none to open. */
  const findPass = async (
    system: string,
    values: PlaceholderValues,
  ): Promise<{ readonly pass?: Pass } | Extract<ActOutcome, { kind: "no-pass" }>> => {
    if (!systems[system]?.signIn) return {};
    const outcome = await signIn(system, values);
    return outcome.kind === "signed-in" ? { pass: outcome.pass } : { kind: "no-pass", outcome };
  };

  const fly = (endpoint: Endpoint, settings: CanarySettings, pass: Pass | undefined): Promise<CanaryOutcome> => {
    // Once a run, however often the endpoint is tried.
    const known = acts.get(endpoint.id);
    if (known) return known;
    const start = async (): Promise<CanaryOutcome> => {
      const canary: OpenCanary = {
        id: `wardctl-canary-${createUlid(clock.now())}`,
        system: endpoint.system,
        unit: endpoint.unit,
        base: toBase(endpoint),
        sentAt: clock.now(),
        document: undefined,
        stage: "send",
        holder: options.holder,
      };
      await memory.openCanary(canary);
      const flown = await sendCanary(canary, settings, { flow, memory, now: clock.now, values: toValues(endpoint), pass });
      await memory.endCanary(canary.id, clock.now(), flown.failedAt);
      return flown;
    };
    const flight = start();
    acts.set(endpoint.id, flight);
    underWay.add(flight);
    flight.catch(() => undefined).finally(() => underWay.delete(flight));
    return flight;
  };

  const act = async (endpoint: Endpoint, { services, canary }: SystemDuties): Promise<ActOutcome> => {
    const values = toValues(endpoint);
    const found = await findPass(endpoint.system, values);
    if ("kind" in found) return found;
    for (const [name, call] of Object.entries(services)) {
      const outcome = await makeCall(call, { flow, base: toBase(endpoint), values, pass: found.pass });
      if (outcome.kind !== "good") return { kind: "service", name, outcome };
    }
    if (!canary || !chosen.has(endpoint.id)) return { kind: "good" };
    const flown = await fly(endpoint, canary, found.pass);
    return { kind: flown.failedAt === undefined ? "good" : "canary", canary: flown };
  };

  const readSync = async (endpoint: Endpoint, { freshness }: SystemDuties): Promise<SyncOutcome> => {
    const { get, lastSync, source, ...limits } = freshness!;
    if (source !== undefined) {
      const deliveries = await options.readDeliveries(source);
      const last = deliveries.at(-1);
      return last === undefined ? { kind: "unread" } : { kind: "read", last, staleAfterMs: toStaleAfterMs(deliveries, limits) };
    }
    const values = toValues(endpoint);
    const found = await findPass(endpoint.system, values);
    if ("kind" in found) return found;
    const outcome = await makeCall({ get }, { flow, base: toBase(endpoint), values, pass: found.pass });
    const last = outcome.kind === "good" ? readTime(readPointer(outcome.answer.json, lastSync ?? "")) : undefined;
    if (last === undefined) return { kind: "unread" };
    // What one address tells all is one series.
    const series = `${endpoint.system} ${get?.startsWith("/") ? endpoint.unit : ""}`;
    return { kind: "read", last, staleAfterMs: toStaleAfterMs(await memory.noteSync(series, last), limits) };
  };

  return {
    canaries: chosen,
    get hindrances() {
      return [...hindrances.values(), ...listPinned(endpoints, wish, options)];
    },
    of(endpoint) {
      const duties = systems[endpoint.system];
      if (!duties) return undefined;
      const acting = Object.keys(duties.services).length > 0 || chosen.has(endpoint.id);
      const calls = Object.keys(duties.services).length + (chosen.has(endpoint.id) ? 8 : 0) + flowsAtSignIn;
      return {
        ...(duties.signIn && { signIn: () => signIn(endpoint.system, toValues(endpoint)) }),
        ...(acting && { act: () => act(endpoint, duties) }),
        ...(duties.freshness && { readSync: () => readSync(endpoint, duties) }),
        limitsMs: {
          signIn: flowsAtSignIn * deadlineMs,
          act: calls * deadlineMs + (chosen.has(endpoint.id) ? (duties.canary?.withinMs ?? 0) : 0),
          readSync: (flowsAtSignIn + 1) * deadlineMs,
        },
      };
    },
    async clean() {
      const left: OpenCanary[] = [];
      for (const canary of await memory.listOpenCanaries()) {
        // One that another run has in hand is that one's; of another machine's processes nothing can be known but that none takes an hour.
        const young = clock.now() - canary.sentAt < longestFlightMs;
        if (young && canary.holder !== options.holder && !options.isHolderGone(canary.holder)) continue;
        const settings = systems[canary.system]?.canary;
        if (!settings || !mayWrite([settings.recall], isLoopback(new URL(canary.base).hostname), clock)) {
          left.push(canary);
          continue;
        }
        const values = { unit: canary.unit };
        const found = await findPass(canary.system, values);
        const tools = { flow, memory, now: clock.now, values };
        const done = "kind" in found ? undefined : await recallCanary(canary, settings, { ...tools, pass: found.pass });
        if (done?.kind !== "good") left.push(canary);
      }
      return left;
    },
    async settle() {
      await Promise.allSettled(underWay);
    },
  };
}

async function chooseCanaries(
  endpoints: readonly Endpoint[],
  wish: CanaryWish,
  { systems, memory, clock }: DutiesOptions,
): Promise<ReadonlySet<string>> {
  const chosen = new Set<string>();
  if (wish === "none") return chosen;
  for (const [system, { canary }] of Object.entries(systems)) {
    const allowed = endpoints.filter((endpoint) => {
      return endpoint.system === system && canary !== undefined && maySend(endpoint, canary, clock);
    });
    if (!canary || allowed.length === 0) continue;
    const units = allowed.map(({ unit }) => unit);
    const due = wish === "all" ? units : await listShare(system, units, canary, { memory, clock });
    for (const { id, unit } of allowed) if (due.includes(unit)) chosen.add(id);
  }
  return chosen;
}

async function listShare(
  system: string,
  units: readonly string[],
  { everyHours }: CanarySettings,
  { memory, clock }: Pick<DutiesOptions, "memory" | "clock">,
): Promise<readonly string[]> {
  const now = clock.now();
  const last = await memory.takeShare(system, now);
  return listDueUnits(units, { now, last, windowMs: everyHours * 3_600_000 });
}

function maySend(endpoint: Endpoint, { send, receipt, recall }: CanarySettings, clock: Clock): boolean {
  const { addresses, host } = endpoint;
  const home = isLoopback(host) || (addresses.length > 0 && addresses.every(isLoopback));
  return mayWrite([send, recall, ...(receipt ? [receipt] : [])], home, clock);
}

/** A clock that was set by hand is for rehearsals: it may write to nothing but this machine. `home`: mere paths lead to this machine. */
function mayWrite(calls: readonly Call[], home: boolean, { pinned }: Clock): boolean {
  const places = calls.flatMap(({ post, put, delete: gone }) => post ?? put ?? gone ?? []);
  return !pinned || places.every((place) => (place.startsWith("/") ? home : isLoopback(new URL(place).hostname)));
}

function listPinned(endpoints: readonly Endpoint[], wish: CanaryWish, { systems, clock }: DutiesOptions): Hindrance[] {
  if (wish !== "all") return [];
  const held = endpoints.filter((endpoint) => {
    const canary = systems[endpoint.system]?.canary;
    return canary !== undefined && !maySend(endpoint, canary, clock);
  });
  return [...new Set(held.map(({ system }) => system))].map((system) => ({ kind: "pinned", system }));
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127\./.test(host);
}

/** The endpoint's own origin, by the name that its certificate is for. */
function toBase({ url, host, port }: Endpoint): string {
  return `${new URL(url).protocol}//${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function toValues({ unit, province, instance }: Endpoint): PlaceholderValues {
  return { unit, province, instance };
}

/** ISO 8601 with an offset, or epoch seconds or milliseconds. */
function readTime(value: unknown): Instant | undefined {
  if (typeof value === "number") return value > 1e11 ? value : value * 1000;
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
