import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { createHueCsv, huePressCsv, hueSettings } from "../../support/hue-day.ts";
import { hasPostgres, usePostgres } from "../../support/postgres-server.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const env = { WARDCTL_NOW: "2025-07-03T16:35", WARDCTL_LANG: "vi" };
const postgres = usePostgres();
let cwd: string;

/** Huế's day with a meeting at 10:00 and the afternoon's export after it. */
async function makeDay(store = "", more: Record<string, string> = {}): Promise<string> {
  const folder = await makeTestFolder();
  await Promise.all([
    writeFile(join(folder, "wardctl.yaml"), `${hueSettings}${store}`),
    writeFile(join(folder, "dossiers.csv"), createHueCsv()),
    writeFile(join(folder, "afternoon.csv"), createHueCsv({ afternoon: true })),
    writeFile(join(folder, "press.csv"), huePressCsv),
  ]);
  const run = (line: string, now: string) => runWardctl(line, { cwd: folder, env: { ...env, ...more, WARDCTL_NOW: now } });
  await run("import dossiers.csv --source mot-cua --exported-at 2025-07-03T10:00", "2025-07-03T10:02");
  await run("import press.csv --source bao-chi", "2025-07-03T10:02");
  await run("report evening --as-of 2025-07-03T10:00", "2025-07-03T10:02");
  await run("import afternoon.csv --source mot-cua --exported-at 2025-07-03T16:30", "2025-07-03T16:32");
  return folder;
}

beforeAll(async () => {
  cwd = await makeDay();
});

const run = (line: string, more: Record<string, string> = {}) => runWardctl(line, { cwd, env: { ...env, ...more } });
const readJson = async (line: string) => JSON.parse((await run(`${line} --json`)).stdout);

describe("wardctl report unit", () => {
  it("tells one unit by code or name: the day, the year so far, procedures, what is overdue and where its dossiers are", async () => {
    const { code, stdout } = await run("report unit 'Phường Phú Xuân'");
    expect(code).toBe(0);
    expect(stdout).toContain("BÁO CÁO CỦA MỘT ĐƠN VỊ · Phường Phú Xuân, Huế");
    expect(stdout).toContain("Lũy kế từ 01/7/2025");
    expect(stdout).toContain("wardctl report explain 19753 inProgress.overdue");
    expect(stdout).toContain("Chưa ghi vướng mắc nào trong wardctl: không có nghĩa là không có.");
    const report = await readJson("report unit 19753");
    expect(report.units.map((unit: { code: string }) => unit.code)).toEqual(["19753"]);
    expect(report.cumulative.figures.received.total).toBe(report.total.figures.received.total + report.total.figures.carriedOver);
    expect((await run("report show")).stdout).not.toContain("MỘT ĐƠN VỊ");
  });

  it("proposes what an unknown name may mean, and refuses an instant that has not come", async () => {
    // A slip of the finger in a code is somebody else's unit.
    const strange = await run("report unit 27004");
    expect(strange.stdout).toContain("BÁO CÁO CỦA MỘT ĐƠN VỊ · Phường Tân Bình, Thành phố Hồ Chí Minh");
    expect(strange.stderr).toContain("Phường Tân Bình không thuộc các đơn vị của thư mục làm việc này");
    const near = await run("report unit 'Phu Xuan'");
    expect([near.code, near.stderr]).toEqual([2, expect.stringContaining("19753 Phường Phú Xuân")]);
    expect((await run("report unit 99999")).code).toBe(2);
    expect((await run("report unit 19753 --as-of 2025-07-04T08:00")).stderr).toContain("còn ở tương lai");
  });

  it("leaves small counts and codes out of what is published, and keeps no such meeting", async () => {
    const report = await readJson("report unit 19753 --public");
    expect(report.isPublic).toBe(true);
    expect(JSON.stringify(report)).not.toMatch(/H57\.\d+-\d{6}-\d{4}/);
    await run("report evening --public");
    expect((await run("report show evening-2025-07-03-1635")).code).toBe(3);
  });
});

