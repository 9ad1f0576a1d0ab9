import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCount, formatDate, formatDateTime, formatPercent } from "../../../src/platform/format.ts";
import { vietnamZone } from "../../../src/platform/time.ts";

const at = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 3);

describe("figures for people", () => {
  it.each([
    [0, "0", "0"],
    [999, "999", "999"],
    [1_283, "1.283", "1,283"],
    [1_234_567, "1.234.567", "1,234,567"],
    [-1_283, "-1.283", "-1,283"],
  ])("counts %i", (n, vi, en) => expect([formatCount(n, "vi"), formatCount(n, "en")]).toEqual([vi, en]));

  it.each([
    [382, 1_283, "29,77%", "29.77%"],
    [61, 151, "40,40%", "40.40%"],
    [751, 11_600, "6,47%", "6.47%"],
    [0, 7, "0,00%", "0.00%"],
    [7, 7, "100,00%", "100.00%"],
    [1, 8, "12,50%", "12.50%"],
    [1, 200_000, "0,00%", "0.00%"],
    [1, 20_000, "0,01%", "0.01%"],
  ])("rates %i of %i", (n, of, vi, en) => expect([formatPercent(n, of, "vi"), formatPercent(n, of, "en")]).toEqual([vi, en]));

  it("rounds half up and never by more than half of the last digit", () => {
    expect(formatPercent(1, 800, "en", 1)).toBe("0.1%");
    expect(formatPercent(1, 16, "en", 1)).toBe("6.3%");
    expect(formatPercent(5, 6, "vi", 0)).toBe("83%");
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 4 }),
        (n, of, decimals) => {
          const shown = Number(formatPercent(n, of, "en", decimals).replace(/[%,]/g, ""));
          expect(Math.abs(shown - (100 * n) / of)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-7);
        },
      ),
    );
  });

  it.each([
    [at(2025, 7, 7), "07/7/2025", "7 July 2025"],
    [at(2025, 2, 3), "03/02/2025", "3 February 2025"],
    [at(2025, 1, 31), "31/01/2025", "31 January 2025"],
    [at(2025, 10, 9), "09/10/2025", "9 October 2025"],
    [at(2025, 12, 25), "25/12/2025", "25 December 2025"],
  ])("dates as decree 30/2020 writes them: %#", (instant, vi, en) => {
    expect([formatDate(instant, vietnamZone, "vi"), formatDate(instant, vietnamZone, "en")]).toEqual([vi, en]);
  });

  it("puts the time before the day", () => {
    expect(formatDateTime(at(2025, 7, 3), vietnamZone, "vi")).toBe("10:00 03/7/2025");
    expect(formatDateTime(at(2025, 7, 3), vietnamZone, "en")).toBe("10:00, 3 July 2025");
  });
});
