import { expect, it } from "vitest";
import { makeFullReport, renderMade } from "../../support/full-report.ts";
import { hueUnits } from "../../support/hue-day.ts";

it("keeps every line of a report within the terminal, and has no edge in a file", async () => {
  const made = await makeFullReport(hueUnits, "Thành phố Huế");
  for (const lang of ["vi", "en"] as const) {
    for (const width of [80, 120]) {
      const lines = ((await renderMade(made, "terminal", lang, { width })) as string).split("\n");
      // A word that is longer than the line stays whole: the hash of the model.
      for (const line of lines) if (!line.includes(made.modelSha256)) expect([...line].length, line).toBeLessThanOrEqual(width);
    }
    const file = (await renderMade(made, "terminal", lang)) as string;
    expect(file.split("\n").some((line) => [...line].length > 120)).toBe(true);
  }
});
