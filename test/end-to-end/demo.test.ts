import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeTestFolder, type RunResult, runWardctl } from "../support/run-wardctl.ts";

/** Two screens of a plain terminal. */
const screens = { lines: 48, columns: 80 };

describe.each(["vi", "en"])("the demo's day (%s)", (lang) => {
  let folder: string;
  let played: RunResult;
  const run = (line: string): Promise<RunResult> =>
    runWardctl(line, { cwd: folder, env: { WARDCTL_NOW: "2025-07-03T16:30:00+07:00" } });

  beforeAll(async () => {
    folder = join(await makeTestFolder(), "demo");
    played = await runWardctl(["demo", "--lang", lang, "--workspace", folder]);
  });

  it("is told in two screens", () => {
    expect(played.code, played.stderr).toBe(0);
    const told = played.stdout.trimEnd().split("\n");
    expect(told.length).toBeLessThanOrEqual(screens.lines);
    // The last lines hold paths, which are as long as they are.
    expect(told.slice(0, -2).filter((line) => [...line].length > screens.columns)).toEqual([]);
  });

  it("finds what the field reports tell of, from what the commands found", () => {
    const inOrder =
      lang === "vi"
        ? [
            "Phường Tân Bình",
            "tạo 21",
            "0 lệnh ghi",
            "DEL-TL-NO-REGULATION",
            "DEL-NOT-CARRIED",
            "KÝ ĐƯỢC: luật ✓ · phần mềm ✓ · người ✓",
          ]
        : [
            "Tân Bình Ward",
            "create 21",
            "0 writes",
            "DEL-TL-NO-REGULATION",
            "DEL-NOT-CARRIED",
            "MAY SIGN: law ✓ · system ✓ · person ✓",
          ];
    const figures =
      lang === "vi" ? ["VNPT", "Vỹ Dạ", "1.283", "382 (29,77%)"] : ["VNPT", "Vỹ Dạ", "1,283", "382 resolved (29.77%)"];
    const places = [...inOrder, ...figures].map((text) => played.stdout.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places.slice(0, inOrder.length)).toEqual([...places.slice(0, inOrder.length)].sort((a, b) => a - b));
  });

  it("ends with a page and leaves a workspace to go on with", async () => {
    const [report, board] = ["report.html", "board.html"].map((name) => join(folder, name)) as [string, string];
    expect(played.stdout).toContain(board);
    expect(readFileSync(report, "utf8")).toContain(lang === "vi" ? "2.256" : "2,256");
    // The day ends with a city that is nearly ready, and one unit that the next command mends.
    const shown = readFileSync(board, "utf8");
    expect(shown).toContain(lang === "vi" ? "đơn vị sẵn sàng" : "units ready");
    expect(shown).toMatch(/class="unit no-go" data-unit="19777"/);
    expect(shown).toContain("wardctl check --unit 19777");
    expect((await run("audit verify --json")).code).toBe(0);
    const kept = JSON.parse((await run("report show --json")).stdout) as { kind: string };
    expect(kept.kind).toBe("evening");
    expect((await run("delegate can-sign CB2700403 cong-van 27004 --json")).code).toBe(0);
  });

  it("writes over nobody's workspace", async () => {
    const before = readFileSync(join(folder, "wardctl.yaml"), "utf8");
    expect((await runWardctl(["demo", "--workspace", folder])).code).toBe(6);
    expect(readFileSync(join(folder, "wardctl.yaml"), "utf8")).toBe(before);
    expect(existsSync(join(folder, "report.html"))).toBe(true);
  });
});
