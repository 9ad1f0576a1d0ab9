import { expect, it } from "vitest";
import { planAgain, toPlanCommand } from "../../../src/provision/again-words.ts";
import type { Plan } from "../../../src/provision/plan.ts";

const plan = (file: string, scope: Partial<Plan["scope"]> = {}): Pick<Plan, "roster" | "scope"> => ({
  roster: { file, sha256: "", people: 1, skippedRows: 0 },
  scope: { systems: [], only: [], except: [], ...scope },
});

it("the command that makes a plan anew has its scope, and quotes a name that a shell would take apart", () => {
  expect(toPlanCommand(plan("danh-sách.csv", { only: ["unit=27004"], except: ["system=video"] }))).toBe(
    "wardctl provision plan danh-sách.csv --only unit=27004 --except system=video --save plan.json",
  );
  expect(toPlanCommand(plan("can bo's.csv", { systems: ["documents", "video"] }))).toBe(
    `wardctl provision plan 'can bo'\\''s.csv' --system documents video --save plan.json`,
  );
  expect(toPlanCommand(plan("leave CB1"))).toBe("wardctl provision leave CB1 --save plan.json");
  expect(toPlanCommand(plan("move CB1"))).toBe("wardctl provision move CB1 … --save plan.json");
  expect(planAgain(plan("a.csv"), { skips: true }).en).toContain("--skip-stale");
  expect(planAgain(plan("a.csv")).vi).not.toContain("--skip-stale");
});
