import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createFaults } from "../../../src/city/faults.ts";
import { type CityWorkspace, startCityWorkspace } from "../../support/city-workspace.ts";

/** The shapes that scripts bind to. Add, never rename. */
const instant = z.iso.datetime({ offset: true });
const subject = z.strictObject({
  staffId: z.string().optional(),
  functionalKey: z.string().optional(),
  name: z.string(),
  unit: z.string(),
  owner: z.string().nullable().optional(),
});
const state = z.strictObject({
  externalId: z.string().nullable(),
  userName: z.string(),
  active: z.boolean(),
  attributes: z.record(z.string(), z.string().nullable()),
});
const situation = z.enum(["CONFIRMED", "FOUND", "ABSENT", "AMBIGUOUS", "MISSING", "SOURCE_MISSING", "UNQUALIFIED", "UNASSIGNED"]);
const plan = z.looseObject({
  schema: z.literal("wardctl.plan/1"),
  planId: z.string(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: instant,
  expiresAt: instant,
  systems: z.array(z.looseObject({ name: z.string(), state: z.enum(["read", "failed", "left-out"]) })),
  totals: z.strictObject({
    create: z.int(),
    update: z.int(),
    enable: z.int(),
    disable: z.int(),
    createGroup: z.int(),
    assign: z.int(),
    none: z.int(),
    question: z.int(),
  }),
  operations: z.array(
    z.strictObject({
      id: z.string(),
      system: z.string(),
      kind: z.enum(["create", "update", "enable", "disable"]),
      subject,
      username: z.string(),
      targetId: z.string().nullable(),
      before: state.nullable(),
      after: state,
      fingerprint: z.string(),
      reason: z.string(),
      situation,
    }),
  ),
  questions: z.array(
    z.strictObject({
      code: z.string(),
      situation,
      subject,
      systems: z.array(z.string()),
      holds: z.boolean(),
      candidates: z.array(z.string()),
    }),
  ),
  guards: z.array(z.looseObject({ code: z.string(), count: z.int(), limit: z.int(), tripped: z.boolean() })),
});
const outcome = z.strictObject({
  id: z.string(),
  system: z.string(),
  subject: z.string(),
  kind: z.string(),
  state: z.enum(["done", "failed", "unknown", "skipped"]),
  targetId: z.string().nullable(),
  message: z.string().nullable(),
});

describe("what scripts read", () => {
  let workspace: CityWorkspace;
  beforeAll(async () => {
    const faults = createFaults();
    faults.on("departments-without-accounts", "27004");
    workspace = await startCityWorkspace({ faults, newHires: ["CB1977704"] });
  });
  afterAll(() => workspace.city.stop());

  const readJson = async (line: string): Promise<unknown> => JSON.parse((await workspace.run(`${line} --json`)).stdout);

  it("is a coverage", async () => {
    const value = await readJson("provision coverage");
    expect(Object.keys(value as object)[0]).toBe("schema");
    z.looseObject({
      schema: z.literal("wardctl.coverage/1"),
      findings: z.array(
        z.strictObject({
          code: z.enum(["ACC-UNIT-MISSING", "ACC-UNIT-DISABLED"]),
          unit: z.string(),
          department: z.string(),
          purpose: z.enum(["document-inbox", "one-stop", "clerk", "unit"]),
          system: z.string(),
          functionalKey: z.string(),
          article: z.strictObject({ id: z.string(), title: z.string() }).nullable(),
        }),
      ),
      departments: z.array(z.looseObject({ unit: z.string(), department: z.string(), documents: z.string() })),
    }).parse(value);
  });

  it("is a plan, printed and saved alike", async () => {
    const printed = plan.parse(await readJson("provision plan roster.csv --save plan.json"));
    expect(JSON.parse(await readFile(join(workspace.folder, "plan.json"), "utf8"))).toEqual(printed);
    expect(printed.operations.find(({ subject: one }) => one.functionalKey !== undefined)?.subject.owner).toMatch(/^CB27004/);
  });

  it("is an outcome, a status and a verification", async () => {
    z.looseObject({ schema: z.literal("wardctl.outcome/1"), outcomes: z.array(outcome).min(1) }).parse(
      await readJson("provision apply plan.json --yes"),
    );
    const { plans } = z
      .looseObject({
        schema: z.literal("wardctl.provision-plans/1"),
        plans: z.array(z.looseObject({ planId: z.string(), startedAt: instant })),
      })
      .parse(await readJson("provision status"));
    z.looseObject({
      schema: z.literal("wardctl.provision-status/1"),
      operations: z.array(z.looseObject({ state: z.literal("done") })).min(1),
    }).parse(await readJson(`provision status ${plans[0]?.planId}`));
    z.looseObject({
      schema: z.literal("wardctl.provision-verify/1"),
      operations: z.array(z.looseObject({ state: z.literal("as-planned") })).min(1),
    }).parse(await readJson("provision verify plan.json"));
  });

  it("is one line on stderr when the roster has faults", async () => {
    const failed = await workspace.run("provision plan nobody.csv --json");
    expect(failed.code).toBe(3);
    expect(failed.stdout).toBe("");
    expect(JSON.parse(failed.stderr)).toMatchObject({ schema: "wardctl.error/1", kind: "invalid", exitCode: 3 });
  });
});
