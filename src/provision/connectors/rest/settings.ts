import { z } from "zod";
import { pointerShape } from "../../../platform/json-pointer.ts";
import type { SettingMeta } from "../../../platform/schema-walk.ts";
import { managedKeys } from "../../account.ts";
import { checkDefinition } from "./check-definition.ts";

const pointer = z
  .string()
  .regex(pointerShape)
  .meta({
    words: {
      vi: "con trỏ JSON như /duLieu/danhSach, để trống là cả câu trả lời",
      en: "a JSON pointer such as /data/items, empty for all of it",
    },
  } satisfies SettingMeta);
const path = z.string().regex(/^\//);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item).min(1)]).transform((value) => [value].flat() as z.output<T>[]);

/** All that is said must hold. Texts are compared as NFC, in the body as in each text of its JSON. */
const answerTest = z
  .strictObject({
    status: oneOrMore(z.int().min(100).max(599)).optional(),
    /** How the content type begins: `text/html`. */
    contentType: z.string().min(1).optional(),
    bodyContains: z.string().min(1).optional(),
    pointer: pointer.optional(),
    equals: scalar.optional(),
    contains: z.string().min(1).optional(),
  })
  .refine((test) => Object.values(test).some((value) => value !== undefined), {
    params: { words: { vi: "điều kiện rỗng đúng với mọi câu trả lời", en: "an empty test is true of every answer" } },
  })
  .refine(({ pointer: at, equals, contains }) => (at === undefined) === (equals === undefined && contains === undefined), {
    params: { words: { vi: "pointer đi cùng equals hoặc contains", en: "pointer goes with equals or contains" } },
  });
/** One of them must hold. */
const answerTests = z.array(answerTest).min(1);

const json = z.json();
const form = z.record(z.string().min(1), z.string());

const login = z.strictObject({ post: path, json: json.optional(), form: form.optional(), success: answerTests.optional() });

const auth = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("bearer"), token: z.string().min(1) }),
  z.strictObject({ kind: z.literal("basic"), user: z.string().min(1), password: z.string().min(1) }),
  /** `expiredWhen`: the session is over; signed in again once, and the request is sent again. */
  z.strictObject({ kind: z.literal("cookie"), login, expiredWhen: answerTests }),
  /** Client credentials. `tokenUrl`, or the `issuer` whose own description names it. */
  z
    .strictObject({
      kind: z.literal("oauth2"),
      tokenUrl: z.string().min(1).optional(),
      issuer: z.string().min(1).optional(),
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
      scope: z.string().min(1).optional(),
      sendSecret: z.enum(["body", "header"]).default("body"),
    })
    .refine(({ tokenUrl, issuer }) => (tokenUrl === undefined) !== (issuer === undefined), {
      params: { words: { vi: "ghi một trong hai: tokenUrl, issuer", en: "say one of the two: tokenUrl, issuer" } },
    }),
]);

const listShape = {
  get: path,
  items: pointer.default(""),
  /** What `${limit}` asks for; what comes is what counts. */
  limit: z.int().positive().default(100),
  /**
   * offset: `${offset}` is the number of accounts read so far · page: `${page}` counts up from `firstPage` · next: `next` points to the address of the
   * following page · link: the header Link does (RFC 8288) · cursor: `next` points to the `${cursor}` of the following page · none: one answer holds all.
   */
  paging: z.enum(["none", "offset", "page", "next", "link", "cursor"]),
  firstPage: z.int().min(0).default(1),
  next: pointer.optional(),
  /** How many there are in all, in each page. */
  total: pointer.optional(),
  /** How many there are in all, where it has an address of its own. */
  count: z.strictObject({ get: path, total: pointer.default("") }).optional(),
};
const list = z.strictObject(listShape);

const search = z.strictObject({ get: path, items: pointer.default(""), total: pointer.optional() });

const write = {
  post: path.optional(),
  put: path.optional(),
  patch: path.optional(),
  success: answerTests.optional(),
};

const request = z.strictObject({ ...write, json: json.optional(), form: form.optional() });

const membershipRequest = z.strictObject({ ...write, delete: path.optional(), json: json.optional(), form: form.optional() });

/**
 * Roles, or groups, of the system. `${membership}` is the id of one of them, `${name}` its name, `${id}` the account's id.
 */
