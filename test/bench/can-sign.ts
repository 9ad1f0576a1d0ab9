import { type Decision, decideIn, type Question } from "../../src/delegation/decide.ts";
import { docTypes } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { createRandom } from "../../src/platform/random.ts";
import { createCedarOracle } from "../support/cedar-oracle.ts";
import { makeCountry } from "../support/signing-country.ts";
import { type Bench, median } from "./bench.ts";

/**
 * The same questions about the same units, thirty grants each: ours with every reason, the block, the repair and the next instant; Cedar's
 * stateful call on policies parsed beforehand, which hold posts, grants, carriage and the readiness of every person of the unit, and which
 * says allow or deny. Both are warm, ours with a register made beforehand. Every round asks questions that no round before has asked, both
 * arms the same ones, and what an arm answered is counted and let go; ours asks several sets of them, since one is over in a blink.
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
    const edges = slices.map(({ facts }) =>
      facts.grants
        .flatMap(({ validFrom, validTo }) => [validFrom, validTo ?? start])
        .filter((at) => at > start)
        .flatMap((at) => [at - 1, at, at + 1]),
    );
    const random = createRandom("questions");
    const count = quick ? 4_000 : 20_000;
    const ask = (): Asked[] =>
      Array.from({ length: count }, () => {
        const place = random.integer(unitCount);
        const { unit, facts } = slices[place]!;
        const at = random.pick(edges[place]!);
        const { staffId } = random.pick(facts.posts);
        return { place, question: { staffId, unit, docType: random.pick(docTypes), at, asOf: start } };
      });
    const askOurs = (questions: readonly Asked[]): Told => {
      const allowed = new Uint8Array(questions.length);
      const told = { allowed, silent: 0, reasons: 0 };
      questions.forEach(({ place, question }, at) => {
        const decision = decideIn(slices[place]!.register, question);
        allowed[at] = decision.answer === "ALLOW" ? 1 : 0;
        told.reasons += countReasons(decision);
        if (decision.answer !== "ALLOW" && (decision.codes.length === 0 || decision.repair.length === 0)) told.silent++;
      });
      return told;
    };
    const askCedar = (questions: readonly Asked[]): Uint8Array => {
      const allowed = new Uint8Array(questions.length);
      questions.forEach(({ place, question: { staffId, docType, at } }, nth) => {
        allowed[nth] = slices[place]!.cedar.allows(staffId, docType.key, at) ? 1 : 0;
      });
      return allowed;
    };
    const time = <T>(work: () => T): { readonly tookMs: number; readonly result: T } => {
      const began = performance.now();
      const result = work();
      return { tookMs: performance.now() - began, result };
    };
    askOurs(ask());
    askCedar(ask().slice(0, 500));
    const setCount = 5;
    let wrong = 0;
    let silent = 0;
    let reasons = 0;
    const rounds = Array.from({ length: quick ? 3 : 5 }, () => {
      const [first, ...more] = Array.from({ length: setCount }, ask) as [Asked[], ...Asked[][]];
      const ours = time(() => [first, ...more].map(askOurs));
      const cedar = time(() => askCedar(first));
      wrong += cedar.result.filter((allowed, nth) => allowed !== ours.result[0]!.allowed[nth]).length;
      silent += ours.result.reduce((sum, told) => sum + told.silent, 0);
      reasons += ours.result.reduce((sum, told) => sum + told.reasons, 0);
      return { ours: (count * setCount * 1000) / ours.tookMs, cedar: (count * 1000) / cedar.tookMs };
    });
    if (wrong > 0) throw new Error(`${wrong} answers differ`);
    const rate = (perSecond: number): string => `${Math.round(perSecond)}/s`;
    const asked = rounds.length * count;
    return {
      value: median(rounds.map(({ ours, cedar }) => ours / cedar)),
      rows: [
        ["questions asked of both, units × grants", `${asked}, ${unitCount} × 30`],
        ["can-sign with every reason", rate(median(rounds.map(({ ours }) => ours)))],
        ["Cedar stateful, allow or deny only", rate(median(rounds.map(({ cedar }) => cedar)))],
        ["answers that differ", String(wrong)],
        ["refusals without a reason or a repair", String(silent)],
        ["reasons told for each answer", (reasons / (asked * setCount)).toFixed(2)],
      ],
    };
  },
};

interface Asked {
  readonly place: number;
  readonly question: Question;
}

interface Told {
  /** 1: ALLOW, by the place of the question. */
  readonly allowed: Uint8Array;
  silent: number;
  reasons: number;
}

/** Everything an answer gives as a reason, so that none of it can be left out. */
function countReasons({ codes, failed, repair, signatureBlock, untilCodes, evidence, candidate, nextAllowAt }: Decision): number {
  const lists = codes.length + failed.length + repair.length + signatureBlock.length + untilCodes.length + evidence.length;
  return lists + (candidate.rule === undefined ? 0 : 1) + (nextAllowAt === undefined ? 0 : 1);
}
