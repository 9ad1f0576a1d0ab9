import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { formatVantageFile, parseVantageFile, type VantageFile } from "../../../src/health/vantage-file.ts";
import { vietnamZone } from "../../../src/platform/time.ts";

const at = Date.UTC(2025, 6, 3, 9, 30);
const result = (system: string): ProbeResult => ({
  at,
  endpoint: `19777/${system}`,
  unit: "19777",
  system,
  state: "fail",
  reason: "net.timeout",
  layer: "network",
  hard: true,
  attempts: 2,
  totalMs: 3_000,
  loopLagMs: 0,
  comparable: true,
});
const file: VantageFile = {
  unit: "19777",
  at,
  skewMs: 3_600_000,
  toolVersion: "0.1.0",
  findings: [
    {
      id: "proxy",
      state: "warn",
      words: { vi: "đặt http://me:secret@10.0.0.1:3128", en: "sets http://me:secret@10.0.0.1:3128" },
    },
  ],
  results: ["documents", "dossiers", "video"].map(result),
  answers: [
    { id: "pon-red", yes: true },
    { id: "hotspot", yes: undefined },
  ],
  conclusion: { cause: "line", odds: 0.91, code: "NET-LINE" },
};
const text = formatVantageFile(file, vietnamZone);
const read = (content: string) => parseVantageFile(content, "f.jsonl", vietnamZone);

describe("a technician's file", () => {
  it("comes back as it was written, without a secret", () => {
    expect(text).not.toContain("secret");
    const { file: back, faults } = read(text);
    expect(faults).toEqual([]);
    expect(back).toMatchObject({ ...file, findings: [{ id: "proxy", words: { en: "sets http://10.0.0.1:3128" } }] });
  });

  it("keeps every line but the damaged one, and tells that one by file, line and reason", () => {
    const lines = text.trimEnd().split("\n");
    const damage = fc.record({
      line: fc.integer({ min: 1, max: lines.length }),
      how: fc.constantFrom(
        (line: string) => line.slice(0, Math.floor(line.length / 2)),
        (line: string) => line.replace("{", "["),
        () => '{"schema":"wardctl.else/1"}',
        () => "\u0000\u0001rubbish",
      ),
    });
    fc.assert(
      fc.property(damage, ({ line, how }) => {
        const broken = lines.map((one, index) => (index === line - 1 ? how(one) : one)).join("\n");
        const { file: back, faults } = read(broken);
        expect(faults.map((fault) => [fault.file, fault.line])).toEqual([["f.jsonl", line]]);
        const kept =
          (back?.results.length ?? 0) + (back?.answers.length ?? 0) + (back?.findings.length ?? 0) + (back?.conclusion ? 1 : 0);
        expect(kept).toBe(line === 1 ? 7 : 6);
        expect(back?.unit).toBe("19777");
      }),
    );
  });

  it("says when its end is missing", () => {
    const cut = `${text.trimEnd().split("\n").slice(0, 4).join("\n")}\n`;
    const { file: back, faults } = read(cut);
    expect(back?.results).toHaveLength(2);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message.en).toContain("3 of 7");
  });

  it("may be the probe lines of one unit, and may not be those of two, or nothing", () => {
    const lines = text.split("\n").filter((line) => line.includes("wardctl.probe/1"));
    expect(read(lines.join("\n")).file).toMatchObject({ unit: "19777", skewMs: undefined });
    const other = (lines[0] as string).replaceAll("19777", "19774");
    expect(read([...lines, other].join("\n"))).toMatchObject({ file: undefined, faults: [{ line: 1 }] });
    for (const content of ["", "\n\n", "hello", "null", "[]", "7"]) expect(read(content).file).toBeUndefined();
  });
});
