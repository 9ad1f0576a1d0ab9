import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LocalCheckId, LocalFinding, LocalState } from "../../../src/health/local/finding.ts";
import { rankCauses, toOnSitePrior } from "../../../src/health/on-site.ts";
import { walkToCause } from "../../../src/health/on-site-walk.ts";
import { describeNextStep } from "../../../src/health/on-site-words.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import {
  chooseQuestion,
  expectedGain,
  type Likelihood,
  onSiteCauses,
  type Posterior,
  questions,
  updatePosterior,
} from "../../../src/health/questions.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";

const priors: fc.Arbitrary<Posterior> = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: onSiteCauses.length, maxLength: onSiteCauses.length })
  .map((weights) => {
    const sum = weights.reduce((a, b) => a + b, 0);
    return Object.fromEntries(onSiteCauses.map((cause, at) => [cause, (weights[at] as number) / sum])) as Posterior;
  });
const answers = fc.array(fc.record({ question: fc.constantFrom(...questions), yes: fc.boolean() }), { maxLength: 6 });
const toObserved = (list: readonly { readonly question: (typeof questions)[number]; readonly yes: boolean }[]) =>
  list.map(({ question, yes }) => ({ yes, likelihood: question.yes }));

const systems = ["documents", "dossiers", "feedback", "video", "directory"];
const seen = (how: (system: string) => Reason | "pass" | "local"): ProbeResult[] =>
  systems.map((system) => {
    const reason = how(system);
    const rest = { at: 0, hard: true, attempts: 2, totalMs: 1, loopLagMs: 0, comparable: true };
    const parts = { endpoint: `19777/${system}`, unit: "19777", system };
    if (reason === "pass") return { ...rest, ...parts, state: "pass" };
    if (reason === "local") return { ...rest, ...parts, state: "unknown", reason };
    return { ...rest, ...parts, state: "fail", reason, layer: reasons[reason].layer };
  });
const found = (states: Partial<Record<LocalCheckId, LocalState>>): LocalFinding[] =>
  Object.entries(states).map(([id, state]) => ({ id: id as LocalCheckId, state, words: { vi: "", en: "" } }));

