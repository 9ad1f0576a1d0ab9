import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeGuards, listStandingGuards } from "../../../src/provision/guards.ts";
import type { Guard } from "../../../src/provision/plan.ts";

const disables = (count: number, system = "documents") =>
  Array.from({ length: count }, () => ({ system, kind: "disable" as const }));
const judge = (change: Partial<Parameters<typeof judgeGuards>[0]>) =>
  judgeGuards({
    people: 100,
    known: 100,
    missing: 0,
    operations: [],
    systems: [{ name: "documents", managed: 100, state: "read" }],
    ...change,
  });
const codes = (change: Parameters<typeof judge>[0], confirmed = {}) =>
  listStandingGuards(judge(change), confirmed).map(({ code }) => code);

describe("the guards", () => {
  it.each([
    [100, 5, []],
    [100, 6, ["too-many-disables"]],
    [1000, 50, []],
    [1000, 51, ["too-many-disables"]],
    [3, 5, []],
  ])("of %i accounts let %i be disabled: stopped by %j", (managed, count, stopped) => {
    expect(codes({ operations: disables(count), systems: [{ name: "documents", managed, state: "read" }] })).toEqual(stopped);
  });

  it.each([
    [100, 20, []],
    [100, 21, ["source-shrunk"]],
    [10, 3, ["source-shrunk"]],
    [0, 0, []],
  ])("of %i known people %i missing: stopped by %j", (known, missing, stopped) => {
    expect(codes({ known, missing })).toEqual(stopped);
  });

  it("do not carry out an empty roster, whatever is confirmed", () => {
    expect(codes({ people: 0 }, { disables: 0, missing: 0 })).toEqual(["roster-empty"]);
  });

  it("are lifted by the exact number only", () => {
    expect(codes({ operations: disables(37) }, { disables: 36 })).toEqual(["too-many-disables"]);
    expect(codes({ operations: disables(37) }, { disables: 37 })).toEqual([]);
    expect(codes({ missing: 30 }, { missing: 29 })).toEqual(["source-shrunk"]);
    expect(codes({ missing: 30 }, { missing: 30 })).toEqual([]);
  });

  it("of any guards, those that stand are the tripped ones whose number was not given exactly", () => {
    const guard = fc.record({
      code: fc.constantFrom("roster-empty", "source-shrunk", "too-many-disables"),
      system: fc.constantFrom("documents", "dossiers"),
      count: fc.nat(12),
      limit: fc.constant(5),
      tripped: fc.boolean(),
    }) as fc.Arbitrary<Guard>;
    const confirmed = fc.record({
      disables: fc.option(fc.nat(30), { nil: undefined }),
      missing: fc.option(fc.nat(12), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(guard, { maxLength: 5 }), confirmed, (list, given) => {
        const sum = list.filter(({ code }) => code === "too-many-disables").reduce((all, { count }) => all + count, 0);
        const lifts = (one: Guard): boolean =>
          (one.code === "too-many-disables" && given.disables === sum) ||
          (one.code === "source-shrunk" && given.missing === one.count);
        const standing = listStandingGuards(list, given as Parameters<typeof listStandingGuards>[1]);
        expect(standing).toEqual(list.filter((one) => one.tripped && !lifts(one)));
      }),
    );
  });
});
