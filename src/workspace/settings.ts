import { z } from "zod";
import { delegationSettings } from "../delegation/settings.ts";
import { directorySettings } from "../directory/settings.ts";
import { healthSettings } from "../health/settings.ts";
import { provisionSettings } from "../provision/settings.ts";
import { recordsSettings } from "../records/settings.ts";
import { reportsSettings } from "../reports/settings.ts";

/** wardctl.yaml as a whole. Unknown keys are refused everywhere. One line a room. */
export const settingsSchema = z.strictObject({
  /** What the team calls itself: `Huế`. */
  name: z.string().min(1),
  /** Two digits. */
  province: z.string().regex(/^\d{2}$/),
  /** Every unit of the province, or a list of codes (units of other provinces too). */
  units: z.union([z.literal("all"), z.array(z.string().regex(/^\d{5}$/)).min(1)]).default("all"),
  /** Units beside those of the province. */
  alsoUnits: z.array(z.string().regex(/^\d{5}$/)).default([]),
  lang: z.enum(["vi", "en"]).optional(),
  timezone: z.literal("Asia/Ho_Chi_Minh").default("Asia/Ho_Chi_Minh"),
  /** Who is at work, for the audit log; the machine's user without it. */
  operator: z.string().min(1).optional(),
  directory: directorySettings,
  provision: provisionSettings,
  delegate: delegationSettings,
  check: healthSettings,
  records: recordsSettings,
  report: reportsSettings,
});

export type Settings = z.output<typeof settingsSchema>;
