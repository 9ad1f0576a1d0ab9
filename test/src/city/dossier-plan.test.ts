import { describe, expect, it } from "vitest";
import { planDossiers } from "../../../src/city/dossier-plan.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { createCounts } from "../../../src/records/counts.ts";
import { recordsSettings } from "../../../src/records/settings.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { at, startHue, tenOClock } from "../../support/records-city.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const directory = createDirectory("2025-07-03")!;
const hue = directory.listUnits({ province: "46" }).map((unit) => unit.code);

async function countAt(clock: string, asOf: string, start = "2025-07-03T00:00") {
  const folder = await makeTestFolder();
  const city = await startHue(folder, clock);
  try {
    const result = await runWardctl("sync --json", { cwd: folder, env: { WARDCTL_NOW: clock } });
    expect(result.stderr).not.toContain("wardctl:");
    expect(result.code).toBe(0);
    const database = await openSqlite(`${folder}/.wardctl/cache.db`, allMigrations, () => "");
    const settings = recordsSettings.parse({
      sources: { "mot-cua": { ...minimalRest, units: "province:46" } },
    });
    const counts = createCounts(database, settings, { zone: vietnamZone, directory });
    const units = await counts.countUnits({ start: at(start), end: at(asOf) }, await counts.findLatestSeq(), hue);
    await database.close();
    return units;
  } finally {
    await city.stop();
  }
}

const minimalRest = {
  kind: "rest",
  url: "https://127.0.0.1/",
  columns: { code: "a", unit: "b", procedure: "c", channel: "d", status: "e", received: "f" },
  channels: { "1": "direct" },
  status: { "1": "pending" },
};

describe("the city's dossiers", () => {
  it("count to what was published of Huế at 10:00 on 3 July 2025, from their rows", async () => {
    const units = await countAt(tenOClock, tenOClock);
    const sum = (pick: (unit: (typeof units)[number]) => number) => units.reduce((total, unit) => total + pick(unit), 0);
    const find = (code: string) => units.find(({ unit }) => unit === code)!.figures!;
    expect(units.map(({ state }) => state)).toEqual(hue.map(() => "reporting"));
    expect(sum(({ figures }) => figures!.received.total)).toBe(1283);
    expect(sum(({ figures }) => figures!.resolved.total)).toBe(382);
    expect(sum(({ figures }) => figures!.inProgress.total + figures!.paused.total)).toBe(901);
    expect(sum(({ figures }) => figures!.carriedOver)).toBe(0);
    expect(find("19753").received.total).toBe(151);
    expect(find("19867")).toMatchObject({ received: { total: 151 }, resolved: { total: 61 } });
    expect(find("19804").resolved.total).toBe(36);
    const others = units.filter(({ unit }) => unit !== "19753" && unit !== "19867");
    expect(Math.max(...others.map(({ figures }) => figures!.received.total))).toBeLessThan(151);
    expect(Math.max(...others.filter(({ unit }) => unit !== "19804").map(({ figures }) => figures!.resolved.total))).toBeLessThan(
      36,
    );
  });

  it("count to the same at 10:00 when they are read in the afternoon or the next morning", async () => {
    for (const clock of ["2025-07-03T16:30:00+07:00", "2025-07-04T07:30:00+07:00"]) {
      const units = await countAt(clock, tenOClock);
      expect(units.reduce((sum, { figures }) => sum + figures!.received.total, 0)).toBe(1283);
      expect(units.reduce((sum, { figures }) => sum + figures!.resolved.total, 0)).toBe(382);
      expect(units.reduce((sum, { figures }) => sum + figures!.returned.total, 0)).toBe(0);
    }
  });

  it("go on plausibly: more in the afternoon, some late and overdue the next morning", async () => {
    const units = await countAt("2025-07-04T10:30:00+07:00", "2025-07-04T10:30:00+07:00", "2025-07-03T00:00");
    const sum = (pick: (figures: NonNullable<(typeof units)[number]["figures"]>) => number) =>
      units.reduce((total, { figures }) => total + pick(figures!), 0);
    expect(sum((f) => f.received.total)).toBeGreaterThan(2000);
    expect(sum((f) => f.resolved.late)).toBeGreaterThan(0);
    expect(sum((f) => f.resolved.late)).toBeLessThan(sum((f) => f.resolved.total) / 10);
    expect(sum((f) => f.paused.supplement)).toBeGreaterThan(0);
    expect(sum((f) => f.paused.fee)).toBeGreaterThan(0);
    expect(sum((f) => f.returned.withdrawn)).toBeGreaterThan(0);
    expect(sum((f) => f.refusedAtIntake)).toBeGreaterThan(0);
    expect(sum((f) => f.received.online)).toBeGreaterThan(sum((f) => f.received.post));
  });

  it("come from the seed alone, each with its steps in order and a code of its own", () => {
    const until = at("2025-07-11T17:00:00+07:00");
    const plan = planDossiers("wardctl", until);
    expect(planDossiers("wardctl", until)).toEqual(plan);
    expect(new Set(plan.map(({ code }) => code)).size).toBe(plan.length);
    for (const { steps, code } of plan) {
      const times = steps.map((step) => step.at);
      expect([code, ...times]).toEqual([code, ...[...times].sort((a, b) => a - b)]);
    }
  });
});