describe("the questions to a technician", () => {
  it("have a likelihood strictly between never and always for every cause", () => {
    for (const { yes } of questions) {
      for (const cause of onSiteCauses) expect(yes[cause] > 0 && yes[cause] < 1).toBe(true);
    }
  });

  it("give the same odds in whatever order they are answered, and odds that add up to one", () => {
    fc.assert(
      fc.property(priors, answers, (prior, list) => {
        const forth = updatePosterior(prior, toObserved(list));
        const back = updatePosterior(prior, toObserved([...list].reverse()));
        for (const cause of onSiteCauses) expect(forth[cause]).toBeCloseTo(back[cause], 9);
        expect(Object.values(forth).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("are worth the mutual information of answer and cause, reckoned from the joint table", () => {
    const mutual = (prior: Posterior, likelihood: Likelihood): number =>
      [true, false].reduce((sum, yes) => {
        const given = (cause: (typeof onSiteCauses)[number]): number => (yes ? likelihood[cause] : 1 - likelihood[cause]);
        const share = onSiteCauses.reduce((all, cause) => all + prior[cause] * given(cause), 0);
        return onSiteCauses.reduce((all, cause) => all + prior[cause] * given(cause) * Math.log(given(cause) / share), sum);
      }, 0);
    fc.assert(
      fc.property(priors, fc.constantFrom(...questions), (prior, question) => {
        expect(expectedGain(prior, question.yes)).toBeCloseTo(mutual(prior, question.yes), 9);
      }),
    );
  });

  it("come best first, never twice, and end", () => {
    fc.assert(
      fc.property(priors, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (prior, replies) => {
        const asked: string[] = [];
        let posterior = prior;
        for (let question = chooseQuestion(posterior, asked); question; question = chooseQuestion(posterior, asked)) {
          const { id, yes } = question;
          expect(asked).not.toContain(id);
          const others = questions
            .filter((one) => !asked.includes(one.id) && expectedGain(posterior, one.yes) >= 0.03)
            .map((one) => expectedGain(posterior, one.yes) / Math.sqrt(one.minutes));
          expect(expectedGain(posterior, yes) / Math.sqrt(question.minutes)).toBe(Math.max(...others));
          posterior = updatePosterior(posterior, [{ yes: replies[asked.length] as boolean, likelihood: yes }]);
          asked.push(id);
        }
        expect(asked.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

/** A place as somebody who does this work would describe it, and what they would say is broken. */
interface Planted {
  readonly name: string;
  readonly results: readonly ProbeResult[];
  readonly findings: readonly LocalFinding[];
  readonly replies: Readonly<Record<string, boolean>>;
  readonly cause: (typeof onSiteCauses)[number];
}

const dead = seen(() => "net.timeout");
const online = { loopback: "pass", link: "pass", route: "pass", hijack: "pass", portal: "pass", proxy: "pass" } as const;
const planted: readonly Planted[] = [
  {
    name: "the fibre is cut: red light, 4G works",
    results: dead,
    findings: found({ ...online, witnesses: "fail" }),
    replies: { "pon-red": true, hotspot: true, "other-device": false, "neighbour-same": false, "box-lit": true },
    cause: "line",
  },
  {
    name: "the switch has no power",
    results: dead,
    findings: found({ ...online, link: "fail", route: "fail", witnesses: "fail" }),
    replies: {
      "pon-red": false,
      hotspot: true,
      "other-device": false,
      "box-lit": false,
      "neighbour-same": false,
      "neighbour-other": false,
    },
    cause: "lan",
  },
  {
    name: "this laptop only",
    results: dead,
    findings: found({ ...online, route: "fail", witnesses: "fail" }),
    replies: { "other-device": true, hotspot: false, "pon-red": false, "box-lit": true, replug: false, "neighbour-same": false },
    cause: "machine",
  },
  {
    name: "the carrier is down for everybody around",
    results: dead,
    findings: found({ ...online, witnesses: "fail" }),
    replies: {
      "neighbour-same": true,
      "neighbour-other": false,
      "pon-red": false,
      "other-device": false,
      "box-lit": true,
      hotspot: true,
    },
    cause: "carrier",
  },
  {
    name: "the state network's hub: Internet works, no system does",
    results: dead,
    findings: found({ ...online, witnesses: "pass" }),
    replies: {
      "neighbour-same": true,
      "neighbour-other": true,
      "other-device": false,
      web: true,
      "pon-red": false,
      hotspot: false,
    },
    cause: "province",
  },
  {
    name: "one system is down, the others work",
    results: seen((system) => (system === "documents" ? "http.5xx" : "pass")),
    findings: found({ ...online, witnesses: "pass" }),
    replies: { "neighbour-same": true, "neighbour-other": true, "other-device": false, "pon-red": false, hotspot: false },
    cause: "system",
  },
  {
    name: "two systems cannot be reached, the others work",
    results: seen((system) => (system === "documents" || system === "video" ? "net.timeout" : "pass")),
    findings: found({ ...online, witnesses: "pass" }),
    replies: { "neighbour-same": true, "neighbour-other": true, "other-device": false, "pon-red": false, hotspot: false },
    cause: "system",
  },
  {
    name: "a portal sends all astray, on this machine's Wi-Fi",
    results: seen(() => "local"),
    findings: found({ ...online, portal: "fail" }),
    replies: { "other-device": true, "pon-red": false, "box-lit": true, hotspot: false, replug: false },
    cause: "machine",
  },
  {
    name: "the line is dead and the tool knows it: nothing could be judged",
    results: seen(() => "local"),
    findings: found({ ...online, witnesses: "fail" }),
    replies: { "pon-red": true, hotspot: true, "other-device": false, "neighbour-same": false },
    cause: "line",
  },
  {
    name: "all is well",
    results: seen(() => "pass"),
    findings: found({ ...online, witnesses: "pass" }),
    replies: {},
    cause: "well",
  },
];

describe("the way to a cause", () => {
  it.each(planted)("finds it: $name", async ({ results, findings, replies, cause }) => {
    const asked: string[] = [];
    const walk = await walkToCause({ results, findings }, [], async ({ id }) => {
      asked.push(id);
      return replies[id];
    });
    const [best] = rankCauses(walk.posterior);
    expect([best?.cause, asked]).toEqual([cause, asked]);
    expect(best?.odds).toBeGreaterThan(0.6);
    expect(walk.open).toBeUndefined();
  });

  it("comes to the same cause by answers given beforehand, and names the question that is left without anybody to ask", async () => {
    const { results, findings } = planted[0] as Planted;
    const unanswered = await walkToCause({ results, findings }, [], undefined);
    expect(unanswered.open).toBeDefined();
    const given = [
      { id: "pon-red", yes: true },
      { id: "hotspot", yes: true },
      { id: "neighbour-same", yes: false },
      { id: "other-device", yes: false },
    ];
    expect(rankCauses((await walkToCause({ results, findings }, given, undefined)).posterior)[0]?.cause).toBe("line");
  });

  it("learns nothing from 'not known'", async () => {
    const { results, findings } = planted[0] as Planted;
    const before = await walkToCause({ results, findings }, [], undefined);
    const after = await walkToCause({ results, findings }, [{ id: "pon-red", yes: undefined }], undefined);
    expect(after.posterior).toEqual(before.posterior);
    expect(after.open?.id).not.toBe("pon-red");
  });

  it("starts with no cause ruled out", () => {
    for (const { results } of planted) {
      const prior = toOnSitePrior(results);
      expect(Math.min(...Object.values(prior))).toBeGreaterThan(0.001);
      expect(Object.values(prior).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
  });

  it("ends in a next step in both languages for every cause", () => {
    const unit = { vi: "Phường Vỹ Dạ", en: "Vỹ Dạ Ward" };
    for (const cause of onSiteCauses) {
      const step = describeNextStep(cause, { unit, carrier: "VNPT", at: { vi: "16:30", en: "16:30" }, failing: dead });
      for (const words of [step.title, step.call, step.say, step.meanwhile])
        expect(words.vi && words.en && words.vi !== words.en).toBeTruthy();
      expect(step.code).toMatch(/^[A-Z]+(-[A-Z]+)?$/);
    }
    expect(describeNextStep("system", { unit, carrier: undefined, at: unit, failing: seen(() => "http.slow") }).code).toBe(
      "HTTP-SLOW",
    );
  });
});
