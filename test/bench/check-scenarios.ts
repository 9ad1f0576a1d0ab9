import { makeScenario, playScenario, type ScenarioOutcome, scenarioKinds } from "../support/check-scenarios.ts";
import { openCheckStage } from "../support/check-stage.ts";
import type { Bench } from "./bench.ts";

const kindsEach = 20;

/**
 * Causes end to end with real faults (issue 5): 24 units × 5 systems over three carriers in two provinces, each with its own listener on 127/8, certificates and
 * names of its own; 220 seeded scenarios of eleven kinds break risk groups with refused, unanswered and reset connections, expired and self-signed certificates, 503, 403,
 * slow and torn answers, NXDOMAIN, SERVFAIL, a silent name server and a captive portal, with noise beside. The sweep that `check run` makes looks at them,
 * and its explanation has to name the planted cause first, with its layer and its owner.
 */
export const bench: Bench = {
  name: "check-scenarios",
  unit: "ratio",
  goal: 0.95,
  better: "higher",
  async run(quick) {
    const stage = await openCheckStage();
    const outcomes: ScenarioOutcome[] = [];
    try {
      const count = scenarioKinds.length * (quick ? 2 : kindsEach);
      for (let seed = 0; seed < count; seed++) outcomes.push(await playScenario(stage, makeScenario(stage.endpoints, seed)));
    } finally {
      await stage.stop();
    }
    const share = (test: (one: ScenarioOutcome) => boolean, of = outcomes): number => of.filter(test).length / of.length;
    const isRight = ({ named, layerRight, ownerRight }: ScenarioOutcome): boolean => named && layerRight && ownerRight;
    for (const [seed, one] of outcomes.entries()) {
      if (!isRight(one) || one.strange > 0) console.error(`scenario ${seed}: ${one.truth}\n  said: ${one.said}`);
    }
    return {
      value: share(isRight),
      rows: [
        ["scenarios", String(outcomes.length)],
        ["planted cause named first", share(({ named }) => named).toFixed(3)],
        ["with its layer", share(({ named, layerRight }) => named && layerRight).toFixed(3)],
        ["with its layer and owner", share(isRight).toFixed(3)],
        ["with a cause named that was not planted", share(({ strange }) => strange > 0).toFixed(3)],
        ...scenarioKinds.map((kind): [string, string] => [
          `  of ${kind}`,
          share(
            isRight,
            outcomes.filter((one) => one.kind === kind),
          ).toFixed(2),
        ]),
      ],
    };
  },
};
