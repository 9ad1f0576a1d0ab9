import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { publishedFigures } from "../../../src/city/published.ts";

it("the city's press file is the fixture of what was printed", () => {
  expect(readFileSync(new URL("../../../fixtures/press/hue-2025-07-03.csv", import.meta.url), "utf8")).toBe(publishedFigures);
});
