import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Bench, median } from "./bench.ts";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

/** CPU seconds (user and system) of one command run `times` times, as the shell's own `times` counts its children. */
function measureCpu(command: string, times: number): number {
  const script = `for i in $(seq ${times}); do ${command} >/dev/null; done; times`;
  const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  const children = stdout.trim().split("\n").at(-1) ?? "";
  return (
    [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
      (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
      0,
    ) / times
  );
}

/** `wardctl --help` against an empty `node -e 0`. */
export const bench: Bench = {
  name: "startup",
  unit: "ratio",
  goal: 1.5,
  better: "lower",
  async run(quick) {
    const node = JSON.stringify(process.execPath);
    const times = quick ? 10 : 20;
    const rounds = Array.from({ length: quick ? 5 : 11 }, () => ({
      rival: measureCpu(`${node} -e 0`, times),
      help: measureCpu(`${node} ${JSON.stringify(entry)} --help`, times),
      list: measureCpu(`${node} ${JSON.stringify(entry)} wards list --province 46`, times),
    }));
    const ms = (pick: (round: (typeof rounds)[number]) => number): string =>
      `${(median(rounds.map(pick)) * 1000).toFixed(1)} ms CPU`;
    return {
      value: median(rounds.map((round) => round.help / round.rival)),
      rows: [
        ["node -e 0", ms((round) => round.rival)],
        ["wardctl --help", ms((round) => round.help)],
        ["wardctl wards list --province 46", ms((round) => round.list)],
      ],
    };
  },
};
