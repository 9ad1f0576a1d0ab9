import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bench, median } from "./bench.ts";
import { startProber } from "./check-prober.ts";
import { startSilentTarget } from "./check-silent-target.ts";
import { listAddresses, listMissing, makeChain } from "./check-target.ts";

const endpointCount = 16_605;
const deadlineMs = 3_000;
/** Every twentieth address of the silent arm accepts and says nothing. */
const silentEvery = 20;

/**
 * A sweep of all units' systems over TLS where 5 % are silent against the same sweep all healthy (check.md §17 A6), by default
 * concurrency, each silent one confirmed by its second try. Two kinds of target in another process, interleaved.
 */
export const bench: Bench = {
  name: "check-sweep",
  unit: "ratio",
  goal: 1.35,
  better: "lower",
  async run(quick) {
    const missing = listMissing({ openssl: "/usr/bin/openssl" });
    if (missing.length > 0) return { value: undefined, rows: [], skipped: `SKIPPED: not installed: ${missing.join(", ")}` };
    const folder = await mkdtemp(join(tmpdir(), "wardctl-bench-"));
    const chain = await makeChain(folder);
    const addresses = listAddresses(quick ? 4_000 : endpointCount);
    const target = await startSilentTarget({ ...chain, silent: addresses.filter((_, at) => at % silentEvery === 0) });
    const prober = startProber();
    try {
      const sweep = async (port: number, of: readonly string[]) =>
        prober.sweep({ scheme: "https", port, addresses: of, ca: chain.ca, concurrency: 64, deadlineMs });
      await sweep(target.healthyPort, addresses.slice(0, 1_000));
      const healthy: number[] = [];
      const silent: number[] = [];
      const expected = Math.ceil(addresses.length / silentEvery);
      let found = 0;
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        const well = await sweep(target.healthyPort, addresses);
        if (well.states["pass"] !== addresses.length) throw new Error(`all healthy: ${JSON.stringify(well.states)}`);
        const ill = await sweep(target.silentPort, addresses);
        found = ill.reasons["tls.stall"] ?? 0;
        if (found !== expected || ill.states["pass"] !== addresses.length - expected) {
          throw new Error(`5 % silent: ${JSON.stringify([ill.states, ill.reasons])}, not ${expected}`);
        }
        healthy.push(well.wallMs);
        silent.push(ill.wallMs);
      }
      return {
        value: median(silent.map((ms, at) => ms / (healthy[at] as number))),
        rows: [
          ["endpoints", String(addresses.length)],
          ["all healthy", `${(median(healthy) / 1000).toFixed(1)} s`],
          [`5 % silent, ${deadlineMs / 1000} s deadline`, `${(median(silent) / 1000).toFixed(1)} s`],
          ["silent ones found, each by two tries", `${found} of ${expected}`],
        ],
      };
    } finally {
      prober.stop();
      await target.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
