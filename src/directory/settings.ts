import { z } from "zod";
import { calendarSettings } from "./calendar-settings.ts";
import { defaultDepartments } from "./department.ts";

const unitCode = z.string().regex(/^\d{5}$/);

/** The key is part of account keys (`19777/van-hoa-xa-hoi/document-inbox`), so it stays when the name changes. */
const department = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  name: z.string().min(1),
  /** Kinds of unit that have it. */
  kinds: z
    .array(z.enum(["phuong", "xa", "dac-khu"]))
    .readonly()
    .default(["phuong", "xa", "dac-khu"]),
  /** Units that have it although their kind does not. */
  alsoUnits: z.array(unitCode).readonly().optional(),
  /** Units that do not have it although their kind does. */
  exceptUnits: z.array(unitCode).readonly().optional(),
});

export const directorySettings = z
  .strictObject({
    /** The departments of units, in place of the built-in list; NĐ 150/2025 leaves provinces room. */
    departments: z
      .array(department)
      .min(1)
      .superRefine((departments, context) => {
        for (const [at, { key }] of departments.entries()) {
          if (departments.findIndex((other) => other.key === key) === at) continue;
          const words = { vi: `phòng ban '${key}' có hai lần`, en: `department '${key}' stands there twice` };
          context.addIssue({ code: "custom", path: [at, "key"], message: words.en, params: { words } });
        }
      })
      .readonly()
      .default(defaultDepartments),
    calendar: calendarSettings,
  })
  .prefault({});
