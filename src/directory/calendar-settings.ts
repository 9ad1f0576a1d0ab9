import { z } from "zod";
import { daySetting } from "./day-settings.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

const hours = z
  .strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    params: { words: { vi: "giờ đóng phải sau giờ mở", en: "the closing hour must come after the opening hour" } },
  });

/** When units work, where it differs from what is built in. */
export const calendarSettings = z
  .strictObject({
    hours: z.array(hours).min(1).optional(),
    holidays: z.array(daySetting).default([]),
    /** Days off that are worked all the same, in exchange for another day. */
    workdays: z.array(daySetting).default([]),
    /** The last day whose holidays are all known, the built-in ones and these together. */
    knownUntil: daySetting.optional(),
  })
  .prefault({});
