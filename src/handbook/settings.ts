import { z } from "zod";
import type { SettingMeta } from "../platform/schema-walk.ts";

/** The part `handbook:` of wardctl.yaml. */
export const handbookSettings = z
  .strictObject({
    /** Folder of the workspace's own articles, relative to wardctl.yaml; in it `vi/` and `en/`. */
    folder: z
      .string()
      .min(1)
      .default("handbook")
      .meta({
        words: { vi: "thư mục các bài riêng của sổ tay", en: "the folder of one's own articles" },
      } satisfies SettingMeta),
  })
  .prefault({});
