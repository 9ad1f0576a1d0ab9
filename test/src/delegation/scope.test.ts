import fc from "fast-check";
import { expect, it } from "vitest";
import { contains } from "../../../src/delegation/interval.ts";
import {
  compareWidth,
  findPart,
  findSpans,
  flatTree,
  isInsideScope,
  listOutside,
  listParts,
  type Narrowing,
  overlaps,
  type Part,
} from "../../../src/delegation/scope.ts";
import { covers } from "../../support/signing-definition.ts";
import { departments, makeTree, narrowingArbitrary, partArbitrary, procedures } from "../../support/signing-parts.ts";
import { base, makeFacts } from "../../support/signing-world.ts";

const tree = makeTree(base);
const facts = makeFacts({ tree });
const instants = [base - 1_000, base - 1, base, base + 1_000];
const everyPart = [...departments, "trung-tam-pvhcc"].flatMap((department) =>
  procedures.map((procedure): Part => ({ department, procedure })),
);

const listCovered = (narrowing: Narrowing | undefined): string[] =>
  everyPart.flatMap((part) =>
    instants.filter((at) => covers(facts, narrowing, { ...part, at })).map((at) => JSON.stringify([part, at])),
  );

it("covers at every instant what the definition says: what lies below, what is excepted, what was renamed or merged", () => {
  fc.assert(
    fc.property(narrowingArbitrary, partArbitrary, fc.constantFrom(...instants), (narrowing, part, at) => {
      expect(contains(findSpans(narrowing, part, tree), at)).toBe(covers(facts, narrowing, { ...part, at }));
    }),
    { numRuns: 3_000 },
  );
});

it("divides a unit into parts inside which no right makes a difference", () => {
  fc.assert(
    fc.property(fc.array(narrowingArbitrary, { minLength: 1, maxLength: 4 }), partArbitrary, (drawn, asked) => {
      const narrowings = drawn.filter((narrowing) => narrowing !== undefined);
      const part = findPart(listParts(narrowings, tree), asked, tree);
      for (const narrowing of narrowings) expect(findSpans(narrowing, part, tree)).toEqual(findSpans(narrowing, asked, tree));
    }),
    { numRuns: 3_000 },
  );
});

it("is inside, or shares something, exactly where trying every document there can be says so", () => {
  const seen = { inside: 0, outside: 0, apart: 0 };
  fc.assert(
    fc.property(narrowingArbitrary, narrowingArbitrary, (a, b) => {
      const [inA, inB] = [new Set(listCovered(a)), new Set(listCovered(b))];
      const isInside = [...inA].every((one) => inB.has(one));
      const isApart = ![...inA].some((one) => inB.has(one));
      expect(isInsideScope(a, b, tree)).toBe(isInside);
      if (a && b) expect(overlaps(a, b, tree)).toBe(!isApart);
      seen[isInside ? "inside" : "outside"]++;
      if (isApart) seen.apart++;
    }),
    { numRuns: 2_000, seed: 30 },
  );
  expect(
    Object.values(seen).filter((count) => count < 50),
    JSON.stringify(seen),
  ).toEqual([]);
});

it("lets a renaming change nothing, and a merger end what was limited to the department and keep out what was excepted", () => {
  const at = (narrowing: Narrowing, department: string) =>
    instants.map((instant) => contains(findSpans(narrowing, { department }, tree), instant));
  expect(at({ departments: ["to-cong-nghe"] }, "to-tin")).toEqual([true, true, true, true]);
  expect(at({ departments: ["to-tin"] }, "to-cong-nghe")).toEqual([true, true, true, true]);
  expect(at({ departments: ["phong-cu"] }, "phong-cu")).toEqual([true, true, false, false]);
  expect(at({ departments: ["phong-cu"] }, "van-hoa-xa-hoi")).toEqual([false, false, false, false]);
  expect(at({ departments: ["van-hoa-xa-hoi"] }, "phong-cu")).toEqual([false, false, true, true]);
  expect(at({ exceptDepartments: ["phong-cu"] }, "van-hoa-xa-hoi")).toEqual([true, true, false, false]);
});

it("names each of the three that puts a document outside", () => {
  const limit = { departments: ["van-phong"], procedures: ["ho-tich"] };
  const ask = (isTypeIn: boolean, part: Part) => listOutside(limit, isTypeIn, part, { tree: flatTree, at: base });
  expect(ask(false, {})).toEqual(["docType", "department", "procedure"]);
  expect(ask(true, { department: "van-phong", procedure: "dat-dai" })).toEqual(["procedure"]);
  expect(ask(true, { department: "kinh-te", procedure: "ho-tich" })).toEqual(["department"]);
  expect(ask(true, { department: "van-phong", procedure: "ho-tich" })).toEqual([]);
});

it("orders the narrower one first, whichever is named first", () => {
  fc.assert(
    fc.property(narrowingArbitrary, narrowingArbitrary, (a, b) => {
      expect(Math.sign(compareWidth(a, b))).toBe(-Math.sign(compareWidth(b, a)) + 0);
    }),
  );
  expect(compareWidth({ departments: ["van-phong"] }, undefined)).toBeLessThan(0);
  expect(compareWidth({ departments: ["van-phong"], procedures: ["ho-tich"] }, { departments: ["van-phong"] })).toBeLessThan(0);
  expect(compareWidth({ exceptDepartments: ["van-phong"] }, undefined)).toBeLessThan(0);
});
