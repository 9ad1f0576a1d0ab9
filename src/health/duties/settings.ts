import { z } from "zod";
import { pointerShape } from "../../platform/json-pointer.ts";
import { secretReferenceShape } from "../../platform/secrets.ts";

const pointer = z.string().regex(pointerShape).min(1);
/** Absolute, or a path that is asked at each endpoint's own address. `${unit}`, `${province}`, `${instance}` and, for canaries, `${canary}`, `${document}`. */
const place = z.string().regex(/^(https:\/\/[^\s@]+|\/(?!\/)\S*)$/);
/** Credentials go over TLS alone. */
const secure = z.string().regex(/^https:\/\/[^\s/@]+(\/\S*)?$/);
const body = z.record(z.string(), z.json());

const methods = ["get", "post", "put", "delete"] as const;

/** One request and what must come of it. */
const call = z
  .strictObject({
    get: place.optional(),
    post: place.optional(),
    put: place.optional(),
    delete: place.optional(),
    body: body.optional(),
    /** Good statuses; without them any 2xx. */
    status: z.array(z.int().min(200).max(599)).min(1).optional(),
    /** JSON pointers and the values there: `/open: true`. */
    expect: z.record(pointer, z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  })
  .refine((given) => methods.filter((method) => given[method] !== undefined).length === 1, {
    params: { words: { vi: "cần đúng một trong get, post, put, delete", en: "needs exactly one of get, post, put, delete" } },
  });

const account = {
  url: secure,
  /** The probe account: of nobody, with no more rights than it needs. */
  user: z.string().min(1),
  /** `env:NAME`, `file:PATH`, …: never the password itself. */
  password: z.string().regex(secretReferenceShape),
  /** Asked with the token, to know that it still opens: any 2xx. */
  verify: secure.optional(),
} as const;

/** What the page gives for one sending of its form (a CSRF token): found in a hidden field or a cookie, sent back in a field or a header. */
const formToken = z
  .strictObject({
    /** Path of the page with the form; without it the address the form goes to. */
    page: z
      .string()
      .regex(/^\/(?!\/)\S*$/)
      .optional(),
    field: z.string().min(1).optional(),
    cookie: z.string().min(1).optional(),
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .optional(),
  })
  .refine(({ field, cookie, header }) => field !== undefined || (cookie !== undefined && header !== undefined), {
    params: { words: { vi: "cần field, hoặc cookie và header", en: "needs field, or cookie and header" } },
  });

const signIn = z.discriminatedUnion("kind", [
  /** A JSON answer to a JSON question. */
  z.strictObject({
    kind: z.literal("json"),
    ...account,
    body: body.default({ username: "${user}", password: "${password}" }),
    token: pointer.default("/token"),
    /** Seconds. */
    expiresIn: pointer.optional(),
    lifeMinutes: z.int().min(1).max(1_440).default(15),
  }),
  /** A page's form; what it gives is a cookie. */
  z.strictObject({
    kind: z.literal("form"),
    ...account,
    fields: z.record(z.string(), z.string()).default({ username: "${user}", password: "${password}" }),
    cookie: z.string().min(1),
    formToken: formToken.optional(),
    lifeMinutes: z.int().min(1).max(1_440).default(15),
  }),
  /** OAuth 2 client credentials (RFC 6749 §4.4): `user` is the client, `password` its secret. */
  z.strictObject({ kind: z.literal("oidc"), ...account, scope: z.string().min(1).optional() }),
]);

/** The test document. Whoever writes this down allows it. */
const canary = z.strictObject({
  /** At the centre. Asked twice with one `${canary}` it makes one document. */
  send: call,
  /** Where `send` says what the document is called: `${document}`; without it the canary's own id. */
  document: pointer.optional(),
  /** At the ward: asked until it is so. */
  arrive: call,
  /** The ward's receipt, and where the centre sees it. */
  receipt: call.optional(),
  receipted: call.optional(),
  recall: call,
  /** That nothing is left of it. */
  gone: call,
  /** How long all stages before the recall may take together. */
  withinMs: z.int().min(500).max(120_000).default(10_000),
  /** Each unit gets one in so many hours, one after the other over that time. */
  everyHours: z.int().min(1).max(168).default(8),
});

const freshness = z
  .strictObject({
    /** Answers when the system last had its data. */
    get: place.optional(),
    lastSync: pointer.optional(),
    /** Or a source of `records.sources`: when its last delivery came. */
    source: z.string().min(1).optional(),
    /** Never stale before; above it the 99th percentile of the gaps seen so far decides. */
    floorMinutes: z.int().min(1).max(43_200).default(60),
    /** Stale at any rate after so long. */
    ceilingMinutes: z.int().min(1).max(525_600).optional(),
  })
  .refine(
    ({ get, lastSync, source }) => (source === undefined ? get !== undefined && lastSync !== undefined : get === undefined),
    {
      params: { words: { vi: "cần get và lastSync, hoặc source", en: "needs get and lastSync, or source" } },
    },
  );

/** What is checked of a system beyond its page, by its name in the inventory. */
export const systemDuties = z.strictObject({
  signIn: signIn.optional(),
  /** Services that the work needs; `queue` and `fee` have reasons of their own. */
  services: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), call).default({}),
  canary: canary.optional(),
  freshness: freshness.optional(),
});

export type SystemDuties = z.output<typeof systemDuties>;
export type SignInSettings = z.output<typeof signIn>;
export type CanarySettings = z.output<typeof canary>;
export type Call = z.output<typeof call>;
