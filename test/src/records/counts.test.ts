import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { createCounts } from "../../../src/records/counts.ts";
import type { Counts, Window } from "../../../src/records/figures.ts";
import { type RecordsSettings, recordsSettings } from "../../../src/records/settings.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { exportHead, toExportLine, writeExportWorkspace } from "../../support/dossier-export.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

type Given = Parameters<typeof toExportLine>[0];

const units = ["19753", "19774"];
const source = {
  kind: "csv",
  content: "dossiers",
  expectEvery: "12h",
  units,
  columns: { code: "a", unit: "b", procedure: "c", channel: "d", status: "e", received: "f" },
  channels: { "1": "direct" },
  status: { "1": "pending" },
};

function at(text: string): number {
  return readInstant(text, vietnamZone) as number;
}

function day(text: string, until: string): Window {
  return { start: at(text), end: at(until) };
}

/** A workspace with its imports made at the given instants, and the counts over it. */
async function withImports(
  imports: readonly (readonly [now: string, lines: readonly Given[]])[],
  ask: (counts: Counts) => Promise<void>,
  settings: RecordsSettings = recordsSettings.parse({ sources: { "igate-hue": source } }),
  more = "",
): Promise<void> {
  const folder = await makeTestFolder();
  await writeExportWorkspace(folder, more);
  for (const [index, [now, lines]] of imports.entries()) {
    await writeFile(join(folder, `${index}.csv`), `${[exportHead, ...lines.map(toExportLine)].join("\n")}\n`);
    const { stderr } = await runWardctl(`import ${index}.csv`, { cwd: folder, env: { WARDCTL_NOW: now } });
    expect(stderr).toBe("");
  }
  const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
  try {
    await ask(createCounts(database, settings, { zone: vietnamZone, directory: createDirectory("2025-07-03")! }));
  } finally {
    await database.close();
  }
}

const open: Given = {};
const closed: Given = { status: "9", finished: "03/07/2025 09:00:00", updated: "03/07/2025 09:00:00" };

