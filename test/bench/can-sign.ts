import { type Decision, decideIn, type Question } from "../../src/delegation/decide.ts";
import { docTypes } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { createRandom } from "../../src/platform/random.ts";
import { createCedarOracle } from "../support/cedar-oracle.ts";
import { makeCountry } from "../support/signing-country.ts";
import { type Bench, median } from "./bench.ts";

/**
 * The same questions about the same units, thirty grants each: ours with every reason, the block, the repair and the next instant; Cedar's
 * stateful call on policies parsed beforehand, which says allow or deny. Both are warm, ours with a register made beforehand.
 */
export const bench: Bench = {
  name: "can-sign",
  unit: "ratio",
  goal: 50,
  better: "higher",
  async run(quick) {
    const unitCount = 40;
    const { units, factsOf, start } = makeCountry({ units: unitCount, grants: unitCount * 30 });
    const slices = units.map((unit) => {
      const facts = factsOf.get(unit)!;
      return { unit, facts, register: createRegister(facts, start, start), cedar: createCedarOracle(facts, unit, start) };
    });
    const random = createRandom("questions");
    const edges = slices.map(({ facts }) =>
      facts.grants
        .flatMap(({ validFrom, validTo }) => [validFrom, validTo ?? start])
        .filter((at) => at > start)
        .flatMap((at) => [at - 1, at, at + 1]),
    );
    const questions = Array.from({ length: quick ? 4_000 : 20_000 }, () => {
      const place = random.integer(unitCount);
      const { unit, facts } = slices[place]!;
      const own = edges[place]!;
      const at = own[random.integer(own.length)]!;
      const staffId = facts.posts[random.integer(facts.posts.length)]!.staffId;
      const docType = docTypes[random.integer(docTypes.length)]!;
      const question: Question = { staffId, unit, docType, at, asOf: start };
      return { place, question };
    });
    const time = <T>(work: () => T): { readonly perSecond: number; readonly result: T } => {
      const began = performance.now();
      const result = work();
      return { perSecond: (questions.length * 1000) / (performance.now() - began), result };
    };
    const askOurs = (): Decision[] => questions.map(({ place, question }) => decideIn(slices[place]!.register, question));
    const askCedar = (): boolean[] =>
      questions.map(({ place, question: { staffId, docType, at } }) => slices[place]!.cedar.allows(staffId, docType.key, at));
    askOurs();
    const rounds = Array.from({ length: quick ? 3 : 5 }, () => ({ ours: time(askOurs), cedar: time(askCedar) }));
    const [first] = rounds;
    const wrong = first!.ours.result.filter(({ answer }, at) => (answer === "ALLOW") !== first!.cedar.result[at]).length;
    if (wrong > 0) throw new Error(`${wrong} answers differ`);
    const silent = first!.ours.result.filter(({ answer, codes }) => answer !== "ALLOW" && codes.length === 0).length;
    const rate = (perSecond: number): string => `${Math.round(perSecond)}/s`;
    return {
      value: median(rounds.map(({ ours, cedar }) => ours.perSecond / cedar.perSecond)),
      rows: [
        ["questions, units × grants", `${questions.length}, ${unitCount} × 30`],
        ["can-sign with every reason", rate(median(rounds.map(({ ours }) => ours.perSecond)))],
        ["Cedar stateful, allow or deny only", rate(median(rounds.map(({ cedar }) => cedar.perSecond)))],
        ["answers that differ", String(wrong)],
        ["refusals without a reason", String(silent)],
      ],
    };
  },
};
