import { z } from "zod";
import { secretReferenceShape } from "../platform/secrets.ts";
import { readInstant, vietnamZone } from "../platform/time.ts";

/** `90s`, `30m`, `12h`, `7d` → milliseconds. */
const duration = z
  .string()
  .refine((text) => /^\d+[smhd]$/.test(text), {
    abort: true,
    params: {
      words: { vi: "cần một khoảng thời gian như 90s, 30m, 12h, 7d", en: "needs a length of time such as 90s, 30m, 12h, 7d" },
    },
  })
  .meta({ pattern: "^\\d+[smhd]$" })
  .transform((text) => Number(text.slice(0, -1)) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[text.at(-1) as "s"]);

const pointer = z.string().regex(/^\//);
const path = z.string().regex(/^\//);
const dictionary = z.record(z.string(), z.string());
const body = z.record(z.string(), z.json());
const mapped = z.union([pointer, z.strictObject({ ptr: pointer, dict: dictionary })]);

/** A document system described as data: no code, no shell. Placeholders in braces are filled by wardctl. */
const restSystem = z.strictObject({
  kind: z.literal("rest").default("rest"),
  url: z.url({ protocol: /^https?$/ }),
  /** `env:NAME` or `file:PATH`; sent as a bearer token. */
  token: z.string().regex(secretReferenceShape).optional(),
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Units whose documents this system carries. */
  units: z.union([z.literal("all"), z.array(z.string().regex(/^\d{5}$/)).min(1)]).default("all"),
  /** How long a read-back counts as evidence. */
  evidenceFor: duration.prefault("24h"),
  deadlineMs: z.number().int().positive().default(30_000),
  expresses: z
    .strictObject({
      dateGranularity: z.enum(["day", "instant"]).default("day"),
      /** The end date is the last day of the right, not the first day without it. */
      inclusiveEnd: z.boolean().default(true),
    })
    .prefault({}),
  listGrants: z.strictObject({
    get: path,
    items: pointer,
    /** Pointer to the address of the next page; absent there on the last one. */
    next: pointer.optional(),
    /** Pointer to the number of all items, to know that the listing is whole. */
    total: pointer.optional(),
    map: z.strictObject({
      extId: pointer,
      key: pointer.optional(),
      unit: pointer,
      staffId: pointer.optional(),
      userName: pointer.optional(),
      docTypes: mapped,
      capacity: mapped,
      from: pointer,
      to: pointer,
      active: mapped.optional(),
    }),
  }),
  createGrant: z.strictObject({ post: path, body, idempotencyHeader: z.string().optional() }),
  endGrant: z.strictObject({ patch: path, body }),
  getUser: z.strictObject({
    get: path,
    /** Pointer to the user in the answer; nothing there, or a 404, means no account. */
    item: pointer.optional(),
    map: z.strictObject({
      /** Whose account it is: an answer about somebody else is then no answer. */
      staffId: pointer.optional(),
      userName: pointer,
      active: mapped,
      certSerial: pointer.optional(),
      certNotBefore: pointer.optional(),
      certNotAfter: pointer.optional(),
      bound: mapped.optional(),
    }),
  }),
});

const instant = z
  .string()
  .refine((text) => readInstant(text, vietnamZone) !== undefined, {
    abort: true,
    params: { words: { vi: "cần một ngày hoặc thời điểm như 2025-07-01", en: "needs a date or instant such as 2025-07-01" } },
  })
  .transform((text) => readInstant(text, vietnamZone) as number);
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => readInstant(text, vietnamZone) !== undefined, {
    abort: true,
    params: { words: { vi: "không có ngày này", en: "there is no such day" } },
  });
const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/);

const seal = z.strictObject({
  serial: z.string().min(1),
  notBefore: instant,
  notAfter: instant,
  /** The day it was revoked or put on hold. */
  revokedAt: instant.optional(),
});

export type RestSystemSettings = z.output<typeof restSystem>;
export type SystemSettings = RestSystemSettings;

export const delegationSettings = z
  .strictObject({
    /** Capacities whose grants wait until somebody other than the recorder approves. */
    twoPerson: z.array(z.enum(["Q", "KT", "TL", "TUQ"])).default(["TUQ"]),
    /** Where the law is unclear, the reading of this workspace (delegate.md §2). */
    switches: z
      .strictObject({
        /** s1: a TUQ. lapses when the one who gave it leaves office. */
        tuqLapsesWithGrantor: z.boolean().default(true),
        /** s2: a Vice Chairman may also act as director of the service centre. */
        deputyMayDirectCentre: z.boolean().default(false),
        /** s3: a TL. survives a change of chairman, since the regulation stands. */
        tlSurvivesChairman: z.boolean().default(true),
      })
      .prefault({}),
    /** Seal certificates by unit code; `none` where a unit has been found to have none. What is not listed is not known. */
    seals: z.record(z.string().regex(/^\d{5}$/), z.union([z.literal("none"), seal])).default({}),
    /** When the units work. Beside the built-in holidays, or in place of the built-in hours. */
    calendar: z
      .strictObject({
        hours: z
          .array(z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: clockTime, to: clockTime }))
          .min(1)
          .optional(),
        holidays: z.array(day).default([]),
        /** Days off that are worked all the same, in exchange for another day. */
        workdays: z.array(day).default([]),
      })
      .prefault({}),
    systems: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), restSystem).default({}),
  })
  .prefault({});

export type DelegationSettings = z.output<typeof delegationSettings>;
export type Switches = DelegationSettings["switches"];
