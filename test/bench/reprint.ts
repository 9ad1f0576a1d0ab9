import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHueCsv, huePressCsv, hueSettings } from "../support/hue-day.ts";
import { type Bench, median } from "./bench.ts";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

/** A kept meeting of forty units printed again as JSON, against `node -e 0`. */
export const bench: Bench = {
  name: "reprint",
  unit: "ratio",
  goal: 3,
  better: "lower",
  async run(quick) {
    const folder = await mkdtemp(join(tmpdir(), "reprint-"));
    const env = { ...process.env, WARDCTL_NOW: "2025-07-03T10:02", WARDCTL_WORKSPACE: folder };
    const run = (...words: string[]): string => {
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { env, cwd: folder, encoding: "utf8" });
      if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
      return stdout;
    };
    const time = (...words: string[]): number => {
      const start = performance.now();
      run(...words);
      return performance.now() - start;
    };
    try {
      await Promise.all([
        writeFile(join(folder, "wardctl.yaml"), hueSettings),
        writeFile(join(folder, "dossiers.csv"), createHueCsv()),
        writeFile(join(folder, "press.csv"), huePressCsv),
      ]);
      run(entry, "import", "dossiers.csv", "--source", "mot-cua", "--exported-at", "2025-07-03T10:00");
      run(entry, "import", "press.csv", "--source", "bao-chi");
      const made = run(entry, "report", "evening", "--json");
      if (run(entry, "report", "show", "--json") !== made) throw new Error("reprint: other bytes");
      const rounds = Array.from({ length: quick ? 7 : 25 }, () => ({
        rival: time("-e", "0"),
        show: time(entry, "report", "show", "--json"),
      }));
      return {
        value: median(rounds.map(({ rival, show }) => show / rival)),
        rows: [
          ["node -e 0", `${median(rounds.map(({ rival }) => rival)).toFixed(1)} ms`],
          ["wardctl report show --json", `${median(rounds.map(({ show }) => show)).toFixed(1)} ms`],
        ],
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
