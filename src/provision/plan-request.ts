import type { Department } from "../directory/department.ts";
import type { Directory } from "../directory/directory.ts";
import type { Position } from "../directory/position.ts";
import type { IsoDate, Unit } from "../directory/unit.ts";
import type { Clock, Instant } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import type { Connector } from "./connector.ts";
import type { ChosenSubjects, KnownBefore } from "./known-subjects.ts";
import type { Plan } from "./plan.ts";
import type { PlanStore } from "./plan-store.ts";
import type { Roster } from "./roster.ts";
import type { Scope } from "./scope.ts";
import type { ProvisionSettings } from "./settings.ts";

export interface PlanRequest {
  readonly roster: Roster;
  readonly settings: ProvisionSettings;
  readonly scope: Scope;
  readonly units: readonly Unit[];
  readonly directory: Directory;
  readonly connectors: readonly Connector[];
  readonly store: PlanStore;
  readonly clock: Clock;
  readonly zone: Zone;
  readonly ids: Ids;
  readonly actor: string;
  readonly recreate?: readonly string[];
  /** Hash of what was learned of each system that was probed. */
  readonly profiles?: ReadonlyMap<string, string>;
  readonly departments?: readonly Department[];
  readonly positions?: readonly Position[];
  readonly signal?: AbortSignal;
  readonly known?: KnownBefore;
  readonly chosen?: ChosenSubjects;
}

export interface MadePlan {
  readonly plan: Plan;
  /** Every name that some account had while it was made: none of them is given to another, even after the account is gone. */
  readonly seenNames: readonly { readonly system: string; readonly name: string }[];
}

/** The day that the plan is of. */
export function toToday({ chosen, directory }: PlanRequest): IsoDate {
  return chosen?.asOf ?? directory.date;
}

/** A plan for a later day lives from that day on. */
export function toStart({ clock, zone, chosen }: PlanRequest): Instant {
  return Math.max(clock.now(), (chosen && readInstant(chosen.asOf, zone)) ?? 0);
}
