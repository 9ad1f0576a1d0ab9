import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Engine from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { createPinnedClock, systemClock } from "../../src/platform/clock.ts";
import { findAndOpenWorkspace } from "../../src/workspace/open-workspace.ts";
import { makeTestFolder, runWardctl } from "../support/run-wardctl.ts";

interface Report {
  readonly schema: string;
  readonly workspace: string | null;
  readonly problems: number;
  readonly findings: readonly {
    readonly area: string;
    readonly id: string;
    readonly state: string;
    readonly message: string;
    readonly remedy: string | null;
  }[];
  readonly faults: readonly { readonly line: number }[];
}

async function makeWorkspace(): Promise<string> {
  const folder = await makeTestFolder();
  await runWardctl("init --province 46", { cwd: folder });
  return folder;
}

async function examine(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Report & { readonly code: number }> {
  const { code, stdout } = await runWardctl("doctor --json", { cwd: folder, env });
  return { code, ...(JSON.parse(stdout) as Report) };
}

const problemsOf = (report: Report) => report.findings.filter((finding) => finding.state === "problem");

async function addAuditRecord(folder: string, now = systemClock): Promise<void> {
  const workspace = await findAndOpenWorkspace({ folder, cwd: folder, environment: {}, user: "tester", clock: now });
  await (await workspace!.audit()).append({ actor: "tester", action: "test.done", subject: "x", detail: {} });
  await workspace!.close();
}

describe("wardctl doctor", () => {
  it("says a month ahead that the calendar's holidays end, until the workspace knows more of them", async () => {
    const folder = await makeWorkspace();
    const lookAt = async (now: string) => {
      const { findings } = await examine(folder, { WARDCTL_NOW: now });
      return findings.find(({ id }) => id === "calendar");
    };
    expect(await lookAt("2026-12-01T08:00:00+07:00")).toMatchObject({ state: "ok" });
    expect(await lookAt("2026-12-03T08:00:00+07:00")).toMatchObject({
      state: "note",
      remedy: expect.stringContaining("directory.calendar"),
    });
    await appendFile(join(folder, "wardctl.yaml"), "directory:\n  calendar: { knownUntil: 2027-12-31 }\n");
    expect(await lookAt("2026-12-03T08:00:00+07:00")).toMatchObject({ state: "ok" });
  });

  it("works where there is no workspace, on the machine alone", async () => {
    const folder = await makeTestFolder();
    const report = await examine(folder);
    expect(report).toMatchObject({ schema: "wardctl.doctor/1", code: 0, workspace: null, problems: 0, faults: [] });
    expect(report.findings.map((finding) => finding.id)).toEqual(
      expect.arrayContaining(["node", "sqlite", "folder", "space", "clock", "zone", "locale"]),
    );
    const { stdout } = await runWardctl("doctor --lang vi", { cwd: folder });
    expect(stdout).toContain("Không có thư mục làm việc ở đây; tạo bằng: wardctl init");
    expect(stdout).toContain("Mọi thứ đều ổn.");
  });

  it("finds a new workspace in order, and makes no cache by looking", async () => {
    const folder = await makeWorkspace();
    const report = await examine(folder);
    expect([report.code, report.workspace, problemsOf(report)]).toEqual([0, folder, []]);
    expect(report.findings.find((finding) => finding.id === "cache")?.message).toContain("no cache yet");
    await expect(readFile(join(folder, ".wardctl", "cache.db"))).rejects.toThrow("ENOENT");
  });

  it("counts the faults of wardctl.yaml, names them, and looks at the machine all the same", async () => {
    const folder = await makeWorkspace();
    await writeFile(join(folder, "wardctl.yaml"), "name: 5\nprovince: 46\n");
    const report = await examine(folder);
    expect(report).toMatchObject({ code: 8, problems: 1, workspace: folder });
    expect(problemsOf(report)).toMatchObject([{ id: "settings", message: "wardctl.yaml has 2 faults" }]);
    expect(report.faults.map((fault) => fault.line)).toEqual([1, 2]);
    expect(report.findings.some((finding) => finding.id === "sqlite")).toBe(true);
    await mkdir(join(folder, "below"));
    const { stdout } = await runWardctl("doctor", { cwd: join(folder, "below") });
    expect(stdout).toContain("    ../wardctl.yaml:2:1: 'province': 46 is a number; write \"46\" (Thành phố Huế)\n");
  });

  it("says when the cache is damaged or no database", async () => {
    const folder = await makeWorkspace();
    await writeFile(
      join(folder, ".wardctl", "cache.db"),
      "a letter that is longer than any header of a database would ever be, to be sure",
    );
    const report = await examine(folder);
    expect(report.code).toBe(8);
    expect(problemsOf(report)).toMatchObject([
      { id: "cache", message: expect.stringContaining("is not a database"), remedy: expect.stringContaining("rename") },
    ]);
  });

  it("says when the audit log was altered", async () => {
    const folder = await makeWorkspace();
    await addAuditRecord(folder);
    expect((await examine(folder)).findings.find((finding) => finding.id === "audit")?.message).toBe(
      "the audit log is unaltered, 1 records",
    );
    const raw = new Engine(join(folder, ".wardctl", "cache.db"));
    raw.exec("DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'nobody'");
    raw.close();
    const report = await examine(folder);
    expect([report.code, problemsOf(report).map((finding) => finding.id)]).toEqual([8, ["audit"]]);
  });

  it("says when the clock is wrong: before the units existed, or behind the log", async () => {
    const folder = await makeWorkspace();
    expect(problemsOf(await examine(folder, { WARDCTL_NOW: "2024-05-01" })).map((finding) => finding.id)).toEqual(["clock"]);
    await addAuditRecord(folder, createPinnedClock(Date.UTC(2199, 0, 1)));
    expect(problemsOf(await examine(folder))).toMatchObject([
      { id: "clock", message: expect.stringContaining("behind the newest record") },
    ]);
  });

  it.each([
    [{ LANG: "vi_VN.UTF-8" }, "ok"],
    [{ LANG: "vi_VN.TCVN" }, "note"],
    [{ LANG: "vi_VN.UTF-8", LC_ALL: "C" }, "note"],
  ])("judges the locale %j as %s", async (env, state) => {
    expect((await examine(await makeTestFolder(), env)).findings.find((finding) => finding.id === "locale")?.state).toBe(state);
  });

  it("notes an editors' schema of another version, and that init --schema mends it", async () => {
    const folder = await makeWorkspace();
    await appendFile(join(folder, ".wardctl", "wardctl.schema.json"), " ");
    const stateOf = async () => (await examine(folder)).findings.find((finding) => finding.id === "schema");
    expect(await stateOf()).toMatchObject({ state: "note", remedy: "run: wardctl init --schema" });
    await runWardctl("init --schema", { cwd: folder });
    expect(await stateOf()).toMatchObject({ state: "ok" });
  });
});
