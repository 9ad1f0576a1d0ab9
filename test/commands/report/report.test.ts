import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createHueCsv, huePressCsv, hueSettings } from "../../support/hue-day.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const atTen = { WARDCTL_NOW: "2025-07-03T10:06", WARDCTL_LANG: "vi" };
let cwd: string;

/** A workspace of Huế with the morning's export and the press's figures in its cache. */
async function makeWorkspace(settings = hueSettings): Promise<string> {
  const folder = await makeTestFolder();
  await Promise.all([
    writeFile(join(folder, "wardctl.yaml"), settings),
    writeFile(join(folder, "dossiers.csv"), createHueCsv()),
    writeFile(join(folder, "press.csv"), huePressCsv),
  ]);
  return folder;
}

beforeAll(async () => {
  cwd = await makeWorkspace();
  const env = { WARDCTL_NOW: "2025-07-03T10:02" };
  await runWardctl("import dossiers.csv --source mot-cua --exported-at 2025-07-03T10:00", { cwd, env });
  await runWardctl("import press.csv --source bao-chi", { cwd, env });
});

const run = (line: string, env: Record<string, string> = {}) => runWardctl(line, { cwd, env: { ...atTen, ...env } });

describe("wardctl report evening", () => {
  it("reproduces the published figures of Huế at 10:00 on 3 July, counted from dossiers", async () => {
    const { code, stdout, stderr } = await run("report evening --as-of 2025-07-03T10:00");
    expect(code).toBe(0);
    expect(stderr).toBe("đã lưu cuộc họp evening-2025-07-03-1000\n");
    expect(stdout).toContain("Đủ 40/40 đơn vị.");
    expect(stdout).toMatch(/1\.283 {2}Tiếp nhận\n +382 {2}Đã giải quyết\n/);
    expect(stdout).toContain("29,77%  Tỷ lệ giải quyết  382 / 1.283");
    expect(stdout.match(/1 \(đồng hạng\) {2}(Phường Phú Xuân|Xã Quảng Điền) +151 /g)).toHaveLength(4);
    expect(stdout).toMatch(/1 {2}Xã Quảng Điền +61 +40,40% \(61\/151\)/);
    expect(stdout).toMatch(/– {2}Phường Hương An +36 +không có số gốc/);
    expect(stdout).toContain('bao-chi ghi "Xã Hương An"; đúng theo danh bạ là Phường Hương An (19804)');
    expect(stdout).toContain("29.77% khớp 382/1.283");
  });

  it("gives one JSON document, and the same one from the kept meeting, byte for byte", async () => {
    const made = await run("report evening --as-of 2025-07-03T10:00 --json");
    const shown = await run("report show evening-2025-07-03-1000 --json", {
      WARDCTL_NOW: "2025-07-09T08:00",
      WARDCTL_LANG: "en",
    });
    expect(made.code).toBe(0);
    expect(shown.stdout).toBe(made.stdout);
    const report = JSON.parse(made.stdout) as { schema: string; total: { figures: { received: { total: number } } } };
    expect(Object.keys(report)[0]).toBe("schema");
    expect(report.total.figures.received.total).toBe(1283);
  });

  it("writes a file whole, in the format its name says", async () => {
    const { code, stdout } = await run("report evening --as-of 2025-07-03T10:00 --out out/chiều.html --json");
    expect(code).toBe(0);
    const written = JSON.parse(stdout) as { schema: string; file: string; format: string; meeting: string };
    expect(written).toMatchObject({ schema: "wardctl.report-file/1", format: "html", meeting: "evening-2025-07-03-1000" });
    const page = await readFile(join(cwd, "out/chiều.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>\n<html lang="vi">/);
    expect(page).toContain("WARDCTL_NOW");
  });

  it("prints Markdown and HTML to the terminal's stdout when asked", async () => {
    expect((await run("report evening --no-store --format md")).stdout).toMatch(
      /^# Báo cáo cuối ngày · Huế · đến 10:06 03\/7\/2025\n/,
    );
    expect((await run("report evening --no-store --format html")).stdout).toMatch(/^<!doctype html>/);
    const json = await run("report evening --no-store --format json");
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: "wardctl.report/1", asOf: "2025-07-03T10:06:00+07:00" });
  });

  it("speaks English too", async () => {
    const { stdout } = await run("report evening --no-store", { WARDCTL_LANG: "en" });
    expect(stdout).toContain("1,283  Received");
    expect(stdout).toContain("29.77%  Resolution rate  382 / 1,283");
    expect(stdout).toContain("base not given");
    expect(stdout).not.toMatch(/Tiếp nhận|đơn vị/);
  });

  it("keeps nothing with --no-store", async () => {
    await run("report evening --no-store --as-of 2025-07-03T09:00");
    expect((await run("report show evening-2025-07-03-0900")).code).toBe(3);
  });

  it("names who is silent or late and asks for action", async () => {
    const { code, stdout } = await run("report evening --no-store", { WARDCTL_NOW: "2025-07-04T16:30" });
    expect(code).toBe(8);
    expect(stdout).toContain("! Số liệu cũ (40): ");
    expect(stdout).toContain("W-STALE-SOURCE · Nguồn mot-cua quá hạn gửi, lần cuối 10:00 03/7/2025");
    expect(stdout).toContain("40/40 đơn vị có số liệu, trong đó 40 đơn vị có số liệu cũ.");
    expect(stdout).not.toContain("Đủ 40/40");
    expect((await run("report evening --no-store --format html", { WARDCTL_NOW: "2025-07-04T16:30" })).stdout).toContain(
      '<li class="short">! 40/40 đơn vị có số liệu, 40 số liệu cũ</li>',
    );
  });

  it("draws no zeros for the hours after the newest delivery: nothing is known of them", async () => {
    const { stdout } = await run("report evening --no-store --json", { WARDCTL_NOW: "2025-07-03T15:30" });
    const { sections } = JSON.parse(stdout) as {
      sections: { id: string; blocks: { points?: { at: string }[]; text?: { vi: string } }[] }[];
    };
    const day = sections.find(({ id }) => id === "day")!.blocks;
    expect(day[0]!.points!.map(({ at }) => at.slice(11, 16))).toEqual(["07:00", "08:00", "09:00"]);
    const since = "Số liệu mới nhất là của 10:00 03/7/2025; từ đó đến 15:30 03/7/2025 chưa biết gì thêm, không phải bằng 0.";
    expect(day[1]!.text!.vi).toBe(since);
    expect(sections.find(({ id }) => id === "status")!.blocks[1]!.text!.vi).toBe(since);
  });

  it("never calls the press late", async () => {
    const { stdout } = await run("report evening --no-store", { WARDCTL_NOW: "2025-07-09T16:30" });
    expect(stdout).toMatch(/bao-chi +theo báo chí .* không có hẹn\n/);
    expect(stdout).not.toContain("Nguồn bao-chi quá hạn gửi");
  });

  it("tells all of a silent city without a single zero", async () => {
    const empty = await makeWorkspace();
    const { code, stdout } = await runWardctl("report evening --json", { cwd: empty, env: atTen });
    expect(code).toBe(8);
    const { total, warnings } = JSON.parse(stdout) as { total: unknown; warnings: { code: string }[] };
    expect(total).toMatchObject({ figures: null, reporting: 0, expected: 40 });
    expect(warnings.filter(({ code: own }) => own === "W-SILENT")).toHaveLength(40);
  });

  it.each([
    ["--as-of gestern", "'gestern' is not an instant"],
    ["--as-of 2025-08-01", "'2025-08-01' is in the future"],
    ["--known-as-of 99", "there is no import 99 yet (newest: 2)"],
    ["--known-as-of evening-1999", "'evening-1999' is no import number"],
    ["--format odt", "odt"],
  ])("refuses %s and says why", async (flags, why) => {
    const { code, stdout, stderr } = await run(`report evening ${flags}`, { WARDCTL_LANG: "en" });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(why);
  });

  it("says what to declare where no source is", async () => {
    const bare = await makeWorkspace('name: Huế\nprovince: "46"\n');
    const { code, stdout } = await runWardctl("report evening", { cwd: bare, env: atTen });
    expect(code).toBe(8);
    expect(stdout).toContain("W-NO-SOURCE · Chưa khai báo nguồn số liệu nào ở records.sources");
  });

  it("refuses a unit that does not exist", async () => {
    const folder = await makeWorkspace(`${hueSettings}report: { units: ["19753", "99999"] }\n`);
    const { code, stderr } = await runWardctl("report evening", { cwd: folder, env: atTen });
    expect(code).toBe(3);
    expect(stderr).toContain("report.units: không có đơn vị 99999");
  });
});

