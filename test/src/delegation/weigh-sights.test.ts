import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideIn } from "../../../src/delegation/decide.ts";
import { toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister } from "../../../src/delegation/facts.ts";
import { listGaps } from "../../../src/delegation/gaps.ts";
import { evidenceGrades } from "../../../src/delegation/grades/evidence-grade.ts";
import { type Sight, weighSights } from "../../../src/delegation/grades/sight.ts";
import { base, docType, makeCarriage, makeFacts, makeGrant, makeRight, people, unit } from "../../support/signing-world.ts";

const right = makeRight();
const cv = toMask(["cong-van"]);
const makeSight = (change: Partial<Sight> = {}): Sight => ({
  system: makeCarriage([]).system,
  unit,
  staffId: people.chief,
  capacity: right.capacity,
  docTypes: cv,
  grade: "attested",
  carried: true,
  from: base - 100,
  to: Number.POSITIVE_INFINITY,
  at: base - 5,
  ttlMs: 10_000,
  recordedAt: base - 4,
  ...change,
});
const ask = (carried: boolean, sights: readonly Sight[], listed: Parameters<typeof makeCarriage>[1] = {}) => {
  const carriage = [makeCarriage(carried ? [right] : [], { at: base - 10, ttlMs: 10_000, grade: "read-back", ...listed })];
  const facts = { ...makeFacts({ grants: [makeGrant()], carriage }), sights };
  const question = { staffId: people.chief, unit, docType: docType("cong-van"), at: base, asOf: base };
  return decideIn(createRegister(facts, base, base), question);
};

describe("the precedence of evidence", () => {
  it("lets a trial decide against an older listing, both ways, and says what the answer rests on", () => {
    expect(ask(false, [makeSight({ grade: "probe" })])).toMatchObject({ answer: "ALLOW", evidence: [{ grade: "probe" }, {}] });
    expect(ask(true, [makeSight({ grade: "probe", carried: false })])).toMatchObject({
      answer: "DENY",
      codes: ["DEL-NOT-CARRIED"],
    });
    expect(ask(true, [])).toMatchObject({ answer: "ALLOW", evidence: [{ grade: "read-back" }, {}] });
  });

  it("does not know where a listing that is no older than the trial says otherwise", () => {
    const probe = makeSight({ grade: "probe", at: base - 10 });
    expect(ask(false, [probe])).toMatchObject({ answer: "UNKNOWN", codes: ["EVID-DISAGREES"] });
    expect(ask(true, [probe])).toMatchObject({ answer: "ALLOW" });
  });

  it("lets no screen overrule what the system itself said; seen later, it leaves the matter open", () => {
    expect(ask(true, [makeSight({ carried: false, at: base - 20, recordedAt: base - 19 })]).answer).toBe("ALLOW");
    expect(ask(false, [makeSight({ at: base - 20, recordedAt: base - 19 })]).codes).toEqual(["DEL-NOT-CARRIED"]);
    expect(ask(true, [makeSight({ carried: false })]).codes).toEqual(["EVID-DISAGREES"]);
    expect(ask(false, [makeSight()]).codes).toEqual(["EVID-DISAGREES"]);
    expect(ask(false, [makeSight()])).toMatchObject({ repair: [{ action: "refresh-evidence" }] });
  });

  it("takes the later of an export and a screen", () => {
    expect(ask(false, [makeSight()], { grade: "export" }).answer).toBe("ALLOW");
    expect(ask(true, [makeSight({ carried: false })], { grade: "export" }).codes).toEqual(["DEL-NOT-CARRIED"]);
  });

  it("is all that is known of a system that nobody can ask, as long as it is fresh, and of no other type or person", () => {
    const alone = (sights: readonly Sight[], type = "cong-van") => {
      const facts = { ...makeFacts({ grants: [makeGrant()], carriage: [] }), sights };
      const question = { staffId: people.chief, unit, docType: docType(type), at: base, asOf: base };
      return decideIn(createRegister(facts, base, base), question);
    };
    expect(alone([makeSight()])).toMatchObject({ answer: "ALLOW", evidence: [{ grade: "attested" }, {}] });
    expect(alone([makeSight({ ttlMs: 5 })]).codes).toEqual(["EVID-NONE"]);
    expect(alone([makeSight({ recordedAt: base + 1 })]).codes).toEqual(["EVID-NONE"]);
    expect(alone([makeSight({ docTypes: toMask(["thong-bao"]) })]).codes).toEqual(["EVID-NONE"]);
    expect(alone([makeSight({ staffId: "CB99" })]).codes).toEqual(["EVID-NONE"]);
  });

  const sightArbitrary = fc
    .record({
      grade: fc.constantFrom(...evidenceGrades),
      carried: fc.boolean(),
      at: fc.integer({ min: -20, max: 0 }),
      types: fc.subarray(["cong-van", "thong-bao", "giay-moi"], { minLength: 1 }),
      end: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    })
    .map(({ at, types, end, ...rest }) =>
      makeSight({
        ...rest,
        at: base + at,
        recordedAt: base + at,
        docTypes: toMask(types),
        to: end === undefined ? Infinity : base + end,
      }),
    );

  it("is the same in whatever order words come", () => {
    fc.assert(
      fc.property(fc.array(sightArbitrary, { maxLength: 6 }), fc.boolean(), (sights, listed) => {
        const listing = listed ? { at: base - 8, ttlMs: 100, grade: "read-back" as const, rights: [right] } : undefined;
        expect(weighSights([...sights].reverse(), listing, base)).toEqual(weighSights(sights, listing, base));
      }),
      { numRuns: 500 },
    );
  });

  it("gives the sweep of gaps the same as the single answers, edge by edge", () => {
    fc.assert(
      fc.property(fc.array(sightArbitrary, { maxLength: 5 }), fc.boolean(), fc.boolean(), (sights, carried, isRead) => {
        const carriage = isRead
          ? [makeCarriage(carried ? [right] : [], { at: base - 8, ttlMs: 10_000, grade: "read-back" })]
          : [];
        const facts = { ...makeFacts({ grants: [makeGrant()], carriage }), sights };
        // Without the head, the Chief of Office alone decides.
        const own = { ...facts, posts: facts.posts.filter(({ staffId }) => staffId === people.chief || staffId === people.head) };
        const away = { id: "a", staffId: people.head, from: base - 1e6, to: base + 1e6, recordedAt: base - 1e6, recordedBy: "x" };
        const register = createRegister({ ...own, absences: [away] }, base, base);
        const horizon = { from: base, to: base + 60 };
        const gaps = listGaps(register, [unit], horizon).filter((gap) => gap.docType === "cong-van");
        for (const at of [base, base + 1, base + 25, base + 49, base + 50, base + 59]) {
          const question = { staffId: people.chief, unit, docType: docType("cong-van"), at, asOf: base };
          const { answer } = decideIn(register, question);
          const found = gaps.find((gap) => gap.from <= at && at < gap.to)?.class;
          expect(found, `${at - base}`).toBe({ ALLOW: "single", DENY: "gap", UNKNOWN: "unknown" }[answer]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
