import type { Bench } from "./bench.ts";

/**
 * `npm run bench -- NAME [--quick]`: ours and a named rival interleaved in one run, a table of medians, and as the last line one
 * JSON object.
 */
const benches: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  startup: () => import("./startup.ts"),
  apply: () => import("./apply.ts"),
  "apply-slow": () => import("./apply-slow.ts"),
  province: () => import("./province.ts"),
  requests: () => import("./requests.ts"),
  rate: () => import("./rate.ts"),
  plan: () => import("./plan.ts"),
  "plan-roles": () => import("./plan.ts").then(({ rolesBench }) => ({ bench: rolesBench })),
  "can-sign": () => import("./can-sign.ts"),
  gaps: () => import("./gaps.ts"),
  ready: () => import("./ready.ts"),
  crash: () => import("./crash.ts"),
  faults: () => import("./faults.ts"),
  slips: () => import("./slips.ts"),
  liars: () => import("./liars.ts"),
  "check-history": () => import("./check-history.ts"),
  "check-messages": () => import("./check-messages.ts"),
  causes: () => import("./causes.ts"),
  "check-scenarios": () => import("./check-scenarios.ts"),
  "check-deadline": () => import("./check-deadline.ts"),
  "check-reasons": async () => ({ bench: (await import("./check-deadline.ts")).reasonsBench }),
  documents: () => import("./documents.ts"),
  bundle: () => import("./bundle.ts"),
  "check-cost": () => import("./check-cost.ts"),
  "check-timing": () => import("./check-timing.ts"),
  "check-names": () => import("./check-names.ts"),
  "check-sweep": () => import("./check-sweep.ts"),
  figures: () => import("./figures.ts"),
  "figures-naive": async () => ({ bench: (await import("./figures.ts")).naiveBench }),
  "figures-duckdb": async () => ({ bench: (await import("./figures.ts")).duckdbBench }),
  reprint: () => import("./reprint.ts"),
  scale: () => import("./scale.ts"),
  "bundle-full": async () => ({ bench: (await import("./bundle.ts")).fullBench }),
  ledger: () => import("./ledger.ts"),
  board: () => import("./board.ts"),
  handbook: () => import("./handbook.ts"),
  import: () => import("./import.ts"),
  "import-objects": async () => ({ bench: (await import("./import.ts")).objectsBench }),
  "import-duckdb": async () => ({ bench: (await import("./import.ts")).duckdbBench }),
  "import-postgres": async () => ({ bench: (await import("./import.ts")).postgresBench }),
};

const [name = "", ...flags] = process.argv.slice(2);
const load = benches[name];
if (load) {
  const { bench } = await load();
  const result = await bench.run(flags.includes("--quick"));
  for (const [label, figure] of result.rows) console.log(`${label.padEnd(40)} ${figure}`);
  if (result.skipped) console.log(result.skipped);
  const value = result.value === undefined ? null : Number(result.value.toFixed(3));
  const atLeast = result.atLeast === undefined ? undefined : Number(result.atLeast.toFixed(3));
  const judged = atLeast ?? value;
  const ok = judged === null ? null : bench.better === "lower" ? judged <= bench.goal : judged >= bench.goal;
  console.log(
    JSON.stringify({ bench: bench.name, value, atLeast, unit: bench.unit, goal: bench.goal, better: bench.better, ok }),
  );
} else {
  console.error(`bench: ${Object.keys(benches).join(", ")}`);
  process.exitCode = 2;
}