describe("wardctl report range", () => {
  it("counts whole days, today until now", async () => {
    const report = await readJson("report range 2025-07-01 2025-07-03");
    expect(report.window).toEqual({ start: "2025-07-01T00:00:00+07:00", end: "2025-07-03T16:35:00+07:00" });
    expect(report.previous).toBeNull();
    const day = await readJson("report range 2025-07-01 2025-07-02");
    expect(day.window.end).toBe("2025-07-03T00:00:00+07:00");
  });

  it.each(["ii06a", "qd766"])("ties the columns of %s, the sum row and every unit's", async (layout) => {
    const report = await readJson(`report range 2025-07-01 --layout ${layout}`);
    const section = report.sections.find(({ id }: { id: string }) => id === "layout");
    const { rows } = section.blocks[0] as { rows: { value?: number }[][] };
    expect(rows).toHaveLength(41);
    for (const row of rows) {
      const c = row.map(({ value }) => value ?? 0);
      if (layout === "ii06a") {
        expect(c[2]).toBe(c[3]! + c[4]! + c[5]!);
        expect(c[2]).toBe(c[6]! + c[10]!);
        expect(c[6]).toBe(c[7]! + c[8]! + c[9]!);
        expect(c[10]).toBe(c[11]! + c[12]!);
      } else {
        expect(c[2]).toBe(c[3]! + c[4]!);
        expect(c[4]).toBe(c[5]! + c[6]! + c[7]!);
        expect(c[2]).toBe(c[8]! + c[12]! + c[15]!);
        expect(c[15]).toBe(c[16]! + c[17]!);
      }
    }
    expect(section.blocks.at(-1).text.vi).toContain("chưa đối chiếu với văn bản chính thức");
  });

  it("refuses a window that runs backwards, ends later than now, or has two ends", async () => {
    expect((await run("report range 2025-07-03 2025-07-01")).stderr).toContain("không trước lúc kết thúc");
    expect((await run("report range 2025-07-01 2025-07-09")).stderr).toContain("còn ở tương lai");
    expect((await run("report range 2025-07-01 2025-07-02 --as-of 2025-07-02")).code).toBe(2);
    expect((await run("report range hômqua")).code).toBe(2);
  });
});

describe("wardctl report explain", () => {
  it("lists as many dossiers as every figure of a unit says, counted one by one", async () => {
    const report = await readJson("report unit 19753");
    const read = (path: string): number => path.split(".").reduce((at, key) => at[key], report.total.figures);
    for (const figure of [
      "carriedOver",
      "received.total",
      "received.online",
      "resolved.total",
      "inProgress.within",
      "paused.total",
    ]) {
      const { value, counted, matches, dossiers } = await readJson(`report explain 19753 ${figure}`);
      expect({ figure, value, counted, matches, listed: dossiers.length }).toEqual({
        figure,
        value: read(figure),
        counted: read(figure),
        matches: true,
        listed: read(figure),
      });
    }
    expect(read("received.total")).toBeGreaterThan(151);
  });

  it("tells both counts of a rate, and a past meeting's figure as it was", async () => {
    const rate = await readJson("report explain 19867 rate.resolution --meeting evening-2025-07-03-1000");
    expect([rate.part, rate.value, rate.matches]).toEqual([61, 151, true]);
    expect((await run("report explain 19867 rate.resolution --meeting evening-2025-07-03-1000")).stdout).toContain(
      "trong đó thuộc tử số: 61",
    );
  });

  it("says so when a dossier behind the figure is no longer there", async () => {
    const folder = await makeDay();
    const { default: Engine } = await import("better-sqlite3");
    const file = new Engine(join(folder, ".wardctl/cache.db"));
    file.exec("DELETE FROM dossier WHERE id = (SELECT MAX(id) FROM dossier WHERE unit_id = 1)");
    const unit = file.prepare("SELECT code FROM record_unit WHERE id = 1").pluck().get() as string;
    file.close();
    const { code, stderr } = await runWardctl(`report explain ${unit} received.total`, { cwd: folder, env });
    expect(code).toBe(7);
    expect(stderr).toContain("đã hết hạn lưu");
  });

  it("knows every figure by name and no other", async () => {
    const { code, stderr } = await run("report explain 19753 received.totl");
    expect(code).toBe(2);
    expect(stderr).toContain("có phải received.total?");
    expect(stderr).toContain("resultHandedOver (Đã trả kết quả cho dân); rate.onTimeResolved (Tỷ lệ đúng hạn)");
    // A desk has the report before it, which calls figures by their names.
    const { figure } = JSON.parse((await run("report explain 19753 'đang giải quyết, quá hạn' --json")).stdout);
    expect(figure).toBe("inProgress.overdue");
    expect((await run("report explain 19753 visitors")).stderr).toContain("chỉ do các nguồn công bố");
    expect((await run("report explain 19753 received.total --meeting không-có")).stderr).toContain("evening-2025-07-03-1000");
  });
});

