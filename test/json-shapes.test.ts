import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CityWorkspace, openCityWorkspace } from "./support/whole-city.ts";

/**
 * What scripts bind to (docs/json.md): a member may be added, never renamed or taken away. The shapes of the directory, of plans and
 * outcomes and of a report's inside are held by the tests of those commands.
 */
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00$/);
const count = z.int().min(0);
const unitCode = z.string().regex(/^\d{5}$/);
/** As tried from the centre, or from the unit that stands after the @. */
const endpoint = z.string().regex(/^\d{5}\/[a-z]+(@\d{5})?$/);
const sha = z.string().regex(/^[0-9a-f]{64}$/);

const canSign = z.looseObject({
  schema: z.literal("wardctl.can-sign/1"),
  answer: z.enum(["ALLOW", "DENY", "UNKNOWN"]),
  codes: z.array(z.string().regex(/^[A-Z0-9-]+$/)),
  rule: z.string().nullable(),
  capacity: z.string().nullable(),
  grant: z.string().nullable(),
  signatureBlock: z.array(z.string()).nullable(),
  until: instant.nullable(),
  nextAllowAt: instant.nullable(),
  repair: z.array(z.looseObject({ action: z.string(), owner: z.string(), detail: z.string() })),
  evidence: z.array(z.looseObject({ kind: z.string(), at: instant.nullable(), ttlSeconds: count.nullable() })),
});

const readinessVerdict = z.enum(["go", "no-go", "unknown"]);
const readinessReason = z.looseObject({
  code: z.string().regex(/^[A-Z0-9-]+$/),
  owner: z.string(),
  ownerName: z.string(),
  detail: z.string(),
  commands: z.array(z.string()),
  seenAt: instant.nullable(),
});
const readinessDimension = z.looseObject({
  verdict: readinessVerdict,
  reasons: z.array(readinessReason.extend({ verdict: z.enum(["no-go", "unknown", "note"]) })),
});
const ready = z.looseObject({
  schema: z.literal("wardctl.ready/1"),
  at: instant,
  opening: z.string().nullable(),
  counted: z.array(z.string()),
  totals: z.looseObject({ go: count, noGo: count, unknown: count }),
  units: z
    .array(
      z.looseObject({
        code: unitCode,
        name: z.string(),
        verdict: readinessVerdict,
        since: instant.nullable(),
        dimensions: z.strictObject({
          accounts: readinessDimension,
          departments: readinessDimension,
          signing: readinessDimension,
          endpoints: readinessDimension,
          records: readinessDimension,
          contacts: readinessDimension,
        }),
        first: readinessReason.extend({ dimension: z.string() }).nullable(),
        owner: z.string().nullable(),
      }),
    )
    .min(1),
});
const readyCurve = z.looseObject({
  schema: z.literal("wardctl.ready-curve/1"),
  opening: z.string().nullable(),
  daysLeft: z.int().nullable(),
  expected: count,
  days: z.array(z.looseObject({ date: z.string(), go: count, noGo: count, unknown: count })),
});
const readyHistory = z.looseObject({
  schema: z.literal("wardctl.ready-history/1"),
  unit: unitCode,
  records: z.array(
    z.looseObject({ at: instant, verdict: readinessVerdict, since: instant, turned: z.boolean(), codes: z.array(z.string()) }),
  ),
});

const gaps = z.looseObject({
  schema: z.literal("wardctl.gaps/1"),
  window: z.looseObject({ from: instant, to: instant }),
  gaps: z
    .array(
      z.looseObject({
        unit: unitCode,
        docType: z.string(),
        from: instant,
        to: instant.nullable(),
        class: z.enum(["gap", "single", "unknown", "issue"]),
      }),
    )
    .min(1),
});

