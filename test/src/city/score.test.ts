import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planEvents } from "../../../src/city/plan-events.ts";
import type { RehearsalEvent } from "../../../src/city/rehearsal-event.ts";
import { decideScore, isAbout, isRightlyNamed, isRightOwner, type Report, type Sighting } from "../../../src/city/score.ts";
import type { RehearsalScript, ScriptStep } from "../../../src/city/script.ts";

const minute = 60_000;
const start = Date.parse("2025-07-01T07:00:00+07:00");
const at = (minutes: number): number => start + minutes * minute;

const lineDown: ScriptStep = {
  at: at(30),
  until: undefined,
  fault: "carrier-down",
  scope: "VNPT",
  units: ["27004", "27439"],
  hint: undefined,
  found: ["cause:VNPT"],
  mended: { by: "owner", owners: ["VNPT"], afterMs: 20 * minute },
};
const accounts: ScriptStep = {
  ...lineDown,
  fault: "departments-without-accounts",
  scope: "27094",
  units: ["27094"],
  found: ["ACC-UNIT-MISSING"],
  mended: { by: "wardctl" },
};

function toScript(...steps: readonly ScriptStep[]): RehearsalScript {
  const city = { province: "79", units: ["27004", "27094", "27439"], systems: ["documents"], dossiers: "none" } as const;
  return { name: "own", title: { vi: "Thử", en: "Try" }, about: undefined, clock: start, ends: at(240), speed: 60, city, steps };
}

function toReport(minutes: number, more: Partial<Report> = {}): Report {
  const nothing = { code: undefined, names: [], units: [], systems: [], owner: undefined };
  return { at: at(minutes), by: "VM-1", title: "Mất mạng", ...nothing, ...more };
}

/** Looks every minute from the opening to the end. */
function play(
  script: RehearsalScript,
  {
    reports = [],
    sightings = [],
    soundFrom,
  }: { reports?: readonly Report[]; sightings?: readonly Sighting[]; soundFrom?: number },
) {
  const events: RehearsalEvent[] = [{ kind: "begun", at: start, script }];
  for (let now = 0; now <= 240; now++) {
    const seen = <Item extends Sighting>(all: readonly Item[]): Item[] => all.filter((one) => one.at <= at(now));
    const isSound = (): boolean => soundFrom !== undefined && now >= soundFrom;
    // What came and what was told of it in one minute are two looks, as the rehearsal looks every second.
    for (let looks = 0; looks < 3; looks++) {
      events.push(...planEvents(events, { now: at(now), sightings: seen(sightings), reports: seen(reports), isSound }));
    }
  }
  const score = decideScore(events, reports, at(240));
  if (!score) throw new Error("it was begun");
  return { score, events };
}

const inMinutes = (instant: number | undefined): number | undefined =>
  instant === undefined ? undefined : (instant - start) / minute;

