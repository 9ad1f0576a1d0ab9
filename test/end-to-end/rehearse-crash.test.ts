import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type ShownScore, train, writeScript } from "../support/rehearsal.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const bin = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const vyDa = "19777";
let child: ChildProcess | undefined;

afterEach(() => child?.kill("SIGKILL"));

/** A rehearsal in a process of its own. `type` returns when the trainer's window says what is awaited. */
function startTrainer(script: string, folder: string) {
  const own = spawn(process.execPath, [bin, "rehearse", "--script", script, "--workspace", folder], {
    env: { ...process.env, WARDCTL_LANG: "en" },
  });
  child = own;
  const lines = createInterface({ input: own.stderr });
  const said = (text: string): Promise<void> =>
    new Promise((done, fail) => {
      const hear = (line: string): void => {
        if (!line.includes(text)) return;
        lines.off("line", hear);
        done();
      };
      lines.on("line", hear);
      own.once("exit", (code) => fail(new Error(`ended with ${code} before it said '${text}'`)));
    });
  return {
    said,
    async type(line: string, text: string): Promise<void> {
      const heard = said(text);
      own.stdin.write(`${line}\n`);
      await heard;
    },
    async kill(): Promise<void> {
      const gone = once(own, "exit");
      own.kill("SIGKILL");
      await gone;
    },
  };
}

describe("a rehearsal that is killed", () => {
  it("keeps its score, the city as the team left it, and its clock, and goes on", { timeout: 60_000 }, async () => {
    const script = await writeScript(`{ units: ["${vyDa}"] }`, [
      `{ at: "07:00", fault: departments-without-accounts=${vyDa} }`,
      `{ at: "08:00", fault: queue-down=${vyDa}, expected: { mended: { by: VNPT, after: 10m } } }`,
    ]);
    const folder = join(await makeTestFolder(), "rehearsal");
    const env = { WARDCTL_NOW: `file:${join(folder, ".wardctl", "city-clock")}` };
    const team = (line: string | readonly string[]) => runWardctl(line, { cwd: folder, env });
    const readScore = async (): Promise<ShownScore> => JSON.parse((await team("rehearse score --json")).stdout) as ShownScore;

    const trainer = startTrainer(script, folder);
    await trainer.said("Type: score");
    await team("provision plan roster.csv --save plan.json");
    const mended = trainer.said("07:00 mended");
    expect((await team("provision apply plan.json --yes")).code).toBe(0);
    await mended;
    await trainer.type("clock 08:05", "The city's clock: 08:05");
    const reported = trainer.said("VM-1 → VNPT");
    const difficulty = ["incident", "open", "Máy lấy số hỏng", "--category", "software", "--unit", vyDa, "--owner", "VNPT"];
    expect((await team(difficulty)).code).toBe(0);
    await reported;
    const before = await readScore();
    await trainer.kill();

    expect(await readScore()).toEqual(before);
    expect(before.faults.map(({ state }) => state)).toEqual(["mended", "found"]);

    const result = await train("", folder, async function* ({ team: again, score }) {
      expect(await score()).toEqual(before);
      // What was applied is still there: nobody has it to do twice.
      const plan = JSON.parse((await again("provision plan roster.csv --json")).stdout) as { operations: unknown[] };
      expect(plan.operations).toEqual([]);
      yield "list";
      yield "clock 08:15";
      yield "list";
      expect((await score()).faults[1]).toMatchObject({ state: "mended", mendedBy: "owner", owner: "VNPT", minutesToMend: 10 });
      yield "stop";
    });
    // The clock stood at 08:05 while nobody kept it, and the fault was still there until its owner had mended it.
    expect(result.stderr).toContain("Faults: queue-down=19777");
    expect(result.stderr).toContain("No faults.");
    expect(result.code, result.stderr).toBe(0);
  });
});
