import fc from "fast-check";
import { expect, it } from "vitest";
import { decideIn } from "../../../src/delegation/decide.ts";
import { createRegister, type SigningFacts } from "../../../src/delegation/facts.ts";
import { createCedarOracle } from "../../support/cedar-oracle.ts";
import { partArbitrary, toPartOf } from "../../support/signing-parts.ts";
import { midnight, people, reach, types, unit, worldOfPosts } from "../../support/signing-turn.ts";
import { docType } from "../../support/signing-world.ts";

/** Every instant at which something begins or ends, and one millisecond to both sides of it. */
function listEdges(facts: SigningFacts, asOf: number): number[] {
  const edges = [
    asOf,
    midnight,
    ...facts.grants.flatMap(({ validFrom, validTo, basis }) => [validFrom, validTo, basis.date, basis.signedAt]),
    ...(facts.tree?.mergers ?? []).map(({ on }) => on),
    ...facts.events.flatMap(({ at, until }) => [at, until]),
    ...facts.carriage.flatMap(({ rights }) => rights.flatMap(({ from, to }) => [from, to])),
    ...facts.people.flatMap(({ account }) => [account?.certificate?.notBefore, account?.certificate?.notAfter]),
    ...facts.absences.flatMap(({ from, to }) => [from, to]),
    ...facts.returns.map(({ at }) => at),
  ].filter((at) => at !== undefined && Math.abs(at - midnight) <= reach + 2);
  const beside = new Set(edges.flatMap((at) => [(at as number) - 1, at as number, (at as number) + 1]));
  return [...beside].filter((at) => at >= asOf).sort((a, b) => a - b);
}

it("N4: decides as Cedar does, at every edge and one millisecond beside it", () => {
  const seen = { ALLOW: 0, DENY: 0, UNKNOWN: 0 };
  fc.assert(
    fc.property(worldOfPosts, fc.constantFrom(-reach - 1, -reach - 1, 0), partArbitrary, (facts, shift, drawn) => {
      const asOf = midnight + shift;
      const cedar = createCedarOracle(facts, unit, asOf);
      const register = createRegister(facts, asOf, asOf);
      for (const at of listEdges(facts, asOf)) {
        for (const key of types) {
          for (const staffId of people) {
            const part = toPartOf(key, drawn);
            const { answer } = decideIn(register, { staffId, unit, docType: docType(key), ...part, at, asOf });
            const judged = cedar.ask(staffId, key, at, part);
            if (answer !== judged)
              expect.fail(`${JSON.stringify({ staffId, key, part, at: at - midnight, shift, answer, judged })}`);
            seen[answer]++;
          }
        }
      }
    }),
    { numRuns: 150 },
  );
  const total = seen.ALLOW + seen.DENY + seen.UNKNOWN;
  expect(total).toBeGreaterThan(20_000);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(total / 50);
}, 300_000);
