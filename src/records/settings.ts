import { z } from "zod";
import { secretReferenceShape } from "../platform/secrets.ts";
import type { Words } from "../platform/words.ts";
import { isDatePattern } from "./date-pattern.ts";
import { isMetric, metricNames } from "./metric.ts";
import { channels, dossierStates } from "./observation.ts";

const words = (vi: string, en: string): { params: { words: Words } } => ({ params: { words: { vi, en } } });

const header = z.string().min(1);

const durationShape = /^(\d+)([mhd])$/;
const unitSeconds: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

/** `15m`, `12h`, `7d` → seconds. */
const duration = z
  .string()
  .refine(
    (text) => durationShape.test(text),
    words("khoảng thời gian viết như 15m, 12h, 7d", "a duration is written like 15m, 12h, 7d"),
  )
  .transform((text) => {
    const [, n, unit] = durationShape.exec(text) ?? [];
    return Number(n) * (unitSeconds[unit as string] as number);
  });

const datePattern = z
  .string()
  .refine(
    isDatePattern,
    words("mẫu ngày viết như dd/MM/yyyy HH:mm:ss, hoặc iso", "a date pattern is written like dd/MM/yyyy HH:mm:ss, or iso"),
  );

/** Fields that a dossier source may map; nothing else of a row is ever kept. */
const dossierColumns = z.strictObject({
  code: header,
  unit: header,
  procedure: header,
  channel: header,
  status: header,
  received: header,
  due: header.optional(),
  finished: header.optional(),
  updated: header.optional(),
  submitted: header.optional(),
  handedOver: header.optional(),
  competentUnit: header.optional(),
  pausedFrom: header.optional(),
  pausedTo: header.optional(),
  exportedAt: header.optional(),
});

const codeMap = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z
    .record(z.string(), z.enum(values))
    .refine((map) => Object.keys(map).length > 0, words("bảng mã không được rỗng", "the map must not be empty"));

const shared = {
  /** Who must be in it: `province:46`, or a list of codes. Without it, whoever has been in it. */
  units: z
    .union([
      z.string().regex(/^province:\d{2}$/, { error: "province:46" }),
      z.array(z.string().regex(/^\d{5}$/, { error: "19753" })).min(1),
    ])
    .optional(),
  /** Older than this is stale. */
  expectEvery: duration.prefault("24h"),
  quality: z.enum(["exact", "approx", "press"]).default("exact"),
  skipInvalid: z.boolean().default(false),
  dates: z
    .union([datePattern, z.array(datePattern).min(1)])
    .prefault("iso")
    .transform((given) => (typeof given === "string" ? [given] : given)),
};

const dossiers = {
  ...shared,
  content: z.literal("dossiers"),
  /** full: everything there is, so that a row can be missing · changes: what moved since. */
  export: z.enum(["full", "changes"]).default("changes"),
  columns: dossierColumns,
  channels: codeMap(channels),
  status: codeMap(dossierStates),
  onTime: z.enum(["date", "instant"]).default("date"),
  dueIncludesPauses: z.boolean().default(true),
};

const file = {
  kind: z.literal("csv"),
  encoding: z.enum(["utf-8", "windows-1258", "utf-16le"]).optional(),
  delimiter: z.string().length(1).optional(),
};

const sheetFile = {
  kind: z.literal("xlsx"),
  /** Without it, the only sheet that shows anything. */
  sheet: z.string().min(1).optional(),
  /** The row of the headings, or the first and the last of several. */
  headerRows: z
    .union([z.int().min(1).max(100), z.tuple([z.int().min(1).max(100), z.int().min(1).max(100)])])
    .prefault(1)
    .transform((rows): [number, number] => (typeof rows === "number" ? [rows, rows] : rows))
    .refine(
      ([first, last]) => first <= last && last - first < 6,
      words("dòng tiêu đề viết như 1 hoặc [5, 7]", "heading rows are written like 1 or [5, 7]"),
    ),
  /** How a row begins that is no unit's and no dossier's: a total, a group. */
  skipRows: z.array(header).prefault(["Tổng cộng", "Tổng số", "Cộng"]),
  /** Codes that a spreadsheet took for numbers get their zeros back. */
  padCodes: z.boolean().default(false),
};

const csvDossiers = z.strictObject({ ...file, ...dossiers });
const xlsxDossiers = z.strictObject({ ...sheetFile, ...dossiers });

