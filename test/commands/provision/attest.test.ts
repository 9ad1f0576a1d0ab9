import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LyingWorkspace, startLyingWorkspace } from "../../support/lying-workspace.ts";
import type { RunResult } from "../../support/run-wardctl.ts";

let workspace: LyingWorkspace;
const run = (line: string, date = "2026-07-04"): Promise<RunResult> =>
  workspace.run(line, { WARDCTL_NOW: `${date}T10:00:00+07:00` });

beforeEach(async () => {
  workspace = await startLyingWorkspace();
  await run("provision plan roster.csv --save plan.json", "2025-07-03");
  await run("provision apply plan.json --yes", "2025-07-03");
});
afterEach(() => workspace.server.stop());

describe("provision attest", () => {
  it("lists what is due, takes somebody's word for it with who answers for the account, and asks again a year later", async () => {
    expect((await run("provision attest", "2026-07-02")).code).toBe(0);
    const listed = await run("provision attest --json");
    expect(listed.code).toBe(8);
    expect(JSON.parse(listed.stdout)).toMatchObject({ schema: "wardctl.provision-attest/1", due: 5, kept: 5 });
    const done = await run("provision attest 27004/van-phong/clerk --note Còn-dùng --json");
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout).accounts).toMatchObject([
      { key: "27004/van-phong/clerk", owner: "CB2700403", reattestBy: "2027-07-04", due: false, note: "Còn-dùng" },
    ]);
    expect(JSON.parse((await run("provision attest --json")).stdout).due).toBe(4);
    expect((await run("provision attest --lang vi --format csv")).stdout.split("\n")).toHaveLength(6);
    expect(JSON.parse((await run("provision attest --json", "2027-07-04")).stdout).due).toBe(5);
    expect((await run("audit show --action provision.attest --json")).stdout).toContain("CB2700403");
  });

  it("refuses an account that it does not keep, or that nobody answers for, and then attests none of them", async () => {
    const wrong = await run("provision attest 27004/van-phong/clerk 27004/van-phong/clark");
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("did you mean 27004/van-phong/clerk?");
    const path = join(workspace.folder, "roster.csv");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(/^CB2700403.*\n/m, ""));
    await run("provision plan roster.csv --save next.json");
    await run("provision apply next.json --yes");
    const vacant = await run("provision attest 27004/van-phong/clerk");
    expect(vacant.code).toBe(6);
    expect(vacant.stderr).toContain("nobody is accountable");
    expect(JSON.parse((await run("provision attest --json")).stdout).due).toBe(5);
  });
});
