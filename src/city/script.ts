import type { Instant } from "../platform/clock.ts";
import type { Words } from "../platform/words.ts";
import type { CitySystem } from "./city.ts";
import type { FaultName } from "./faults.ts";

/** A day of faults to train on, as its file tells it, with everything that the file left out filled in. */
export interface RehearsalScript {
  /** `trial-3`, or the file's own name. */
  readonly name: string;
  readonly title: Words;
  readonly about: Words | undefined;
  /** The city's clock runs from here … */
  readonly clock: Instant;
  /** … to here. */
  readonly ends: Instant;
  /** Minutes of the city in one of ours. 0: the clock stands until somebody moves it. */
  readonly speed: number;
  readonly city: ScriptedCity;
  /** In order of time. */
  readonly steps: readonly ScriptStep[];
}

/** What of the city takes part. */
export interface ScriptedCity {
  readonly province: string;
  /** Unit codes, in order. */
  readonly units: readonly string[];
  readonly systems: readonly CitySystem[];
  /** none: a trial, in which nobody files anything. */
  readonly dossiers: "as-reported" | "none";
}

export interface ScriptStep {
  readonly at: Instant;
  /** Over by itself then, mended or not. */
  readonly until: Instant | undefined;
  readonly fault: FaultName;
  readonly scope: string;
  /** The units it touches. */
  readonly units: readonly string[];
  readonly hint: Words | undefined;
  /** Who finds one of these has found it: `HTTP-SLOW`, a family `NET-`, or a cause `cause:VNPT`. */
  readonly found: readonly string[];
  readonly mended: MendedBy;
}

/**
 * wardctl: the team mends it with wardctl, and the city is looked at to tell · owner: one of these mends it so long after the team opened
 * a difficulty about it in their name.
 */
export type MendedBy =
  | { readonly by: "wardctl" }
  | { readonly by: "owner"; readonly owners: readonly string[]; readonly afterMs: number };
