import { compareApply, toResult } from "./apply-arms.ts";
import type { Bench } from "./bench.ts";

/** `apply` against raw undici on SCIMMY, which takes a create in half a millisecond: what the client costs is seen. */
export const bench: Bench = {
  name: "apply",
  unit: "ratio",
  goal: 1.15,
  better: "lower",
  async run(quick) {
    const people = 1_000;
    return toResult(
      await compareApply({ script: new URL("scim-peer-process.ts", import.meta.url), people, rounds: quick ? 3 : 11 }),
      people,
    );
  },
};
