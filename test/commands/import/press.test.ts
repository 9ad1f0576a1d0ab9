import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/directory/directory.ts";
import { openSqlite } from "../../../src/platform/sqlite.ts";
import { readInstant, vietnamZone } from "../../../src/platform/time.ts";
import { createCounts } from "../../../src/records/counts.ts";
import { checkRate } from "../../../src/records/published-rate.ts";
import { recordsSettings } from "../../../src/records/settings.ts";
import { allMigrations } from "../../../src/workspace/migrations.ts";
import { makeTestFolder, runWardctl } from "../../support/run-wardctl.ts";

const press = fileURLToPath(new URL("../../../fixtures/press/", import.meta.url));

type Fixture = "hue-2025-07-03" | "tan-thanh-2025-07-06" | "tan-lap-2025-07-07" | "xom-chieu-2025-08" | "phu-thuan-2025-08";

async function importPress(name: Fixture) {
  const folder = await makeTestFolder();
  await copyFile(join(press, "wardctl.yaml"), join(folder, "wardctl.yaml"));
  const source = `press-${name.replace(/-2025.*/, "")}`;
  const result = await runWardctl(["import", join(press, `${name}.csv`), "--source", source, "--json"], { cwd: folder });
  const database = await openSqlite(join(folder, ".wardctl", "cache.db"), allMigrations, () => "");
  const counts = createCounts(database, recordsSettings.parse({}), {
    zone: vietnamZone,
    directory: createDirectory("2025-07-03")!,
  });
  const declared = await counts.listDeclared({ start: at("2025-07-01"), end: at("2025-09-02") }, await counts.findLatestSeq());
  const units = await counts.countUnits({ start: at("2025-07-03"), end: at("2025-07-04") }, 1, ["19753"]);
  await database.close();
  const find = (metric: string, unit?: string) => declared.find((one) => one.metric === metric && one.unit === unit);
  return { ...result, declared, find, units };
}

function at(text: string): number {
  return readInstant(text, vietnamZone) as number;
}

