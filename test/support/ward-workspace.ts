import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTestFolder, type RunOptions, type RunResult, runWardctl } from "./run-wardctl.ts";

export interface WardWorkspace {
  readonly cwd: string;
  /** Runs in the folder, its clock at 10:00 on 3 July 2025. */
  run(line: string, env?: RunOptions["env"]): Promise<RunResult>;
  write(name: string, text: string): Promise<void>;
}

/** A workspace of Huế in a new folder. */
export async function makeWardWorkspace(more = ""): Promise<WardWorkspace> {
  const cwd = await makeTestFolder();
  const write = (name: string, text: string): Promise<void> => writeFile(join(cwd, name), text);
  await write("wardctl.yaml", `name: Huế\nprovince: "46"\noperator: Lan\n${more}`);
  return {
    cwd,
    write,
    run: (line, env) => runWardctl(line, { cwd, env: { WARDCTL_NOW: "2025-07-03T10:00:00+07:00", ...env } }),
  };
}
