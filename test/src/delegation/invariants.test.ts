import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideSigning } from "../../../src/delegation/decide.ts";
import { denyCodes } from "../../../src/delegation/deny-codes.ts";
import { allDocTypes, certificationTypes, docTypes, toMask } from "../../../src/delegation/doc-types.ts";
import { createRegister } from "../../../src/delegation/facts.ts";
import { isIn, listGaps } from "../../../src/delegation/gaps.ts";
import { toGrantState } from "../../../src/delegation/grant-state.ts";
import { listGrantFaults } from "../../../src/delegation/judge-grant.ts";
import type { RepairAction } from "../../../src/delegation/repair.ts";
import { citations, toRuleOf } from "../../../src/delegation/rules.ts";
import { findPart } from "../../../src/delegation/scope.ts";
import { sweepUnit } from "../../../src/delegation/sweep-parts.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { applyRepair } from "../../support/apply-repair.ts";
import { partArbitrary, toPartOf } from "../../support/signing-parts.ts";
import {
  base,
  docType,
  makeCarriage,
  makeFacts,
  makeGrant,
  makePerson,
  makeRight,
  people,
  questionArbitrary,
  span,
  types,
  unit,
  worldArbitrary,
} from "../../support/signing-world.ts";

const runs = { numRuns: 400 };
const answerOf = (facts: Parameters<typeof decideSigning>[0], question: Parameters<typeof decideSigning>[1]) =>
  decideSigning(facts, question).answer;

const everyQuestion = Object.values(people).flatMap((staffId) =>
  types.map((key) => ({ staffId, unit, docType: docType(key), at: base, asOf: base })),
);

