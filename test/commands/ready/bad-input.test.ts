import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const env = { WARDCTL_NOW: "2025-07-03T16:30:00+07:00" };
let cwd: string;

beforeAll(async () => {
  cwd = await makeTestFolder();
  await writeFile(join(cwd, "wardctl.yaml"), 'name: Huế\nprovince: "46"\nlang: en\n');
});

it("tells every name that is no unit, and not the first only", async () => {
  const asked = await runWardctl("ready 19753 nowhere 99999", { cwd, env });
  expect([asked.code, asked.stdout]).toEqual([3, ""]);
  expect(asked.stderr).toMatch(/nowhere[\s\S]*99999/);
  const opened = await runWardctl("incident open x --code SYNC-LAG --unit nowhere --unit 99999", { cwd, env });
  expect(opened.code).toBe(3);
  expect(opened.stderr).toMatch(/nowhere[\s\S]*99999/);
});

it("tells every difficulty that there is not, before it asks how it was mended", async () => {
  const closed = await runWardctl("incident close VM-8 VM-9", { cwd, env });
  expect(closed.code).toBe(3);
  expect(closed.stderr).toContain("VM-8, VM-9");
});

it("says below the list what most units are to mend first, and how to see them", async () => {
  const { code, stdout } = await runWardctl("ready", { cwd, env });
  expect(code).toBe(8);
  expect(stdout).toContain("Most often to mend first: NET-NO-INVENTORY (40). See: wardctl ready --code NET-NO-INVENTORY");
});