const counts = {
  ...shared,
  content: z.literal("counts"),
  /** vi: `1.283`, `96,3%` · en: `1,283`, `96.3%`. */
  locale: z.enum(["vi", "en"]).default("vi"),
  metrics: z
    .record(
      z
        .string()
        .refine(
          isMetric,
          words(`chỉ tiêu phải là một trong: ${metricNames.join(", ")}`, `a metric is one of: ${metricNames.join(", ")}`),
        ),
      header,
    )
    .refine((map) => Object.keys(map).length > 0, words("cần ít nhất một chỉ tiêu", "at least one metric is needed")),
};

const countColumns = { unit: header, name: header.optional(), start: header.optional() };
const csvCounts = z.strictObject({ ...file, ...counts, columns: z.strictObject({ ...countColumns, asOf: header }) });
/** A table printed for people says in its title what instant it is of: `import --exported-at` says it then. */
const xlsxCounts = z.strictObject({
  ...sheetFile,
  ...counts,
  columns: z.strictObject({ ...countColumns, asOf: header.optional() }),
});

const secretReference = z.string().regex(secretReferenceShape);

/** A token in clear text only ever goes to this machine. */
function isPrivate(url: string): boolean {
  if (!URL.canParse(url)) return true;
  return url.startsWith("https:") || ["127.0.0.1", "[::1]", "localhost"].includes(new URL(url).hostname);
}

const path = z.string().regex(/^[\w$-]+(\.[\w$-]+)*$/);

const restDossiers = z
  .strictObject({
    ...dossiers,
    kind: z.literal("rest"),
    content: z.literal("dossiers").default("dossiers"),
    url: z.url({ protocol: /^https?$/ }),
    token: secretReference.optional(),
    /** PEM file with the root that signed the server's certificate. */
    ca: z.string().min(1).optional(),
    page: z
      .strictObject({
        /** page, offset: by number · cursor: by what the last answer gave · link: by the address of the next page (RFC 8288, or a path). */
        style: z.enum(["page", "offset", "cursor", "link"]),
        size: z.int().min(1).max(10_000).default(500),
        sizeParam: z.string().default("size"),
        /** Query parameter of the page's number, of the offset or of the cursor; without it, the name of the style. */
        param: z.string().min(1).optional(),
        /** Number of the first page; without it 1, and 0 of an offset. */
        first: z.int().min(0).max(1).optional(),
        items: path.default("items"),
        total: path.optional(),
        next: path.default("next"),
        asOf: path.optional(),
      })
      .prefault({ style: "page" }),
    /** Query parameter that asks for rows updated since an instant. Only with `export: changes`. */
    sinceParam: z.string().min(1).optional(),
    /** Pages drift while rows are added: this much is asked for again. */
    overlap: duration.prefault("15m"),
    deadlineMs: z.int().min(100).default(30_000),
  })
  .refine(({ url, token }) => token === undefined || isPrivate(url), {
    path: ["url"],
    ...words("có khóa truy cập thì phải dùng https", "with a token the address must be https"),
  });

const anySource = z.discriminatedUnion(
  "kind",
  [
    z.discriminatedUnion("content", [csvDossiers, csvCounts], { error: "content: dossiers | counts" }),
    z.discriminatedUnion("content", [xlsxDossiers, xlsxCounts], { error: "content: dossiers | counts" }),
    restDossiers,
  ],
  { error: "kind: csv | xlsx | rest" },
);

const procedureTerm = z.strictObject({
  /** 0: due on the day of receipt. */
  workingDays: z.int().min(0).max(400),
  /** Received then or later counts as received on the next working day. */
  cutOff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "15:00" })
    .optional(),
});

export const recordsSettings = z
  .strictObject({
    sources: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/, { error: "a-z 0-9 -" }), anySource).prefault({}),
    /** How long procedures may take, by code. What sources promise beyond it is told (`W-TERM`); no figure hangs on it. */
    procedures: z.record(z.string().min(1), procedureTerm).prefault({}),
    /** Codes are dropped under a keyed hash. A team on one store shares the key; alone on one machine wardctl makes its own. */
    codeKey: secretReference.optional(),
    keep: z
      .strictObject({
        /** A dossier's code, after the last import that held it. */
        codeDays: z.int().min(4).max(7).default(7),
        /** So long figures can be asked for to the second; older ones at the ends of days. */
        pointDays: z.int().min(2).max(3650).default(45),
        /** Rows of a dossier after it was closed: so long it can be corrected. */
        rowDays: z.int().min(7).max(3650).default(45),
      })
      .prefault({}),
  })
  .prefault({});

export type RecordsSettings = z.output<typeof recordsSettings>;