describe("invariants of signing authority", () => {
  it("I1: nothing is allowed outside [from, to), to the millisecond, and the edge is told as what it is", () => {
    const day = 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: -day, max: day }), fc.integer({ min: 1, max: day }), (shift, length) => {
        const [from, to] = [base + shift, base + shift + length];
        const grant = makeGrant({ validFrom: from, validTo: to, basis: { ...makeGrant().basis, date: base - 2 * day } });
        const carriage = [
          makeCarriage([makeRight({ from: base - 3 * day })], { at: base - 3 * day, recordedAt: base - 3 * day, ttlMs: 9 * day }),
        ];
        const account = { userName: "u", active: true, certificate: { serial: "1", bound: true } };
        const seen = [makePerson(people.chief, account, { at: base - 3 * day, recordedAt: base - 3 * day, ttlMs: 9 * day })];
        const facts = makeFacts({ grants: [{ ...grant, recordedAt: base - 3 * day }], carriage, people: seen });
        const ask = (at: number) =>
          decideSigning(facts, { staffId: people.chief, unit, docType: docType("cong-van"), at, asOf: base + 3 * day });
        expect([from - 1, from, to - 1, to].map((at) => ask(at).answer)).toEqual(["DENY", "ALLOW", "ALLOW", "DENY"]);
        expect(ask(from - 1)).toMatchObject({ codes: ["DEL-NOT-YET"], nextAllowAt: from });
        expect(ask(to).codes).toEqual(["DEL-EXPIRED"]);
        expect(ask(from)).toMatchObject({ until: to, untilCodes: ["DEL-EXPIRED"] });
      }),
      { numRuns: 200 },
    );
  });

  it("I1 at random: where the answer is ALLOW by a grant, the instant lies in its window", () => {
    fc.assert(
      fc.property(worldArbitrary({ fresh: true }), questionArbitrary, (facts, question) => {
        const { answer, candidate } = decideSigning(facts, question);
        if (answer !== "ALLOW" || !candidate.grant) return;
        expect(question.at).toBeGreaterThanOrEqual(candidate.grant.validFrom);
        expect(question.at).toBeLessThan(candidate.grant.validTo ?? Number.POSITIVE_INFINITY);
      }),
      runs,
    );
  });

  it("I2: an absence only ever takes authority away", () => {
    fc.assert(
      fc.property(
        worldArbitrary(),
        questionArbitrary,
        fc.constantFrom(...Object.values(people)),
        fc.integer({ min: -span, max: span }),
        fc.integer({ min: 1, max: span }),
        (facts, question, staffId, shift, length) => {
          const record = { recordedAt: base - 1, recordedBy: "x" };
          const from = base + shift;
          const away = { id: "away", staffId, from, to: from + length, ...record };
          const after = decideSigning({ ...facts, absences: [...facts.absences, away] }, question);
          if (answerOf(facts, question) !== "ALLOW") expect(after.answer).not.toBe("ALLOW");
          const isAway = question.staffId === staffId && away.from <= question.at && question.at < away.to;
          if (!isAway) expect(after.answer).toBe(answerOf(facts, question));
          else expect(after).toMatchObject({ answer: "DENY", codes: expect.arrayContaining(["PER-ABSENT"]) });
        },
      ),
      runs,
    );
  });

  it("I2: revoking and suspending only ever take authority away", () => {
    fc.assert(
      fc.property(
        worldArbitrary(),
        questionArbitrary,
        fc.constantFrom("revoked" as const, "suspended" as const),
        fc.integer({ min: -span, max: span }),
        (facts, question, kind, shift) => {
          const before = answerOf(facts, question);
          for (const { id } of facts.grants) {
            const event = { grantId: id, kind, at: base + shift, recordedAt: base - 1, recordedBy: "x" };
            const after = answerOf({ ...facts, events: [...facts.events, event] }, question);
            if (before !== "ALLOW") expect(after).not.toBe("ALLOW");
          }
        },
      ),
      runs,
    );
  });

  it("I3: one more grant never takes an ALLOW away", () => {
    fc.assert(
      fc.property(worldArbitrary(), questionArbitrary, (facts, question) => {
        const whole = answerOf(facts, question);
        for (const left of facts.grants) {
          const without = { ...facts, grants: facts.grants.filter((grant) => grant !== left) };
          if (answerOf(without, question) === "ALLOW") expect(whole).toBe("ALLOW");
        }
      }),
      runs,
    );
  });

  it("I6: a TUQ without an end, a number, a date or a list of types is not recorded, and each is named", () => {
    const kept = fc.record({
      end: fc.boolean(),
      number: fc.boolean(),
      date: fc.boolean(),
      types: fc.constantFrom("none", "some", "all"),
    });
    fc.assert(
      fc.property(kept, ({ end, number, date, types: list }) => {
        const grant = makeGrant({
          capacity: "TUQ",
          validTo: end ? base + 5 : undefined,
          docTypes: list === "none" ? 0 : list === "all" ? allDocTypes & ~certificationTypes : toMask(["cong-van"]),
          basis: { kind: "quyet-dinh", number: number ? "5/QĐ-UBND" : undefined, date: date ? base - 5 : undefined },
        });
        const fields = listGrantFaults(grant, vietnamZone, () => undefined).map(({ field }) => field);
        const missing = [
          ...(date ? [] : ["basis_date"]),
          ...(number ? [] : ["basis_number"]),
          ...(list === "none" ? ["doc_types"] : []),
          ...(end ? [] : ["to"]),
        ];
        expect(fields.sort()).toEqual(missing);
      }),
    );
    // All types include certification, which a TUQ. to a head of department does not reach either.
    const all = makeGrant({
      capacity: "TUQ",
      validTo: base + 5,
      docTypes: allDocTypes,
      basis: { kind: "quyet-dinh", number: "5", date: base },
    });
    expect(listGrantFaults(all, vietnamZone, () => undefined).map(({ field }) => field)).toContain("doc_types");
  });

  it("I8: only the word of somebody other than the recorder gives effect, from its instant on", () => {
    const approval = fc.record({
      by: fc.constantFrom("recorder", "second", "third"),
      shift: fc.integer({ min: -span, max: span }),
    });
    fc.assert(
      fc.property(fc.array(approval, { maxLength: 4 }), questionArbitrary, (approvals, { at }) => {
        const events = approvals.map(({ by, shift }) => {
          return { grantId: "g1", kind: "approved" as const, at: base + shift, recordedAt: base - 500, recordedBy: by };
        });
        const facts = makeFacts({
          grants: [makeGrant({ needsApproval: true })],
          events,
          carriage: [makeCarriage([makeRight()])],
        });
        const { answer, codes } = decideSigning(facts, {
          staffId: people.chief,
          unit,
          docType: docType("cong-van"),
          at: Math.max(at, base),
          asOf: base,
        });
        const isApproved = events.some((event) => event.recordedBy !== "recorder" && event.at <= Math.max(at, base));
        expect({ answer, codes }).toEqual(
          isApproved ? { answer: "ALLOW", codes: [] } : { answer: "DENY", codes: ["DEL-PENDING"] },
        );
      }),
      runs,
    );
  });

  it("I9: however often a right is granted and revoked, the last word counts and the history shows every one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (lives, lastRevoked) => {
          let at = base - 200;
          const grants = lives.map((_, n) => makeGrant({ id: `g${n}` }));
          const revokes = lives.flatMap((life, n) => {
            at += life;
            const isLast = n === lives.length - 1;
            return isLast && !lastRevoked
              ? []
              : [{ grantId: `g${n}`, kind: "revoked" as const, at, recordedAt: at, recordedBy: "x" }];
          });
          const facts = makeFacts({ grants, events: revokes, carriage: [makeCarriage([makeRight()])] });
          const question = { staffId: people.chief, unit, docType: docType("cong-van"), at: base, asOf: base };
          const { answer, candidate, codes } = decideSigning(facts, question);
          if (lastRevoked) expect({ answer, codes }).toEqual({ answer: "DENY", codes: ["DEL-REVOKED"] });
          else expect([answer, candidate.grant?.id]).toEqual(["ALLOW", `g${lives.length - 1}`]);
          const register = createRegister(facts, base, base);
          const states = facts.grants.map((grant) => toGrantState(register, grant, base));
          expect(states).toEqual(lives.map((_, n) => (n === lives.length - 1 && !lastRevoked ? "live" : "revoked")));
        },
      ),
      { numRuns: 100 },
    );
  });

  it("I10: the order of the facts changes no answer", () => {
    fc.assert(
      fc.property(worldArbitrary(), questionArbitrary, (facts, question) => {
        const turned = {
          ...facts,
          posts: [...facts.posts].reverse(),
          grants: [...facts.grants].reverse(),
          events: [...facts.events].reverse(),
          people: [...facts.people].reverse(),
          carriage: facts.carriage.map((reading) => ({ ...reading, rights: [...reading.rights].reverse() })),
        };
        const { candidate: a, ...one } = decideSigning(facts, question);
        const { candidate: b, ...other } = decideSigning(turned, question);
        expect(other).toEqual(one);
        expect(b.grant?.id).toBe(a.grant?.id);
      }),
      runs,
    );
  });

  it("I11, I16: a gap is where no person is allowed; what is only unknown never counts as covered", () => {
    fc.assert(
      fc.property(worldArbitrary(), partArbitrary, (facts, drawn) => {
        const horizon = { from: base, to: base + span + 2 };
        const register = createRegister(facts, base, base);
        const gaps = listGaps(register, [unit], horizon);
        const { parts } = sweepUnit(register, unit, horizon);
        for (let at = horizon.from; at < horizon.to; at++) {
          for (const key of types) {
            const part = toPartOf(key, drawn);
            const own = findPart(parts, part, register.tree);
            const answers = Object.values(people).map((staffId) =>
              answerOf(facts, { staffId, unit, docType: docType(key), ...part, at, asOf: base }),
            );
            const allowed = answers.filter((answer) => answer === "ALLOW").length;
            const expected = allowed > 1 ? undefined : allowed === 1 ? "single" : answers.includes("UNKNOWN") ? "unknown" : "gap";
            const found = gaps.filter(
              (gap) => gap.docType === key && gap.from <= at && at < gap.to && (!gap.part || isIn(own, gap.part)),
            );
            expect(found.map((gap) => gap.class)).toEqual(expected === undefined ? [] : [expected]);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it("I13: a window cut into two that touch leaves no phantom gap", () => {
    const carriage = [makeCarriage([makeRight({ docTypes: toMask(docTypes.map(({ key }) => key)) })])];
    const halves = [makeGrant({ id: "a", validTo: base + 5 }), makeGrant({ id: "b", validFrom: base + 5, validTo: base + 9 })];
    const gapsOf = (grants: ReturnType<typeof makeGrant>[]) =>
      listGaps(createRegister(makeFacts({ grants, carriage, posts: makeFacts().posts.slice(2) }), base, base), [unit], {
        from: base,
        to: base + 9,
      }).filter(({ docType: key }) => key === "cong-van");
    expect(gapsOf(halves)).toEqual(gapsOf([makeGrant({ validTo: base + 9 })]));
    expect(gapsOf(halves).map((gap) => gap.class)).toEqual(["single"]);
  });

  it("I13: cutting a grant into windows that touch changes no answer and no gap", () => {
    fc.assert(
      fc.property(worldArbitrary(), questionArbitrary, fc.integer({ min: -span, max: span }), (facts, question, shift) => {
        const at = base + shift;
        const cut = facts.grants.flatMap((grant) => {
          const end = grant.validTo ?? Number.POSITIVE_INFINITY;
          if (at <= grant.validFrom || at >= end) return [grant];
          return [
            { ...grant, validTo: at },
            { ...grant, id: `${grant.id}-2`, validFrom: at },
          ];
        });
        const events = facts.events.flatMap((event) => [event, { ...event, grantId: `${event.grantId}-2` }]);
        const split = { ...facts, grants: cut, events };
        expect(answerOf(split, question)).toBe(answerOf(facts, question));
        const horizon = { from: base, to: base + span };
        const gapsOf = (world: typeof facts) => listGaps(createRegister(world, base, base), [unit], horizon);
        expect(gapsOf(split)).toEqual(gapsOf(facts));
      }),
      { numRuns: 300 },
    );
  });

  it("I15: the printed repair turns DENY into ALLOW, and no proper part of it does", () => {
    let repaired = 0;
    fc.assert(
      fc.property(
        worldArbitrary({ fresh: true }),
        fc.subarray(everyQuestion, { minLength: 6 }),
        partArbitrary,
        (facts, questions, part) => {
          for (const question of questions) {
            const asked = { ...question, ...toPartOf(question.docType.key, part) };
            const { answer, repair } = decideSigning(facts, asked);
            if (answer !== "DENY") continue;
            repaired++;
            const mended = answerOf(applyRepair(facts, asked, repair), asked);
            const parts = listProperParts(repair).filter((part) => answerOf(applyRepair(facts, asked, part), asked) === "ALLOW");
            if (mended !== "ALLOW" || parts.length > 0) {
              expect({ asked, repair, mended, parts }).toEqual({ asked, repair, mended: "ALLOW", parts: [] });
            }
          }
        },
      ),
      { numRuns: 1_600 },
    );
    // N11
    expect(repaired).toBeGreaterThan(10_000);
  }, 300_000);

  it("I17: what is recorded later changes no answer about what was known before", () => {
    fc.assert(
      fc.property(worldArbitrary(), questionArbitrary, (facts, question) => {
        const later = base + 50;
        const more = {
          ...facts,
          grants: [...facts.grants, makeGrant({ id: "late", docTypes: toMask(types), recordedAt: later })],
          events: [
            ...facts.events,
            ...facts.grants.map(({ id }) => ({
              grantId: id,
              kind: "revoked" as const,
              at: base - 50,
              recordedAt: later,
              recordedBy: "x",
            })),
          ],
          carriage: [...facts.carriage, makeCarriage([], { at: later, recordedAt: later })],
          people: [
            ...facts.people,
            ...facts.people.map((person) => ({ ...person, account: undefined, at: later, recordedAt: later })),
          ],
        };
        expect(decideSigning(more, question).answer).toBe(answerOf(facts, question));
      }),
      runs,
    );
  });

  it("N13: every DENY names a premise, a code with an owner, and a rule; every answer but ALLOW has codes", () => {
    fc.assert(
      fc.property(worldArbitrary(), questionArbitrary, (facts, question) => {
        const { answer, codes, candidate, repair, failed } = decideSigning(facts, question);
        expect(codes.length === 0).toBe(answer === "ALLOW");
        expect(failed.length === 0).toBe(answer === "ALLOW");
        for (const premise of failed) expect(premise.codes.length).toBeGreaterThan(0);
        for (const code of codes) expect(citations[toRuleOf(code, candidate.rule)].vi).toBeTruthy();
        if (answer !== "DENY") return;
        expect(codes.some((code) => code in denyCodes)).toBe(true);
        expect(repair.length).toBeGreaterThan(0);
      }),
      runs,
    );
  });
});

function listProperParts(steps: readonly RepairAction[]): RepairAction[][] {
  return Array.from({ length: 2 ** steps.length - 1 }, (_, part) => steps.filter((_step, at) => (part & (1 << at)) !== 0));
}
