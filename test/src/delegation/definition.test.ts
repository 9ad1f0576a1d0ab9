import fc from "fast-check";
import { expect, it } from "vitest";
import { decideIn } from "../../../src/delegation/decide.ts";
import { toBit } from "../../../src/delegation/doc-types.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { isIn, listGaps } from "../../../src/delegation/gaps.ts";
import { findPart, type Part } from "../../../src/delegation/scope.ts";
import { sweepUnit } from "../../../src/delegation/sweep-parts.ts";
import { maySign, type Truth } from "../../support/signing-definition.ts";
import { partArbitrary, toPartOf } from "../../support/signing-parts.ts";
import { midnight, people, reach, types, unit, worldOfPosts } from "../../support/signing-turn.ts";
import { docType } from "../../support/signing-world.ts";

const answers: Readonly<Record<Truth, string>> = { yes: "ALLOW", no: "DENY", unknown: "UNKNOWN" };
const instants = Array.from({ length: 2 * reach + 3 }, (_, at) => midnight - reach - 1 + at);

interface Case extends Part {
  readonly staffId: string;
  readonly key: string;
}

const define = (facts: SigningFacts, { key, ...asked }: Case, at: number, asOf: number, evidenceAt = Math.min(at, asOf)) =>
  maySign(facts, { ...asked, unit, bit: toBit(key), at, asOf, evidenceAt });

it("decides at every instant as the formal model defines it, and says truly how long that stays", () => {
  const seen = { ALLOW: 0, DENY: 0, UNKNOWN: 0 };
  fc.assert(
    fc.property(worldOfPosts, fc.constantFrom(-3, 0, 5), partArbitrary, (facts, shift, drawn) => {
      const asOf = midnight + shift;
      for (const at of instants) {
        const register = createRegister(facts, at, asOf);
        for (const key of types) {
          for (const staffId of people) {
            const part = toPartOf(key, drawn);
            const one = { staffId, key, ...part };
            const { answer, until, nextAllowAt } = decideIn(register, {
              staffId,
              unit,
              docType: docType(key),
              ...part,
              at,
              asOf,
            });
            seen[answer]++;
            const told = { ...one, at: at - midnight, asOf: shift };
            expect({ ...told, answer }).toEqual({ ...told, answer: answers[define(facts, one, at, asOf)] });
            // What comes later is foreseen on the evidence of now.
            const later = instants.filter((other) => other > at);
            const isAllowed = (other: number) => define(facts, one, other, asOf, Math.min(at, asOf)) === "yes";
            const turn = later.find((other) => isAllowed(other) !== (answer === "ALLOW"));
            const said = answer === "ALLOW" ? until : nextAllowAt;
            const inReach = said !== undefined && said <= midnight + reach + 1 ? said : undefined;
            expect({ ...told, turn: inReach }).toEqual({ ...told, turn });
          }
        }
      }
    }),
    // A fixed draw: how many cases there are of each kind is part of what is claimed below.
    { numRuns: 120, seed: 30 },
  );
  const total = seen.ALLOW + seen.DENY + seen.UNKNOWN;
  expect(total).toBeGreaterThan(15_000);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(total / 50);
});

/** Known at, and first instant of the horizon, from midnight. */
const views = [-3, 0, 5].flatMap((shift) => [-reach, 0].map((start) => [shift, start] as const));

it("finds the gaps that the formal model has, at every instant, and no others", () => {
  let checked = 0;
  const found = { gap: 0, single: 0, unknown: 0, none: 0 };
  fc.assert(
    fc.property(worldOfPosts, partArbitrary, (facts, part) => {
      for (const [shift, start] of views) checkView(facts, part, shift, start);
    }),
    { numRuns: 2_900, seed: 30 },
  );
  function checkView(facts: SigningFacts, drawn: Part, shift: number, start: number): void {
    const asOf = midnight + shift;
    const horizon = { from: midnight + start, to: midnight + reach + 1 };
    const register = createRegister(facts, horizon.from, asOf);
    const gaps = listGaps(register, [unit], horizon);
    const { parts } = sweepUnit(register, unit, horizon);
    for (let at = horizon.from; at < horizon.to; at++) {
      for (const key of types) {
        const part = toPartOf(key, drawn);
        const own = findPart(parts, part, register.tree);
        const truths = people.map((staffId) => define(facts, { staffId, key, ...part }, at, asOf, Math.min(horizon.from, asOf)));
        const able = truths.filter((truth) => truth === "yes").length;
        const expected = able > 1 ? "none" : able === 1 ? "single" : truths.includes("unknown") ? "unknown" : "gap";
        const here = gaps
          .filter(
            (gap) => gap.docType === key && gap.from <= at && at < gap.to && (gap.part === undefined || isIn(own, gap.part)),
          )
          .map((gap) => gap.class);
        // Half a million calls of expect are most of the time of the test: it is called where something differs.
        if (here.join() !== (expected === "none" ? "" : expected)) {
          expect.fail(`${JSON.stringify({ key, part, at: at - midnight, asOf: shift, start, here, expected })}`);
        }
        found[expected]++;
        checked++;
      }
    }
    // No row is empty, and rows of one type touch only where the class changes.
    for (const [at, gap] of gaps.entries()) {
      expect(gap.from).toBeLessThan(gap.to);
      const next = gaps[at + 1];
      if (next?.docType === gap.docType && next.from === gap.to && gap.part === undefined && next.part === undefined)
        expect(next.class).not.toBe(gap.class);
    }
  }
  // N5: at every edge and one millisecond beside it, since everything happens within a few milliseconds.
  expect(checked).toBeGreaterThan(500_000);
  for (const count of Object.values(found)) expect(count).toBeGreaterThan(20);
}, 300_000);
