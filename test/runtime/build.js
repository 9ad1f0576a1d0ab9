// `npm run build`: dist/ from the TypeScript sources, and beside them the files that the board's page is made of and the scripts of rehearsals.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });
const run = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
process.exitCode = run.status ?? 1;
const beside = ["src/board/page", "src/city/scripts"];
if (run.status === 0) for (const folder of beside) cpSync(`${root}/${folder}`, `${root}/dist/${folder}`, { recursive: true });
