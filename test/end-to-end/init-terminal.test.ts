import { execFile, spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { makeTestFolder } from "../support/run-wardctl.ts";

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux) console.warn("SKIPPED: the prompts were not tried in a real terminal, since tmux is not on this machine");

const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));
const socket = `wardctl-test-${process.pid}`;
const run = promisify(execFile);

/** A real terminal of 100 × 40 in which `wardctl init` runs. */
async function openTerminal(lang: string) {
  const folder = await makeTestFolder();
  const tmux = async (...words: string[]): Promise<string> =>
    (await run("tmux", ["-L", socket, "-f", "/dev/null", ...words])).stdout;
  const session = folder.slice(-6);
  const line = `cd '${folder}'; LC_ALL=C.UTF-8 WARDCTL_LANG=${lang} '${process.execPath}' '${wardctl}' init; echo "exit=$?"; exec cat`;
  await tmux("new-session", "-d", "-s", session, "-x", "100", "-y", "40", line);
  return {
    folder,
    keys: (...keys: string[]) => tmux("send-keys", "-t", session, ...keys),
    type: (text: string) => tmux("send-keys", "-t", session, "-l", text),
    /** The screen once it shows the text; its last state in the error when it never does. */
    async see(text: string): Promise<string> {
      const until = performance.now() + 20_000;
      for (;;) {
        const screen = await tmux("capture-pane", "-p", "-t", session);
        if (screen.includes(text)) return screen;
        if (performance.now() > until) throw new Error(`'${text}' never came up on:\n${screen}`);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
  };
}

describe.skipIf(!hasTmux)("wardctl init in a real terminal", () => {
  afterAll(() => void spawnSync("tmux", ["-L", socket, "kill-server"]));

  it("asks its way to a workspace in Vietnamese", async () => {
    const terminal = await openTerminal("vi");
    await terminal.see("Tỉnh, thành phố nào?");
    await terminal.type("hue");
    await terminal.see("❯ 46 Thành phố Huế");
    await terminal.keys("Enter");
    await terminal.see("❯ Cả 40 đơn vị");
    await terminal.keys("Down");
    await terminal.see("❯ Chỉ một số đơn vị");
    await terminal.keys("Enter");
    await terminal.see("phím cách: chọn");
    await terminal.keys("Enter");
    await terminal.see("chọn ít nhất một mục");
    await terminal.keys("Space", "Down", "Space", "Enter");
    await terminal.see("Tên của nhóm hay thành phố (Huế)");
    await terminal.type("Tổ công tác Huế");
    await terminal.see("Tổ công tác Huế");
    await terminal.keys("Enter");
    await terminal.see("❯ Tiếng Việt");
    await terminal.keys("Enter");
    const preview = await terminal.see("(c/K)");
    expect(preview).toContain("name: Tổ công tác Huế");
    await terminal.keys("c", "Enter");
    expect(await terminal.see("exit=")).toContain("exit=0");
    const text = await readFile(join(terminal.folder, "wardctl.yaml"), "utf8");
    expect(text).toMatch(/^province: "46" # Thành phố Huế$/m);
    expect(text.match(/^ {2}- "\d{5}" # /gm)).toHaveLength(2);
  });

  it.each([
    ["at the first question", 0],
    ["at the last", 1],
  ])("on Ctrl-C %s ends with 130 and has written nothing", async (_when, answered) => {
    const terminal = await openTerminal("en");
    await terminal.see("Which province or city?");
    if (answered > 0) {
      await terminal.type("79");
      await terminal.see("❯ 79 Thành phố Hồ Chí Minh");
      await terminal.keys("Enter");
      await terminal.see("All 168 units");
      await terminal.keys("Enter");
      await terminal.see("What the team calls itself");
      await terminal.keys("Enter");
      await terminal.see("❯ English");
      await terminal.keys("Enter");
      await terminal.see("(y/N)");
    }
    await terminal.keys("C-c");
    const screen = await terminal.see("exit=");
    expect(screen).toContain("wardctl: cancelled");
    expect(screen).toContain("exit=130");
    expect(await readdir(terminal.folder)).toEqual([]);
  });

  it("writes nothing when the person says no", async () => {
    const terminal = await openTerminal("en");
    await terminal.see("Which province or city?");
    await terminal.type("an giang");
    await terminal.see("❯ 91 Tỉnh An Giang");
    await terminal.keys("Enter");
    await terminal.see("units");
    await terminal.keys("Enter");
    await terminal.see("What the team calls itself");
    await terminal.keys("Enter");
    await terminal.see("❯ English");
    await terminal.keys("Enter");
    await terminal.see("(y/N)");
    await terminal.keys("Enter");
    const screen = await terminal.see("exit=");
    expect(screen).toContain("Nothing was made.");
    expect(screen).toContain("exit=130");
    expect(await readdir(terminal.folder)).toEqual([]);
  });
});
