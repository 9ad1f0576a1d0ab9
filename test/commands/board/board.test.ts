import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createHueCsv, hueSettings } from "../../support/hue-day.ts";
import { makeTestFolder, type RunResult, runWardctl } from "../../support/run-wardctl.ts";

const env = { WARDCTL_NOW: "2025-07-03T16:33", BOARD_TOKEN: "sixteen letters and more", SHORT: "short" };
const count = z.int().min(0);
const boardFile = z.looseObject({
  schema: z.literal("wardctl.board-file/1"),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00$/),
  units: z.looseObject({ all: count, go: count, noGo: count, unknown: count }),
  silent: z.array(z.string().regex(/^\d{5}$/)).nullable(),
  difficulties: count.nullable(),
});
const boardServed = z.looseObject({
  schema: z.literal("wardctl.board/1"),
  url: z.url(),
  urls: z.array(z.url()).min(1),
  links: z.array(z.url()).min(1).nullable(),
});

describe("wardctl board", () => {
  let cwd: string;
  const run = (line: string): Promise<RunResult> => runWardctl(line, { cwd, env });

  beforeAll(async () => {
    cwd = await makeTestFolder();
    writeFileSync(join(cwd, "wardctl.yaml"), hueSettings);
    writeFileSync(join(cwd, "dossiers.csv"), createHueCsv({ afternoon: true }));
    await run("import dossiers.csv --source mot-cua --exported-at 2025-07-03T16:30");
  });

  it("writes one file with today's counts as the report has them, in both languages", async () => {
    const { code, stdout } = await run("board --export board.html --json");
    expect(code).toBe(0);
    const told = boardFile.parse(JSON.parse(stdout));
    expect(told.units.all).toBe(40);
    const page = readFileSync(join(cwd, "board.html"), "utf8");
    const report = JSON.parse((await run("report evening --no-store --json")).stdout) as {
      total: { figures: { received: { total: number }; resolved: { total: number } } };
    };
    const { received, resolved } = report.total.figures;
    for (const figure of [received.total, resolved.total]) {
      expect(page).toContain(`<dd>${figure.toLocaleString("en-US")}</dd>`);
      expect(page).toContain(`<dd>${figure.toLocaleString("de-DE")}</dd>`);
    }
    expect(page).not.toMatch(/https?:\/\//);
  });

  it("changes nothing: the same file again, and no record in the log", async () => {
    const before = (await run("audit show --json")).stdout;
    await run("board --export one.html");
    await run("board --export two.html");
    expect(readFileSync(join(cwd, "one.html"), "utf8")).toBe(readFileSync(join(cwd, "two.html"), "utf8"));
    expect((await run("audit show --json")).stdout).toBe(before);
  });

  it("asks nobody for a key on loopback, and everybody beyond it", async () => {
    for (const [flags, status, hasLinks] of [
      ["", 200, false],
      ["--host 0.0.0.0", 401, true],
      ["--token env:BOARD_TOKEN", 401, true],
    ] as const) {
      const stop = new AbortController();
      const told = Promise.withResolvers<string>();
      const ended = runWardctl(`board --port 0 --json ${flags}`, { cwd, env, signal: stop.signal, onResult: told.resolve });
      const { url, links } = boardServed.parse(JSON.parse(await told.promise));
      const { port } = new URL(url);
      expect([flags, (await fetch(`http://127.0.0.1:${port}/`)).status, links !== null]).toEqual([flags, status, hasLinks]);
      stop.abort();
      const { code, stderr } = await ended;
      expect(code).toBe(130);
      expect(stderr).not.toContain(env.BOARD_TOKEN);
    }
  });

  it.each([
    ["--port 70000", 2, "no such port"],
    ["--port x", 2, "no such port"],
    ["--token env:SHORT", 2, "too short"],
    ["--token env:NOT_THERE", 4, "NOT_THERE"],
    ["--host 192.0.2.7", 2, "no address 192.0.2.7"],
  ])("refuses %s before anything is served", async (flags, code, said) => {
    const ended = await run(`board ${flags}`);
    expect([ended.code, ended.stderr.includes(said)], ended.stderr).toEqual([code, true]);
  });
});
