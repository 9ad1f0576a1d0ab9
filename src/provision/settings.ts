import { z } from "zod";
import { secretReferenceShape } from "../platform/secrets.ts";
import { managedKeys } from "./account.ts";
import { purposes } from "./functional-account.ts";

const secretReference = z.string().regex(secretReferenceShape, "env:NAME or file:PATH");
const systemName = z.string().regex(/^[a-z][a-z0-9-]*$/);

const systemSettings = z.strictObject({
  kind: z.literal("scim"),
  /** Base of the SCIM service: `https://docs.example.vn/scim/v2`. */
  url: z.url({ protocol: /^https?$/ }),
  /** The bearer token's place. */
  token: secretReference,
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Requests a second, at most. */
  rate: z.number().positive().optional(),
});

const functionalRule = z.strictObject({
  purpose: z.enum(purposes),
  departments: z.union([z.literal("all"), z.array(z.string().min(1)).min(1)]),
  systems: z.array(systemName).min(1),
  /** `{department}` is the short form of the department's key, `{unit}` the unit's code. */
  username: z.string().min(1).max(40),
});

export const provisionSettings = z
  .strictObject({
    systems: z.record(systemName, systemSettings).default({}),
    usernames: z
      .strictObject({
        /** `{given}`, `{family}`, `{initials}`, `{unit}`, `{staffId}`. */
        template: z
          .string()
          .regex(/^([a-z0-9._-]|\{(given|family|initials|unit|staffId)\})+$/)
          .default("{given}{initials}"),
        /** What a second `phuongnt` gets: `phuongnt2`, or `phuongnthi` first and numbers after. */
        collision: z.enum(["number", "middle-name"]).default("number"),
        /** Names that nobody gets, beside the built-in ones. */
        deny: z.array(z.string().min(1)).default([]),
      })
      .prefault({}),
    /** Which accounts departments and units need; the built-in rules without it. */
    functional: z.array(functionalRule).optional(),
    /** What the account of somebody who left no longer says, beside being disabled: `[title, department]`. */
    leavers: z.strictObject({ clear: z.array(z.enum(managedKeys)).default([]) }).prefault({}),
    roster: z
      .strictObject({
        encoding: z.enum(["utf-8", "windows-1258", "utf-16le"]).optional(),
        /** Heading in the file to column name: `{ "Họ tên cán bộ": full_name }`. */
        columns: z.record(z.string().min(1), z.string().min(1)).default({}),
      })
      .prefault({}),
  })
  .prefault({});

export type ProvisionSettings = z.output<typeof provisionSettings>;
export type SystemSettings = ProvisionSettings["systems"][string];
