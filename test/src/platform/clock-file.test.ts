import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openClockFile, setClockFile, touchClockFile } from "../../../src/platform/clock-file.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const seven = Date.parse("2025-07-01T07:00:00+07:00");

/** A clock that was set so many seconds ago and kept until so many seconds ago. */
async function makeClock(setSeconds: number, keptSeconds: number, speed: number): Promise<string> {
  const file = join(await makeTestFolder(), "clock");
  writeFileSync(file, JSON.stringify({ at: seven, real: Date.now() - setSeconds * 1000, speed }));
  const kept = new Date(Date.now() - keptSeconds * 1000);
  utimesSync(file, kept, kept);
  return file;
}

const minutes = (file: string): number => Math.floor((openClockFile(file).now() - seven) / 60_000);

describe("a clock in a file", () => {
  it("runs as fast as it was set to, the same for whoever opens it", async () => {
    const file = await makeClock(60, 0, 60);
    expect([60, 61]).toContain(minutes(file));
    expect(openClockFile(file).pinned).toBe(true);
  });

  it("stands still when nobody keeps it, and goes on from there when somebody does", async () => {
    const file = await makeClock(3_600, 3_000, 60);
    // 600 seconds kept, and the five in which its keeper may be late.
    expect(minutes(file)).toBe(605);
    await setClockFile(file, openClockFile(file).now(), 60);
    expect([605, 606]).toContain(minutes(file));
    touchClockFile(file);
    expect([605, 606]).toContain(minutes(file));
  });

  it("stands where it was set at speed 0", async () => {
    expect(minutes(await makeClock(3_600, 0, 0))).toBe(0);
  });

  it("says so where there is none, or something else", async () => {
    const folder = await makeTestFolder();
    expect(() => openClockFile(join(folder, "none"))).toThrow("there is no clock");
    writeFileSync(join(folder, "odd"), "{}");
    expect(() => openClockFile(join(folder, "odd"))).toThrow("there is no clock");
  });
});
