import fc from "fast-check";
import { docTypes } from "../../src/delegation/doc-types.ts";
import { type Narrowing, type Part, type ScopeTree, toNarrowing } from "../../src/delegation/scope.ts";

/** Departments below the ward of the random worlds: one inside another, one that bore another name, one that is merged at `on`. */
export function makeTree(on: number): ScopeTree {
  return {
    parents: new Map([
      ["to-tin", "van-phong"],
      ["to-mot-cua", "trung-tam-pvhcc"],
    ]),
    renamed: new Map([["to-cong-nghe", "to-tin"]]),
    mergers: [{ from: "phong-cu", to: "van-hoa-xa-hoi", on }],
  };
}

/** What a document can belong to. */
export const departments = [
  undefined,
  "van-phong",
  "to-tin",
  "to-cong-nghe",
  "van-hoa-xa-hoi",
  "phong-cu",
  "to-mot-cua",
] as const;
export const procedures = [undefined, "ho-tich", "dat-dai"] as const;

export const partArbitrary: fc.Arbitrary<Part> = fc.record({
  department: fc.constantFrom(...departments),
  procedure: fc.constantFrom(...procedures),
});

/** Types that are not of procedures are asked about without one, as the commands do. */
export function toPartOf(key: string, part: Part): Part {
  const isOfProcedures = docTypes.some((type) => type.key === key && type.procedural);
  return isOfProcedures ? part : { department: part.department };
}

const some = fc.subarray(["van-phong", "to-tin", "to-cong-nghe", "van-hoa-xa-hoi", "phong-cu", "trung-tam-pvhcc"], {
  minLength: 1,
  maxLength: 3,
});
const groups = fc.subarray(["ho-tich", "dat-dai"], { minLength: 1, maxLength: 1 });

/** Most rights have no limit; of the others each member by itself or together. */
export const narrowingArbitrary: fc.Arbitrary<Narrowing | undefined> = fc.option(
  fc
    .record({
      departments: fc.option(some, { nil: undefined, freq: 3 }),
      exceptDepartments: fc.option(some, { nil: undefined, freq: 2 }),
      procedures: fc.option(groups, { nil: undefined, freq: 2 }),
      exceptProcedures: fc.option(groups, { nil: undefined, freq: 2 }),
    })
    .map(toNarrowing),
  { nil: undefined, freq: 2 },
);
