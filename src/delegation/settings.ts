import { z } from "zod";
import { readInstant, vietnamZone } from "../platform/time.ts";
import { documentSystem, duration } from "./carriers/system-settings.ts";
import { certificateSettings } from "./certificates/settings.ts";
import { scopeSettings } from "./scope-settings.ts";

const instant = z
  .string()
  .refine((text) => readInstant(text, vietnamZone) !== undefined, {
    abort: true,
    params: { words: { vi: "cần một ngày hoặc thời điểm như 2025-07-01", en: "needs a date or instant such as 2025-07-01" } },
  })
  .transform((text) => readInstant(text, vietnamZone) as number);
const seal = z.strictObject({
  serial: z.string().min(1),
  notBefore: instant,
  notAfter: instant,
  /** The day it was revoked or put on hold. */
  revokedAt: instant.optional(),
});

export const delegationSettings = z
  .strictObject({
    /** Capacities whose grants wait until somebody other than the recorder approves. */
    twoPerson: z.array(z.enum(["Q", "KT", "TL", "TUQ"])).default(["TUQ"]),
    /** Where the law is unclear, the reading of this workspace (delegate.md §2). */
    switches: z
      .strictObject({
        /** s1: a TUQ. lapses when the one who gave it leaves office. */
        tuqLapsesWithGrantor: z.boolean().default(true),
        /** s2: a Vice Chairman may also act as director of the service centre. */
        deputyMayDirectCentre: z.boolean().default(false),
        /** s3: a TL. survives a change of chairman, since the regulation stands. */
        tlSurvivesChairman: z.boolean().default(true),
      })
      .prefault({}),
    /** Seal certificates by unit code; `none` where a unit has been found to have none. What is not listed is not known. */
    seals: z.record(z.string().regex(/^\d{5}$/), z.union([z.literal("none"), seal])).default({}),
    systems: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), documentSystem).default({}),
    /** How long what two people saw on screens counts: shorter than what a system itself said. */
    attestedFor: duration.prefault("4h"),
    certificates: certificateSettings,
    scope: scopeSettings,
  })
  .prefault({});

export type DelegationSettings = z.output<typeof delegationSettings>;
export type Switches = DelegationSettings["switches"];