describe("wardctl report verify", () => {
  it.each(["html", "md", "json", "txt"])("knows its own %s, and finds the first place where it was altered", async (ending) => {
    await run(`report evening --as-of 2025-07-03T10:00 --known-as-of 2 --out v.${ending}`, { WARDCTL_LANG: "en" });
    expect((await run(`report verify v.${ending}`)).code).toBe(0);
    const text = await readFile(join(cwd, `v.${ending}`), "utf8");
    await writeFile(
      join(cwd, `w.${ending}`),
      text.replace(/1,?283/, (n) => n.replace("3", "4")),
    );
    const { code, stdout } = await run(`report verify w.${ending} --json`);
    expect(code).toBe(8);
    const { document, figures } = JSON.parse(stdout);
    expect(document.matches).toBe(false);
    expect(document.difference.found).toContain(ending === "json" ? "1284" : "1,284");
    expect(document.difference.expected).toContain(ending === "json" ? "1283" : "1,283");
    expect(figures.matches).toBe(true);
  });

  it("counts again: a ledger that was tampered with no longer comes to the kept figures", async () => {
    const folder = await makeDay();
    const inFolder = (line: string) => runWardctl(line, { cwd: folder, env });
    await inFolder("report show evening-2025-07-03-1000 --out v.md");
    const { default: Engine } = await import("better-sqlite3");
    const file = new Engine(join(folder, ".wardctl/cache.db"));
    file.exec(
      "UPDATE point SET n = n + 1 WHERE kind = 0 AND seq = 1 AND t = (SELECT MAX(t) FROM point WHERE kind = 0 AND seq = 1)",
    );
    file.close();
    const { code, stdout } = await inFolder("report verify v.md");
    expect(code).toBe(8);
    expect(stdout).toMatch(/✕ Tính lại thì khác\. \d{5} received\.total/);
  });

  it("does not know what was never kept, nor what carries no hash", async () => {
    await run("report unit 19753 --out u.html");
    expect((await run("report verify u.html")).code).toBe(3);
    expect((await run("report verify dossiers.csv")).stderr).toContain("không mang mã kiểm");
    expect((await run("report verify nowhere.md")).code).toBe(3);
  });
});

describe("the official figures of Hà Nội, 1/7–23/9/2025", () => {
  it("are told with their differences, −2, +6 and −6, and none is mended", async () => {
    const folder = await makeTestFolder();
    const metrics = {
      "received.total": "531.269",
      "received.online": "212.790",
      "received.direct": "317.199",
      "received.post": "1.278",
      "resolved.total": "510.541",
      "inProgress.total": "20.734",
      "resolved.onTime": "509.772",
      "resolved.late": "763",
    };
    const names = Object.keys(metrics);
    await Promise.all([
      writeFile(
        join(folder, "wardctl.yaml"),
        `name: Hà Nội
province: "01"
records:
  sources:
    bao-cao:
      { kind: csv, content: counts, quality: press, locale: vi, expectEvery: 90d,
        columns: { unit: unit, asOf: asOf, start: start }, metrics: { ${names.map((name) => `${name}: ${name}`).join(", ")} } }
`,
      ),
      writeFile(
        join(folder, "ha-noi.csv"),
        `unit,asOf,start,${names.join(",")}\n,2025-09-23T17:00,2025-07-01T00:00,${Object.values(metrics).join(",")}\n`,
      ),
    ]);
    const inFolder = (line: string) => runWardctl(line, { cwd: folder, env: { ...env, WARDCTL_NOW: "2025-09-23T18:00" } });
    expect((await inFolder("import ha-noi.csv --source bao-cao")).code).toBe(0);
    const { stdout } = await inFolder("report range 2025-07-01 2025-09-23 --json");
    const { warnings, declared } = JSON.parse(stdout);
    expect(
      warnings.flatMap(({ code, delta }: { code: string; delta: number | null }) => (delta === null ? [] : [[code, delta]])),
    ).toEqual([
      ["W-CHANNEL", -2],
      ["W-BALANCE", 6],
      ["W-PARTS", -6],
    ]);
    expect(declared.map(({ stated }: { stated: string }) => stated)).toEqual(expect.arrayContaining(Object.values(metrics)));
  });
});

