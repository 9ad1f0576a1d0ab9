import { type FaultRates, usualFaults } from "../support/fault-proxy.ts";
import { applyUntilDone, type Converged, startFaultWorkspace } from "../support/fault-workspace.ts";
import { type Bench, median } from "./bench.ts";

/** Four times what was asked for: lines on which hardly a run ends without a loss. */
const heavyFaults = Object.fromEntries(
  Object.entries(usualFaults).map(([fault, share]) => [fault, share * 4]),
) as unknown as FaultRates;
const mostRuns = 8;

/**
 * Lines that break, answers that are lost, stalled or 500 after the deed, requests that arrive twice (provision.md §18 D2): 72 accounts are made and then
 * changed through them, with the real commands, until nothing is left to do. The figure is people twice, people without an account, and seeds that never
 * came to an end.
 */
export const bench: Bench = {
  name: "faults",
  unit: "count",
  goal: 0,
  better: "lower",
  async run(quick) {
    const seeds = Number(process.env["WARDCTL_BENCH_TRIALS"] ?? (quick ? 2 : 25));
    const rows: (readonly [string, string])[] = [["seeds each, accounts", `${seeds}, 72`]];
    let damage = 0;
    for (const kind of ["scim", "keycloak"] as const) {
      for (const [name, rates] of [
        ["as asked", usualFaults],
        ["four times that", heavyFaults],
      ] as const) {
        const made: Converged[] = [];
        const changed: Converged[] = [];
        let endless = 0;
        for (let seed = 0; seed < seeds; seed++) {
          const workspace = await startFaultWorkspace({ kind, seed: `${kind}/${name}/${seed}` });
          try {
            made.push(await applyUntilDone(workspace, rates, mostRuns));
            await workspace.giveNumbers();
            changed.push(await applyUntilDone(workspace, rates, mostRuns));
          } catch (error) {
            endless += 1;
            console.error(`${kind}, ${name}, seed ${seed}: ${(error as Error).message}`);
          } finally {
            await workspace.stop();
          }
        }
        const all = [...made, ...changed];
        const sum = (pick: (one: Converged) => number): number => all.reduce((total, one) => total + pick(one), 0);
        damage += endless + sum(({ duplicates, lost }) => duplicates + lost);
        const runs = all.map((one) => one.runs);
        rows.push([
          `${kind}, faults ${name} (${sum((one) => one.faults)})`,
          `${sum((one) => one.duplicates)} twice, ${sum((one) => one.lost)} lost, ${endless} endless; runs of apply: median ${median(runs)}, most ${Math.max(...runs)}`,
        ]);
      }
    }
    return { value: damage, rows };
  },
};
