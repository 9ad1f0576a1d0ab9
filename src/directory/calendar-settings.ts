import { z } from "zod";
import { readInstant, vietnamZone } from "../platform/time.ts";

const words = (vi: string, en: string): { params: { words: { vi: string; en: string } } } => ({ params: { words: { vi, en } } });

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => readInstant(text, vietnamZone) !== undefined, {
    abort: true,
    ...words("không có ngày này", "there is no such day"),
  });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

const hours = z
  .strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    ...words("giờ đóng phải sau giờ mở", "the closing hour must come after the opening hour"),
  });

/** When units work, where it differs from what is built in. */
export const calendarSettings = z
  .strictObject({
    hours: z.array(hours).min(1).optional(),
    holidays: z.array(day).default([]),
    /** Days off that are worked all the same, in exchange for another day. */
    workdays: z.array(day).default([]),
    /** The last day whose holidays are all known, the built-in ones and these together. */
    knownUntil: day.optional(),
  })
  .prefault({});
