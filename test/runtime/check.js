// `npm run check`: every tool is run, so that all faults show at once; the exit code is that of the worst.
import { spawnSync } from "node:child_process";

const tools = [
  ["types", ["tsc", "--noEmit", "-p", "."]],
  ["format and lint", ["biome", "check", "."]],
  ["floating promises", ["oxlint", "--type-aware", "src", "commands", "test"]],
  ["unused code", ["knip"]],
  ["layering", ["vitest", "run", "test/architecture.test.ts"]],
];

let failed = 0;
for (const [name, [command, ...words]] of tools) {
  const run = spawnSync(command, words, {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const ok = run.status === 0;
  console.log(`${ok ? "ok    " : "FAILED"} ${name}`);
  if (!ok) {
    failed++;
    console.log(`${run.stdout ?? ""}${run.stderr ?? ""}${run.error ?? ""}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
