import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  type CityWorkspace,
  type CityWorkspaceOptions,
  canaryToken,
  cityNow,
  startCityWorkspace,
} from "../../support/city-workspace.ts";
import { runWardctl } from "../../support/run-wardctl.ts";

let workspace: CityWorkspace;
afterEach(() => workspace.city.stop());

async function start(options: CityWorkspaceOptions = {}): Promise<CityWorkspace> {
  workspace = await startCityWorkspace({ empty: true, systems: ["documents", "dossiers"], ...options });
  return workspace;
}

const listPlans = async (): Promise<unknown[]> => JSON.parse((await workspace.run("provision status --json")).stdout).plans;

describe("provision apply of a roster", () => {
  it("plans, says what it will do, carries it out, and has nothing to do the second time", async () => {
    const { run, countWrites } = await start();
    const applied = await run("provision apply roster.csv --yes --json");
    expect(applied.code).toBe(0);
    const { finished, totals, writesSent } = JSON.parse(applied.stdout);
    expect([finished, writesSent]).toEqual([true, totals.done]);
    expect(applied.stderr).toMatch(/^Plan \S+ · roster\.csv, \d+ people$/m);
    expect(applied.stderr).toMatch(/^Create \d+ /m);
    expect(totals.done).toBeGreaterThan(50);
    const writes = countWrites();
    expect((await run("provision apply roster.csv --yes")).code).toBe(0);
    expect(countWrites()).toBe(writes);
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it("counts no people of a plan that is about one of them", async () => {
    const { run } = await start();
    await run("provision apply roster.csv --yes");
    const left = await run("provision leave CB1977704 --save leave.json");
    expect(left.stdout).toMatch(/^Plan \S+ · leave CB1977704$/m);
  });

  it("asks first, and without a terminal does nothing", async () => {
    const { run, countWrites } = await start();
    const { code, stderr } = await run("provision apply roster.csv");
    expect([code, countWrites()]).toEqual([2, 0]);
    expect(stderr).toContain("--yes");
    expect(await listPlans()).toEqual([]);
  });

  it("goes on with the plan it began when it was stopped in the middle", async () => {
    const stop = new AbortController();
    let posts = 0;
    const { run, folder, countWrites } = await start({
      before: [
        {
          handle(request) {
            if (request.method === "POST" && ++posts === 5) stop.abort();
            return false;
          },
        },
      ],
    });
    const env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken };
    const stopped = await runWardctl("provision apply roster.csv --yes", { cwd: folder, env, signal: stop.signal });
    expect(stopped.code).toBe(130);
    const again = JSON.parse((await run("provision apply roster.csv --yes --json")).stdout);
    expect([again.resumed, again.finished]).toEqual([true, true]);
    expect(countWrites()).toBe(again.outcomes.length);
    expect(await listPlans()).toHaveLength(1);
  });

  it("does not take a plan of a part for the whole", async () => {
    const stop = new AbortController();
    const { run, folder } = await start({
      before: [
        {
          handle(request) {
            if (request.method === "POST") stop.abort();
            return false;
          },
        },
      ],
    });
    await run("provision plan roster.csv --only unit=27004 --save part.json");
    const env = { WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken };
    expect((await runWardctl("provision apply part.json --yes", { cwd: folder, env, signal: stop.signal })).code).toBe(130);
    expect((await run("provision apply roster.csv --yes")).code).toBe(0);
    expect((await run("provision plan roster.csv")).code).toBe(0);
  });

  it("with faulty rows does nothing at all", async () => {
    const { run, folder, countWrites } = await start();
    await writeFile(
      join(folder, "bad.csv"),
      "staff_id,full_name,unit_code,department,position,staff_class,start_date\nCB1,Lan,27004,van-phong,nobody,cong_chuc,31/02/2025\n",
    );
    const { code, stderr } = await run("provision apply bad.csv --yes");
    expect([code, countWrites()]).toEqual([3, 0]);
    expect(stderr).toContain("bad.csv:2");
  });
});
