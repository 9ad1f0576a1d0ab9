import { z } from "zod";
import type { SettingMeta } from "../../platform/schema-walk.ts";
import { secretReferenceShape } from "../../platform/secrets.ts";
import { grantedCapacities } from "../capacity.ts";

/** `90s`, `30m`, `12h`, `7d` → milliseconds. */
export const duration = z
  .string()
  .refine((text) => /^\d+[smhd]$/.test(text), {
    abort: true,
    params: {
      words: { vi: "cần một khoảng thời gian như 90s, 30m, 12h, 7d", en: "needs a length of time such as 90s, 30m, 12h, 7d" },
    },
  })
  .meta({ pattern: "^\\d+[smhd]$" })
  .transform((text) => Number(text.slice(0, -1)) * { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[text.at(-1) as "s"]);

/** What a right of the system can say. What it cannot is known before anything is written: wider than granted is refused, narrower is shown as a gap. */
const expresses = z
  .strictObject({
    dateGranularity: z.enum(["day", "instant"]).default("day"),
    /** The end date is the last day of the right, not the first day without it. */
    inclusiveEnd: z.boolean().default(true),
    /** A right has dates at all. */
    window: z.boolean().default(true),
    /** A right can be for some types of document only. */
    docTypes: z.boolean().default(true),
    /** What all rights let somebody sign as, where the system knows no capacities. */
    onlyCapacity: z.enum(grantedCapacities).optional(),
    /** One post can give rights to several people at a time. */
    multiDelegate: z.boolean().default(true),
    /** A right can be for some departments of a unit only. */
    units: z.boolean().default(false),
    /** A right can be for some groups of procedures only. */
    procedures: z.boolean().default(false),
    /** It can name departments and groups that it is not for. */
    exclusions: z.boolean().default(false),
  })
  .prefault({});

const units = z.union([z.literal("all"), z.array(z.string().regex(/^\d{5}$/)).min(1)]).default("all");
const pointer = z.string().regex(/^\//);
const path = z.string().regex(/^\//);
const dictionary = z.record(z.string(), z.string());
const body = z.record(z.string(), z.json());
const mapped = z.union([pointer, z.strictObject({ ptr: pointer, dict: dictionary })]);

/** A token leaves this machine under TLS or not at all. */
const webAddress = z.url({ protocol: /^https?$/ }).refine((url) => !isOpenLine(url), {
  params: {
    words: {
      vi: "http:// đưa mã truy cập đi không mã hóa: dùng https://",
      en: "http:// carries the token in the clear: use https://",
    },
  },
});

function isOpenLine(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** A document system described as data: no code, no shell. Placeholders in braces are filled by wardctl. */
const restSystem = z.strictObject({
  kind: z.literal("rest").optional(),
  url: webAddress,
  /** `env:NAME` or `file:PATH`; sent as a bearer token. */
  token: z.string().regex(secretReferenceShape).optional(),
  /** PEM file of a further root to trust. */
  ca: z.string().min(1).optional(),
  /** Units whose documents this system carries. */
  units,
  /** How long a read-back counts as evidence. */
  evidenceFor: duration.prefault("24h"),
  /** SHA-256 of the server's certificate, as `openssl x509 -fingerprint -sha256` prints it: no other is spoken to, whoever signed it. */
  pins: z
    .array(z.string().regex(/^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$/))
    .min(1)
    .optional(),
  deadlineMs: z.number().int().positive().default(30_000),
  expresses,
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
      /** Absent where `expresses` says that the system does not keep it. */
      docTypes: mapped.optional(),
      /** A list; empty or absent: not limited. */
      departments: mapped.optional(),
      exceptDepartments: mapped.optional(),
      procedures: mapped.optional(),
      exceptProcedures: mapped.optional(),
      capacity: mapped.optional(),
      from: pointer.optional(),
      to: pointer.optional(),
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
  /** Asks the system to sign on trial, without a document: the strongest evidence. */
  probe: z
    .strictObject({
      post: path,
      body,
      map: z.strictObject({
        allowed: mapped,
        /** Where the answer repeats `{nonce}`: one that does not was made for somebody else's question, or earlier. */
        nonce: pointer.optional(),
      }),
    })
    .optional(),
  /** The certificate of a unit's seal that the system uses. */
  getSeal: z
    .strictObject({
      get: path,
      /** Pointer to the unit in the answer. */
      item: pointer.optional(),
      map: z.strictObject({
        /** Which unit it is about: an answer about another one is then no answer. */
        unit: pointer.optional(),
        serial: pointer,
        notBefore: pointer.optional(),
        notAfter: pointer.optional(),
        bound: mapped.optional(),
      }),
    })
    .optional(),
});

const column = z.string().min(1);
const mappedColumn = z.union([column, z.strictObject({ column, dict: dictionary })]);

/** A system without an interface, by what it exports as a table: read back and compared, never written to. */
const exportSystem = z.strictObject({
  kind: z.literal("export"),
  /** CSV or XLSX with one right a row. */
  path: z
    .string()
    .min(1)
    .meta({
      file: true,
      words: { vi: "tệp CSV hoặc XLSX xuất từ phần mềm văn bản", en: "CSV or XLSX file exported from the system" },
    } satisfies SettingMeta),
  sheet: z.string().min(1).optional(),
  /** The same of accounts: who has one, on or off, with which certificate. Without it nothing is known of them. */
  accounts: z
    .strictObject({
      path: z.string().min(1),
      sheet: z.string().min(1).optional(),
      columns: z.strictObject({
        staffId: column,
        userName: column,
        active: mappedColumn,
        certSerial: column.optional(),
        certNotBefore: column.optional(),
        certNotAfter: column.optional(),
        bound: mappedColumn.optional(),
      }),
    })
    .optional(),
  units,
  /** Counted from the file's own last change; shorter than for what is read from the system itself. */
  evidenceFor: duration.prefault("12h"),
  expresses,
  columns: z.strictObject({
    extId: column,
    key: column.optional(),
    unit: column,
    staffId: column.optional(),
    userName: column.optional(),
    docTypes: mappedColumn.optional(),
    /** An empty cell: not limited. */
    departments: mappedColumn.optional(),
    exceptDepartments: mappedColumn.optional(),
    procedures: mappedColumn.optional(),
    exceptProcedures: mappedColumn.optional(),
    capacity: mappedColumn.optional(),
    from: column.optional(),
    to: column.optional(),
    active: mappedColumn.optional(),
  }),
  /** What stands between two types, departments or groups in one cell. */
  separator: z.string().min(1).default(";"),
});

/** A system that is described in a file of its own, which may have come from somebody else: it may speak to these hosts only. */
const fileSystem = z.strictObject({
  kind: z.literal("file"),
  definition: z
    .string()
    .min(1)
    .meta({
      file: true,
      words: { vi: "tệp .yaml mô tả phần mềm văn bản", en: "the .yaml file that describes the document system" },
    } satisfies SettingMeta),
  /** `qlvb.hue.gov.vn`, with `:port` where it is not the usual one. None for a file that describes exports. */
  hosts: z.array(z.string().regex(/^[A-Za-z0-9.-]+(:\d+)?$/)).default([]),
  units,
});

/** A system that has neither an interface nor exports: what two people see on its screens is all that is known of it. */
const screensSystem = z.strictObject({ kind: z.literal("screens"), units });

export const describedSystem = z.discriminatedUnion("kind", [restSystem, exportSystem]).superRefine(checkMapped);

/** What is not mapped must be what the system does not keep. */
export const documentSystem = z
  .discriminatedUnion("kind", [restSystem, exportSystem, fileSystem, screensSystem])
  .superRefine((system, context) => {
    if (system.kind !== "file" && system.kind !== "screens") checkMapped(system, context);
  });

function checkMapped(system: DescribedSystem, context: z.RefinementCtx): void {
  const map = system.kind === "export" ? system.columns : system.listGrants.map;
  const path = system.kind === "export" ? ["columns"] : ["listGrants", "map"];
  const { expresses: says } = system;
  const needs = [
    ["docTypes", says.docTypes],
    ["capacity", says.onlyCapacity === undefined],
    ["from", says.window],
    ["to", says.window],
    ["departments", says.units],
    ["procedures", says.procedures],
    ["exceptDepartments", says.units && says.exclusions],
    ["exceptProcedures", says.procedures && says.exclusions],
  ] as const;
  for (const [name, isKept] of needs) {
    if (!isKept || map[name] !== undefined) continue;
    context.addIssue({ code: "custom", path: [...path, name], params: { words: missingColumn(name) } });
  }
}

const unkept: Readonly<Record<string, string>> = {
  docTypes: "docTypes: false",
  capacity: "onlyCapacity",
  departments: "units: false",
  procedures: "procedures: false",
  exceptDepartments: "exclusions: false",
  exceptProcedures: "exclusions: false",
};

function missingColumn(name: string): { vi: string; en: string } {
  const flag = unkept[name] ?? "window: false";
  return {
    vi: `thiếu '${name}'; nếu phần mềm không lưu thì khai expresses: { ${flag} }`,
    en: `'${name}' is missing; where the system does not keep it, say expresses: { ${flag} }`,
  };
}

export type DescribedSystem = RestSystemSettings | ExportSystemSettings;
export type RestSystemSettings = z.output<typeof restSystem>;
export type ExportSystemSettings = z.output<typeof exportSystem>;
export type SystemSettings = z.output<typeof documentSystem>;
export type FileSystemSettings = z.output<typeof fileSystem>;
export type Expresses = RestSystemSettings["expresses"];