describe("the counts", () => {
  it("say again what was known then, whatever was learned since", async () => {
    const imports = [
      ["2025-07-03T08:30", [open]],
      ["2025-07-03T10:00", [closed]],
    ] as const;
    await withImports(imports, async (counts) => {
      expect(await counts.findLatestSeq()).toBe(2);
      const seqs = await Promise.all(
        ["2025-07-03T08:29", "2025-07-03T08:30", "2025-07-04"].map((text) => counts.findSeqAt(at(text))),
      );
      expect(seqs).toEqual([0, 1, 2]);
      const window = day("2025-07-03", "2025-07-03T12:00");
      const [then, now] = await Promise.all([1, 2].map((seq) => counts.countUnits(window, seq, ["19753"])));
      expect(then?.[0]?.figures).toMatchObject({ received: { total: 1 }, resolved: { total: 0 }, inProgress: { total: 1 } });
      expect(now?.[0]?.figures).toMatchObject({
        received: { total: 1 },
        resolved: { total: 1, early: 1 },
        inProgress: { total: 0 },
      });
    });
  });

  it("hold half open windows: what is received at the end instant belongs to the next one", async () => {
    await withImports([["2025-07-03T10:00", [{ received: "03/07/2025 08:00:00" }]]], async (counts) => {
      const [before, after] = [
        await counts.countUnits(day("2025-07-03", "2025-07-03T08:00:00"), 1, ["19753"]),
        await counts.countUnits(day("2025-07-03T08:00:00", "2025-07-03T08:00:01"), 1, ["19753"]),
      ];
      expect([before[0]?.figures?.received.total, after[0]?.figures?.received.total]).toEqual([0, 1]);
    });
  });

  it("let an open dossier become overdue, and be carried over, while no row changes", async () => {
    await withImports([["2025-07-03T10:00", [open]]], async (counts) => {
      const [late] = await counts.countUnits(day("2025-07-05", "2025-07-05T07:30"), 1, ["19753"]);
      expect(late).toMatchObject({
        state: "stale",
        figures: { carriedOver: 1, received: { total: 0 }, inProgress: { total: 1, within: 0, overdue: 1 } },
      });
    });
  });

  it("tell a unit of which nothing came from one that nobody delivers, and old news from fresh", async () => {
    await withImports([["2025-07-03T10:00", [open]]], async (counts) => {
      const window = day("2025-07-03", "2025-07-03T12:00");
      const answers = await counts.countUnits(window, 1, ["19774", "19777", "19753"]);
      expect(answers.map(({ unit, state }) => [unit, state])).toEqual([
        ["19774", "zero"],
        ["19777", "silent"],
        ["19753", "reporting"],
      ]);
      expect(answers[0]?.figures?.received.total).toBe(0);
      expect(answers[1]).toMatchObject({ figures: undefined, lastDeliveryAt: undefined });
      expect(answers[2]?.lastDeliveryAt).toBe(at("2025-07-03T10:00"));
      const stale = await counts.countUnits(day("2025-07-03", "2025-07-03T22:01"), 1, units);
      expect(stale.map(({ state }) => state)).toEqual(["stale", "stale"]);
      expect(await counts.countUnits(window, 0, units)).toMatchObject([{ state: "silent" }, { state: "silent" }]);
      expect(await counts.listSources(at("2025-07-03T12:00"), 1)).toEqual([
        {
          ...{
            name: "igate-hue",
            kind: "csv",
            quality: "exact",
            lastSeq: 1,
            lastDeliveryAt: at("2025-07-03T10:00"),
            stale: false,
          },
          onTime: "date",
        },
      ]);
      expect((await counts.listSources(at("2025-07-03T12:00"), 0))[0]).toMatchObject({ lastSeq: undefined, stale: true });
    });
  });

  it("foretell by deadlines alone: what was overdue and is finished by then hides nothing that falls due", async () => {
    const late = { due: "02/07/2025 17:00:00", received: "02/07/2025 08:00:00" };
    const done = { ...late, status: "9", finished: "03/07/2025 15:00:00", updated: "03/07/2025 15:00:00" };
    const lines: Given[] = [open, { ...late, code: "H57.101-250702-0001" }, { ...late, code: "H57.101-250702-0002" }];
    const closings: Given[] = [
      { ...done, code: "H57.101-250702-0001" },
      { ...done, code: "H57.101-250702-0002" },
    ];
    const imports = [
      ["2025-07-03T12:00", lines],
      ["2025-07-03T16:00", closings],
    ] as const;
    await withImports(imports, async (counts) => {
      const ahead = day("2025-07-03T12:00", "2025-07-05T00:00:01");
      expect((await counts.countUnits({ start: at("2025-07-03"), end: ahead.start }, 2, ["19753"]))[0]?.figures).toMatchObject({
        inProgress: { total: 3, within: 1, overdue: 2 },
      });
      expect([...(await counts.countBecomingOverdue(ahead, 2, ["19753", "19774"]))]).toEqual([
        ["19753", 1],
        ["19774", 0],
      ]);
    });
  });

  it("give the hours of the window's last day", async () => {
    const lines: Given[] = [
      { received: "03/07/2025 08:59:59" },
      { ...closed, code: "H57.101-250703-0002", received: "03/07/2025 09:00:00", finished: "03/07/2025 10:15:00" },
      { code: "H57.101-250703-0003", unit: "19777", received: "03/07/2025 09:10:00" },
      { code: "H57.101-250703-0004", received: "02/07/2025 09:10:00" },
    ];
    await withImports([["2025-07-03T16:00", lines]], async (counts) => {
      const hours = await counts.countReceivedByHour(day("2025-07-01", "2025-07-03T10:30"), 1, ["19753"]);
      expect(hours).toHaveLength(11);
      expect(hours[0]?.start).toBe(at("2025-07-03"));
      expect(hours.slice(8).map(({ received, resolved }) => [received, resolved])).toEqual([
        [1, 0],
        [1, 0],
        [0, 1],
      ]);
    });
  });

  it("count who is gone from a full export once, however many exports they are gone from, and nobody who came back", async () => {
    const [a, b] = [{ code: "H57.101-250703-0001" }, { code: "H57.101-250703-0002" }];
    const imports = [
      ["2025-07-03T10:00", [a, b]],
      ["2025-07-03T11:00", [a]],
      ["2025-07-03T12:00", [{ ...a, status: "2", updated: "03/07/2025 11:30:00" }]],
      ["2025-07-03T13:00", [{ ...a, status: "2", updated: "03/07/2025 11:30:00" }, b]],
    ] as const;
    const gone = async (counts: Counts, seq: number) =>
      (await counts.listWarnings(seq, 0)).filter(({ code }) => code === "W-MISSING").map(({ detail }) => detail["count"]);
    await withImports(
      imports,
      async (counts) => {
        expect(await Promise.all([1, 2, 3, 4].map((seq) => gone(counts, seq)))).toEqual([[], [1], [1], []]);
      },
      undefined,
      "      export: full\n",
    );
  });

  it("hand on the findings of the imports in between, and no code: a report is kept longer than codes are", async () => {
    const moved = { ...closed, finished: "03/07/2025 09:30:00", updated: "03/07/2025 11:00:00" };
    const imports = [
      ["2025-07-03T10:00", [closed]],
      ["2025-07-03T12:00", [moved]],
    ] as const;
    await withImports(imports, async (counts) => {
      expect(await counts.listWarnings(1, 0)).toEqual([]);
      expect(await counts.listWarnings(2, 1)).toEqual([
        {
          code: "W-CORRECTED",
          unit: "19753",
          detail: { seq: 2, source: "igate-hue", count: 1, file: "1.csv" },
        },
      ]);
    });
  });
});
