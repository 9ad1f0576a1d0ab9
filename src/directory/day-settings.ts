import { z } from "zod";
import { readInstant, vietnamZone } from "../platform/time.ts";

/** A day of the calendar in a settings file: `2025-07-01`. */
export const daySetting = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { abort: true })
  .refine((text) => readInstant(text, vietnamZone) !== undefined, {
    abort: true,
    params: { words: { vi: "không có ngày này", en: "there is no such day" } },
  });
