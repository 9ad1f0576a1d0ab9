import { z } from "zod";
import { secretReferenceShape } from "../platform/secrets.ts";
import { purposes } from "./functional-account.ts";

const secretReference = z.string().regex(secretReferenceShape, "env:NAME or file:PATH");
const systemName = z.string().regex(/^[a-z][a-z0-9-]*$/);

const systemSettings = z.strictObject({
  kind: z.literal("scim"),
  /** Base of the SCIM service: `https://docs.example.vn/scim/v2`. */
  url: z.url({ protocol: /^https?$/ }),
  /** The bearer token's place; with `oauth` that of the client's secret. */
  token: secretReference,
  /** Tokens are fetched here (client credentials) and renewed at 80 % of their life. */
  oauth: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      clientId: z.string().min(1),
      scope: z.string().min(1).optional(),
    })
    .optional(),
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Requests a second, at most. */
  rate: z.number().positive().optional(),
  /** Wall-clock limit of one request. */
  deadlineMs: z.int().min(100).default(30_000),
  /** How long a new account may stay out of sight before it counts as not made. */
  visibleWithinMs: z.int().min(0).default(120_000),
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
    /** A plan is carried out only after a second person approved it. */
    requireTwoPeople: z.boolean().default(false),
    usernames: z
      .strictObject({
        /** `{given}`, `{family}`, `{initials}`, `{unit}`, `{staffId}`. */
        template: z
          .string()
          .regex(/^([a-z0-9._-]|\{(given|family|initials|unit|staffId)\})+$/)
          .default("{given}{initials}"),
        /** Names that nobody gets, beside the built-in ones. */
        deny: z.array(z.string().min(1)).default([]),
      })
      .prefault({}),
    /** Which accounts departments and units need; the built-in rules without it. */
    functional: z.array(functionalRule).optional(),
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
