import { createRandom } from "../../src/platform/random.ts";
import { type LiarStage, startDirectoryStage, startScimStage, startVendorStage } from "../support/liar-stage.ts";
import { prepareLiarWalk, type Walked } from "../support/liar-walk.ts";
import type { Bench } from "./bench.ts";

const arms: readonly { readonly start: () => Promise<LiarStage>; readonly probed?: boolean }[] = [
  { start: startScimStage },
  { start: startScimStage, probed: true },
  { start: startVendorStage },
  { start: () => startDirectoryStage("ldap") },
  { start: () => startDirectoryStage("ad") },
];

/**
 * Servers that lie in two ways at once, from the plan on or from the apply on: pairs of all switches of the fixtures, so many of each kind of server. The
 * figure is how many ended unsafe: neither right nor explained, somebody twice, a stranger's account touched, a thing called done that is not.
 */
export const bench: Bench = {
  name: "liars",
  unit: "count",
  goal: 0,
  better: "lower",
  async run(quick) {
    const most = Number(process.env["WARDCTL_BENCH_TRIALS"] ?? (quick ? 20 : 300));
    const rows: (readonly [string, string])[] = [];
    let unsafe = 0;
    for (const { start, probed = false } of arms) {
      const stage = await start();
      const counts = { right: 0, unwritten: 0, altered: 0, unsafe: 0 } satisfies Record<Walked["outcome"] | "unsafe", number>;
      try {
        const { walk } = await prepareLiarWalk(stage, { probed });
        const random = createRandom(`${stage.name}/${probed}`);
        const pairs = stage.lies.flatMap((one, at) => stage.lies.slice(at + 1).map((other) => [one, other] as const));
        for (const [at, pair] of random.shuffle(pairs).slice(0, most).entries()) {
          try {
            const { outcome } = await walk([...pair, ...stage.paging], at % 2 === 0 ? "plan" : "apply");
            counts[outcome] += 1;
          } catch (error) {
            counts.unsafe += 1;
            console.error(`${stage.name}, ${pair.join(" + ")}: ${(error as Error).message}`);
          }
        }
      } finally {
        await stage.stop();
      }
      unsafe += counts.unsafe;
      const { right, unwritten, altered } = counts;
      rows.push([
        `${stage.name}${probed ? ", probed" : ""}: ${right + unwritten + altered + counts.unsafe} pairs of ${stage.lies.length} switches`,
        `${right} right, ${unwritten} explained and not written, ${altered} altered by the server and left alone, ${counts.unsafe} unsafe`,
      ]);
    }
    return { value: unsafe, rows };
  },
};
