import type { Clock, Instant } from "../../platform/clock.ts";
import { isProvablyGone, type ProcessIdentity, readProcessIdentity } from "../../platform/process-identity.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Layer } from "../layer.ts";
import { type CanaryWish, createDuties, type Duties } from "./duties.ts";
import { createFlow, type FlowOptions } from "./flow.ts";
import type { DutyMemory } from "./memory.ts";
import type { SystemDuties } from "./settings.ts";

/** What the workspace gives to sign-in, function and freshness. */
export interface DutyNeeds {
  readonly systems: Readonly<Record<string, SystemDuties>>;
  readonly memory: DutyMemory;
  readonly readSecret: (reference: string) => Promise<string>;
  readonly readDeliveries: (source: string) => Promise<readonly Instant[]>;
  /** This probe host's name; undefined: the machine's own. */
  readonly host?: string | undefined;
  readonly canaries: CanaryWish;
}

export interface OpenDuties extends Duties {
  /** Waits for test documents under way, then lets go of all connections. */
  close(): Promise<void>;
}

export interface DutySurroundings extends FlowOptions {
  readonly endpoints: readonly Endpoint[];
  readonly layers: readonly Layer[];
  readonly clock: Clock;
}

/** Undefined where nothing of it is to be checked: then nothing is opened either. */
export async function openDuties(
  needs: DutyNeeds | undefined,
  { endpoints, layers, clock, ...flowOptions }: DutySurroundings,
): Promise<OpenDuties | undefined> {
  if (!needs || !endpoints.some(({ system }) => Object.hasOwn(needs.systems, system))) return undefined;
  const wanted = layers.map(({ name }) => name);
  if (!wanted.some((name) => name === "sign-in" || name === "function" || name === "freshness")) return undefined;
  const acts = wanted.includes("function");
  const flow = await createFlow(flowOptions);
  const identity = readProcessIdentity();
  const duties = await createDuties(endpoints, acts ? needs.canaries : "none", {
    ...needs,
    flow,
    clock,
    deadlineMs: flowOptions.deadlineMs,
    host: needs.host ?? identity.host,
    holder: JSON.stringify(identity),
    isHolderGone: (holder) => isProvablyGone(JSON.parse(holder) as ProcessIdentity),
  });
  return {
    canaries: duties.canaries,
    of: duties.of,
    get hindrances() {
      return duties.hindrances;
    },
    clean: async () => (acts ? duties.clean() : []),
    settle: duties.settle,
    async close() {
      await duties.settle();
      await flow.close();
    },
  };
}
