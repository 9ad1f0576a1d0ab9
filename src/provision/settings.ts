import { z } from "zod";
import type { StaffClass } from "../directory/person.ts";
import { pointerShape } from "../platform/json-pointer.ts";
import type { SettingMeta } from "../platform/schema-walk.ts";
import { secretReferenceShape } from "../platform/secrets.ts";
import { type ManagedKey, managedKeys } from "./account.ts";
import { restDefinition } from "./connectors/rest/settings.ts";
import { credentialsSettings } from "./credentials-settings.ts";
import { purposes } from "./functional-account.ts";
import { isLoopback } from "./loopback.ts";
import { classNames } from "./roster-words.ts";

const secretReference = z
  .string()
  .regex(secretReferenceShape, "env:NAME, file:PATH, keyring:NAME, age:PATH, systemd:NAME or prompt:NAME");
const systemName = z.string().regex(/^[a-z][a-z0-9-]*$/);

/** Wall-clock limit of one request. */
const deadlineMs = z.int().min(100).default(30_000);

/** A token or a password leaves this machine under TLS or not at all. */
const webAddress = z.url({ protocol: /^https?$/ }).refine((url) => !isOpenLine(url), {
  params: {
    words: {
      vi: "http:// đưa mã truy cập đi không mã hóa: dùng https://",
      en: "http:// carries the token in the clear: use https://",
    },
  },
});

const scimSettings = z.strictObject({
  kind: z.literal("scim"),
  /** Base of the SCIM service: `https://docs.example.vn/scim/v2`. */
  url: webAddress,
  /** The bearer token's place; with `oauth` that of the client's secret. */
  token: secretReference,
  /** Tokens are fetched here (client credentials) and renewed at 80 % of their life. */
  oauth: z
    .strictObject({
      url: webAddress,
      clientId: z.string().min(1),
      scope: z.string().min(1).optional(),
      /** How the secret is sent (RFC 6749 §2.3.1); some servers know only one of the two. */
      sendSecret: z.enum(["header", "body"]).default("header"),
    })
    .optional(),
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Requests a second, at most. */
  rate: z.number().positive().optional(),
  deadlineMs,
  /** How long a new account may stay out of sight before it counts as not made. */
  visibleWithinMs: z.int().min(0).default(120_000),
  /** JSON pointer to the last sign-in of a user, where the service has an attribute of its own for it: `/urn:example:1.0:User/lastLogin`. */
  lastSignIn: z.string().regex(pointerShape).optional(),
});

/** RFC 4512 §2.5, without options. */
const ldapAttribute = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
  .meta({
    words: { vi: "tên thuộc tính LDAP, ví dụ departmentNumber", en: "the name of an LDAP attribute, such as departmentNumber" },
  } satisfies SettingMeta);

const directorySettings = {
  /** `ldaps://host`; `ldap://` with `startTls`, or to this machine. */
  url: z.url({ protocol: /^ldaps?$/ }).meta({
    words: {
      vi: "địa chỉ thư mục, ví dụ ldaps://thumuc.example.vn",
      en: "a directory's address, such as ldaps://ldap.example.vn",
    },
  } satisfies SettingMeta),
  /** Who wardctl signs in as. */
  bindDn: z.string().min(1),
  /** The password's place. */
  password: secretReference,
  /** Where accounts are looked for: `ou=people,dc=hue,dc=gov,dc=vn`. */
  base: z.string().min(1),
  /** Where new accounts are made; `base` without it. */
  createUnder: z.string().min(1).optional(),
  /** TLS is agreed on after connecting to ldap://. */
  startTls: z.boolean().optional(),
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Where on an entry each thing stands, other than usual. */
  attributes: z
    .strictObject({
      id: ldapAttribute.optional(),
      userName: ldapAttribute.optional(),
      externalId: ldapAttribute.optional(),
      /** When somebody last signed in: `pwdLastSuccess` where OpenLDAP 2.5 has `lastbind on`; Active Directory's lastLogonTimestamp is known. */
      lastSignIn: ldapAttribute.optional(),
      ...(Object.fromEntries(managedKeys.map((key) => [key, ldapAttribute.optional()])) as Record<
        ManagedKey,
        z.ZodOptional<typeof ldapAttribute>
      >),
    })
    .optional(),
  /** Object classes of new accounts. */
  objectClasses: z.array(ldapAttribute).min(1).optional(),
  /** Which entries are accounts (RFC 4515). */
  filter: z
    .string()
    .regex(/^\(.+\)$/s)
    .optional(),
  /** Entries a page. */
  pageSize: z.int().min(1).max(10_000).optional(),
  /** Requests a second, at most. */
  rate: z.number().positive().optional(),
  deadlineMs,
};