const probeLine = z.looseObject({
  schema: z.literal("wardctl.probe/1"),
  at: instant,
  endpoint,
  unit: unitCode,
  system: z.string(),
  state: z.enum(["pass", "fail", "unknown", "untested"]),
  layer: z.enum(["name", "network", "tls", "http", "sign-in", "function", "freshness"]).optional(),
  reason: z
    .string()
    .regex(/^[a-z]+\.[a-z0-9-]+$/)
    .optional(),
  hard: z.boolean(),
  attempts: count,
  totalMs: z.number().min(0),
  phases: z
    .looseObject({
      nameMs: z.number().optional(),
      connectMs: z.number().optional(),
      tlsMs: z.number().optional(),
      firstByteMs: z.number().optional(),
    })
    .optional(),
  loopLagMs: z.number().min(0),
});

const causeKind = z.enum([
  "ward",
  "system",
  "provsys",
  "carrier",
  "carprov",
  "carsys",
  "province",
  "dc",
  "sso",
  "dnszone",
  "local",
]);
const explained = {
  causes: z
    .array(
      z.looseObject({
        kind: causeKind,
        id: z.string(),
        odds: z.number().min(0).max(1),
        or: z.array(z.looseObject({ kind: causeKind, id: z.string() })),
        affected: z.array(endpoint).min(1),
        counterEvidence: z.looseObject({ failed: count, tested: count }),
        inWords: z.string(),
        askNext: z.looseObject({ question: z.string().nullable(), command: z.string(), inWords: z.string() }).nullable(),
      }),
    )
    .min(1),
  suspects: z.array(z.looseObject({ unit: unitCode, attribute: z.string() })),
  unexplained: z.array(endpoint),
  nextProbe: z.looseObject({ endpoint }).nullable(),
};
const explain = z.looseObject({ schema: z.literal("wardctl.explain/1"), at: instant, ...explained });
const check = z.looseObject({
  schema: z.literal("wardctl.check/1"),
  at: instant,
  ...explained,
  results: z.array(probeLine).min(1),
});

const exported = z.looseObject({
  schema: z.literal("wardctl.check-export/1"),
  format: z.literal("junit"),
  file: z.string(),
  at: instant,
  endpoints: count,
  content: z.null(),
});
const evidence = z.looseObject({
  schema: z.literal("wardctl.check-evidence/1"),
  folder: z.string(),
  files: z.array(z.looseObject({ name: z.string(), sha256: sha, bytes: count })).min(3),
  at: instant,
  subject: z.string(),
  incident: count.nullable(),
  cause: z.looseObject({ kind: causeKind, id: z.string() }).nullable(),
  odds: z.number().min(0).max(1).nullable(),
  inWords: z.string().nullable(),
  owner: z.string().nullable(),
  affected: z.array(endpoint).min(1),
  layer: z.string(),
  controls: z.array(z.looseObject({ kind: z.string(), through: count, stopped: count })),
  skewMs: z.number().nullable(),
  loopLagMs: z.number(),
});

const checkLocal = z.looseObject({
  schema: z.literal("wardctl.check-local/1"),
  at: instant,
  unit: unitCode.nullable(),
  checks: z
    .array(
      z.looseObject({
        id: z.string().regex(/^[a-z]+$/),
        state: z.enum(["pass", "warn", "fail", "not-applicable"]),
        inWords: z.string(),
        remedy: z.string().nullable(),
      }),
    )
    .min(1),
  skewMs: z.number().nullable(),
});
const onSite = checkLocal.extend({
  unit: unitCode,
  results: z.array(probeLine).min(1),
  answers: z.array(z.looseObject({ id: z.string(), yes: z.boolean().nullable() })),
  cause: z.looseObject({
    cause: z.string(),
    odds: z.number().min(0).max(1),
    code: z.string(),
    call: z.string(),
    say: z.string(),
    meanwhile: z.string(),
    hotline: z.string().nullable(),
    article: z.object({ id: z.string(), title: z.string() }).nullable(),
  }),
  nextQuestion: z.looseObject({ id: z.string(), inWords: z.string() }).nullable(),
  file: z.string(),
});
const vantages = z.array(
  z.looseObject({
    unit: unitCode,
    at: instant,
    skewMs: z.number().nullable(),
    stale: z.boolean(),
    endpoints: z.array(
      z.looseObject({ endpoint, verdict: z.enum(["both-well", "both-fail", "unit-only", "centre-only", "one-sided"]) }),
    ),
  }),
);

