import { execFile, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LinedCity, startLinedCity } from "../support/city-lines.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux) console.warn("SKIPPED: check watch was not looked at in a real terminal, since tmux is not on this machine");

const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const socket = `wardctl-watch-${process.pid}`;
const run = promisify(execFile);

let city: LinedCity;
let cwd: string;
beforeAll(async () => {
  if (!hasTmux) return;
  city = await startLinedCity();
  cwd = await makeTestFolder();
  writeFileSync(join(cwd, "endpoints.csv"), city.inventory);
  writeFileSync(join(cwd, "ca.pem"), city.ca);
  const check = `  inventory: endpoints.csv\n  ca: ca.pem\n  resolvers: ["${city.resolver}"]\n  retryAfterMs: [50]\n`;
  writeFileSync(join(cwd, "wardctl.yaml"), `name: Huế\nprovince: "46"\ncheck:\n${check}`);
});
afterAll(async () => {
  if (!hasTmux) return;
  spawnSync("tmux", ["-L", socket, "kill-server"]);
  await city.stop();
});

/** A real terminal of 80 × 24. */
async function openTerminal(session: string, line: string) {
  const tmux = async (...words: string[]): Promise<string> =>
    (await run("tmux", ["-L", socket, "-f", "/dev/null", ...words])).stdout;
  const command = `cd '${cwd}'; LC_ALL=C.UTF-8 '${process.execPath}' '${wardctl}' ${line}; echo "exit=$?"; exec cat`;
  await tmux("new-session", "-d", "-s", session, "-x", "80", "-y", "24", command);
  return {
    tmux,
    async see(test: (screen: string) => boolean, withinMs = 30_000): Promise<string> {
      const until = performance.now() + withinMs;
      for (;;) {
        const screen = await tmux("capture-pane", "-p", "-t", session);
        if (test(screen)) return screen;
        if (performance.now() > until) throw new Error(`it never came up on:\n${screen}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

describe.skipIf(!hasTmux)("check watch in a real terminal", () => {
  it("shows the city, follows faults, keys and size, and Ctrl-C ends it with 130, the terminal as before and every sweep kept", async () => {
    const terminal = await openTerminal("keys", "check watch --every 1s --lang vi");
    const keys = (...names: string[]): Promise<string> => terminal.tmux("send-keys", "-t", "keys", ...names);
    await terminal.see((screen) => screen.includes("tốt 200"));
    await city.turn("on", "carrier-down", "VNPT/half");
    const down = await terminal.see((screen) => /1\. từ \d\d:\d\d · \d+ trong \d+ đơn vị VNPT/.test(screen));
    expect(down).toContain("✗✗✗✗✗");
    expect(down.split("\n").every((line) => [...line].length <= 80)).toBe(true);
    await keys("f", "e");
    await terminal.see((screen) => screen.includes("── 19753") && !screen.includes("·····"));
    await terminal.tmux("resize-window", "-t", "keys", "-x", "120", "-y", "30");
    await terminal.see((screen) => screen.split("\n").some((line) => [...line].length > 80));
    await city.turn("off", "carrier-down", "VNPT/half");
    await keys("C-c");
    const after = await terminal.see((screen) => screen.includes("exit="));
    expect(after).toContain("exit=130");
    expect(after).toContain("lịch sử đã lưu");
    const history = JSON.parse((await runWardctl("check history 19753 --json", { cwd })).stdout);
    expect(history.runs).toBeGreaterThanOrEqual(3);
    expect(history.endpoints[0].last).toEqual(expect.arrayContaining(["pass", "soft", "fail"]));
  }, 60_000);

  it("ends when the line to the terminal is cut, without a bug and with the database sound", async () => {
    const terminal = await openTerminal("cut", "check watch --every 1s --lang en");
    await terminal.see((screen) => screen.includes("next in"));
    const pid = (await terminal.tmux("list-panes", "-t", "cut", "-F", "#{pane_pid}")).trim();
    const children = (await run("ps", ["-o", "pid=", "--ppid", pid])).stdout.trim().split(/\s+/).map(Number);
    await terminal.tmux("kill-session", "-t", "cut");
    const until = performance.now() + 20_000;
    const isAlive = (child: number): boolean => {
      try {
        return process.kill(child, 0);
      } catch {
        return false;
      }
    };
    while (children.some(isAlive) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(children.filter(isAlive)).toEqual([]);
    expect((await runWardctl("check history 19753", { cwd })).code).toBe(0);
  }, 60_000);
});
