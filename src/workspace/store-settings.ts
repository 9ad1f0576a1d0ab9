import { z } from "zod";
import type { SettingMeta } from "../platform/schema-walk.ts";
import { secretReferenceShape } from "../platform/secrets.ts";

/** The part `store:` of wardctl.yaml: a file on this machine, or one PostgreSQL for a whole team (records-and-reports.md §9). */
export const storeSettings = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("sqlite") }),
    z.strictObject({
      kind: z.literal("postgres"),
      url: z
        .string()
        .regex(secretReferenceShape)
        .meta({
          words: {
            vi: "tham chiếu tới địa chỉ PostgreSQL, ví dụ env:WARDCTL_PG; địa chỉ có mật khẩu nên không viết ở đây",
            en: "a reference to PostgreSQL's address, such as env:WARDCTL_PG; the address holds a password, so it is not written here",
          },
        } satisfies SettingMeta),
    }),
  ])
  .prefault({ kind: "sqlite" });

export type StoreSettings = z.output<typeof storeSettings>;