const receipt = z.looseObject({
  seq: count,
  file: z.string().nullable(),
  sha256: sha.nullable(),
  rows: z.looseObject({ read: count, new: count, changed: count, same: count, stale: count, refused: count }),
  warnings: z.array(z.looseObject({ code: z.string().regex(/^W-[A-Z-]+$/) })),
  alreadyImportedAs: count.optional(),
});
const imported = receipt.extend({ schema: z.literal("wardctl.import/1") });
const synced = z.looseObject({ schema: z.literal("wardctl.sync/1"), sources: z.array(receipt).min(1) });

const report = z.looseObject({
  schema: z.literal("wardctl.report/1"),
  kind: z.enum(["morning", "evening"]),
  window: z.looseObject({ start: instant, end: instant }),
  asOf: instant,
  knownSeq: count,
  rulesSha256: sha,
  calendarVersion: z.int().positive().nullable(),
  units: z.array(
    z.looseObject({
      code: unitCode,
      name: z.string(),
      state: z.enum(["reporting", "zero", "stale", "silent"]),
      figures: z.unknown(),
    }),
  ),
  total: z.looseObject({
    figures: z.looseObject({ received: z.looseObject({ total: count }), resolved: z.looseObject({ total: count }) }).nullable(),
    reporting: count,
    expected: count,
  }),
  restated: z.array(z.unknown()),
  warnings: z.array(z.looseObject({ code: z.string(), message: z.unknown() })),
  sections: z.array(z.unknown()).min(1),
});

