import { expect, it } from "vitest";
import { z } from "zod";
import { createInMemoryCounts } from "../../support/in-memory-counts.ts";
import { at, openTestDesk, receive } from "../../support/report-desk.ts";
import { toDeclared } from "../../support/stated.ts";

const whole = z.int();
const count = z.int().min(0);
const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00$/);
const words = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const sha = z.string().regex(/^[0-9a-f]{64}$/);
const columns = <const Names extends readonly string[]>(names: Names) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, count])));

const figures = z.strictObject({
  carriedOver: count,
  received: columns(["total", "online", "direct", "post"]),
  reopened: count,
  resolved: columns(["total", "early", "onTime", "late"]),
  inProgress: columns(["total", "within", "overdue"]),
  paused: columns(["total", "supplement", "fee", "stopped", "overdue"]),
  returned: columns(["total", "withdrawn", "rejectedInBase"]),
  pendingIntake: count,
  refusedAtIntake: count,
  resultHandedOver: count,
  visitors: z.null(),
});

/** `wardctl.report/1`, as scripts bind to it: names may be added here, never changed. */
const reportShape = z.strictObject({
  schema: z.literal("wardctl.report/1"),
  kind: z.enum(["morning", "evening", "unit", "range"]),
  city: z.string(),
  window: z.strictObject({ start: instant, end: instant }),
  asOf: instant,
  knownSeq: count,
  rulesSha256: sha,
  calendarVersion: z.int().positive().nullable(),
  calendarReason: words.nullable(),
  units: z.array(
    z.strictObject({
      code: z.string().regex(/^\d{5}$/),
      name: z.string(),
      state: z.enum(["reporting", "zero", "stale", "silent"]),
      lastDeliveryAt: instant.nullable(),
      figures: figures.nullable(),
    }),
  ),
  total: z.strictObject({ figures: figures.nullable(), reason: words.nullable(), reporting: count, expected: count }),
  cumulative: z.strictObject({ start: instant, figures }).nullable(),
  rates: z.array(
    z.strictObject({
      rate: z.enum(["resolution", "on_time_resolved", "on_time_due", "online"]),
      numerator: count,
      denominator: count,
      definition: words,
    }),
  ),
  procedures: z
    .array(
      z.strictObject({
        procedure: z.string(),
        name: z.string().nullable(),
        received: count.nullable(),
        resolved: count.nullable(),
      }),
    )
    .nullable(),
  layout: z.enum(["ii06a", "qd766"]).nullable(),
  isPublic: z.boolean(),
  previous: z.strictObject({ meeting: z.string(), asOf: instant, knownSeq: count }).nullable(),
  restated: z.array(
    z.strictObject({ unit: z.string(), metric: z.string(), shown: count, known: count, delta: whole, imports: z.array(count) }),
  ),
  restatedBy: z.array(z.strictObject({ seq: count, source: z.string(), file: z.string().nullable(), finishedAt: instant })),
  declared: z.array(
    z.strictObject({
      source: z.string(),
      quality: z.enum(["exact", "approx", "press"]),
      unit: z.string().nullable(),
      statedName: z.string().nullable(),
      metric: z.string(),
      window: z.strictObject({ start: instant.nullable(), end: instant }),
      stated: z.string(),
      low: count.nullable(),
      high: count.nullable(),
      percentHundredths: count.nullable(),
      computed: count.nullable(),
    }),
  ),
  warnings: z.array(
    z.strictObject({
      code: z.string().regex(/^W-[A-Z-]+$/),
      level: z.enum(["attention", "note"]),
      unit: z.string().nullable(),
      expected: whole.nullable(),
      found: whole.nullable(),
      delta: whole.nullable(),
      message: words,
    }),
  ),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      quality: z.string(),
      lastSeq: count.nullable(),
      lastDeliveryAt: instant.nullable(),
      stale: z.boolean(),
    }),
  ),
  sections: z.array(
    z.strictObject({
      id: z.string(),
      title: words,
      state: z.enum(["ok", "unavailable"]),
      reason: words.nullable(),
      blocks: z.array(z.looseObject({ block: z.enum(["heading", "paragraph", "figures", "table", "chart", "list", "note"]) })),
    }),
  ),
});

it("a report keeps the shape that scripts bind to", async () => {
  const counts = createInMemoryCounts({
    covered: ["19753"],
    finishedAt: [at("2025-07-03T07:20")],
    dossiers: receive(12, "2025-07-03T07:00", { unit: "19753" }),
    declared: [
      toDeclared({ unit: "19753", metric: "received.total", stated: "13", start: "2025-07-03", end: "2025-07-03T16:30" }),
    ],
    sources: [{ name: "mot-cua", kind: "csv", quality: "exact", lastSeq: undefined, lastDeliveryAt: undefined, stale: true }],
  });
  const { desk, evening } = await openTestDesk(counts);
  await desk.makeMeeting({ ...evening, kind: "morning", asOf: at("2025-07-03T07:05") });
  const { report } = await desk.makeMeeting(evening);
  expect(reportShape.parse(report)).toEqual(report);
  expect(Object.keys(report)[0]).toBe("schema");
  expect(report.declared).toMatchObject([{ stated: "13", low: 13, computed: 12 }]);
  expect(report.warnings.map(({ code }) => code)).toContain("W-DECLARED");
});
