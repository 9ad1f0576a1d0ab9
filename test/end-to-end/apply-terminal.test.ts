import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type FaultWorkspace, startFaultWorkspace } from "../support/fault-workspace.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux) console.warn("SKIPPED: Ctrl-C was not tried in a real terminal, since tmux is not on this machine");

const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const socket = `wardctl-stop-${process.pid}`;
const run = promisify(execFile);

let workspace: FaultWorkspace;
afterEach(() => workspace.stop());

/** A real terminal of 100 × 40 in which the plan is applied. */
async function openTerminal(lang: string) {
  const tmux = async (...words: string[]): Promise<string> =>
    (await run("tmux", ["-L", socket, "-f", "/dev/null", ...words])).stdout;
  const session = workspace.folder.slice(-6);
  const env = Object.entries({ ...workspace.env, LC_ALL: "C.UTF-8", WARDCTL_LANG: lang }).map(
    ([name, value]) => `${name}='${value}'`,
  );
  const command = `'${process.execPath}' '${wardctl}' provision apply plan.json`;
  const line = `cd '${workspace.folder}'; ${env.join(" ")} ${command}; echo "exit=$?"; exec cat`;
  await tmux("new-session", "-d", "-s", session, "-x", "100", "-y", "40", line);
  return {
    keys: (...keys: string[]) => tmux("send-keys", "-t", session, ...keys),
    /** The screen once it shows the text; its last state in the error when it never does. */
    async see(text: string, withinMs = 30_000): Promise<string> {
      const until = performance.now() + withinMs;
      for (;;) {
        const screen = await tmux("capture-pane", "-p", "-t", session);
        if (screen.includes(text)) return screen;
        if (performance.now() > until) throw new Error(`'${text}' never came up on:\n${screen}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
  };
}

describe.skipIf(!hasTmux)("Ctrl-C in a real terminal, in the middle of apply", () => {
  afterAll(() => void spawnSync("tmux", ["-L", socket, "kill-server"]));

  it.each([
    ["en", "answers slowly", 60, "y"],
    ["vi", "does not answer any more", 60_000, "c"],
  ] as const)(
    "in %s, at a server that %s: within ten seconds, recorded, 130, and the same command completes it",
    async (lang, _server, answersAfterMs, yes) => {
      workspace = await startFaultWorkspace({ kind: "scim", seed: lang, deadlineMs: 30_000 });
      const planned = await workspace.run("provision plan roster.csv --save plan.json --json");
      expect(planned.code).toBe(8);
      const people: number = JSON.parse(planned.stdout).operations.length;
      let posts = 0;
      workspace.proxy.onWrite = () => {
        posts += 1;
        // The first dozen come quickly; then there is time to press the keys.
        return posts <= 12 ? undefined : new Promise((done) => setTimeout(done, answersAfterMs).unref());
      };
      const terminal = await openTerminal(lang);
      await terminal.see(`${people}`);
      await terminal.keys(yes, "Enter");
      while (posts < 14) await new Promise((next) => setTimeout(next, 20));
      const pressed = performance.now();
      await terminal.keys("C-c");
      const atKey = posts;
      const screen = await terminal.see("exit=");
      expect(performance.now() - pressed).toBeLessThan(10_000);
      expect(screen).toContain("exit=130");
      expect(screen).toContain("wardctl provision apply plan.json");
      // Whatever was answered and not read back is counted, not listed.
      expect(screen).not.toMatch(/sent, not read back yet|đã gửi, chưa đọc lại được/);
      expect(screen).toMatch(/\d+ unknown|\d+ chưa rõ/);
      // At most what was let in at the very moment of the key.
      expect(posts - atKey).toBeLessThanOrEqual(2);

      const made = workspace.server.dump().length;
      expect(made).toBeGreaterThanOrEqual(12);
      expect(made).toBeLessThan(people);
      const status = JSON.parse((await workspace.run("provision status --json")).stdout);
      expect(status.plans[0].finishedAt).toBeNull();
      workspace.proxy.onWrite = undefined;
      expect((await workspace.run("provision apply --resume --yes")).code).toBe(0);
      const stored = workspace.server.dump();
      expect(stored).toHaveLength(people);
      expect(new Set(stored.map(({ person }) => person)).size).toBe(people);
      expect((await workspace.run("audit verify")).code).toBe(0);
    },
  );
});
