import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { type FaultWorkspace, startFaultWorkspace } from "../support/fault-workspace.ts";

/** Changes and disables under kill -9, with the real command; creates are in apply-crash.test.ts. */
const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

let workspace: FaultWorkspace;
afterEach(() => workspace.stop());

/** Killed when the server has been given that many writes; the last of them is still carried out, its answer finds nobody. */
function applyKilledAt(writes: number): Promise<number | null> {
  const child = spawn(process.execPath, [wardctl, "provision", "apply", "plan.json", "--yes", "--quiet"], {
    cwd: workspace.folder,
    env: { PATH: process.env["PATH"], ...workspace.env },
    stdio: "ignore",
  });
  let seen = 0;
  workspace.proxy.onWrite = () => {
    seen += 1;
    if (seen === writes) child.kill("SIGKILL");
  };
  return new Promise((done) => child.on("exit", done));
}

it.each(["scim", "keycloak"] as const)(
  "%s: changes and disables, killed three times, are each carried out once, and nobody is left half changed",
  async (kind) => {
    workspace = await startFaultWorkspace({ kind, seed: kind, units: ["27004", "26740"], deadlineMs: 10_000 });
    const { run, proxy, folder, server } = workspace;
    await run("provision plan roster.csv --save plan.json");
    expect((await run("provision apply plan.json --yes")).code).toBe(0);
    const accounts = server.dump();
    await workspace.giveNumbers();
    const roster = await readFile(join(folder, "roster.csv"), "utf8");
    // Five leave, which is as many as may.
    let left = 0;
    const ended = roster.replace(/(,01\/07\/2025),,/g, (all, start: string) => (left++ < 5 ? `${start},02/07/2025,` : all));
    await writeFile(join(folder, "roster.csv"), ended);
    const planned = JSON.parse((await run("provision plan roster.csv --save plan.json --json")).stdout);
    expect(planned.totals).toMatchObject({ create: 0, disable: 5 });
    expect(planned.totals.update).toBeGreaterThan(10);
    const before = proxy.counts.otherWrites;
    for (const at of [3, 5, 2]) expect(await applyKilledAt(at)).toBeNull();
    proxy.onWrite = undefined;
    expect((await run("provision apply --resume --yes")).code).toBe(0);
    expect(server.dump()).toEqual(accounts);
    // Eight were under way at each kill, at most.
    expect(proxy.counts.otherWrites - before).toBeLessThanOrEqual(planned.operations.length + 3 * 8);
    expect((await run("provision verify plan.json")).code).toBe(0);
    expect((await run("provision drift")).code).toBe(0);
    expect((await run("provision plan roster.csv")).code).toBe(0);
    expect((await run("audit verify")).code).toBe(0);
  },
);