const memberships = z.strictObject({
  /** All there are. */
  list: z.strictObject({ ...listShape, id: pointer, name: pointer }),
  /** Who holds one: a list of accounts. */
  holders: z.strictObject({ ...listShape, account: pointer }).optional(),
  /** Or, in place of that: where an account's own record lists what it holds, by id or by name. */
  held: z.strictObject({ pointer, item: pointer.default(""), by: z.enum(["id", "name"]).default("id") }).optional(),
  /** What one account holds, where it has an address of its own; `membership` is the id of each. */
  of: z.strictObject({ get: path, items: pointer.default(""), membership: pointer }).optional(),
  /** Without the two the account's record is updated. */
  add: membershipRequest.optional(),
  remove: membershipRequest.optional(),
  /** Makes an empty one; only groups are made. */
  create: request.optional(),
});

const idSource = z.union([
  z.strictObject({ header: z.string().min(1), lastSegment: z.boolean().default(false) }),
  z.strictObject({ pointer }),
  z.strictObject({ find: z.literal("username") }),
]);

const flag = z.strictObject({
  pointer,
  /** What is written is the first. */
  on: oneOrMore(scalar).default([true]),
  off: oneOrMore(scalar).default([false]),
  absent: z.enum(["on", "off"]).default("on"),
});

/** How to talk to a system over REST: addresses, pointers and literal tests, no code. */
export const restDefinition = z
  .strictObject({
    /** What it is and where it was tried. */
    about: z.string().optional(),
    auth,
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
    answers: z
      .strictObject({
        ok: answerTests.default([{ status: [200, 201, 202, 204] }]),
        missing: answerTests.default([{ status: [404] }]),
        /** The system certainly did not do it. 4xx is that without being said. */
        refused: z.array(answerTest).default([]),
        /** Its own words for a refusal. */
        message: pointer.optional(),
      })
      .prefault({}),
    list,
    find: z.strictObject({
      id: z.strictObject({ get: path, item: pointer.default("") }),
      username: search.optional(),
      externalId: search.optional(),
    }),
    /** strong: where the staff id stands; null where there is no such field, then wardctl's own records are the only proof. weak: the user name. */
    correlation: z.strictObject({ strong: pointer.nullable(), weak: pointer }),
    account: z.strictObject({
      id: pointer,
      active: flag,
      attributes: z.partialRecord(z.enum(managedKeys), pointer),
      /** When somebody last signed in: an ISO instant, or seconds or milliseconds since 1970. */
      lastSignIn: pointer.optional(),
    }),
    create: z.strictObject({
      ...write,
      json: json.optional(),
      form: form.optional(),
      /** Looked at before `success`: there are systems that tell of a duplicate with 200. */
      conflict: answerTests.default([{ status: [409] }]),
      id: z.array(idSource).default([]),
    }),
    /** whole: read, compared, changed and sent as a whole, for a PUT wipes what it is not sent · changes: only what changes (RFC 7396). */
    update: z.strictObject({ ...write, sends: z.enum(["whole", "changes"]).optional() }),
    /** Where they have requests of their own; else they are an update of `account.active`. */
    disable: request.optional(),
    enable: request.optional(),
    roles: memberships.optional(),
    groups: memberships.optional(),
    /** Sets a password that must be changed at the first sign-in. */
    setPassword: request.optional(),
    /** Has the system mail a link by which its owner sets a password; `${lifespan}` is its life in seconds. */
    sendLink: request.optional(),
    /** Ends every session of an account. */
    endSessions: request.optional(),
    limits: z
      .strictObject({
        concurrency: z.int().min(1).max(8).default(4),
        /** Requests a second. */
        rate: z.number().positive().optional(),
        /** Name of the header by which the system knows a request that it was sent before. */
        idempotencyHeader: z
          .string()
          .regex(/^[A-Za-z0-9-]+$/)
          .optional(),
      })
      .prefault({}),
  })
  .superRefine(
    (definition, context) => {
      if (typeof definition !== "object" || definition === null) return;
      for (const { path: at, message } of checkDefinition(definition)) {
        context.addIssue({ code: "custom", path: [...at], params: { words: message } });
      }
    },
    // Beside what the schema itself finds: all that is wrong is told at once.
    { when: () => true },
  );

export type RestDefinition = z.output<typeof restDefinition>;
export type AnswerTest = z.output<typeof answerTest>;
export type WriteRequest = NonNullable<RestDefinition["disable"]> & { readonly delete?: string | undefined };
export type MembershipDefinition = NonNullable<RestDefinition["groups"]>;
