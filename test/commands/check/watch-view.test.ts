import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutMap } from "../../../commands/check/heat-map.ts";
import { cellSigns, isAsciiOnly } from "../../../commands/check/look-signs.ts";
import { openWatchScreen } from "../../../commands/check/watch-screen.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { createNames } from "../../../src/health/cause-words.ts";
import type { CheckRun } from "../../../src/health/check-run.ts";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { readMonotonicMs } from "../../../src/platform/clock.ts";
import { drawChanges, type Frame, fitCells, toCells } from "../../../src/platform/frame.ts";
import { type Key, parseKeys, type Screen } from "../../../src/platform/screen.ts";

const directory = createDirectory("2025-07-03")!;
const systems = ["documents", "dossiers", "feedback", "video", "directory"];
/** Hồ Chí Minh City: 168 units. */
const units = directory.listUnits({ province: "79" }).map(({ code }) => code);
const now = Date.UTC(2025, 6, 3, 9, 30);

const endpoints = units.flatMap((unit) =>
  systems.map(
    (system): Endpoint => ({
      id: `${unit}/${system}`,
      unit,
      system,
      url: "https://a.test/",
      host: "a.test",
      port: 443,
      addresses: [],
    }),
  ),
);

function toRun(fails: (endpoint: Endpoint) => boolean): CheckRun {
  const results = endpoints.map((endpoint): ProbeResult => {
    const { id, unit, system } = endpoint;
    const common = { at: now, endpoint: id, unit, system, attempts: 1, totalMs: 40, loopLagMs: 0, comparable: true };
    return fails(endpoint)
      ? { ...common, hard: true, state: "fail", layer: "network", reason: "net.timeout" }
      : { ...common, hard: false, state: "pass" };
  });
  return {
    at: now,
    results,
    localFindings: [],
    skewMs: 0,
    leftOut: new Set(),
    keptFromEarlier: 0,
    cancelled: false,
    stored: undefined,
  };
}

