import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { canaryToken, cityNow } from "./city-workspace.ts";

const entry = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

/** The real `provision apply plan.json` in a process that can be killed; its exit code, null when it was. */
export function applyInOwnProcess(folder: string, whenStarted: (kill: () => void) => void): Promise<number | null> {
  const child = spawn(process.execPath, [entry, "provision", "apply", "plan.json", "--yes", "--quiet"], {
    cwd: folder,
    env: { ...process.env, WARDCTL_NOW: cityNow, CITY_TOKEN: canaryToken },
    stdio: "ignore",
  });
  whenStarted(() => child.kill("SIGKILL"));
  return new Promise((done) => child.on("exit", done));
}
