import fc from "fast-check";
import { expect, it } from "vitest";
import { compareCarriage, type DueRight, listDue, planPush } from "../../../src/delegation/compare-carriage.ts";
import { listKeys, toBit, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister } from "../../../src/delegation/facts.ts";
import { covers } from "../../support/signing-definition.ts";
import { departments, makeTree, narrowingArbitrary, procedures, toPartOf } from "../../support/signing-parts.ts";
import { base, makeFacts, makeGrant, makeRight, people, posts, unit } from "../../support/signing-world.ts";

const due: DueRight = {
  grantId: "g1",
  unit,
  staffId: people.chief,
  capacity: "TL",
  docTypes: toMask(["cong-van", "thong-bao"]),
  from: base - 1000,
  to: base + 1000,
};
const exact = makeRight({ docTypes: due.docTypes, from: due.from, to: due.to, key: "g1/CB03/1" });
const known = (id: string): boolean => id === "g1";
const compare = (rights: Parameters<typeof compareCarriage>[1], duties: DueRight[] = [due]) =>
  compareCarriage(duties, rights, base, known);

it("finds nothing where both are the same (I19)", () => {
  expect(compare([exact])).toEqual([]);
});

it("does not mind into how many rights the system cuts it", () => {
  const [a, b] = [
    makeRight({ ...exact, extId: "a", docTypes: toMask(["cong-van"]) }),
    makeRight({ ...exact, extId: "b", to: base + 5 }),
  ];
  const rest = makeRight({ ...exact, extId: "c", from: base + 5 });
  expect(compare([a, b, rest])).toEqual([]);
});

it("names the types that are missing, and those that are in excess", () => {
  const rights = [makeRight({ ...exact, docTypes: toMask(["cong-van", "quyet-dinh"]) })];
  expect(compare(rights)).toMatchObject([
    { kind: "missing", docTypes: toMask(["thong-bao"]), grantId: "g1" },
    { kind: "excess", docTypes: toMask(["quyet-dinh"]), cause: "wider", extId: "r1" },
  ]);
});

it("sees one day too many at the end", () => {
  expect(compare([makeRight({ ...exact, to: due.to + 86_400_000 })])).toMatchObject([
    { kind: "excess", from: due.to, to: due.to + 86_400_000, cause: "wider" },
  ]);
});

it("tells a foreign right from one that outlived its grant", () => {
  const foreign = makeRight({ ...exact, extId: "f", key: undefined, staffId: people.officer });
  expect(compare([exact, foreign])).toMatchObject([{ cause: "foreign", extId: "f" }]);
  expect(compare([exact], [])).toMatchObject([{ cause: "ended", grantId: "g1" }]);
});

it("does not count what is ended there or over by now", () => {
  expect(compare([exact, makeRight({ ...exact, extId: "x", staffId: people.officer, active: false })])).toEqual([]);
  expect(compare([exact, makeRight({ ...exact, extId: "x", staffId: people.officer, to: base })])).toEqual([]);
});

it("plans to end only what wardctl made, and to add what is then missing under a new key", () => {
  const wrong = makeRight({ ...exact, docTypes: toMask(["cong-van", "quyet-dinh"]) });
  const foreign = makeRight({ ...exact, extId: "f", key: "somebody", staffId: people.officer });
  const plan = planPush([due], [wrong, foreign], base, known);
  expect(plan.end.map(({ extId }) => extId)).toEqual(["r1"]);
  expect(plan.create).toMatchObject([{ key: "g1/CB03/2", docTypes: due.docTypes, from: due.from, to: due.to }]);
  expect(plan.foreign.map(({ extId }) => extId)).toEqual(["f"]);
});

it("plans nothing twice: what is carried needs no write", () => {
  expect(planPush([due], [exact], base, known)).toEqual({ create: [], end: [], foreign: [] });
});

it("asks the system to carry a grant for each holder of the post while it is alive, and nothing pending, unlawful or over", () => {
  const second = { staffId: "CB33", unit, department: "van-phong", position: "chanh-van-phong", from: "2025-07-01" };
  const grants = [
    makeGrant(),
    makeGrant({ id: "pending", needsApproval: true }),
    makeGrant({ id: "over", validTo: base }),
    makeGrant({ id: "unlawful", basis: { ...makeGrant().basis, clause: undefined } }),
    makeGrant({ id: "one", person: "CB33" }),
  ];
  const register = createRegister(makeFacts({ posts: [...posts, second], grants }), base, base);
  const found = listDue(register, [unit], base, (window) => window);
  expect(found.map(({ grantId, staffId }) => `${grantId}/${staffId}`)).toEqual(["g1/CB03", "g1/CB33", "one/CB33"]);
});

it("I19 at random: differs both ways exactly where looking at every type, part and instant differs", () => {
  const tree = makeTree(base + 3);
  const facts = makeFacts({ tree });
  const drawn = fc
    .record({
      types: fc.subarray(["cong-van", "thong-bao"], { minLength: 1 }),
      narrowing: narrowingArbitrary,
      from: fc.integer({ min: 0, max: 4 }),
      length: fc.integer({ min: 1, max: 6 }),
    })
    .map(({ types, narrowing, from, length }) => {
      return { docTypes: toMask(types), narrowing, from: base + from, to: base + from + length };
    });
  const seen = { same: 0, differs: 0 };
  type Drawn = ReturnType<typeof makeRight>;
  const has = (right: Pick<Drawn, "docTypes" | "narrowing" | "from" | "to">, key: string, part: object, at: number): boolean =>
    (right.docTypes & toBit(key)) !== 0 && right.from <= at && at < right.to && covers(facts, right.narrowing, { ...part, at });
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 2 }), fc.array(drawn, { maxLength: 2 }), fc.boolean(), (some, others, isCopied) => {
      const duties = some.map((each): DueRight => ({ ...due, ...each }));
      const rights = (isCopied ? some : others).map((each, at) => makeRight({ ...exact, ...each, extId: `r${at}` }));
      const found = compareCarriage(duties, rights, base, known, tree);
      const lacking = { missing: 0, excess: 0 };
      for (let at = base; at < base + 12; at++) {
        for (const key of ["cong-van", "thong-bao"]) {
          for (const department of [...departments, "trung-tam-pvhcc"]) {
            for (const procedure of procedures) {
              const part = toPartOf(key, { department, procedure });
              const isDue = duties.some((right) => has(right, key, part, at));
              const isCarried = rights.some((right) => has(right, key, part, at));
              if (isDue && !isCarried) lacking.missing++;
              if (isCarried && !isDue) lacking.excess++;
            }
          }
        }
      }
      for (const kind of ["missing", "excess"] as const) {
        expect({ kind, is: found.some((each) => each.kind === kind) }).toEqual({ kind, is: lacking[kind] > 0 });
      }
      for (const { docTypes: mask } of found) expect(listKeys(mask).length).toBeGreaterThan(0);
      seen[found.length === 0 ? "same" : "differs"]++;
      // What the plan makes is what was missing, and nothing is left over.
      const plan = planPush(duties, rights, base, known, tree);
      const gone = new Set(plan.end.map(({ extId }) => extId));
      const made = plan.create.map((right, at) => makeRight({ ...right, extId: `n${at}` }));
      const after = [...rights.filter(({ extId }) => !gone.has(extId)), ...made];
      expect(compareCarriage(duties, after, base, known, tree)).toEqual([]);
    }),
    { numRuns: 400, seed: 30 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});
