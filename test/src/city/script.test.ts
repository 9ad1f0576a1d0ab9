import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultFacts, findScopeKind } from "../../../src/city/fault-facts.ts";
import { faultNames } from "../../../src/city/faults.ts";
import { listShippedScripts, readScript } from "../../../src/city/read-script.ts";
import type { Failure } from "../../../src/platform/failure.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const shipped = fileURLToPath(new URL("../../../src/city/scripts", import.meta.url));

describe("scripts of rehearsals", () => {
  it("that ship are the three trials of June 2025 and a first day, each readable in both languages", async () => {
    const scripts = await listShippedScripts();
    expect(
      scripts.map(({ name, city, steps }) => [name, city.units.length, city.systems.length, city.dossiers, steps.length]),
    ).toEqual([
      ["opening-day", 40, 5, "as-reported", 7],
      ["trial-1", 102, 4, "none", 3],
      ["trial-2", 168, 4, "none", 4],
      ["trial-3", 168, 4, "none", 4],
    ]);
    expect(readdirSync(shipped)).toHaveLength(scripts.length);
    for (const { steps, title, about } of scripts) {
      expect([title.vi, title.en, about?.vi, about?.en].every((text) => text)).toBe(true);
      expect(steps.every(({ hint }) => hint?.vi && hint.en)).toBe(true);
      expect(steps.every(({ mended }) => mended.by === "wardctl" || mended.owners.length > 0)).toBe(true);
      // Its own difficulty would be found by its own code.
      expect(
        steps.every(({ found, fault }) =>
          found.every(
            (entry) => entry.startsWith("cause:") || faultFacts[fault].codes.includes(entry) || entry === "ACC-UNIT-MISSING",
          ),
        ),
      ).toBe(true);
    }
    expect(scripts.flatMap(({ steps }) => steps).every(({ scope }) => findScopeKind(scope) !== undefined)).toBe(true);
  });

  it("know of every fault of the city what finds it", () => {
    expect(Object.keys(faultFacts).sort()).toEqual([...faultNames].sort());
  });

  it("tell every fault of a file at once, with its line and what to do, and make nothing", async () => {
    const folder = await makeTestFolder();
    const file = join(folder, "bad.yaml");
    writeFileSync(
      file,
      [
        "title: { vi: Thử }",
        'date: "2025-06-22"',
        'from: "07:00"',
        'to: "06:00"',
        "city: { units: 900 }",
        "steps:",
        '  - { at: "7:45", fault: carrier-dwon=VNPT }',
        '  - { at: "08:00", fault: page-spins=VNPT }',
        '  - { at: "08:00", fault: departments-without-accounts=19777, until: "09:00", expected: { mended: { by: VNPT } } }',
        '  - { at: "08:00", fault: departments-without-accounts=19777, hints: x }',
      ].join("\n"),
    );
    const { code, stdout, stderr } = await runWardctl(`rehearse --script ${file} --workspace ${folder}/city`);
    expect([code, stdout]).toEqual([3, ""]);
    const places = [...stderr.matchAll(/bad\.yaml:(\d+)/g)].map(([, line]) => Number(line));
    expect([...new Set(places)]).toEqual([1, 2, 4, 5, 7, 8, 9, 10]);
    expect(stderr).toContain("did you mean 'carrier-down'?");
    expect(stderr).toContain("these units exist from 2025-07-01 on");
    expect(stderr).toContain("page-spins cannot be put on 'VNPT': it takes a unit's code");
    expect(stderr).toContain("that province has 40 units, not 900");
    expect(stderr).toContain("is there already, at 08:00");
    expect(stderr).toContain("by must be wardctl");
    expect(stderr).toContain("hints");
    expect(readdirSync(folder)).toEqual(["bad.yaml"]);
  });

  it("are named, or their names are told", async () => {
    await expect(readScript("trial-4", String)).rejects.toSatisfy(
      ({ kind, words }: Failure) => kind === "usage" && words.vi.includes("trial-1, trial-2, trial-3"),
    );
    await expect(readScript("../scripts/trial-1", (file) => file)).rejects.toThrow();
    expect((await readScript("trial-1", String)).title.en).toContain("12 June 2025");
  });
});
