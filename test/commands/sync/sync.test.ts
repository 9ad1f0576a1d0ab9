import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { planDossiers } from "../../../src/city/dossier-plan.ts";
import { createDirectory } from "../../../src/directory/directory.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { vietnamZone } from "../../../src/platform/time.ts";
import { parseYaml } from "../../../src/platform/yaml.ts";
import { createCounts } from "../../../src/records/counts.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { settingsSchema } from "../../../src/workspace/settings.ts";
import { readCache } from "../../support/dossier-export.ts";
import { item, openPages, send } from "../../support/page-server.ts";
import { at, startHue, tenOClock } from "../../support/records-city.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const wardctl = fileURLToPath(new URL("../../../bin/wardctl.js", import.meta.url));
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const env = { WARDCTL_NOW: tenOClock };

async function openHue(page?: string) {
  const folder = await makeTestFolder();
  const city = await startHue(folder, tenOClock, page);
  closers.push(() => city.stop());
  return { folder, city };
}

/** The states that Huế's units are in at ten o'clock. */
async function readStates(folder: string): Promise<string[]> {
  const { records } = await parseYaml(await readFile(join(folder, "wardctl.yaml"), "utf8"), "wardctl.yaml", settingsSchema);
  const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
  const directory = createDirectory("2025-07-03")!;
  const counts = createCounts(database, records, { zone: vietnamZone, directory });
  const hue = directory.listUnits({ province: "46" }).map((unit) => unit.code);
  const window = { start: at("2025-07-03"), end: at(tenOClock) };
  const units = await counts.countUnits(window, await counts.findLatestSeq(), hue);
  await database.close();
  return [...new Set(units.map(({ state }) => state))].sort();
}

async function openSource(...given: Parameters<typeof openPages>) {
  const opened = await openPages(...given);
  closers.push(opened.close);
  return opened;
}

