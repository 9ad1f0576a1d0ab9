import { z } from "zod";
import type { SettingMeta } from "../platform/schema-walk.ts";
import { citySystems } from "./city.ts";

const words = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ words: { vi: 'giờ trong nháy, ví dụ "07:45"', en: 'a time of day in quotes, such as "07:45"' } } satisfies SettingMeta);

const minutes = z
  .string()
  .regex(/^\d{1,3}m$/)
  .meta({ words: { vi: "số phút, ví dụ 20m", en: "minutes, such as 20m" } } satisfies SettingMeta);

/** A file of `wardctl rehearse --script`. Unknown keys are refused everywhere. */
export const scriptSchema = z.strictObject({
  title: words,
  about: words.optional(),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .meta({
      words: { vi: 'ngày của thành phố trong nháy, ví dụ "2025-07-01"', en: 'the city\'s day in quotes, such as "2025-07-01"' },
    } satisfies SettingMeta),
  from: time,
  to: time,
  speed: z.number().min(0).max(3_600).default(60),
  city: z
    .strictObject({
      province: z
        .string()
        .regex(/^\d{2}$/)
        .default("46"),
      /** All of the province, the first so many in order of code, or these. */
      units: z.union([z.literal("all"), z.int().min(1), z.array(z.string().regex(/^\d{5}$/)).min(1)]).default("all"),
      systems: z
        .array(z.enum(citySystems))
        .min(1)
        .default([...citySystems]),
      dossiers: z.enum(["as-reported", "none"]).default("as-reported"),
    })
    .prefault({}),
  steps: z
    .array(
      z.strictObject({
        at: time,
        fault: z.string(),
        until: time.optional(),
        hint: words.optional(),
        expected: z
          .strictObject({
            found: z
              .array(z.string().regex(/^(cause:.+|[A-Z]+-[A-Z0-9-]*)$/))
              .min(1)
              .optional(),
            mended: z
              .strictObject({
                by: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
                after: minutes.default("15m"),
              })
              .optional(),
          })
          .prefault({}),
      }),
    )
    .min(1),
});

export type WrittenScript = z.output<typeof scriptSchema>;
