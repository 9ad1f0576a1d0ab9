import { z } from "zod";
import { documentSystem } from "./carriers/system-settings.ts";
import { certificateSettings } from "./certificates/settings.ts";

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
    systems: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), documentSystem).default({}),
    certificates: certificateSettings,
  })
  .prefault({});

export type DelegationSettings = z.output<typeof delegationSettings>;
export type Switches = DelegationSettings["switches"];