const groupPlace = {
  /** Where groups are looked for; the system's base without it. */
  base: z.string().min(1).optional(),
  /** Where new groups are made; the groups' base without it. */
  createUnder: z.string().min(1).optional(),
  /** The attribute of a group's name, `cn` without it. */
  name: ldapAttribute.optional(),
};

const ldapSettings = z.strictObject({
  kind: z.literal("ldap"),
  ...directorySettings,
  /** The directory's groups; without it they are not managed. */
  groups: z
    .strictObject({
      ...groupPlace,
      /** What groups are. `posixGroup` names people by user name, and new ones are made by the directory's owner. */
      class: z.enum(["groupOfNames", "groupOfUniqueNames", "posixGroup"]).default("groupOfNames"),
      /** A DN that stands in a group nobody is in, where a group must have a member: `cn=wardctl-placeholder,` and the base without it. */
      placeholder: z.string().min(1).optional(),
    })
    .optional(),
  /** How an account is locked: `{ attribute: nsAccountLock, locked: "true" }`. */
  lock: z.strictObject({ attribute: ldapAttribute, locked: z.string().min(1) }).optional(),
});

const adSettings = z.strictObject({
  kind: z.literal("ad"),
  ...directorySettings,
  /** Its groups; without it they are not managed. */
  groups: z.strictObject(groupPlace).optional(),
});

const restSettings = z.strictObject({
  kind: z.literal("rest"),
  /** Base of the service; the definition's addresses stand below it. */
  url: webAddress,
  definition: z.union([z.string().min(1), restDefinition]).meta({
    words: {
      vi: "mô tả của hệ thống: keycloak, vendor-docs, đường dẫn tệp .yaml, hoặc ghi ngay tại đây",
      en: "how to talk to the system: keycloak, vendor-docs, the path of a .yaml file, or right here",
    },
  } satisfies SettingMeta),
  /** Places of what the definition calls `${secret.name}`. */
  secrets: z.record(z.string().regex(/^\w+$/), secretReference).default({}),
  /** What the definition calls `${var.name}`. */
  variables: z.record(z.string().regex(/^\w+$/), z.string().min(1)).default({}),
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Requests a second, at most. */
  rate: z.number().positive().optional(),
  deadlineMs,
});

const systemSettings = z
  .discriminatedUnion("kind", [scimSettings, ldapSettings, adSettings, restSettings])
  .refine(isPrivateLine, {
    path: ["url"],
    params: {
      words: {
        vi: "ldap:// đưa mật khẩu đi không mã hóa: dùng ldaps://, hoặc thêm startTls: true",
        en: "ldap:// carries the password in the clear: use ldaps://, or add startTls: true",
      },
    },
  });

function isOpenLine(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === "http:" && !isLoopback(url);
}

/** A password leaves this machine under TLS or not at all. */
function isPrivateLine(system: {
  readonly kind: string;
  readonly url: string;
  readonly startTls?: boolean | undefined;
}): boolean {
  if (system.kind === "scim" || !system.url.startsWith("ldap:")) return true;
  return system.startTls === true || isLoopback(system.url);
}