/** A terminal that keeps what it was sent, and plays it back to cells. */
function createTerminal(columns: number, rows: number) {
  let sent = "";
  let hearKey: (key: Key) => void = () => undefined;
  let hearResize: () => void = () => undefined;
  const cells = Array.from({ length: 60 }, () => Array.from({ length: 220 }, () => " "));
  const size = { columns, rows };
  const play = (text: string): void => {
    let [row, column] = [0, 0];
    for (const [whole, sequence] of text.matchAll(/\u001B\[([\d;]*[A-Za-z])|[^\u001B]/gsu)) {
      const to = /^(\d+);(\d+)H$/.exec(sequence ?? "");
      if (to) [row, column] = [Number(to[1]) - 1, Number(to[2]) - 1];
      else if (sequence === "2J") for (const line of cells) line.fill(" ");
      else if (sequence === undefined) cells[row]![column++] = whole;
    }
  };
  const screen: Screen = {
    size: () => size,
    write(text) {
      sent += text;
      play(text);
    },
    onKey(hear) {
      hearKey = hear;
    },
    onResize(hear) {
      hearResize = hear;
    },
    close: () => undefined,
  };
  return {
    screen,
    press: (key: Key) => hearKey(key),
    resize(to: { columns: number; rows: number }) {
      Object.assign(size, to);
      hearResize();
    },
    take: () => {
      const taken = sent;
      sent = "";
      return taken;
    },
    lines: () => cells.slice(0, size.rows).map((line) => line.slice(0, size.columns).join("").trimEnd()),
  };
}

function openDesk(columns = 80, rows = 24, lang: "vi" | "en" = "vi", ascii = false) {
  const terminal = createTerminal(columns, rows);
  let quits = 0;
  const options = { endpoints, directory, names: createNames(directory), lang, ascii, colour: true, quit: () => void quits++ };
  const face = openWatchScreen(terminal.screen, options);
  const stop = new AbortController();
  const shown = (run: CheckRun): void => {
    face.begin();
    for (const result of run.results) face.probed(result);
    face.show(run, undefined);
    void face.pause(readMonotonicMs() + 60_000, stop.signal);
  };
  return { ...terminal, face, shown, stop: () => stop.abort(), quits: () => quits };
}

describe("the map of a watch", () => {
  it("shows 168 units on pages of 80 × 24, every line within the screen", () => {
    expect(units).toHaveLength(168);
    const desk = openDesk();
    desk.shown(toRun(({ unit }) => unit === units[0]));
    const lines = desk.lines();
    expect(lines).toHaveLength(24);
    expect(lines[0]).toBe("wardctl check watch · 168 đơn vị × 5 hệ thống · 16:30 03/7/2025");
    expect(lines[1]).toContain("✗ hỏng 5");
    expect(lines.join("\n")).toContain(`>${units[0]} ✗✗✗✗✗`);
    expect(lines.at(-1)).toMatch(/trang 1\/\d · q thoát · ↑↓←→ PgUp PgDn · f chỉ lỗi/);
    const seen = new Set<string>();
    for (let page = 0; page < 4; page++) {
      for (const [code] of desk
        .lines()
        .join("\n")
        .matchAll(/\b\d{5}\b/g))
        seen.add(code);
      desk.press("page-down");
    }
    expect(units.filter((code) => !seen.has(code))).toEqual([]);
    desk.stop();
  });

  it("sends the status line alone when a sweep changed nothing, and one cell more for each that changed", () => {
    const desk = openDesk();
    desk.shown(toRun(() => false));
    desk.take();
    desk.shown(toRun(() => false));
    const quiet = desk.take();
    // What stands on other lines than the last is not touched.
    const rows = [...quiet.matchAll(/\u001B\[(\d+);\d+H/g)].map(([, row]) => Number(row));
    expect(new Set(rows)).toEqual(new Set([24]));
    expect(Buffer.byteLength(quiet)).toBeLessThan(600);
    desk.shown(toRun(({ id }) => id === `${units[3]}/video`));
    const more = desk.take();
    expect(more).toContain("✗");
    expect(Buffer.byteLength(more)).toBeLessThan(Buffer.byteLength(quiet) + 300);
    desk.stop();
  });

  it("keeps to failing units, explains one, follows the size of the screen, and quits", () => {
    const desk = openDesk(80, 24, "en");
    desk.shown(toRun(({ unit }) => unit === units[7]));
    desk.press("f");
    expect(desk.lines().filter((line) => /^[ >]\d{5}/.test(line))).toHaveLength(1);
    desk.press("down");
    desk.press("e");
    expect(desk.lines().join("\n")).toContain("documents: down, cannot be reached");
    desk.press("f");
    desk.press("home");
    expect(desk.lines().join("\n")).toContain("Every system is well.");
    desk.take();
    desk.resize({ columns: 200, rows: 50 });
    expect(desk.take()).toContain("\u001B[2J");
    expect(
      desk
        .lines()
        .join("\n")
        .match(/\b\d{5} /g)!.length,
    ).toBeGreaterThanOrEqual(168);
    desk.resize({ columns: 20, rows: 5 });
    expect(desk.lines()).toHaveLength(5);
    desk.press("q");
    expect(desk.quits()).toBe(1);
    desk.stop();
  });

  it("tells states apart by shape alone, in plain ASCII too", () => {
    for (const key of ["sign", "ascii"] as const) {
      const signs = Object.values(cellSigns).map((cell) => cell[key]);
      expect(new Set(signs).size).toBe(signs.length);
    }
    expect(Object.values(cellSigns).every(({ ascii }) => /^[\u0020-\u007E]$/.test(ascii))).toBe(true);
    expect(isAsciiOnly({ LC_ALL: "C" })).toBe(true);
    expect(isAsciiOnly({ LANG: "vi_VN.UTF-8" })).toBe(false);
    expect(isAsciiOnly({})).toBe(false);
    const desk = openDesk(80, 24, "en", true);
    desk.shown(toRun(({ unit }) => unit === units[0]));
    expect(desk.lines().join("\n")).toContain(`>${units[0]} XXXXX`);
    desk.stop();
  });

  it("finds a place for every unit, whatever the screen", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 20, max: 250 }),
        fc.integer({ min: 2, max: 80 }),
        (count, of, width, height) => {
          const { columns, rows, nameWidth, pages } = layOutMap(count, of, width, height);
          expect(columns * rows * pages).toBeGreaterThanOrEqual(count);
          expect(rows).toBeLessThan(height);
          if (columns > 1)
            expect(columns * (1 + 5 + 1 + (nameWidth > 0 ? nameWidth + 1 : 0) + of) + (columns - 1) * 2).toBeLessThanOrEqual(
              width,
            );
        },
      ),
    );
  });
});

describe("a screen", () => {
  it("shows the new frame after only the changes were sent", () => {
    const text = fc.array(fc.array(fc.constantFrom("a", "ệ", "✗", " ", "x"), { minLength: 12, maxLength: 12 }), {
      minLength: 4,
      maxLength: 4,
    });
    const toFrame = (rows: readonly (readonly string[])[]): Frame => rows.map((row) => fitCells(toCells(row.join("")), 12));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const terminal = createTerminal(12, 4);
        terminal.screen.write(drawChanges(undefined, toFrame(before)));
        terminal.screen.write(drawChanges(toFrame(before), toFrame(after)));
        expect(terminal.lines()).toEqual(after.map((row) => row.join("").trimEnd()));
        expect(drawChanges(toFrame(after), toFrame(after))).toBe("");
      }),
    );
  });

  it("reads keys, several at a time, and leaves out what it does not know", () => {
    expect(parseKeys("\u001B[A\u001B[Bq\u001B[5~\u001BOCF \u001B[200~")).toEqual([
      "up",
      "down",
      "q",
      "page-up",
      "right",
      "f",
      "page-down",
    ]);
    expect(parseKeys("\u0003")).toEqual(["interrupt"]);
  });
});
