import { describe, expect, it } from "vitest";
import { runWardctl } from "../../support/run-wardctl.ts";
import { makeWardWorkspace } from "../../support/ward-workspace.ts";

interface Listed {
  readonly schema: string;
  readonly at: string;
  readonly units: readonly Readonly<Record<string, string>>[];
}

async function listJson(line: string): Promise<Listed> {
  return JSON.parse((await runWardctl(`${line} --json`)).stdout) as Listed;
}

describe("wardctl wards list", () => {
  it("lists a province's units by code or name", async () => {
    const byCode = await listJson("wards list --province 46 --at 2025-07-01");
    const byName = await listJson("wards list --province 'TP. Huế' --at 01/7/2025");
    expect(byCode).toEqual(byName);
    expect(byCode).toMatchObject({ schema: "wardctl.wards/1", at: "2025-07-01", changesKnownUntil: "2026-08-02" });
    expect(byCode.units).toHaveLength(40);
    expect(byCode.units[0]).toEqual({
      code: "19753",
      name: "Phú Xuân",
      kind: "phuong",
      fullName: "Phường Phú Xuân",
      provinceCode: "46",
      provinceName: "Thành phố Huế",
    });
  });

  it("lists the kinds of the day asked for", async () => {
    const count = async (date: string): Promise<number> => (await listJson(`wards list --kind phuong --at ${date}`)).units.length;
    expect([await count("2026-04-29"), await count("2026-04-30")]).toEqual([687, 697]);
  });

  it("prints a table for people and neutral columns as CSV", async () => {
    const table = await runWardctl("wards list --province 46 --kind xa", { env: { WARDCTL_LANG: "vi" } });
    expect(table).toMatchObject({ code: 0, stderr: "" });
    expect(table.stdout.split("\n")[0]).toMatch(/^Mã\s+Tên\s+Tỉnh, thành phố$/);
    expect(table.stdout).toContain("19867  Xã Quảng Điền");
    const csv = await runWardctl("wards list --province 46 --format csv");
    expect(csv.stdout.split("\r\n")[0]).toBe("code,name,kind,fullName,provinceCode,provinceName");
    expect(csv.stdout.split("\r\n").filter((line) => line.includes(",46,"))).toHaveLength(40);
  });

  it("lists the workspace's own units", async () => {
    const { run } = await makeWardWorkspace(`units: ["19777", "19774"]\nalsoUnits: ["27094"]\n`);
    const { units } = JSON.parse((await run("wards list --workspace-units --json")).stdout) as Listed;
    expect(units.map((unit) => unit["code"])).toEqual(["19774", "19777", "27094"]);
    const outside = await runWardctl("wards list --workspace-units");
    expect(outside).toMatchObject({ code: 2, stdout: "" });
  });

  it.each([
    ["--at 2025-02-31", "--at: '2025-02-31' is not a day", "write 2025-07-01 or 01/7/2025"],
    ["--at 2025-06-30", "on 30 June 2025 these units did not exist", "wards find"],
    ["--province 99", "there is no province '99'", "one of the 34 provinces"],
    ["--province 'Lâm Dongg'", "there is no province 'Lâm Dongg'", "did you mean 68 Tỉnh Lâm Đồng?"],
    ["--province 7", "there is no province '7'", "two-digit code"],
    ["--kind quan", "'quan'", "wardctl wards list --help"],
  ])("refuses %s, and says what to do", async (flags, message, hint) => {
    const result = await runWardctl(`wards list ${flags}`);
    expect(result).toMatchObject({ code: 2, stdout: "" });
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain(hint);
    const json = await runWardctl(`wards list ${flags} --json`);
    expect(JSON.parse(json.stderr)).toMatchObject({ schema: "wardctl.error/1", kind: "usage", exitCode: 2 });
    expect((await runWardctl(`wards list ${flags} --lang vi`)).code).toBe(2);
  });
});
