import { describe, expect, it } from "vitest";
import type { ReadinessFacts } from "../../../src/reports/questions.ts";
import { listSections } from "../../../src/reports/sections/index.ts";
import { readinessSection } from "../../../src/reports/sections/readiness.ts";
import type { SectionFacts } from "../../../src/reports/sections/section.ts";
import { at } from "../../support/report-desk.ts";

const gap = (unit: string) => ({ unit, code: "ACC-UNIT-MISSING", inWords: { vi: "thiếu", en: "missing" } });
const value: ReadinessFacts = {
  at: at("2025-07-03T16:30"),
  ready: 1283,
  notReady: 3,
  unknown: 2,
  first: ["1", "2", "3", "4", "5"].map(gap),
};
const build = (more: Partial<SectionFacts> = {}) =>
  readinessSection.build({
    readiness: { state: "known", value },
    isPublic: false,
    kind: "evening",
    rules: { topN: 2, minimumBase: 10 },
    findUnit: () => undefined,
    ...more,
  } as SectionFacts);

describe("who is ready to serve", () => {
  it("is one line, what to do first, and how many more there are", () => {
    const blocks = JSON.stringify(build());
    expect(blocks).toContain("1.283 đơn vị sẵn sàng, 3 chưa sẵn sàng, 2 chưa rõ.");
    expect(blocks).toContain("1,283 units ready, 3 not ready, 2 not known.");
    expect(blocks.match(/"vi":"ACC-UNIT-MISSING"/g)).toHaveLength(2);
    expect(blocks).toContain("và 3 đơn vị nữa");
  });

  it("is one verdict in the report of one unit", () => {
    expect(JSON.stringify(build({ kind: "unit" }))).toContain("Đơn vị chưa sẵn sàng phục vụ.");
  });

  it("is never published, and says why where it cannot be read", () => {
    expect(build({ isPublic: true })).toBeUndefined();
    expect(build({ readiness: undefined })).toBeUndefined();
    const failed = { state: "failed", reason: { vi: "hỏng", en: "broken" } } as const;
    expect(build({ readiness: failed })).toBe(failed);
  });

  it("stands between signing and actions", () => {
    const ids = listSections(undefined).map(({ id }) => id);
    expect(ids.slice(ids.indexOf("signing"), ids.indexOf("actions") + 1)).toEqual(["signing", "readiness", "actions"]);
  });
});

describe("the sections of a meeting's report", () => {
  it("come in the order in which meetings ask for them", () => {
    const ids = listSections(undefined).map(({ id }) => id);
    // domain.md §10: header and missing list, totals, channels, rankings, procedures, difficulties, health, actions, reconciliation, definitions.
    const asked = [
      "status",
      "totals",
      "channels",
      "rankings",
      "procedures",
      "difficulties",
      "health",
      "actions",
      "reconciliation",
      "definitions",
    ];
    expect(ids.filter((id) => asked.includes(id))).toEqual(asked);
  });
});
