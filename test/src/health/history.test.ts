import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/health/endpoint.ts";
import { createEpisodeStore } from "../../../src/health/episode-store.ts";
import { type History, readHistory } from "../../../src/health/history.ts";
import type { KeepSettings } from "../../../src/health/keep-run.ts";
import { type KeptRun, keepRun } from "../../../src/health/keep-run.ts";
import { healthMigrations } from "../../../src/health/migrations.ts";
import type { ProbeResult } from "../../../src/health/probe-result.ts";
import { packResults } from "../../../src/health/run-blob.ts";
import { createRunStore } from "../../../src/health/run-store.ts";
import type { Database } from "../../../src/platform/database.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { readInstant, toIso, vietnamZone as zone } from "../../../src/platform/time.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const start = readInstant("2025-07-03 08:00", zone) as number;

const endpoints = ["documents", "video"].flatMap((system) =>
  ["19753", "19774", "19777"].map((unit): Endpoint => {
    const way = { url: "https://a.test/", host: "a.test", port: 443, addresses: [] };
    return { id: `${unit}/${system}`, unit, system, ...way, carrier: unit === "19777" ? "Viettel" : "VNPT" };
  }),
);

function look(at: number, failing: readonly string[]): ProbeResult[] {
  return endpoints.map(({ id, unit, system }): ProbeResult => {
    const common = { at, endpoint: id, unit, system, hard: false, attempts: 1, totalMs: 40, loopLagMs: 0, comparable: true };
    return failing.includes(id)
      ? { ...common, state: "fail", layer: "network", reason: "net.refused" }
      : { ...common, state: "pass" };
  });
}

async function open(settings: Partial<KeepSettings> = {}) {
  const database: Database = await openSqlite(":memory:", healthMigrations, () => toIso(start, zone));
  const measureHours = (from: number, to: number): number => (to - from) / 2;
  return {
    database,
    save: (at: number, failing: readonly string[]): Promise<KeptRun> =>
      keepRun(database, {
        run: { at, scope: "all", results: look(at, failing) },
        endpoints,
        settings: { maintenance: [], keep: { runsDays: 35, dailyDays: 1_000 }, holdMinutes: 60, ...settings },
        retention: { measureHours, zone },
      }),
    read: (from: number, to: number): Promise<History> =>
      readHistory(database, {
        window: { from, to },
        holdMs: 60 * minuteMs,
        measureHours,
        zone,
        wants: () => true,
        groupOf: (id) => endpoints.find((one) => one.id === id)?.carrier ?? "",
      }),
  };
}

const one = "19777/video";
const find = ({ results }: KeptRun, id = one): ProbeResult | undefined => results.find(({ endpoint }) => endpoint === id);

