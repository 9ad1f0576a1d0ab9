import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openSweepJournal } from "../../../src/health/journal.ts";
import { healthMigrations } from "../../../src/health/migrations.ts";
import { formatProbeLine, parseProbeLines } from "../../../src/health/probe-line.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { type Reason, reasons } from "../../../src/health/reason.ts";
import { packResults, unpackResults } from "../../../src/health/run-blob.ts";
import { createRunStore } from "../../../src/health/run-store.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { vietnamZone as zone } from "../../../src/platform/time.ts";
import { makeTestFolder } from "../../support/run-wardctl.ts";

const now = Date.UTC(2025, 6, 3, 3);

const anyResult = fc
  .record({
    unit: fc.integer({ min: 10_000, max: 99_999 }).map(String),
    failure: fc.option(fc.constantFrom(...(Object.keys(reasons) as Reason[]).filter((name) => name !== "local")), {
      nil: undefined,
    }),
    totalMs: fc.integer({ min: 0, max: 60_000 }),
    hard: fc.boolean(),
    comparable: fc.boolean(),
  })
  .map(({ unit, failure, totalMs, hard, comparable }): ProbeResult => {
    const state = failure ? "fail" : "pass";
    const common = { at: now, endpoint: `${unit}/documents`, unit, system: "documents", attempts: 1, loopLagMs: 0 };
    const layer = failure ? reasons[failure].layer : undefined;
    return { ...common, state, reason: failure, layer, totalMs, hard: hard && failure !== undefined, comparable };
  });

describe("results that are kept", () => {
  it("come back from four bytes each", () => {
    fc.assert(
      fc.property(fc.array(anyResult), (results) => {
        const blob = packResults(results);
        expect(blob).toHaveLength(results.length * 4);
        const ids = results.map(({ endpoint }) => endpoint);
        expect(unpackResults(blob, ids, now)).toEqual(results);
      }),
    );
  });

  it("have one byte for each reason", () => {
    const codes = Object.values(reasons).map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => code > 0 && code < 254)).toBe(true);
  });

  it("come back from probe lines", () => {
    fc.assert(
      fc.property(fc.array(anyResult), (results) => {
        const text = results.map((result) => formatProbeLine(result, zone)).join("");
        expect(parseProbeLines(text, "run.jsonl", zone)).toEqual({ results, faults: [] });
      }),
    );
  });

  it("lose only the damaged lines of a file, each named", () => {
    const good = formatProbeLine(fc.sample(anyResult, 1)[0]!, zone);
    const { results, faults } = parseProbeLines(`${good}{"schema":"wardctl.probe/1"}\nnonsense\n${good}`, "run.jsonl", zone);
    expect(results).toHaveLength(2);
    expect(faults.map(({ line }) => line)).toEqual([2, 3]);
  });

  it("are stored by layout, and the newest run is found again", async () => {
    const database = await openSqlite(":memory:", healthMigrations, () => "2025-07-03T10:00:00+07:00");
    const store = createRunStore(database, zone);
    const [one, two] = fc.sample(fc.uniqueArray(anyResult, { minLength: 2, selector: ({ unit }) => unit }), 1)[0]!;
    expect(await store.findLast()).toBeUndefined();
    await store.save({ at: now, scope: "all", results: [one!, two!] });
    await store.save({ at: now, scope: "selected", results: [two!] });
    expect(await store.findLast()).toEqual({ at: now, scope: "selected", results: [two] });
    expect(await store.findLast("all")).toEqual({ at: now, scope: "all", results: [one, two] });
    await database.close();
  });
});

describe("the journal of a sweep", () => {
  const open = (file: string, question = "q", at = now) => openSweepJournal(file, { question, now: at, zone });

  it("says when its file cannot be written, as the disk's fault and not its own", async () => {
    const folder = await makeTestFolder();
    expect(() => open(folder)).toThrow(expect.objectContaining({ name: "Failure", kind: "invalid" }));
    expect(() => open(join(folder, "none", "journal.jsonl"))).toThrow(/no such file/);
  });

  it("gives back what an interrupted sweep had found, even when the last line was cut", async () => {
    const file = join(await makeTestFolder(), "journal.jsonl");
    const [one, two] = fc.sample(anyResult, 2) as [ProbeResult, ProbeResult];
    const first = open(file);
    first.append(one);
    first.close();
    writeFileSync(file, `${readFileSync(file, "utf8")}{"schema":"wardctl.pro`);
    const second = open(file);
    expect(second.kept).toEqual([one]);
    second.append(two);
    second.close();
    const third = open(file);
    expect(third.kept).toEqual([one, two]);
    third.remove();
    expect(open(file).kept).toEqual([]);
  });

  it("gives nothing to another question, or after ten minutes", async () => {
    const file = join(await makeTestFolder(), "journal.jsonl");
    const journal = open(file);
    journal.append(fc.sample(anyResult, 1)[0]!);
    journal.close();
    expect(open(file, "q", now + 11 * 60_000).kept).toEqual([]);
    const again = open(file);
    again.append(fc.sample(anyResult, 1)[0]!);
    expect(open(file, "other").kept).toEqual([]);
  });
});