const functionalRule = z.strictObject({
  purpose: z.enum(purposes),
  departments: z.union([z.literal("all"), z.array(z.string().min(1)).min(1)]),
  systems: z.array(systemName).min(1),
  /** `{department}` is the short form of the department's key, `{unit}` the unit's code. */
  username: z.string().min(1).max(40),
});

/** `${unit_code}`, `${department}` (its short form) and `${province_code}` stand for the place of the post. */
const membershipNames = z.array(z.string().min(1).max(120)).default([]);
const systemTemplates = z.record(systemName, z.strictObject({ roles: membershipNames, groups: membershipNames }));
const personalGrant = {
  staffId: z.string().min(1),
  system: systemName,
  /** One role or one group; without both it is about the account. */
  role: z.string().min(1).optional(),
  group: z.string().min(1).optional(),
  reason: z.string().min(1),
};
const isOneThing = ({ role, group }: { readonly role?: string | undefined; readonly group?: string | undefined }): boolean =>
  role === undefined || group === undefined;
const oneThing = {
  path: ["group"],
  params: { words: { vi: "ghi role hoặc group, không ghi cả hai", en: "name a role or a group, not both" } },
};
const staffClasses = Object.keys(classNames) as readonly StaffClass[];
const isoDate = z.iso.date();

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
        /** What a second `phuongnt` gets: `phuongnt2`, or `phuongnthi` first and numbers after. */
        collision: z.enum(["number", "middle-name"]).default("number"),
        /** Years after which a leaver's name may be given to another, where no system has an account of it any more; never without it. */
        reuseAfterYears: z.int().min(2).max(50).optional(),
        /** Names that nobody gets, beside the built-in ones. */
        deny: z.array(z.string().min(1)).default([]),
      })
      .prefault({}),
    /** First passwords: which systems get one, and who hands it out. */
    credentials: credentialsSettings,
    /** Which accounts departments and units need; the built-in rules without it. */
    functional: z.array(functionalRule).optional(),
    /** Systems that everybody of a staff class works on, with what they may do there: `{ cong_chuc: { documents: { roles: [doc.read] } } }`. */
    classes: z.partialRecord(z.enum(staffClasses), systemTemplates).default({}),
    /** What a position brings beside: systems with their roles and groups, the title shown there, and positions nobody may hold at the same time. */
    positions: z
      .record(
        z.string().min(1),
        z.strictObject({
          title: z.string().min(1).optional(),
          systems: systemTemplates.default({}),
          forbidWith: z.array(z.string().min(1)).default([]),
          /** Department accounts of the unit that its holder enters: `ttpvhcc/one-stop`. */
          functional: z
            .array(
              z
                .string()
                .regex(/^[^/]+\/[^/]+$/)
                .meta({
                  words: {
                    vi: "phòng ban (viết tắt) và mục đích, ví dụ ttpvhcc/one-stop",
                    en: "a department's short form and the purpose, such as ttpvhcc/one-stop",
                  },
                } satisfies SettingMeta),
            )
            .default([]),
        }),
      )
      .default({}),
    /** One more system, role or group for one person, with the reason and the last day. */
    additions: z.array(z.strictObject({ ...personalGrant, until: isoDate }).refine(isOneThing, oneThing)).default([]),
    /** One system, role or group less for one person, whatever else says so. */
    denials: z.array(z.strictObject({ ...personalGrant, until: isoDate.optional() }).refine(isOneThing, oneThing)).default([]),
    /** Roles and groups that let their holder sign: never given here, only by `wardctl delegate`. */
    signing: systemTemplates.default({}),
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
export type LdapSettings = Extract<SystemSettings, { kind: "ldap" | "ad" }>;
export type ScimSettings = Extract<SystemSettings, { kind: "scim" }>;
export type RestSettings = Extract<SystemSettings, { kind: "rest" }>;
