import { compareApply, toResult } from "./apply-arms.ts";
import type { Bench } from "./bench.ts";

/** The same on a server that takes about ninety creates a second, one after the other, as one on SQL was measured (provision.md §14 C). */
export const bench: Bench = {
  name: "apply-slow",
  unit: "ratio",
  goal: 1.05,
  better: "lower",
  async run(quick) {
    const people = 1_000;
    return toResult(
      await compareApply({
        script: new URL("scim-peer-process.ts", import.meta.url),
        args: ["90"],
        people,
        rounds: quick ? 2 : 7,
      }),
      people,
    );
  },
};
