import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CityWorkspace, openCityWorkspace } from "../support/whole-city.ts";

const now = "2025-07-03T10:00:00+07:00";
let city: CityWorkspace;
beforeAll(async () => {
  city = await openCityWorkspace(now);
});
afterAll(() => city.stop());

const count = (method: string, shape: RegExp): number =>
  city.open.city.requests.filter((request) => request.method === method && shape.test(request.path)).length;

/** A real process, ended by nobody's leave while its document is on the way. */
async function killOnTheWay(signal: "SIGKILL" | "SIGINT"): Promise<number | null> {
  const before = count("GET", /\/flow\/inbox\//);
  const child = spawn(
    process.execPath,
    [resolve("bin/wardctl.js"), "check", "run", "--unit", "19777", "--system", "documents", "--canary"],
    { cwd: city.folder, env: { PATH: process.env["PATH"], WARDCTL_NOW: now, WARDCTL_LANG: "en" }, stdio: "ignore" },
  );
  const ended = once(child, "exit");
  await vi.waitFor(() => expect(count("GET", /\/flow\/inbox\//)).toBeGreaterThan(before), { timeout: 20_000, interval: 10 });
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

describe("a check that ends between sending and recalling a test document", () => {
  it("leaves it listed after kill -9, and the next check takes it back", async () => {
    city.open.city.faults.on("canary-lost", "19777");
    await killOnTheWay("SIGKILL");
    city.open.city.faults.off("canary-lost", "19777");
    expect([count("POST", /\/flow\/sent$/), count("DELETE", /\/flow\/sent\//)]).toEqual([1, 0]);
    const listed = await city.run("check canary list --json");
    expect(listed.code).toBe(8);
    const [{ canary, stage }] = JSON.parse(listed.stdout).canaries;
    expect(stage).toBe("arrive");
    expect((await city.run("check --unit 19777 --system documents")).code).toBe(0);
    expect(count("DELETE", new RegExp(`/flow/sent/${canary}$`))).toBe(1);
    expect(JSON.parse((await city.run("check canary list --json")).stdout).canaries).toEqual([]);
  }, 60_000);

  it("takes it back before it ends after Ctrl-C", async () => {
    city.open.city.faults.on("canary-lost", "19777");
    const deleted = count("DELETE", /\/flow\/sent\//);
    expect(await killOnTheWay("SIGINT")).toBe(130);
    city.open.city.faults.off("canary-lost", "19777");
    expect(count("DELETE", /\/flow\/sent\//)).toBe(deleted + 1);
    expect(JSON.parse((await city.run("check canary list --json")).stdout).canaries).toEqual([]);
  }, 60_000);
});
