// `npm run build`: dist/ from the TypeScript sources, and beside them the files that the board's page is made of.
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });
const run = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
process.exitCode = run.status ?? 1;
if (run.status === 0) cpSync(`${root}/src/board/page`, `${root}/dist/src/board/page`, { recursive: true });