describe("a sweep that is kept", () => {
  it("is soft first, hard when the next one agrees, and up again only when two agree; each change has its instant", async () => {
    const { save, read, database } = await open();
    const sweeps = [[], [one], [one], [], []].map((failing, at) => [start + at * 5 * minuteMs, failing] as const);
    const kept: KeptRun[] = [];
    for (const [at, failing] of sweeps) kept.push(await save(at, failing));
    expect(kept.map((run) => find(run)?.hard)).toEqual([false, false, true, false, false]);
    expect(kept.map((run) => find(run)?.recovering ?? false)).toEqual([false, false, false, true, false]);
    expect(kept.map(({ news }) => news.map((step) => step.news))).toEqual([[], [], ["confirmed"], [], ["resolved"]]);
    const history = await read(start, start + 30 * minuteMs);
    const own = history.endpoints.find(({ endpoint }) => endpoint === one);
    expect(own?.last).toEqual(["pass", "soft", "fail", "pass", "pass"]);
    expect(own?.changes).toEqual([
      { endpoint: one, at: start + 5 * minuteMs, state: "down", reason: "net.refused" },
      { endpoint: one, at: start + 15 * minuteMs, state: "up", reason: undefined },
    ]);
    expect(own?.always).toEqual({ upMs: 20 * minuteMs, downMs: 10 * minuteMs, unknownMs: 0, maintenanceMs: 0 });
    expect(Object.fromEntries(history.latencies)).toEqual({ VNPT: new Map([[40, 20]]), Viettel: new Map([[40, 8]]) });
    const [episode] = await createEpisodeStore(database, zone).list(start, start + dayMs);
    expect(episode).toMatchObject({
      kind: "endpoint",
      id: one,
      openedAt: start + 5 * minuteMs,
      confirmedAt: start + 10 * minuteMs,
      resolvedAt: start + 20 * minuteMs,
      reopened: 0,
    });
    await database.close();
  });

  it("is not an alarm and not downtime during planned work, and what was down before is not told again after it", async () => {
    const work = { systems: ["video"], from: "2025-07-03 08:12", to: "2025-07-03 08:32" };
    const { save, read, database } = await open({ maintenance: [work] });
    const other = "19753/video";
    const news: (string | undefined)[] = [];
    for (let minute = 0; minute <= 60; minute += 5) {
      const failing = minute >= 15 && minute < 30 ? [one, other] : [one];
      const kept = await save(start + minute * minuteMs, failing);
      news.push(...kept.news.map((step) => `${minute} ${step.news} ${step.episode.id}`));
      expect(find(kept)?.maintenance ?? false).toBe(minute >= 15 && minute < 32);
    }
    // Once, before the work; nothing of what failed and came back within it.
    expect(news).toEqual([`5 confirmed ${one}`]);
    const own = (await read(start, start + 60 * minuteMs)).endpoints.find(({ endpoint }) => endpoint === one);
    expect(own?.always).toEqual({ upMs: 0, downMs: 40 * minuteMs, unknownMs: 0, maintenanceMs: 20 * minuteMs });
    await database.close();
  });

  it("is told of after planned work when it failed in it and still does", async () => {
    const work = { from: "2025-07-03 08:00", to: "2025-07-03 08:07" };
    const { save, database } = await open({ maintenance: [work] });
    expect((await save(start, [one])).news).toEqual([]);
    expect((await save(start + 5 * minuteMs, [one])).news).toEqual([]);
    await save(start + 10 * minuteMs, [one]);
    expect((await save(start + 15 * minuteMs, [one])).news.map(({ news }) => news)).toEqual(["confirmed"]);
    await database.close();
  });

  it("is judged in the order of saving when the clock is set back", async () => {
    const { save, read, database } = await open();
    await save(start + 60 * minuteMs, [one]);
    const second = await save(start, [one]);
    expect(find(second)?.hard).toBe(true);
    expect(find(await save(start + 5 * minuteMs, []))?.recovering).toBe(true);
    const own = (await read(start, start + 2 * 60 * minuteMs)).endpoints.find(({ endpoint }) => endpoint === one);
    expect(own?.always).toMatchObject({ upMs: 55 * minuteMs, downMs: 65 * minuteMs });
    await database.close();
  });

  it("shows flapping and goes on telling the truth of each look", async () => {
    const { save, database } = await open();
    let last: KeptRun | undefined;
    for (let sweep = 0; sweep < 21; sweep++) last = await save(start + sweep * 5 * minuteMs, sweep % 2 === 0 ? [one] : []);
    expect(find(last!)).toMatchObject({ state: "fail", flapping: true });
    expect(find(last!, "19777/documents")?.flapping).toBeUndefined();
    await database.close();
  });

  it("counts the same after its runs have become a day's totals, which happens within the save", async () => {
    const { save, read, database } = await open({ keep: { runsDays: 1, dailyDays: 3 } });
    for (let hour = 0; hour < 40; hour++) await save(start + (10 + hour * 30) * minuteMs, hour % 8 < 3 ? [one] : []);
    const from = readInstant("2025-07-03", zone) as number;
    const before = await read(from, from + 2 * dayMs);
    const secondDay = await read(from + dayMs, from + 2 * dayMs);
    const count = async (table: string): Promise<number> =>
      (await database.get<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))!.n;
    expect([await count("health_run"), await count("health_day")]).toEqual([40, 0]);
    await save(from + 2 * dayMs + 60 * minuteMs, []);
    expect(await count("health_day")).toBe(1);
    expect(await count("health_run")).toBeLessThan(15);
    const after = await read(from, from + 2 * dayMs);
    expect(after.days).toBe(1);
    for (const { endpoint, always, office, looks, failed } of before.endpoints) {
      expect(after.endpoints.find((other) => other.endpoint === endpoint)).toMatchObject({ always, office, looks, failed });
    }
    // Two days later both are totals; another three and the first is forgotten.
    await save(from + 4 * dayMs, []);
    await save(from + 4 * dayMs + minuteMs, []);
    expect(await count("health_day")).toBeGreaterThan(1);
    // What the last look of a day says of the first minutes of the next is counted there.
    const rolled = await read(from + dayMs, from + 2 * dayMs);
    expect(rolled.days).toBe(1);
    expect(rolled.endpoints.map(({ endpoint, always }) => [endpoint, always])).toEqual(
      secondDay.endpoints.map(({ endpoint, always }) => [endpoint, always]),
    );
    await save(from + 7 * dayMs, []);
    const days = await database.all<{ day: string }>("SELECT day FROM health_day ORDER BY day");
    expect(days.map(({ day }) => day)).not.toContain("2025-07-03");
    await database.close();
  });

  it("reads runs of before history had changes and causes", async () => {
    const [first] = healthMigrations;
    const database = await openSqlite(":memory:", [first!], () => toIso(start, zone));
    const results = look(start, [one]);
    await database.run(
      "INSERT INTO health_layout (digest, endpoint_ids) VALUES (?, ?)",
      "d",
      endpoints.map(({ id }) => id).join("\n"),
    );
    await database.run(
      "INSERT INTO health_run (at, layout_id, scope, results) VALUES (?, 1, 'all', ?)",
      toIso(start, zone),
      packResults(results),
    );
    for (const statement of healthMigrations[1]!.statements({
      int: "INTEGER",
      real: "REAL",
      text: "TEXT",
      bytes: "BLOB",
      serial: "INTEGER PRIMARY KEY",
      strict: "STRICT",
    })) {
      await database.run(statement);
    }
    const store = createRunStore(database, zone);
    expect((await store.findLast("all"))?.results).toEqual(results);
    expect(await store.listRecent(3)).toHaveLength(1);
    await database.close();
  });
});
