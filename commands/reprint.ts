import { readEnvironment } from "../src/platform/environment.ts";
import { readReprint } from "../src/reports/reprint-store.ts";
import { findLocalStore } from "../src/workspace/find-local-store.ts";
import { exitCodes } from "./exit-codes.ts";

/**
 * `report show [meeting] --json` and nothing else: prints and answers true, or answers false and has done nothing, and the whole
 * command runs.
 */
export async function tryReprint(words: readonly string[]): Promise<boolean> {
  const [noun, verb, ...rest] = words.filter((word) => word !== "--json");
  const [id] = rest;
  if (noun !== "report" || verb !== "show" || rest.length > 1 || id?.startsWith("-")) return false;
  const file = await findLocalStore(readEnvironment()["WARDCTL_WORKSPACE"], process.cwd());
  const reprint = file === undefined ? undefined : await readReprint(file, id);
  if (!reprint) return false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.stderr.write(`wardctl: ${error.message}\n`);
    process.exit(error.code === "EPIPE" ? 0 : exitCodes.unavailable);
  });
  process.exitCode = exitCodes[reprint.outcome];
  process.stdout.write(reprint.text);
  return true;
}
