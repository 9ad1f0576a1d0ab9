import { z } from "zod";
import { duration } from "../delegation/carriers/system-settings.ts";
import { daySetting } from "../directory/day-settings.ts";
import { dimensions } from "./readiness.ts";

export const readinessSettings = z
  .strictObject({
    /** The day on which every unit is to be ready: the curve of `wardctl ready --curve` runs towards it. */
    opening: daySetting.optional(),
    /** How many days ahead somebody must be able to sign and issue. */
    daysAhead: z.int().min(0).max(60).default(3),
    /** How long a look counts; what is older is unknown. */
    fresh: z
      .strictObject({ accounts: duration.prefault("7d"), endpoints: duration.prefault("24h"), canary: duration.prefault("7d") })
      .prefault({}),
    /** What a unit's verdict hangs on. The others are shown and decide nothing. */
    dimensions: z
      .array(z.enum(dimensions))
      .min(1)
      .default([...dimensions]),
  })
  .prefault({});

export type ReadinessSettings = z.output<typeof readinessSettings>;
