import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeTestFolder, type RunResult, runWardctl } from "../support/run-wardctl.ts";

interface Unit {
  readonly dimensions: { readonly records: { readonly verdict: string } };
}

const now = "2025-07-03T11:30:00+07:00";

/** The city runs while `during` does; the person then types what it yields. */
async function rehearse(
  folder: string,
  flags: string,
  during: (run: (line: string) => Promise<RunResult>) => AsyncIterable<string>,
) {
  const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: now } });
  return runWardctl(`rehearse --workspace ${folder} --at ${now} ${flags}`, { typed: during(run) });
}

describe("wardctl rehearse", () => {
  it("switches faults on and off while others look, and keeps what was done to the city for the next time", async () => {
    const folder = join(await makeTestFolder(), "rehearsal");
    const codes: number[] = [];
    const records: string[] = [];
    const first = await rehearse(folder, "--fault departments-without-accounts=27004", async function* (run) {
      codes.push((await run("check --unit 19777")).code);
      yield "on page-spins=19777";
      codes.push((await run("check --unit 19777")).code);
      yield "off page-spins=19777";
      await run("provision plan roster.csv --save plan.json");
      codes.push((await run("provision apply plan.json --yes")).code);
      // The wards of the field report lie in another province, and their dossiers come by the same system.
      await run("sync");
      const { units } = JSON.parse((await run("ready 27004 27439 --json")).stdout) as { units: Unit[] };
      records.push(...units.map(({ dimensions }) => dimensions.records.verdict));
      yield "stop";
    });
    expect(first.code, first.stderr).toBe(0);
    // Well, slow, applied.
    expect(codes).toEqual([0, 8, 0]);
    expect(records).toEqual(["go", "go"]);

    const second = await rehearse(folder, "", async function* (run) {
      codes.push((await run("provision plan roster.csv")).code);
      yield "stop";
    });
    expect(second.code, second.stderr).toBe(0);
    expect(codes.at(-1)).toBe(0);
  });

  it("names an unknown fault, and never takes over a real workspace", async () => {
    const folder = await makeTestFolder();
    expect((await runWardctl(`rehearse --workspace ${folder}/x --fault page-spin`)).code).toBe(2);
    await runWardctl(`init --province 46 --name Huế --dir ${folder}`);
    expect((await runWardctl(`rehearse --workspace ${folder}`)).code).toBe(6);
  });
});