describe("figures that a source states", () => {
  it("are kept as stated: Huế at 10:00, its total row, and what was not given stays not given", async () => {
    const { code, stdout, find, declared, units } = await importPress("hue-2025-07-03");
    expect(code).toBe(0);
    expect([find("units")?.low, find("received.total")?.low, find("resolved.total")?.low]).toEqual([40, 1283, 382]);
    expect([find("received.total", "19753")?.low, find("received.total", "19867")?.low]).toEqual([151, 151]);
    expect([find("resolved.total", "19867")?.low, find("resolved.total", "19804")?.low]).toEqual([61, 36]);
    expect([find("received.total", "19804"), find("resolved.total", "19753")]).toEqual([undefined, undefined]);
    expect(find("resolved.total", "19804")).toMatchObject({ statedName: "xã Hương An", quality: "press" });
    expect(JSON.parse(stdout).warnings).toEqual([
      { code: "W-NAME", unit: "19804", count: 1, dossiers: [], note: "xã Hương An → Phường Hương An" },
    ]);
    expect(declared.every(({ window }) => window.end === at("2025-07-03T10:00"))).toBe(true);
    // Stated totals never turn into counted ones.
    expect(units).toMatchObject([{ state: "silent", figures: undefined }]);
  });

  it("add up in Tân Thành: 52 = 45 + 5 + 2", async () => {
    const { find } = await importPress("tan-thanh-2025-07-06");
    const low = (metric: string) => find(metric, "23143")?.low ?? Number.NaN;
    expect(low("received.total")).toBe(52);
    expect(low("resolved.onTime") + low("inProgress.total") + low("returned.rejectedInBase")).toBe(52);
    expect(find("received.total", "23143")?.window.end).toBe(at("2025-07-07"));
  });

  it("are an interval in Tân Lập: 96,3% cannot come from about 30, only from 27 or 54", async () => {
    const { find } = await importPress("tan-lap-2025-07-07");
    const received = find("received.total", "23134")!;
    expect(received).toMatchObject({ stated: "~30", low: 25, high: 34, nominal: 30 });
    const rate = find("rate.onTimeResolved", "23134")!;
    expect(rate).toMatchObject({ stated: "96,3%", percent: { hundredths: 9630, decimals: 1 }, low: undefined });
    expect(checkRate(received, rate.percent!)).toEqual({
      verdict: "impossible",
      bases: [
        { count: 26, base: 27 },
        { count: 52, base: 54 },
      ],
    });
  });

  it("have no upper bound in Xóm Chiếu, so nothing can be derived from its rate", async () => {
    const { find } = await importPress("xom-chieu-2025-08");
    const received = find("received.total", "27259")!;
    expect(received).toMatchObject({ stated: ">11600", low: 11600, high: undefined });
    expect(find("received.online", "27259")).toMatchObject({ low: 751, high: 751 });
    expect(checkRate(received, find("rate.stated", "27259")!.percent!)).toEqual({ verdict: "not-checkable", bases: [] });
  });

  it("may be a rate alone, as in Phú Thuận", async () => {
    const { find, declared } = await importPress("phu-thuan-2025-08");
    expect(declared).toHaveLength(1);
    expect(find("rate.online", "27484")?.percent).toEqual({ hundredths: 9900, decimals: 0 });
  });

  it("are refused when they are no figures of the declared locale, or under another unit's name", async () => {
    const folder = await makeTestFolder();
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Huế
province: "46"
records:
  sources:
    press:
      kind: csv
      content: counts
      locale: en
      columns: { unit: unit, name: name, asOf: as_of }
      metrics: { received.total: received, rate.online: rate }
`,
    );
    await writeFile(
      join(folder, "bad.csv"),
      "unit,name,as_of,received,rate\n19753,Phường Kim Long,2025-07-03,1.283,\n19774,,2025-07-03,96%,151\n19777,,03/07/2025,1,\n",
    );
    const result = await runWardctl("import bad.csv", { cwd: folder });
    expect(result.code).toBe(3);
    expect(result.stderr.split("\n").slice(0, 5)).toEqual([
      "bad.csv:2: 'Phường Kim Long' is not the name of 19753 (Phường Phú Xuân)",
      "bad.csv:2: column 'received': '1.283' is not a figure (such as 151, >11600, ~30, 96.3%)",
      "bad.csv:3: column 'received': '96%' is not a figure (such as 151, >11600, ~30, 96.3%)",
      "bad.csv:3: column 'rate': '151' is not a figure (such as 151, >11600, ~30, 96.3%)",
      "bad.csv:4: column 'as_of': '03/07/2025' is no real date by the pattern iso",
    ]);
    expect(result.stderr).toContain("--skip-invalid");
  });

  it("are taken without the rows that are wrong with --skip-invalid, and those can be mended and fed back", async () => {
    const folder = await makeTestFolder();
    await writeFile(
      join(folder, "wardctl.yaml"),
      `name: Huế
province: "46"
records:
  sources:
    press:
      kind: csv
      content: counts
      columns: { unit: unit, name: name, asOf: as_of }
      metrics: { received.total: received, visitors: visitors }
`,
    );
    const rows = "19753,,2025-07-03,151,300\n1977,,2025-07-03,12,9\n19774,Nguyễn Thị Kín,2025-07-03,13,046199000111\n";
    await writeFile(join(folder, "bad.csv"), `unit,name,as_of,received,visitors\n${rows}`);
    const result = await runWardctl("import bad.csv --skip-invalid --json", { cwd: folder });
    expect([result.code, JSON.parse(result.stdout)]).toMatchObject([
      7,
      {
        rows: { read: 3, new: 1, refused: 2 },
        warnings: [{ code: "W-REJECTED", count: 2 }],
        rejectedFile: "bad.csv.rejected.csv",
      },
    ]);
    const file = join(folder, "bad.csv.rejected.csv");
    const rejected = await readFile(file, "utf8");
    expect(rejected).toContain("unit,as_of,name,received,visitors,line,reason\r\n1977,2025-07-03,,12,9,3,");
    for (const secret of ["Kín", "046199000111"]) expect(rejected + result.stdout).not.toContain(secret);
    await writeFile(file, `${rejected.split("\r\n").slice(0, 2).join("\r\n")}\r\n`.replace("1977,", "19777,"));
    const mended = await runWardctl("import bad.csv.rejected.csv --json", { cwd: folder });
    expect([mended.code, JSON.parse(mended.stdout).rows]).toMatchObject([0, { new: 1, refused: 0 }]);
  });
});