describe("wardctl sync", () => {
  it("takes all pages as one seq, by cursor and by page number alike, and nothing of the applicants", async () => {
    const [byCursor, byPage] = [await openHue(), await openHue("style: page, param: trang")];
    for (const { folder } of [byCursor, byPage]) {
      const result = await runWardctl("sync --json", { cwd: folder, env });
      expect([result.code, result.stderr.includes("wardctl:")]).toEqual([0, false]);
      expect(JSON.parse(result.stdout)).toMatchObject({
        schema: "wardctl.sync/1",
        sources: [{ source: "mot-cua", seq: 1, state: "done", reason: null }],
      });
    }
    const caches = await Promise.all([byCursor, byPage].map(({ folder }) => readCache(folder)));
    expect(caches[0]).toEqual(caches[1]);
    const plan = planDossiers("wardctl", at(tenOClock)).filter((_, index) => index % 20 === 0);
    let written = "";
    for (const entry of await readdir(byCursor.folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) written += await readFile(join(entry.parentPath, entry.name), "latin1");
    }
    expect(written).toContain("2.000815");
    const leaked = plan.filter(({ applicant }) => written.includes(applicant.id) || written.includes(applicant.phone));
    expect(leaked).toEqual([]);
  });

  it("applies what was read before an interruption as partial, which is not fresh, and the rest the next time", async () => {
    const { folder, city } = await openHue();
    city.faults.on("sync-interrupted");
    const broken = await runWardctl("sync --json", { cwd: folder, env });
    expect(broken.code).toBe(7);
    const [source] = JSON.parse(broken.stdout).sources;
    expect(source).toMatchObject({ state: "partial", rows: { read: 200, new: 200 } });
    expect(source.reason).toContain("127.0.0.1");
    const vietnamese = await runWardctl("sync --lang vi", { cwd: folder, env });
    expect(vietnamese.stdout).toContain("Mới nhập được một phần của mot-cua: lần nhập 2");
    expect(await readStates(folder)).toEqual(["silent", "stale"]);
    city.faults.off("sync-interrupted");
    const whole = await runWardctl("sync --json", { cwd: folder, env });
    expect(whole.code).toBe(0);
    expect(JSON.parse(whole.stdout).sources[0]).toMatchObject({ seq: 3, state: "done", rows: { same: 200 } });

    expect(await readStates(folder)).toEqual(["reporting"]);
    const other = await openHue();
    await runWardctl("sync", { cwd: other.folder, env });
    const [mended, clean] = [await readCache(folder), await readCache(other.folder)];
    const sums = (points: readonly Record<string, unknown>[]) => {
      const byPlace = new Map<string, number>();
      for (const p of points) {
        const key = [p["t"], p["unit"], p["kind"], p["channel"], p["procedure"]].join();
        byPlace.set(key, (byPlace.get(key) ?? 0) + Number(p["n"]));
      }
      return [...byPlace].sort();
    };
    expect(sums(mended.points)).toEqual(sums(clean.points));

    // A delivery that broke off leaves what was fresh old news.
    city.faults.on("sync-interrupted");
    await runWardctl("sync", { cwd: folder, env });
    expect(await readStates(folder)).toEqual(["stale"]);
  });

  it("goes on at the page in hand after Ctrl-C, and reads no page twice", async () => {
    const stop = new AbortController();
    const { folder, asked } = await openSource((url, _request, response) => {
      const page = Number(url.searchParams.get("page"));
      if (page === 2) stop.abort();
      send(response, { total: 5, items: [1, 2, 3, 4, 5].slice((page - 1) * 2, page * 2).map((n) => item(n)) });
    });
    const stopped = await runWardctl("sync", { cwd: folder, signal: stop.signal });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("run again to go on");
    const kept = await readCache(folder);
    expect([kept.points, kept.batches]).toEqual([[], []]);
    expect(kept.staged).toBeGreaterThanOrEqual(2);
    const result = await runWardctl("sync --json", { cwd: folder });
    expect(JSON.parse(result.stdout).sources[0]).toMatchObject({ seq: 1, resumedAfter: kept.staged, rows: { read: 5, new: 5 } });
    expect(asked.filter((search) => search.includes("page=1"))).toHaveLength(1);
    expect(await readCache(folder)).toMatchObject({ dossiers: 5, staged: 0 });
  });

  it("does not mix its pages with another process's", async () => {
    let other: Promise<{ code: number; stderr: string }> | undefined;
    const { folder } = await openSource(async (url, _request, response) => {
      const page = Number(url.searchParams.get("page"));
      // The second page of the first run is answered when a whole second run is over.
      if (page === 2 && !other) {
        other = runWardctl("sync", { cwd: folder });
        await other;
      }
      send(response, { total: 4, items: [1, 2, 3, 4].slice((page - 1) * 2, page * 2).map((n) => item(n)) });
    });
    const first = await runWardctl("sync", { cwd: folder });
    expect([first.code, first.stderr]).toEqual([6, expect.stringContaining("another wardctl process is fetching source 'desk'")]);
    expect((await other)?.code).toBe(0);
    expect(await readCache(folder)).toMatchObject({ dossiers: 4, staged: 0, batches: [{ seq: 1, state: "done" }] });
  });

  it("goes on at the page in hand after it was killed", async () => {
    let child: ReturnType<typeof spawn> | undefined;
    const { folder, asked } = await openSource((url, _request, response) => {
      const page = Number(url.searchParams.get("page"));
      if (page === 3 && child?.killed === false) child.kill("SIGKILL");
      else send(response, { total: 6, items: [1, 2, 3, 4, 5, 6].slice((page - 1) * 2, page * 2).map((n) => item(n)) });
    });
    child = spawn(process.execPath, [wardctl, "sync"], { cwd: folder, stdio: "ignore" });
    await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
    expect(await readCache(folder)).toMatchObject({ points: [], batches: [], staged: 4 });
    const result = await runWardctl("sync --json", { cwd: folder });
    expect(JSON.parse(result.stdout).sources[0]).toMatchObject({ seq: 1, resumedAfter: 4, rows: { read: 6, new: 6 } });
    expect(asked.filter((search) => search.includes("page=2"))).toHaveLength(1);
  });

  it("tells a login page, a refused token, an early end and a circle of cursors from data", async () => {
    const html = await openSource(
      (_url, _request, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<form>"),
    );
    const login = await runWardctl("sync", { cwd: html.folder });
    expect([login.code, login.stderr]).toEqual([4, expect.stringContaining("login page")]);

    const locked = await openSource((_url, _request, response) => send(response, {}, 401));
    expect((await runWardctl("sync", { cwd: locked.folder })).code).toBe(4);

    const early = await openSource((url, _request, response) =>
      send(response, { total: 5, items: url.searchParams.get("page") === "1" ? [item(1), item(2)] : [] }),
    );
    const ended = await runWardctl("sync --json", { cwd: early.folder });
    expect(ended.code).toBe(7);
    expect(JSON.parse(ended.stdout).sources[0].reason).toContain("says there are 5 dossiers, but the page after 2 is empty");

    const circle = await openSource((_url, _request, response) => send(response, { items: [item(1)], next: "again" }));
    const yaml = join(circle.folder, "wardctl.yaml");
    await writeFile(yaml, (await readFile(yaml, "utf8")).replace("style: page, size: 2, total: total", "style: cursor"));
    const turned = await runWardctl("sync --json", { cwd: circle.folder });
    expect(JSON.parse(turned.stdout).sources[0]).toMatchObject({
      state: "partial",
      reason: expect.stringContaining("same cursor twice"),
    });
  });

  it("waits as long as the server asks, then goes on", async () => {
    let busy = 2;
    const { folder, asked } = await openSource((_url, _request, response) => {
      if (busy-- > 0) response.writeHead(429, { "retry-after": "0" }).end();
      else send(response, { total: 1, items: [item(1)] });
    });
    expect((await runWardctl("sync", { cwd: folder })).code).toBe(0);
    expect(asked).toHaveLength(3);
  });

  it("takes nothing of a source with faulty rows, tells all of them, and fetches them anew when they are mended", async () => {
    let mended = false;
    const { folder } = await openSource((url, _request, response) => {
      const bad = mended ? {} : { st: 15 };
      const items = url.searchParams.get("page") === "1" ? [item(1, bad), item(2)] : [item(3, bad)];
      send(response, { total: 3, items });
    });
    const result = await runWardctl("sync", { cwd: folder });
    expect(result.code).toBe(3);
    expect(result.stderr).toContain("desk:1: status '15' is not in the status map of source 'desk' (known: 4)");
    expect(result.stderr).toContain("desk:3: status '15'");
    expect(await readCache(folder)).toMatchObject({ points: [], batches: [], staged: 0 });
    const skipped = await runWardctl("sync --skip-invalid --json", { cwd: folder });
    expect(skipped.code).toBe(7);
    expect(JSON.parse(skipped.stdout).sources[0]).toMatchObject({
      rows: { read: 3, new: 1, refused: 2 },
      warnings: [{ code: "W-REJECTED", count: 2 }],
      faults: [{ line: 1, value: "15" }, { line: 3 }],
    });
    mended = true;
    expect((await runWardctl("sync", { cwd: folder })).code).toBe(0);
  });

  it("asks only for what changed since, with an overlap, where the source can be asked", async () => {
    const { folder, asked } = await openSource(
      (_url, _request, response) => send(response, { total: 2, items: [item(1), item(2)] }),
      "      sinceParam: since\n      overlap: 5m\n",
    );
    await runWardctl("sync", { cwd: folder });
    await runWardctl("sync", { cwd: folder });
    expect(asked.map((search) => new URLSearchParams(search).get("since"))).toEqual([null, "2025-07-03T07:57:00+07:00"]);
  });

  it("goes on with the other sources when one fails", async () => {
    const { folder, city } = await openHue();
    const yaml = join(folder, "wardctl.yaml");
    const text = await readFile(yaml, "utf8");
    const dead = text
      .slice(text.indexOf("    mot-cua:"))
      .replace("mot-cua", "chet")
      .replace(/url: .*/, "url: http://127.0.0.1:9/");
    await writeFile(yaml, `${text.slice(0, text.indexOf("    mot-cua:"))}${dead}${text.slice(text.indexOf("    mot-cua:"))}`);
    const result = await runWardctl("sync --json", { cwd: folder, env });
    expect(result.code).toBe(7);
    expect(JSON.parse(result.stdout).sources).toMatchObject([
      { source: "chet", state: "failed", kind: "unavailable" },
      { source: "mot-cua", state: "done" },
    ]);
    expect(city.requests.length).toBeGreaterThan(1);
    expect((await runWardctl("sync chet", { cwd: folder, env })).code).toBe(5);
    const unknown = await runWardctl("sync mot-cu", { cwd: folder, env });
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining("there is no source 'mot-cu' (there is: mot-cua)"),
    ]);
  });
});