const audit = z.looseObject({
  schema: z.literal("wardctl.audit/1"),
  records: z
    .array(
      z.looseObject({
        seq: count,
        at: instant,
        actor: z.string(),
        action: z.string(),
        subject: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1),
});

const doctor = z.looseObject({
  schema: z.literal("wardctl.doctor/1"),
  workspace: z.string().nullable(),
  problems: count,
  findings: z
    .array(
      z.looseObject({
        area: z.enum(["machine", "workspace"]),
        id: z.string(),
        state: z.enum(["ok", "note", "problem"]),
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    )
    .min(1),
  faults: z.array(z.unknown()),
});

const error = z.strictObject({
  schema: z.literal("wardctl.error/1"),
  kind: z.enum(["usage", "invalid", "denied", "unavailable", "unsafe", "partial", "attention", "cancelled", "bug"]),
  exitCode: z.int().min(1),
  message: z.string().min(1),
  hint: z.string().optional(),
  faults: z
    .array(
      z.strictObject({
        file: z.string(),
        line: z.int().min(1).optional(),
        column: z.int().min(1).optional(),
        value: z.string().optional(),
        message: z.string().min(1),
      }),
    )
    .optional(),
});

const incident = z.looseObject({
  schema: z.literal("wardctl.incident/1"),
  what: z.enum(["opened", "joined", "reopened", "same", "changed"]).nullable(),
  id: z.string().regex(/^VM-\d+$/),
  title: z.string(),
  detail: z.string().nullable(),
  state: z.enum(["unassigned", "assigned", "closed"]),
  overdue: z.boolean(),
  category: z.enum(["infrastructure", "software", "accounts", "procedures", "people", "guidance"]),
  group: z.int().min(1).max(4),
  code: z.string().nullable(),
  units: z.array(unitCode),
  system: z.string().nullable(),
  owner: z.string().nullable(),
  support: z.string().nullable(),
  due: instant.nullable(),
  since: instant,
  ageMinutes: count,
  openedAt: instant,
  openedBy: z.string(),
  changedAt: instant,
  reopened: count,
  sources: z.array(z.string()),
  tried: z.array(z.looseObject({ at: instant, by: z.string(), text: z.string() })),
  closed: z.looseObject({ at: instant, by: z.string(), resolution: z.string(), lesson: z.string().nullable() }).nullable(),
  article: z.strictObject({ id: z.string(), title: z.string() }).nullable().optional(),
});

const incidents = z.looseObject({
  schema: z.literal("wardctl.incidents/1"),
  at: instant,
  open: count,
  overdue: count,
  unassigned: count,
  incidents: z
    .array(z.looseObject({ id: z.string(), state: z.string(), units: z.array(unitCode), due: instant.nullable() }))
    .min(1),
});

const agendaOf = z.looseObject({
  since: instant,
  at: instant,
  items: z.array(z.looseObject({ topic: z.string(), ref: z.string().nullable(), text: z.string() })),
  unknown: z.array(z.looseObject({ topic: z.string(), reason: z.string() })),
});

const action = z.looseObject({
  schema: z.literal("wardctl.action/1"),
  id: z.string().regex(/^VC-\d+$/),
  text: z.string(),
  state: z.enum(["open", "done", "dropped"]),
  overdue: z.boolean(),
  owner: z.string(),
  support: z.string().nullable(),
  due: instant.nullable(),
  incident: z.string().nullable(),
  meeting: z.string(),
  givenAt: instant,
  givenBy: z.string(),
});

const actions = z.looseObject({
  schema: z.literal("wardctl.actions/1"),
  at: instant,
  overdue: count,
  actions: z.array(z.looseObject({ id: z.string(), owner: z.string(), due: instant.nullable(), meeting: z.string() })).min(1),
});

const meeting = z.looseObject({
  schema: z.literal("wardctl.meeting/1"),
  id: z.string().regex(/^(morning|evening)-\d{4}-\d{2}-\d{2}(-\d+)?$/),
  kind: z.enum(["morning", "evening"]),
  state: z.enum(["running", "closed"]),
  openedAt: instant,
  closedAt: instant.nullable(),
  agenda: agendaOf,
  decisions: z.array(z.looseObject({ at: instant, by: z.string(), text: z.string(), incident: z.string().nullable() })),
  lessons: z.array(z.looseObject({ text: z.string() })),
  actions: z.array(action.omit({ schema: true })),
  report: z.string().nullable(),
});

describe("what scripts read of a day in the city", () => {
  let city: CityWorkspace;
  beforeAll(async () => {
    city = await openCityWorkspace();
    city.open.city.faults.on("carrier-down", "VNPT");
    await city.open.lines.settled();
    await city.run("provision plan roster.csv --save plan.json");
    await city.run("provision apply plan.json --yes");
    await city.run("delegate grant --file grants.csv --yes");
  });
  afterAll(() => city.stop());

  /** One document, first member `schema`, nothing that the shape does not hold. */
  const read = async (line: string, shape: z.ZodType): Promise<unknown> => {
    const { stdout, stderr } = await city.run(`${line} --json`);
    expect(stdout, stderr).not.toBe("");
    const document = JSON.parse(stdout) as object;
    expect(Object.keys(document)[0]).toBe("schema");
    return shape.parse(document);
  };

  it("is who may sign, and where nobody may", async () => {
    expect(await read("delegate can-sign CB2700403 cong-van 27004", canSign)).toMatchObject({ answer: "DENY" });
    expect(await read("delegate can-sign CB2700401 quyet-dinh 27004", canSign)).toMatchObject({ rule: expect.any(String) });
    await read("delegate gaps --from 2029-01-01", gaps);
  });

  it("is a check with its causes, its recorded lines, and their explanation", async () => {
    await read("check --out results.jsonl", check);
    const lines = readFileSync(join(city.folder, "results.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(210);
    for (const line of lines) probeLine.parse(JSON.parse(line));
    await read("check explain", explain);
    await read("check explain --replay results.jsonl", explain);
    await read("check export --format junit --out junit.xml", exported);
    await read("check evidence 19753", evidence);
    await read("check local", checkLocal);
    await read("check local --unit 19777 --answer pon-red=no --out vantage.jsonl", onSite);
    await read("check explain --with vantage.jsonl", explain.extend({ vantages }));
  });

  it("is what each unit is ready for, the way there and what changed", async () => {
    await read("ready", ready);
    await read("ready --curve", readyCurve);
    await read("ready 27004 --history", readyHistory);
  });

  it("is a receipt, also of what was imported before, and one for every source", async () => {
    await read("import press.csv --source press", imported);
    expect(await read("import press.csv --source press", imported)).toMatchObject({ alreadyImportedAs: 1 });
    await read("sync", synced);
  });

  it("is a report, printed again as it was", async () => {
    const shown = await read("report evening", report);
    expect(await read("report show", report)).toEqual(shown);
  });

  it("is a difficulty, from wherever it was seen, and a meeting with what it decided", async () => {
    const cause = await read("incident open --from-cause VNPT --due 2025-07-04", incident);
    expect(cause).toMatchObject({ what: "opened", category: "infrastructure", group: 1, owner: "VNPT", system: null });
    expect(incident.parse(cause).units.length).toBeGreaterThan(10);
    expect(await read("incident open --from-cause carrier:VNPT", incident)).toMatchObject({ what: "same", id: "VM-1" });
    expect(await read("incident open --from-gap 27004", incident)).toMatchObject({
      sources: ["gap:27004"],
      category: "accounts",
    });
    expect(await read("incident open --from-warning W-TOTAL", incident)).toMatchObject({ code: "W-TOTAL", category: "software" });
    expect((await city.run("incident open --from-coverage 27004")).stderr).toContain("every department has its accounts");
    await read("incident assign VM-1 --owner Viettel", incident);
    await read(
      "incident show VM-1",
      incident.extend({ history: z.array(z.looseObject({ at: instant, by: z.string() })).min(2) }),
    );
    await read("incident list", incidents);
    const agenda = await read("meeting open evening --look", agendaOf.extend({ schema: z.literal("wardctl.agenda/1") }));
    expect(agenda).toMatchObject({ kind: "evening" });
    await read("meeting open evening", meeting);
    await read("meeting decide 'Chuyển sang 4G' --incident VM-1", meeting);
    await read("meeting action 'Mở đường dự phòng' --owner VNPT --due 2025-07-04", action);
    await read("meeting actions", actions);
    expect(await read("meeting close", meeting)).toMatchObject({ state: "closed", report: expect.stringContaining("evening-") });
    await read(
      "meeting list",
      z.looseObject({ schema: z.literal("wardctl.meetings/1"), meetings: z.array(z.looseObject({})).min(1) }),
    );
  });

  it("is the log and the state of the workspace", async () => {
    await read("audit show", audit);
    await read("doctor", doctor);
  });

  it.each([
    ["wards list --kind x", 2],
    ["check --replay roster.csv", 3],
    ["delegate can-sign nobody cong-van 27004", 3],
    ["init --province 46", 6],
  ])("is one line on stderr when it fails: %s", async (line, code) => {
    const failed = await city.run(`${line} --json`);
    expect([failed.code, failed.stdout, failed.stderr.trimEnd().split("\n").length]).toEqual([code, "", 1]);
    expect(error.parse(JSON.parse(failed.stderr))).toMatchObject({ exitCode: code });
  });
});

describe("docs/json.md", () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const names = (text: string): string[] => [...text.matchAll(/wardctl\.[a-z-]+\/\d/g)].map(([name]) => name);
  /** For wardctl itself, and sealed ones for a custodian. */
  const internal = ["wardctl.check-journal/1", "wardctl.slip/1"];

  it("names every document that the code prints, and no other", () => {
    const sources = ["commands", "src"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith(".ts") && !name.startsWith("city"))
        .map((name) => readFileSync(join(root, folder, name), "utf8")),
    );
    const printed = new Set(sources.flatMap(names).filter((name) => !internal.includes(name)));
    expect([...new Set(names(readFileSync(join(root, "docs/json.md"), "utf8")))].sort()).toEqual([...printed].sort());
  });
});
