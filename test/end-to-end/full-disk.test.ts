import { spawn, spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type FaultWorkspace, startFaultWorkspace } from "../support/fault-workspace.ts";
import { makeTestFolder } from "../support/run-wardctl.ts";

/** A disk of its own without being an administrator: a namespace in which we may mount. */
const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
if (!canMount) console.warn("SKIPPED: no full disk was tried, since this machine lets nobody mount in a namespace (unshare -rm)");

const wardctl = fileURLToPath(new URL("../../bin/wardctl.js", import.meta.url));

/** Room that is left for the first apply, then for the next, until one gets through. In KiB. */
const rooms = [16, 48, 96, 160, 256, 512, 1_024];

let workspace: FaultWorkspace;
afterEach(() => workspace.stop());

interface Step {
  readonly code: number;
  readonly said: string;
  /** Accounts on the server after it. */
  readonly accounts: number;
}

/** Applies the plan on a disk with less room than it needs, gives it more and more, and once it got through asks for what is left to do. */
async function applyWhileTheDiskFills(): Promise<{ readonly applies: readonly Step[]; readonly checks: readonly Step[] }> {
  const disk = join(await makeTestFolder(), "disk");
  await mkdir(disk);
  const script = join(workspace.folder, "fill.sh");
  const command = `'${process.execPath}' '${wardctl}'`;
  // The filler is as large as the disk has room, less what is to stay free.
  await writeFile(
    script,
    `mount -t tmpfs -o size=8m none '${disk}' && cp -r '${workspace.folder}/.' '${disk}' && cd '${disk}' || exit 99
leave() { rm -f filler; free=$(df -k --output=avail . | tail -1); head -c $(( (free - $1) * 1024 )) /dev/zero > filler; }
try() { ${command} "$@" > said 2>&1; code=$?; cat said; echo "[exit $code]"; read -r go; }
for room in ${rooms.join(" ")}; do leave $room; ${command} provision apply plan.json --yes > '${disk}.said' 2>&1; code=$?; cat '${disk}.said'; echo "[exit $code]"; read -r go; [ $code = 0 ] && break; done
rm -f filler; try provision plan roster.csv; try audit verify; try provision verify plan.json
`,
  );
  const child = spawn("unshare", ["-rm", "sh", script], {
    env: { PATH: process.env["PATH"], WARDCTL_LANG: "en", ...workspace.env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const steps: Step[] = [];
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
    for (let end = /\[exit (\d+)\]\n/.exec(said); end; end = /\[exit (\d+)\]\n/.exec(said)) {
      steps.push({ code: Number(end[1]), said: said.slice(0, end.index), accounts: workspace.server.dump().length });
      said = said.slice(end.index + end[0].length);
      child.stdin.write("\n");
    }
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  if (code !== 0) throw new Error(`the disk could not be made: ${code} ${said}`);
  return { applies: steps.slice(0, -3), checks: steps.slice(-3) };
}

describe.skipIf(!canMount)("a disk that fills up in the middle of apply", () => {
  it("ends with 5 and what to do, loses nobody, and goes on when there is room", async () => {
    workspace = await startFaultWorkspace({ kind: "scim", seed: "disk", deadlineMs: 5_000 });
    const planned = await workspace.run("provision plan roster.csv --save plan.json --json");
    expect(planned.code).toBe(8);
    const people: number = JSON.parse(planned.stdout).operations.length;

    const { applies, checks } = await applyWhileTheDiskFills();
    const failed = applies.filter(({ code }) => code !== 0);
    for (const { code, said } of failed) {
      expect(code).toBe(5);
      expect(said).toMatch(/the disk is full; nothing more was written|the disk failed while reading or writing/);
      expect(said).toContain("free some space and run again; what was written before is intact");
    }
    // Nothing was sent before the intents were kept, and at least once the room ran out after that.
    expect(failed[0]?.accounts).toBe(0);
    const after = failed.filter(({ accounts }) => accounts > 0);
    expect(after.length).toBeGreaterThan(0);
    expect(after[0]?.said).toContain("nobody is made twice");
    expect(applies.at(-1)?.code).toBe(0);
    expect(checks.map(({ code }) => code)).toEqual([0, 0, 0]);

    const stored = workspace.server.dump();
    expect(stored).toHaveLength(people);
    expect(new Set(stored.map(({ person }) => person)).size).toBe(people);
    expect(await readFile(join(workspace.folder, "plan.json"), "utf8")).toContain("wardctl.plan/1");
  });
});