describe("what is restated", () => {
  it("names the import behind each figure that is known otherwise now", async () => {
    const folder = await makeDay();
    const text = await readFile(join(folder, "afternoon.csv"), "utf8");
    const lines = text.split("\n");
    // Phú Xuân: one dossier of the morning turns out to have been received by Hương An.
    const at = lines.findIndex((line) => line.includes("19753") && line.includes("03/07/2025 08"));
    lines[at] = lines[at]!.replace("19753", "19804").replace(
      /\d{2}\/\d{2}\/\d{4} \d{2}:\d{2}(?::\d{2})?(?=[^;,]*$)/,
      "03/07/2025 16:29:00",
    );
    await writeFile(join(folder, "corrected.csv"), lines.join("\n"));
    const inFolder = (line: string) => runWardctl(line, { cwd: folder, env });
    const taken = await inFolder("import corrected.csv --source mot-cua --exported-at 2025-07-03T16:31");
    expect(taken.code).not.toBe(3);
    const report = JSON.parse((await inFolder("report evening --no-store --json")).stdout);
    const moved = report.restated.filter(({ metric }: { metric: string }) => metric === "received.total");
    expect(moved.map(({ unit, delta, imports }: Record<string, unknown>) => [unit, delta, imports])).toEqual([
      ["19753", -1, [4]],
      ["19804", 1, [4]],
    ]);
    expect(report.restatedBy).toContainEqual(expect.objectContaining({ seq: 4, source: "mot-cua", file: "corrected.csv" }));
  });
});

describe("the same report from two stores", () => {
  it.skipIf(!hasPostgres)(
    "is the same to the byte on SQLite and on PostgreSQL, for every verb",
    async () => {
      const more = { WARDCTL_PG: postgres.makeUrl() };
      const shared = await makeDay("store: { kind: postgres, url: env:WARDCTL_PG }\n", more);
      for (const line of [
        "report evening",
        "report morning --no-store",
        "report unit 19804",
        "report range 2025-07-01",
        "report range 2025-07-01 --layout ii06a",
        "report range 2025-07-01 --known-as-of 1",
        "report explain 19753 rate.onTimeDue",
        "report show evening-2025-07-03-1000",
      ]) {
        const own = await run(`${line} --json`);
        const theirs = await runWardctl(`${line} --json`, { cwd: shared, env: { ...env, ...more } });
        expect([line, theirs.code, theirs.stdout]).toEqual([line, own.code, own.stdout]);
      }
    },
    60_000,
  );
});

describe("a kept meeting printed again by the process itself", () => {
  it("has the bytes of the whole command, and leaves what is not plain to it", () => {
    const entry = fileURLToPath(new URL("../../../bin/wardctl.js", import.meta.url));
    const inProcess = (...words: string[]): string =>
      execFileSync(process.execPath, [entry, ...words], {
        cwd,
        env: { ...process.env, ...env },
        encoding: "utf8",
        stdio: "pipe",
      });
    const whole = inProcess("report", "show", "evening-2025-07-03-1000", "--json", "--quiet");
    expect(inProcess("report", "show", "evening-2025-07-03-1000", "--json")).toBe(whole);
    expect(() => inProcess("report", "show", "evening-2025-07-09-1000", "--json")).toThrow(/không có cuộc họp/);
  });
});
