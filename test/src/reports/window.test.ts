import { describe, expect, it } from "vitest";
import { toIso, vietnamZone } from "../../../src/platform/time.ts";
import { planWindow } from "../../../src/reports/window.ts";
import { at } from "../../support/report-desk.ts";

const plan = (kind: "morning" | "evening", asOf: string, lastEvening?: string) => {
  const last = lastEvening === undefined ? undefined : at(lastEvening);
  const { window, windowFrom } = planWindow({ kind, asOf: at(asOf), lastEvening: last, eveningAt: "16:30", zone: vietnamZone });
  return [toIso(window.start, vietnamZone), toIso(window.end, vietnamZone), windowFrom];
};

describe("the window of a meeting", () => {
  it("is the day up to the as-of in the evening", () => {
    expect(plan("evening", "2025-07-03T16:30")).toEqual(["2025-07-03T00:00:00+07:00", "2025-07-03T16:30:00+07:00", "day"]);
  });

  it("is the whole day before when it ends at midnight, and not an empty one", () => {
    expect(plan("evening", "2025-07-04T00:00")).toEqual(["2025-07-03T00:00:00+07:00", "2025-07-04T00:00:00+07:00", "day"]);
  });

  it("is since the last evening that was kept in the morning, also over a weekend", () => {
    expect(plan("morning", "2025-07-07T07:30", "2025-07-04T17:05")[0]).toBe("2025-07-04T17:05:00+07:00");
  });

  it("is since the hour set for evenings when none was kept, over the turn of a month too", () => {
    expect(plan("morning", "2025-08-01T07:30")).toEqual(["2025-07-31T16:30:00+07:00", "2025-08-01T07:30:00+07:00", "hour"]);
  });
});
