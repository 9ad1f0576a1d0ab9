import { z } from "zod";

export const reportsSettings = z
  .strictObject({
    /** Who is expected to report: the workspace's units of its own province, or a list of codes. */
    units: z.union([z.literal("province"), z.array(z.string().regex(/^\d{5}$/)).min(1)]).default("province"),
    /** Ranks shown in a ranking; units tied at the cut are shown beyond it. */
    topN: z.int().min(1).max(100).default(5),
    /** A rate over fewer dossiers is not ranked. */
    minimumBase: z.int().min(1).default(10),
    /** Where a morning's window starts when no evening report was kept: this time of the day before. */
    eveningAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default("16:30"),
    /** Cumulative figures start here, or on 1 January of the report's year where that is later. */
    cumulativeFrom: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .default("2025-07-01"),
    /** Names of procedures by code: what a report prints beside the code. */
    procedures: z.record(z.string().regex(/^\d\.\d{6}/), z.string().min(1)).default({}),
  })
  .prefault({});

export type ReportSettings = z.output<typeof reportsSettings>;
