import { z } from "zod";
import { readInstant, vietnamZone } from "../platform/time.ts";
import { parseRepeat } from "./maintenance.ts";

const instantWords = {
  vi: "cần một thời điểm như '2025-07-05 22:00'",
  en: "an instant such as '2025-07-05 22:00' is needed",
};
const repeatWords = {
  vi: "cần FREQ=DAILY, WEEKLY hay MONTHLY, với INTERVAL, BYDAY, BYMONTHDAY, UNTIL nếu muốn",
  en: "FREQ=DAILY, WEEKLY or MONTHLY is needed, with INTERVAL, BYDAY, BYMONTHDAY, UNTIL as wanted",
};

const localTime = z
  .string()
  .refine((text) => readInstant(text, vietnamZone) !== undefined, { error: instantWords.en, params: { words: instantWords } });

/** Planned work on what all given lists name; no list means everything. `repeat` lets it come back. */
export const maintenanceWindow = z
  .strictObject({
    /** What is done, for people. */
    note: z.string().min(1).optional(),
    units: z.array(z.string().regex(/^\d{5}$/)).optional(),
    systems: z.array(z.string().min(1)).optional(),
    carriers: z.array(z.string().min(1)).optional(),
    /** Beginning and end of the first time, Vietnam's clock: `2025-07-05 22:00`. */
    from: localTime,
    to: localTime,
    /** How it comes back, a part of RFC 5545: `FREQ=WEEKLY;BYDAY=SU`, `FREQ=MONTHLY;BYDAY=1SA`, `FREQ=DAILY;UNTIL=20251231`. */
    repeat: z
      .string()
      .refine((text) => parseRepeat(text) !== undefined, { error: repeatWords.en, params: { words: repeatWords } })
      .optional(),
  })
  .superRefine(({ from, to }, context) => {
    const [start, end] = [readInstant(from, vietnamZone), readInstant(to, vietnamZone)];
    if (start === undefined || end === undefined || end > start) return;
    const words = { vi: `to: '${to}' không ở sau from: '${from}'`, en: `to: '${to}' is not after from: '${from}'` };
    context.addIssue({ code: "custom", path: ["to"], message: words.en, params: { words } });
  });