describe("the score of a rehearsal", () => {
  it("is what a stopwatch says: found, told to the right owner, mended or gone, missed, or a false alarm", () => {
    const arbitrary = fc.record({
      planted: fc.integer({ min: 0, max: 120 }),
      until: fc.option(fc.integer({ min: 121, max: 200 }), { nil: undefined }),
      opened: fc.option(fc.integer({ min: 0, max: 210 }), { nil: undefined }),
      owner: fc.constantFrom("VNPT", "Tập đoàn VNPT", "Viettel", undefined),
      code: fc.constantFrom("NET-REFUSED", "PAY-GATEWAY", undefined),
      unit: fc.constantFrom("27004", "27094"),
      after: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ planted, until, opened, owner, code, unit, after }) => {
        const step: ScriptStep = {
          ...lineDown,
          at: at(planted),
          until: until === undefined ? undefined : at(until),
          mended: { by: "owner", owners: ["VNPT"], afterMs: after * minute },
        };
        const report =
          opened === undefined ? [] : [toReport(opened, { owner, code, units: [unit], names: owner ? [owner] : [] })];
        const { score } = play(toScript(step), { reports: report });
        const [one] = score.steps;
        // By hand, without the planner: what is true of the one difficulty, and then the stopwatch.
        const about = code !== "PAY-GATEWAY" && unit === "27004";
        const inTime = opened !== undefined && opened >= planted && (until === undefined || opened <= until);
        const counts = about && inTime && owner !== undefined && owner !== "Viettel";
        const mended = counts && opened + after <= (until ?? 240);
        expect(inMinutes(one?.plantedAt)).toBe(planted);
        expect(inMinutes(one?.foundAt)).toBe(counts ? opened : undefined);
        expect(inMinutes(one?.mendedAt)).toBe(mended ? opened + after : undefined);
        expect(one?.state).toBe(mended ? "mended" : until !== undefined ? "over" : counts ? "found" : "open");
        expect(one?.missed).toBe(!counts);
        expect(score.falseAlarms).toHaveLength(opened !== undefined && !(about && opened >= planted) ? 1 : 0);
      }),
      { numRuns: 120 },
    );
  });

  it("counts what the team mends with wardctl when the city is sound, found or not, and once", () => {
    const sighting = { at: at(41), by: "provision", code: "ACC-UNIT-MISSING", names: [], units: ["27094"], systems: [] };
    const named = play(toScript(accounts), { sightings: [sighting], soundFrom: 55 });
    expect(named.score.steps[0]).toMatchObject({ state: "mended", foundAt: at(41), foundBy: "provision", mendedAt: at(55) });
    const silent = play(toScript(accounts), { soundFrom: 55 });
    expect(silent.score.steps[0]).toMatchObject({ foundAt: at(55), foundBy: "wardctl", mendedBy: "wardctl", missed: false });
    expect(named.events.map(({ kind }) => kind)).toEqual(["begun", "planted", "found", "mended", "ended"]);
    expect(play(toScript(accounts), {}).score.steps[0]).toMatchObject({ state: "open", missed: true });
  });

  it("takes no look from before it came for a find", () => {
    const early = { at: at(10), by: "provision", code: "ACC-UNIT-MISSING", names: [], units: ["27094"], systems: [] };
    expect(play(toScript(accounts), { sightings: [early] }).score.steps[0]?.foundAt).toBeUndefined();
  });

  it("knows a cause by its name, a code by its family, and another unit, system or fault for what it is", () => {
    const see = (more: Partial<Sighting>): Sighting => ({
      at: start,
      by: "check",
      code: undefined,
      names: [],
      units: [],
      systems: [],
      ...more,
    });
    expect(isRightlyNamed(lineDown, see({ names: ["carprov VNPT/79"], code: "NET-REFUSED", units: ["27004"] }))).toBe(true);
    expect(isRightlyNamed(lineDown, see({ names: ["carprov Viettel/79"], code: "NET-REFUSED", units: ["27004"] }))).toBe(false);
    expect(isRightlyNamed(lineDown, see({ names: ["carprov VNPT/79"], units: ["27094"] }))).toBe(false);
    expect(isRightlyNamed(lineDown, see({ names: ["VNPT"], code: "PAY-GATEWAY" }))).toBe(false);
    expect(isRightlyNamed({ ...lineDown, found: ["NET-"] }, see({ code: "NET-TIMEOUT", units: ["27439"] }))).toBe(true);
    expect(isRightlyNamed(accounts, see({ code: "ACC-UNIT-MISSING", units: ["27094"], systems: ["video"] }))).toBe(false);
    expect(isAbout(lineDown, toReport(0, { units: ["27004"] }))).toBe(true);
    expect(isAbout(lineDown, toReport(0, { units: ["27004"], code: "ACC-MISSING" }))).toBe(false);
    expect(isAbout(lineDown, toReport(0))).toBe(false);
    expect(isRightOwner(lineDown, "vnpt huế")).toBe(true);
    expect(isRightOwner(lineDown, "Viettel")).toBe(false);
    expect(isRightOwner(lineDown, "")).toBe(false);
    expect(isRightOwner(accounts, "VNPT")).toBe(false);
  });
});