describe("a workspace of published figures only", () => {
  const sources = {
    "press-hue": "hue-2025-07-03.csv",
    "press-tan-thanh": "tan-thanh-2025-07-06.csv",
    "press-tan-lap": "tan-lap-2025-07-07.csv",
    "press-xom-chieu": "xom-chieu-2025-08.csv",
    "press-phu-thuan": "phu-thuan-2025-08.csv",
  };
  let folder: string;

  beforeAll(async () => {
    folder = join(await makeTestFolder(), "press");
    await cp(new URL("../../../fixtures/press", import.meta.url), folder, { recursive: true });
    for (const [source, file] of Object.entries(sources)) {
      const { code } = await runWardctl(`import ${file} --source ${source}`, {
        cwd: folder,
        env: { WARDCTL_NOW: "2025-09-01T08:00" },
      });
      expect([0, 8]).toContain(code);
    }
  });

  const report = async (line: string) => {
    const { code, stdout } = await runWardctl(`report ${line} --no-store`, {
      cwd: folder,
      env: { WARDCTL_NOW: "2025-09-01T08:00", WARDCTL_LANG: "vi" },
    });
    expect(code).toBe(0);
    expect(stdout).not.toContain("W-SILENT");
    return stdout;
  };

  it("Huế: what was printed stands as printed, what was not stays not given", async () => {
    const told = await report("evening --as-of 2025-07-03T16:30");
    expect(told).toContain("0/40 đơn vị có số liệu");
    expect(told).toMatch(/29,77% {2}Tỷ lệ giải quyết \(press-hue\) {2}382 \/ 1\.283/);
    expect(told.match(/1 \(đồng hạng\) {2}(Phường Phú Xuân|Xã Quảng Điền) +151/g)).toHaveLength(2);
    expect(told).toMatch(/1 {2}Xã Quảng Điền +61 +40,40% \(61\/151\)/);
    expect(told).toMatch(/– {2}Phường Hương An +36 +không có số gốc/);
    expect(told).toContain("Chỉ công bố của 3/40 đơn vị; các đơn vị khác: không công bố.");
    expect(told).toContain("không kiểm được tổng 1.283");
    expect(told).toContain('ghi "xã Hương An"; đúng theo danh bạ là Phường Hương An (19804)');
  });

  it("Tân Thành: 52 = 45 + 5 + 2, 86,54% resolved, 90,38% with the rejected", async () => {
    const told = await report("morning --as-of 2025-07-07T07:30");
    expect(told).toContain("khớp, 52 = 45 + 5 + 2");
    expect(told).toMatch(/Xã Tân Thành +Tỷ lệ giải quyết \(từ các số công bố\) +86,54% \(45\/52\)/);
    expect(told).toMatch(/Xã Tân Thành +Tỷ lệ giải quyết, kể cả trả lại \(từ các số công bố\) +90,38% \(47\/52\)/);
    expect(told).toContain("hết ngày 06/7/2025");
  });

  it("Tân Lập: 96,3% of about 30 is impossible, and is never made into dossiers", async () => {
    const told = await report("morning --as-of 2025-07-08T07:30");
    expect(told).toContain("96,3% không thể tính ra từ ~30 hồ sơ; cần số gốc 27 hoặc 54; coi là ước chừng");
    expect(told).toMatch(/Xã Tân Lập +Tiếp nhận +~30 /);
    expect(told).not.toMatch(/28[.,]9/);
  });

  it("Xóm Chiếu: 6,47% at most, not ranked with the 99% of Phú Thuận", async () => {
    const told = await report("morning --as-of 2025-09-01T07:30");
    expect(told).toMatch(/Phường Xóm Chiếu +Tỷ lệ trực tuyến \(từ các số công bố\) +nhiều nhất 6,47% \(751\/≥11\.600\)/);
    expect(told).toContain("định nghĩa khác nhau hoặc không rõ, không xếp chung");
    expect(told).not.toMatch(/11\.15[56]/);
  });
});

describe("wardctl report morning", () => {
  it("starts where the last evening ended and compares with it", async () => {
    const { code, stdout } = await run("report morning --as-of 2025-07-04T07:30 --no-store", { WARDCTL_NOW: "2025-07-04T07:31" });
    expect(code).toBe(8);
    expect(stdout).toContain("từ 10:00 03/7/2025 đến 07:30 04/7/2025");
    expect(stdout).toContain("cuộc họp trước: 10:00 03/7/2025");
    expect(stdout).not.toContain("Tiếp nhận nhiều nhất\n Hạng");
  });
});

describe("wardctl report show", () => {
  it("prints the newest meeting when none is named, and names the known ones when it is unknown", async () => {
    const { stdout } = await run("report show --format md");
    expect(stdout).toMatch(/^# Báo cáo cuối ngày · Huế · đến 10:00/);
    const unknown = await run("report show nothing");
    expect(unknown.code).toBe(3);
    expect(unknown.stderr).toContain("các cuộc họp gần đây: evening-2025-07-03-1000");
    expect((await runWardctl("report show", { cwd: await makeWorkspace(), env: atTen })).stderr).toContain(
      "chưa lưu cuộc họp nào",
    );
  });
});
