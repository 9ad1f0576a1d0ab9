import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candidate } from "../../../src/health/candidates.ts";
import { groupKinds, type RiskGroup } from "../../../src/health/risk-groups.ts";
import { predictFailure, predictHit, scoreBackground, scoreBroken } from "../../../src/health/score.ts";
import { type Accepted, gainOf, type Question } from "../../../src/health/search-causes.ts";
import { stand } from "../../../src/health/standing.ts";

const rate = 0.006;
const chance = scoreBackground(rate);

interface Case {
  readonly question: Question;
  readonly accepted: readonly Accepted[];
}

/** A few causes that cover each other at random, with tallies as the sharing out may leave them. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    observed: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 60 }),
    causes: fc.array(
      fc.record({
        kind: fc.constantFrom(...groupKinds),
        inside: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        share: fc.double({ min: 0.3, max: 1, noNaN: true }),
        passes: fc.nat(20),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ observed: list, causes }) => {
    const observed = Int8Array.from(list);
    const accepted = causes.map(({ kind, inside, share, passes }, index): Accepted => {
      const failing = Int32Array.from(list.flatMap((_, at) => (inside[at] ? [at] : [])));
      const best: RiskGroup = { kind, id: String(index), members: [] };
      const bySignature = new Array<number>(17).fill(0);
      for (const at of failing) bySignature[list[at] as number] = (bySignature[list[at] as number] as number) + 1;
      const shared = bySignature.map((count) => Math.round(count * share));
      const candidate: Candidate = { groups: [best], passes, failing };
      return { candidate, best, seen: { fails: shared.reduce((a, b) => a + b, 0), passes, bySignature: shared } };
    });
    return { question: { candidates: accepted.map(({ candidate }) => candidate), observed, rate }, accepted };
  });

/** The same by the definition, for each endpoint by itself. */
function worthOfEach({ question: { observed }, accepted }: Case): { readonly worth: number[]; readonly gains: number[] } {
  const hits = accepted.map(({ seen }) => predictHit(seen));
  const show = (cause: number, at: number): number => {
    const { best, seen } = accepted[cause] as Accepted;
    return Math.exp(predictFailure(best.kind, seen, observed[at] as number));
  };
  const over = [...observed.keys()].map((at) =>
    accepted.flatMap(({ candidate }, cause) => (candidate.failing.includes(at) ? [cause] : [])),
  );
  const sum = (causes: readonly number[], of: (cause: number) => number): number => causes.reduce((all, one) => all + of(one), 0);
  const either = (causes: readonly number[], at: number): number => {
    const spared = causes.reduce((all, cause) => all * (1 - (hits[cause] as number)), 1);
    return Math.log(((1 - spared) * sum(causes, (one) => show(one, at))) / sum(causes, (one) => hits[one] as number));
  };
  const hiding = (first: number, causes: readonly number[], at: number): number =>
    Math.log(
      show(first, at) +
        (1 - (hits[first] as number)) *
          sum(
            causes.filter((one) => one !== first),
            (one) => show(one, at),
          ),
    );
  const worth = over.map((causes, at) => {
    if (causes.length === 0) return chance;
    if (causes.length !== 2) return either(causes, at);
    const alike = over.flatMap((other, index) => (String(other) === String(causes) ? [index] : []));
    const [one, other] = causes as [number, number];
    const ways = [
      (index: number) => either(causes, index),
      (index: number) => hiding(one, causes, index),
      (index: number) => hiding(other, causes, index),
    ];
    const best = ways.reduce((a, b) => (sum(alike, b) > sum(alike, a) + 1e-9 ? b : a));
    return best(at);
  });
  const gains = accepted.map(({ best, seen, candidate }, cause) => {
    const price = scoreBroken(best, seen);
    const known = seen.bySignature.reduce(
      (all, count, signature) => all + (count === 0 ? 0 : count * predictFailure(best.kind, seen, signature)),
      0,
    );
    return candidate.failing.reduce((all, at) => {
      const others = (over[at] as readonly number[]).filter((one) => one !== cause);
      const without = others.length === 0 ? chance : Math.max(chance, either(others, at));
      return all + (worth[at] as number) - without;
    }, price - known);
  });
  return { worth, gains };
}

describe("what failures are worth under several causes", () => {
  it("is the same row by row as endpoint by endpoint", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const standing = stand(one.accepted, one.question);
        const { worth, gains } = worthOfEach(one);
        for (const [at, expected] of worth.entries()) {
          expect(standing.worth[standing.rows.of[at] as number]).toBeCloseTo(expected, 8);
        }
        for (const [index, expected] of gains.entries()) {
          expect(gainOf(one.accepted[index] as Accepted, index, standing, one.question)).toBeCloseTo(expected, 6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("counts every failure in one row, whose endpoints show one signature under the same causes", () => {
    fc.assert(
      fc.property(cases, ({ accepted, question }) => {
        const { rows } = stand(accepted, question);
        expect(rows.size.reduce((sum, count) => sum + count, 0)).toBe(question.observed.length);
        for (const [at, signature] of question.observed.entries()) {
          const row = rows.of[at] as number;
          expect(rows.signature[row]).toBe(signature);
          expect(rows.causes[row]).toEqual(
            accepted.flatMap(({ candidate }, cause) => (candidate.failing.includes(at) ? [cause] : [])),
          );
        }
        for (const [cause, its] of rows.under.entries()) {
          expect([...its].sort((a, b) => a - b)).toEqual(
            [...rows.causes.keys()].filter((row) => rows.causes[row]?.includes(cause)),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
