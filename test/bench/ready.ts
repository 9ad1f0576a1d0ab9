import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createDirectory } from "../../src/directory/directory.ts";
import { type Bench, median } from "./bench.ts";
import { fillReadyCity, now, type ReadyCityScale } from "./ready-city.ts";

/** The first looks of a new city; and a year of it: a million dossiers, a hundred thousand grants that came and went, a week of sweeps. */
const scales: Readonly<Record<"fresh" | "full", ReadyCityScale>> = {
  fresh: { dossiers: 600, pastGrants: 0, sweeps: 1 },
  full: { dossiers: 5_960, pastGrants: 600, sweeps: 2_016 },
};
const quickScales: typeof scales = {
  fresh: { dossiers: 20, pastGrants: 0, sweeps: 1 },
  full: { dossiers: 60, pastGrants: 20, sweeps: 50 },
};

interface Run {
  readonly ms: number;
  /** Of the process itself, as it counts at its end: what a machine shared with others cannot stretch. */
  readonly cpuMs: number;
  readonly stdout: string;
}

const main = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const countCpu =
  "data:text/javascript,process.on('exit',()=>{const u=process.cpuUsage();process.stderr.write('cpu '+(u.user+u.system)/1000)})";

function time(cwd: string, line: readonly string[]): Run {
  const start = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", countCpu, main, ...line], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1e8,
    env: { ...process.env, WARDCTL_NOW: now },
  });
  const ms = performance.now() - start;
  if (stdout === "") throw new Error(stderr);
  const cpuMs = Number(/cpu ([\d.]+)$/.exec(stderr)?.[1]);
  return { ms, cpuMs, stdout };
}

function tell(runs: readonly Run[]): string {
  return `${median(runs.map(({ ms }) => ms)).toFixed(0)} ms (CPU ${median(runs.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms)`;
}

/** `wardctl ready --json` over a city of 168 units with a full cache, the whole process; no rival: nobody else answers that question. */
export const bench: Bench = {
  name: "ready",
  unit: "ms",
  goal: 1_000,
  better: "lower",
  async run(quick) {
    const folder = mkdtempSync(join(tmpdir(), "wardctl-bench-"));
    try {
      const units = createDirectory("2025-12-02")!.listUnits({ province: "79" });
      const { fresh, full } = quick ? quickScales : scales;
      const cities = { fresh: join(folder, "fresh"), full: join(folder, "full") };
      await fillReadyCity(cities.fresh, units, fresh);
      const people = await fillReadyCity(cities.full, units, full);
      const first = JSON.parse(time(cities.full, ["ready", "--json"]).stdout) as Totals;
      time(cities.fresh, ["ready", "--json"]);
      const rounds = Array.from({ length: quick ? 3 : 9 }, () => ({
        full: time(cities.full, ["ready", "--json"]),
        fresh: time(cities.fresh, ["ready", "--json"]),
        one: time(cities.full, ["ready", "27004", "--json"]),
        floor: time(cities.full, ["wards", "list", "--province", "79", "--json"]),
      }));
      const { go, noGo, unknown } = first.totals;
      const size = (scale: ReadyCityScale): string =>
        `${units.length * scale.dossiers} dossiers, ${units.length * (scale.pastGrants + 1)} grants, ${scale.sweeps} sweeps`;
      return {
        value: median(rounds.map((round) => round.full.ms)),
        rows: [
          ["units, people", `${units.length}, ${people}`],
          ["go, no-go, unknown", `${go}, ${noGo}, ${unknown}`],
          [`wardctl ready --json, ${size(full)}`, tell(rounds.map((round) => round.full))],
          [`the same, ${size(fresh)}`, tell(rounds.map((round) => round.fresh))],
          ["of one unit, full cache", tell(rounds.map(({ one }) => one))],
          ["wardctl wards list, for the start alone", tell(rounds.map(({ floor }) => floor))],
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Totals {
  readonly totals: { readonly go: number; readonly noGo: number; readonly unknown: number };
}
