import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPrintOptions } from "../../../commands/report/print.ts";
import { createHueCsv, hueSettings } from "../../support/hue-day.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

let cwd: string;
const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd, env: { WARDCTL_NOW: "2025-07-03T10:30:00+07:00" } });

beforeAll(async () => {
  cwd = await makeTestFolder();
  await writeFile(join(cwd, "wardctl.yaml"), hueSettings);
  await writeFile(join(cwd, "day.csv"), createHueCsv());
  await run("import day.csv --source mot-cua");
  await run("report evening --as-of 2025-07-03T10:00");
});

describe("the file of a report", () => {
  it("is what the ending of its name says", async () => {
    const begins = { xlsx: "PK", docx: "PK", pdf: "%PDF-1.7", png: "\u0089PNG", csv: "code,name" };
    for (const [ending, first] of Object.entries(begins)) {
      const { code, stdout } = await run(`report show --out evening.${ending} --json`);
      expect([0, 8]).toContain(code);
      expect(JSON.parse(stdout)).toMatchObject({ schema: "wardctl.report-file/1", format: ending });
      expect((await readFile(join(cwd, `evening.${ending}`), "latin1")).startsWith(first), ending).toBe(true);
    }
  });

  it("is refused before anything is kept where nothing is known to be called so", async () => {
    const { code, stderr } = await run("report evening --as-of 2025-07-03T09:00 --out evening.odt");
    expect([code, stderr]).toEqual([2, expect.stringMatching(/not written as \.odt\n.*html, .*docx/)]);
    expect(stderr).not.toContain("kept");
  });

  it("goes into a pipe byte by byte as it goes into a file", async () => {
    await run("report show --out piped.pdf");
    const { stdout } = await run("report show --format pdf");
    expect(Buffer.from(stdout, "latin1").equals(await readFile(join(cwd, "piped.pdf")))).toBe(true);
  });

  it("goes to stdout as `-`, and under no name that its content belies", async () => {
    const { stdout } = await run("report show --format md");
    expect((await run("report show --format md --out -")).stdout).toBe(stdout);
    expect(await readdir(cwd)).not.toContain("-");
    const terminal = { json: false, onTerminal: true };
    expect(() => checkPrintOptions({ format: "pdf", out: "-" }, terminal)).toThrow(expect.objectContaining({ kind: "usage" }));
    for (const out of ["a.pdf", "a.txt"])
      expect(() => checkPrintOptions({ format: "docx", out }, terminal), out).toThrow(expect.objectContaining({ kind: "usage" }));
    for (const out of ["a.txt", "a.md", "a"]) expect(() => checkPrintOptions({ format: "md", out }, terminal), out).not.toThrow();
  });

  it("is refused by a terminal before anything is done, with the way out", () => {
    const terminal = { json: false, onTerminal: true };
    expect(() => checkPrintOptions({ format: "xlsx" }, terminal)).toThrow(expect.objectContaining({ kind: "usage" }));
    expect(() => checkPrintOptions({ format: "xlsx", out: "a.xlsx" }, terminal)).not.toThrow();
    expect(() => checkPrintOptions({ format: "xlsx" }, { ...terminal, onTerminal: false })).not.toThrow();
    expect(() => checkPrintOptions({ format: "html", table: "units" }, terminal)).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  });

  it("names the tables a CSV can be of when asked for another", async () => {
    const { code, stderr } = await run("report show --format csv --table nothing");
    expect(code).toBe(2);
    expect(stderr).toMatch(/units, .*channels/);
    expect((await run("report show --format csv --table channels --csv-dialect excel-vi --lang vi")).stdout).toMatch(
      /^\uFEFFKênh;Số hồ sơ;Tỷ trọng;Tử số;Mẫu số\r\n/,
    );
  });
});
