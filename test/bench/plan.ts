import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bench, median } from "./bench.ts";

interface Planned {
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly operations: number;
}

function planOnce(people: number, what: "accounts" | "roles"): Planned {
  const folder = mkdtempSync(join(tmpdir(), "wardctl-bench-"));
  const script = fileURLToPath(new URL("plan-process.ts", import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, folder, String(people), what], { encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Planned;
}

async function runRounds(quick: boolean, what: "accounts" | "roles") {
  const people = 20_000;
  const rounds = Array.from({ length: quick ? 1 : 5 }, () => planOnce(people, what));
  const rssMb = median(rounds.map((round) => round.rssMb));
  return {
    value: median(rounds.map(({ tookMs }) => tookMs)),
    rows: [
      [`${people} people × 5 systems, operations`, String(rounds[0]?.operations)],
      ["roster read, compared, sealed", `${median(rounds.map(({ tookMs }) => tookMs)).toFixed(0)} ms`],
      ["CPU of it, user and system", `${median(rounds.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms`],
      ["largest resident memory (goal 512 MB)", `${rssMb.toFixed(0)} MB`],
    ] as const,
  };
}

/** A roster of a big city, read and planned offline for five systems. No rival: nobody else plans a person over several systems. */
export const bench: Bench = {
  name: "plan",
  unit: "ms",
  goal: 10_000,
  better: "lower",
  run: (quick) => runRounds(quick, "accounts"),
};

/** The same, and everybody's roles and groups on two of the systems. */
export const rolesBench: Bench = {
  name: "plan-roles",
  unit: "ms",
  goal: 10_000,
  better: "lower",
  run: (quick) => runRounds(quick, "roles"),
};
