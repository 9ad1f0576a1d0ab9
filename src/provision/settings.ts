import { z } from "zod";
import type { StaffClass } from "../directory/person.ts";
import { secretReferenceShape } from "../platform/secrets.ts";
import { managedKeys } from "./account.ts";
import { purposes } from "./functional-account.ts";
import { classNames } from "./roster-words.ts";

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

/** Roles and groups of a system will stand in here; so far an account is all that a system gives. */
const systemNames = z.record(systemName, z.strictObject({}));
const staffClasses = Object.keys(classNames) as readonly StaffClass[];
const isoDate = z.iso.date();

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
    /** Systems that everybody of a staff class works on: `{ cong_chuc: { documents: {} } }`. */
    classes: z.partialRecord(z.enum(staffClasses), systemNames).default({}),
    /** What a position brings beside: systems, the title shown there, and positions nobody may hold at the same time. */
    positions: z
      .record(
        z.string().min(1),
        z.strictObject({
          title: z.string().min(1).optional(),
          systems: systemNames.default({}),
          forbidWith: z.array(z.string().min(1)).default([]),
        }),
      )
      .default({}),
    /** One more system for one person, with the reason and the last day. */
    additions: z
      .array(z.strictObject({ staffId: z.string().min(1), system: systemName, reason: z.string().min(1), until: isoDate }))
      .default([]),
    /** One system less for one person, whatever else says so. */
    denials: z
      .array(
        z.strictObject({ staffId: z.string().min(1), system: systemName, reason: z.string().min(1), until: isoDate.optional() }),
      )
      .default([]),
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
